"""What reviewers wrote beside their signatures, and why a text was sent back. The words are the events'."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from mingchuang.core.models import Event
from mingchuang.records.models import Approval, Revision
from mingchuang.records.terms import Decision


@dataclass(frozen=True, slots=True)
class SentBack:
    """A return: who, at which step, on which day, and the reason in their own words."""

    by: str
    step: str
    on: datetime.date
    reason: str

    @property
    def sentence(self) -> str:
        """In one sentence, as it stands above the text."""
        return f"{self.by}在“{self.step}”环节退回（{self.on:%Y-%m-%d}）：{self.reason or '（理由已清除）'}"


def of(revision: Revision) -> dict[int, str]:
    """Key of each signature of a text → the words beside it; those without words are left out."""
    rows = revision.approvals.select_related("event__text")
    return {row.pk: row.event.note for row in rows if row.event.note}


def sent_back(revision: Revision) -> SentBack | None:
    """Why a returned text, or the one that a draft was begun from, was sent back; None when it was not."""
    if revision.progress == Revision.Progress.RETURNED:
        return _return_of(revision.pk)
    if revision.progress != Revision.Progress.DRAFT:
        return None
    begun = Event.objects.filter(subject_kind=Revision.subject_kind(), subject_id=revision.pk, move="create").first()
    after = begun.data.get("after", 0) if begun is not None else 0
    before = Revision.objects.filter(record=revision.record_id, ordinal=after).values_list("pk", flat=True).first()
    return _return_of(before) if before is not None else None


def _return_of(pk: int) -> SentBack | None:
    rows = Approval.objects.filter(revision=pk, decision=Decision.RETURN).select_related("person", "event__text")
    row = rows.order_by("-pk").first()
    return SentBack(row.person.name, row.step_title, row.happened_on, row.event.note) if row is not None else None
