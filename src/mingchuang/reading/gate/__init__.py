"""The gate: six checks (政治、政策、保密、格式、文字、隐私) on the very bytes of a file, before it may be published.

>>> check(b"...", "通知.docx", EMPTY, date(2026, 11, 24))
[Finding(...), ...]

``pass`` is told once for each check that ran and found nothing; ``uncertain`` and ``not_assessable`` are never a pass.
No personal value and no sensitive word stands in any finding. Names are loaded when they are first asked for: every
process of the site knows findings and rules, few examine a file.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mingchuang.reading.gate.examination import check, check_text, masked
    from mingchuang.reading.gate.facts import Facts
    from mingchuang.reading.gate.finding import RESULT_NAMES, Finding, Place, Result, Source
    from mingchuang.reading.gate.lists import EMPTY, Lists
    from mingchuang.reading.gate.rules import CHECK_NAMES, Check, Rule, declared, rule

__all__ = [
    "CHECK_NAMES",
    "EMPTY",
    "RESULT_NAMES",
    "Check",
    "Facts",
    "Finding",
    "Lists",
    "Place",
    "Result",
    "Rule",
    "Source",
    "check",
    "check_text",
    "declared",
    "masked",
    "rule",
]

_HOMES = {
    **dict.fromkeys(("check", "check_text", "masked"), "examination"),
    **dict.fromkeys(("RESULT_NAMES", "Finding", "Place", "Result", "Source"), "finding"),
    **dict.fromkeys(("EMPTY", "Lists"), "lists"),
    **dict.fromkeys(("CHECK_NAMES", "Check", "Rule", "declared", "rule"), "rules"),
    "Facts": "facts",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    if name in {"declared", "rule"}:
        import_module(f"{__name__}.examination")  # which brings every check, and with it every rule
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
