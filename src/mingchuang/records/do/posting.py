"""Notice boards: an approved text is put up for those concerned, its time runs out by itself, it is taken down."""

from __future__ import annotations

import datetime

from mingchuang.core import chain, now
from mingchuang.core.act import act
from mingchuang.core.actor import Actor
from mingchuang.core.models import Event, StoredFile
from mingchuang.norms.outcome import Issue, refuse_if
from mingchuang.records import queries
from mingchuang.records.do import clocks
from mingchuang.records.do.publication import withdraw
from mingchuang.records.do.rows import locked
from mingchuang.records.kind import kinds
from mingchuang.records.models import Posting, Revision
from mingchuang.records.terms import WithdrawalReason
from mingchuang.ui import wording


def post(
    revision: Revision,
    actor: Actor,
    *,
    content_hash: str,
    place: str,
    posted_on: datetime.date | None = None,
    until: datetime.date,
    photo: StoredFile | None = None,
    late_reason: str = "",
) -> Posting:
    """Register that the approved text with this hash hangs on the board at `place` from `posted_on` (today) to `until`.

    Both days count. Raises Refused with all reasons; see `checks.posting` for what is asked of the text.
    """
    day = posted_on or now.today()
    with chain.together():
        row = locked(revision)
        posting = Posting(revision=row, place=place.strip(), posted_on=day, until=until, photo=photo)
        refuse_if(_days(posting))
        event = act(
            posting,
            "post",
            actor,
            content_hash=content_hash,
            happened_on=day,
            late_reason=late_reason,
            evidence=[f"sha256:{photo.sha256}"] if photo else [],
            data={"revision": row.pk, "place": posting.place, "until": until.isoformat()},
        )
        clocks.met(row.record, event, actor)
    return posting


def take_down(
    posting: Posting,
    actor: Actor,
    *,
    happened_on: datetime.date | None = None,
    note: str = "",
    photo: StoredFile | None = None,
    late_reason: str = "",
) -> Event:
    """Register that the print is off the board; before its last day only with a reason (`note`)."""
    with chain.together():
        row = locked(posting)
        day = happened_on or now.today()
        if day <= row.until and not note.strip():
            message = f"公示期到{row.until:%Y-%m-%d}，提前取下的请写明理由。"
            refuse_if([Issue("records.early_down", message, field="note")])
        event = act(
            row,
            "take_down",
            actor,
            note=note,
            happened_on=happened_on,
            late_reason=late_reason,
            evidence=[f"sha256:{photo.sha256}"] if photo else [],
        )
        row.down_on, row.down_photo = event.happened_on, photo
        row.save(update_fields=["down_on", "down_photo"])
    return event


def end_displays(day: datetime.date) -> list[Event]:
    """What ends by itself by `day`: boards whose last day is over, and lists on the web whose 公示期 is over.

    Once a day, and after downtime; idempotent. What was on the web is taken down everywhere and leaves its tombstone.
    """
    events = []
    for posting in Posting.objects.filter(state=Posting.State.UP, until__lt=day).order_by("pk"):
        events.append(act(posting, "lapse", Actor.system()))
    for declared in (declared for declared in kinds().values() if declared.channel == "web" and declared.until):
        over = declared.model._default_manager.filter(**{f"{declared.until}__lt": day})
        for record in queries.public().filter(kind=declared.id, published_id__in=over.values("pk")).order_by("pk"):
            last = getattr(declared.model._default_manager.get(pk=record.published_id), declared.until)
            note = f"公示期到{wording.day(last)}为止，已经届满。"
            events.append(withdraw(record, Actor.system(), reason=WithdrawalReason.EXPIRED, note=note))
    return events


def _days(posting: Posting) -> list[Issue]:
    issues = []
    if not posting.place:
        issues.append(Issue("records.place", "请写明张贴地点，如：××镇××村公示栏。", field="place"))
    if posting.until < posting.posted_on:
        message = f"公示至{posting.until:%Y-%m-%d}早于张贴日期{posting.posted_on:%Y-%m-%d}，请核对。"
        issues.append(Issue("records.until", message, field="until"))
    return issues
