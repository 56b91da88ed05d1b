"""How many people must have signed, by law and by the office's own rule: the one place where it is looked up."""

from __future__ import annotations

import datetime

from mingchuang.norms import rules
from mingchuang.records.terms import RecordClass, in_han


def at_least(record_class: str, region: str, day: datetime.date) -> int:
    """Different people that a class asks for in a region on a day (rules `review.persons.*`, docs/practice.md)."""
    return int(rules.rule(f"review.persons.{record_class.lower()}").at(day, region).value)


def in_words(region: str, day: datetime.date) -> str:
    """How many people each class asks for on that day: 甲类三人、乙类两人、丙类一人并在公开后复核."""
    told = (f"{value.label.partition('（')[0]}{in_han(at_least(value, region, day))}人" for value in RecordClass)
    return "、".join(told) + "并在公开后复核"
