"""Masking of personal data in a text, by the table of norms §15.4 (条例 Art. 15, 个人信息保护法 Art. 28).

A decision or notice shows nothing of a number; a list that has to tell people apart shows its ends, never a birth date.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal

from mingchuang.reading.gate import personal

Use = Literal["document", "list"]
"""document: decisions, notices, web pages; list: a 公示 of several people who have to be told apart."""

_NOTHING: Final = "***"
_TOWN = re.compile(r"^.*?(?:镇|乡(?!村)|街道(?:办事处)?|苏木)")
_COUNTY = re.compile(r"^.*?(?:县|区|旗|市(?!区))")


@dataclass(frozen=True, slots=True)
class Replacement:
    """What stands at ``[start, end)`` of the original text becomes ``shown``; ``value`` is what was found there, as the
    rules read it, and is never printed."""

    start: int
    end: int
    kind: personal.Kind
    shown: str
    value: str = field(default="", repr=False)


def mask(text: str, today: date, use: Use = "document") -> str:
    """The text with every personal value masked; its other characters are unchanged."""
    return apply(text, replacements(text, today, use))


def replacements(text: str, today: date, use: Use = "document") -> list[Replacement]:
    """What masking changes, in order, for editors that have to keep their own formatting."""
    return [
        Replacement(hit.start, hit.end, hit.kind, shown_as(hit.kind, hit.value, use), hit.value)
        for hit in personal.find(text, today)
    ]


def apply(text: str, changes: Sequence[Replacement]) -> str:
    """The text with the changes made; they are in order and do not overlap."""
    parts: list[str] = []
    at = 0
    for change in changes:
        parts += (text[at : change.start], change.shown)
        at = change.end
    return "".join([*parts, text[at:]])


def shown_as(kind: personal.Kind, value: str, use: Use) -> str:
    """What of a value may be shown."""
    if kind in _ALWAYS:
        return _ALWAYS[kind](value)
    if use == "document" or kind in {"email", "passport"}:
        return _NOTHING
    if kind == "id_number":
        return value[:4] + "*" * (len(value) - 8) + value[-4:]
    return ("****" if kind in {"bank_card", "bank_account"} else value[:3] + "****") + value[-4:]


def _area_of(address: str) -> str:
    """County and town; the village only where a law asks for it, which a person decides."""
    match = _TOWN.match(address) or _COUNTY.match(address)
    return f"{match.group()}{_NOTHING}" if match else _NOTHING


def _plate(value: str) -> str:
    tight = "".join(value.split())
    return f"{tight[:2]}{_NOTHING}{tight[-2:]}"


#: Shown alike in documents and lists.
_ALWAYS: Final[dict[personal.Kind, Callable[[str], str]]] = {
    "address": _area_of,
    "full_name": lambda name: f"{name[0]}某",
    "plate": _plate,
}
