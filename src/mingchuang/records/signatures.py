"""How many people must have signed, by law and by the office's own rule: the one place where it is looked up."""

from __future__ import annotations

import datetime

from mingchuang.norms import rules


def at_least(record_class: str, region: str, day: datetime.date) -> int:
    """Different people that a class asks for in a region on a day (rules `review.persons.*`, docs/practice.md)."""
    return int(rules.rule(f"review.persons.{record_class.lower()}").at(day, region).value)
