"""What a decision says when it is not a plain value: issues, and the refusal that carries all of them.

The norms decide and never write. A decision either returns a value, or a list of `Issue` for a person to read,
or raises `Refused` with *every* reason at once, so that a clerk corrects a form in one go and not in five.
"""

import dataclasses
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, Literal

Severity = Literal["error", "warning", "remark"]

SEVERITY_TITLES: Mapping[Severity, str] = MappingProxyType({"error": "错误", "warning": "警告", "remark": "提示"})


@dataclasses.dataclass(frozen=True, slots=True)
class Issue:
    """One finding, in a Chinese sentence that a clerk can act on.

    `code` is stable and meant for programs (`machine.wrong_state`), `field` names the place (form field, row and
    column, TOML key), `rule` the rule of law behind it, `context` carries plain values for templates and JSON.
    """

    code: str
    message: str
    field: str = ""
    severity: Severity = "error"
    rule: str = ""
    context: Mapping[str, Any] = dataclasses.field(default_factory=dict, hash=False)

    def __str__(self) -> str:
        return self.message

    def to_json(self) -> dict[str, Any]:
        """The issue as plain JSON values; keys without a value are kept, so that readers see one shape."""
        return {
            "code": self.code,
            "message": self.message,
            "field": self.field,
            "severity": self.severity,
            "rule": self.rule,
            "context": dict(self.context),
        }


class Refused(Exception):  # noqa: N818 - a refusal is an answer, not an error
    """The decision is no. `issues` holds all reasons (at least one of severity error), in the order found."""

    def __init__(self, issues: Iterable[Issue]) -> None:
        self.issues: tuple[Issue, ...] = tuple(issues)
        if not errors(self.issues):
            raise ValueError("a refusal needs at least one issue of severity error")
        super().__init__("\n".join(issue.message for issue in self.issues))

    def __reduce__(self) -> tuple[type["Refused"], tuple[tuple[Issue, ...]]]:
        """Survive pickling: `BaseException` would rebuild the refusal from its joined message."""
        return (type(self), (self.issues,))

    @property
    def reasons(self) -> tuple[str, ...]:
        """The sentences of the errors alone, for a message list."""
        return tuple(issue.message for issue in errors(self.issues))


def errors(issues: Iterable[Issue]) -> tuple[Issue, ...]:
    """The issues that forbid; warnings and remarks are left out."""
    return tuple(issue for issue in issues if issue.severity == "error")


def refuse_if(issues: Iterable[Issue]) -> None:
    """Raise `Refused` with all of `issues` when any of them is an error; return quietly otherwise."""
    found = tuple(issues)
    if errors(found):
        raise Refused(found)


def refuse(code: str, message: str, *, field: str = "", rule: str = "", **context: Any) -> Refused:
    """A refusal with one reason, to be raised by the caller: `raise refuse("unit.unknown", "…")`."""
    return Refused((Issue(code, message, field=field, rule=rule, context=context),))
