"""The clocks of a record: 20 working days to publish (条例 art. 26), and the second look of class C."""

from __future__ import annotations

from datetime import date

from mingchuang.core.actor import Actor
from mingchuang.records.models import Record, Revision


def follow_formed_on(revision: Revision, actor: Actor, before: date | None) -> None:
    pass


def start_second_look(record: Record, actor: Actor) -> None:
    pass
