"""The rules of the gate: each part of the gate declares its own, once, in its own module.

A rule has a stable id (``privacy.id_number``), the check it belongs to, a Chinese title, the basis on which it rests
(statute, standard or the office's own list) and the advice that goes with a hit unless the finding gives a better one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

Check = Literal["politics", "policy", "secrecy", "form", "wording", "privacy"]

#: The five gates of the notice (二(七): 政治关、政策关、保密关、格式关、文字关) and privacy (条例 Art. 15).
CHECK_NAMES: Final[dict[Check, str]] = {
    "politics": "政治",
    "policy": "政策",
    "secrecy": "保密",
    "form": "格式",
    "wording": "文字",
    "privacy": "隐私",
}
_ID = re.compile(r"[a-z]+(?:\.[a-z0-9_]+)+")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. ``basis`` is shown to clerks as it stands; ``advice`` is a Chinese sentence."""

    id: str
    check: Check
    title: str
    basis: str
    advice: str = ""


_declared: dict[str, Rule] = {}


def declare(rule_id: str, check: Check, title: str, basis: str, advice: str = "") -> Rule:
    """Enter a rule in the list and give it back; called at module level, once for each id.

    The id begins with its check or a topic in it (``secrecy.mark``). A rule without title or basis, with a malformed
    id or with an id that is taken by another rule raises ``ValueError``.
    """
    made = Rule(rule_id, check, title, basis, advice)
    if not _ID.fullmatch(rule_id):
        raise ValueError(f"{rule_id!r} is no rule id: lower-case words joined by dots")
    if check not in CHECK_NAMES or not title or not basis:
        raise ValueError(f"{rule_id}: a rule needs a check, a title and a basis")
    if _declared.setdefault(rule_id, made) != made:
        raise ValueError(f"{rule_id} is declared twice")
    return made


def rule(rule_id: str) -> Rule:
    """The rule of that id; ``KeyError`` when no imported module has declared it."""
    return _declared[rule_id]


def declared() -> tuple[Rule, ...]:
    """All rules declared so far, by check and id."""
    order = list(CHECK_NAMES)
    return tuple(sorted(_declared.values(), key=lambda one: (order.index(one.check), one.id)))
