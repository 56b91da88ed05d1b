"""Deciding on a notice as a whole: checked, shown to the public, taken back, lateness shown or not."""

from __future__ import annotations

from mingchuang.core import chain
from mingchuang.core.act import act
from mingchuang.core.actor import Actor
from mingchuang.core.models import Event
from mingchuang.ledger.do.held import hold
from mingchuang.ledger.models import Notice
from mingchuang.records.models import Record


def confirm_notice(notice: Notice, actor: Actor, *, version: int | None = None) -> Event:
    """All duties have been checked. Refused with the numbers of those that have not."""
    return act(notice, "confirm", actor, facts={"all_confirmed": True}, version=version)


def publish_notice(notice: Notice, actor: Actor, *, version: int | None = None) -> Event:
    """Citizens see the ledger: done, in progress, planned, with evidence."""
    return act(notice, "publish", actor, version=version)


def withdraw_notice(notice: Notice, actor: Actor, note: str, *, version: int | None = None) -> Event:
    """Citizens no longer see the ledger; a reason is required."""
    return act(notice, "withdraw", actor, note=note, version=version)


def void_notice(notice: Notice, actor: Actor, note: str, *, version: int | None = None) -> Event:
    """Loaded by mistake, or replaced; kept for the record."""
    return act(notice, "void", actor, note=note, version=version)


def set_lateness(notice: Notice, actor: Actor, *, public: bool, note: str, version: int | None = None) -> Event:
    """The leading group decided whether citizens see overdue duties; `note` names the decision."""
    return act(notice, "show_lateness" if public else "hide_lateness", actor, note=note, version=version)


def bind_record(notice: Notice, record: Record) -> None:
    """The notice itself was published as this record; its page and its ledger point at each other."""
    with chain.together():
        hold(notice)
        notice.record = record
        notice.save(update_fields=["record"])
