"""Deciding on a notice as a whole: checked, shown to the public, taken back, lateness shown or not."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from mingchuang.core import chain, deadlines
from mingchuang.core.act import act
from mingchuang.core.actor import Actor
from mingchuang.core.models import Deadline, Event
from mingchuang.ledger.do.held import hold
from mingchuang.ledger.models import Duty, Evidence, Notice
from mingchuang.norms.outcome import Issue, refuse_if
from mingchuang.norms.wording import book_title
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
    """Loaded by mistake, or replaced; kept for the record, out of every list, its deadlines void. A reason is required.

    Citizens no longer see its ledger either.
    """
    with chain.together():
        hold(notice)
        event = act(notice, "void", actor, note=note, version=version)
        for deadline in _open_deadlines(notice):
            deadlines.void(deadline, actor, note=f"{book_title(str(notice))}已作废。", cause=event)
    return event


def restore_notice(notice: Notice, actor: Actor, note: str, *, version: int | None = None) -> Event:
    """It was no mistake after all: back among the loaded, to be checked again. A reason is required.

    Raises `Refused` while another file stands in its place. Deadlines that the voiding closed stay closed.
    """
    with chain.together():
        hold(notice)
        return act(notice, "restore", actor, note=note, version=version)


def _open_deadlines(notice: Notice) -> Iterable[Deadline]:
    """Every open deadline about the notice, its duties and their evidence."""
    duties = notice.duties.values("pk")
    proofs = Evidence.objects.filter(duty__notice=notice).values("pk")
    about = Q(about_kind=Notice.subject_kind(), about_id=notice.pk)
    about |= Q(about_kind=Duty.subject_kind(), about_id__in=duties)
    about |= Q(about_kind=Evidence.subject_kind(), about_id__in=proofs)
    return list(Deadline.objects.open().filter(about).order_by("pk"))


def set_lateness(notice: Notice, actor: Actor, *, public: bool, note: str, version: int | None = None) -> Event:
    """The leading group decided whether citizens see overdue duties; `note` names the decision."""
    return act(notice, "show_lateness" if public else "hide_lateness", actor, note=note, version=version)


def bind_record(notice: Notice, record: Record, actor: Actor | None = None) -> Event:
    """The notice itself was published as this record; its page and its ledger point at each other.

    Raises `Refused` for a record that citizens can't read and for the one that it is tied to already. The event keeps
    the record before it, whose page has to lose its link. Without an actor the software itself says it.
    """
    with chain.together():
        hold(notice)
        found = []
        if record.visibility != Record.Visibility.PUBLIC:
            found.append(Issue("ledger.bind_public", "所选记录没有公开，公众看不到，不能关联。", field="record"))
        if notice.record_id == record.pk:
            found.append(
                Issue("ledger.bound", f"{book_title(str(notice))}已经关联这条记录，不必再办。", field="record")
            )
        refuse_if(found)
        data = {"record": record.pk, "before": notice.record_id}
        event = act(notice, "bind", actor or Actor.system(), data=data)
        notice.record = record
        notice.save(update_fields=["record"])
    return event
