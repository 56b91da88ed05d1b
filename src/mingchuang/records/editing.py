"""Who has the form of a draft open, what a person typed and did not save, what a body was at an earlier version."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Final

from mingchuang.core import now
from mingchuang.core.models import Event, Person
from mingchuang.records import freezing, merging
from mingchuang.records.kind import kind
from mingchuang.records.merging import Merge
from mingchuang.records.models import Autosave, Editing, Overwritten, Record, Revision

#: A page that has not been heard of for so long is taken for left.
EXPIRES: Final = datetime.timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Editor:
    """Somebody with the form open. `own`: the same person, on another page."""

    name: str
    since: datetime.datetime
    own: bool

    @property
    def sentence(self) -> str:
        """张三正在编辑（14:02 起）, in China's time; with the day when it was not today."""
        local = self.since.astimezone(now.BEIJING)
        words = f"{local:%H:%M}" if local.date() == now.today() else f"{local.month}月{local.day}日 {local:%H:%M}"
        return f"您在另一个页面打开了这一稿（{words} 起）" if self.own else f"{self.name}正在编辑（{words} 起）"


def others(record: Record, person: Person, tab: str) -> list[Editor]:
    """Everybody else who has the form of this record open now, and this person's other pages; each person once."""
    rows = Editing.objects.filter(record=record, seen_at__gte=now.now() - EXPIRES).select_related("person")
    found: dict[int, Editor] = {}
    for row in rows.exclude(person=person, tab=tab[:32]).order_by("since", "pk"):
        found.setdefault(row.person_id, Editor(row.person.name, row.since, row.person_id == person.pk))
    return sorted(found.values(), key=lambda one: (one.own, one.since))


def autosave_of(revision: Revision, person: Person) -> Autosave | None:
    """What this person typed into this very draft and did not save; nobody else's is ever given."""
    return Autosave.objects.filter(person=person, record=revision.record_id, revision=revision).first()


def saved_since(revision: Revision, version: int) -> dict[str, int]:
    """Field → the first version after `version` at which somebody saved it; attachments and class touch no field."""
    later = Event.objects.filter(
        subject_kind=Revision.subject_kind(), subject_id=revision.pk, move="edit", subject_version__gt=version
    )
    found: dict[str, int] = {}
    for data, at in later.order_by("subject_version").values_list("data", "subject_version"):
        for name in data.get("fields", ()):
            found.setdefault(name, at)
    return found


def merge_of(revision: Revision, field: str, mine: str, *, base: int) -> Merge | None:
    """My change of a body, begun at version `base`, together with what others saved since.

    None where what both started from is not known any more (`do.saving.KEPT`), and for fields that are no bodies.
    """
    declared = kind(revision.record.kind).field(field)
    if declared is None or declared.type != "html":
        return None
    row = Revision.objects.select_related("record").get(pk=revision.pk)
    standing = row if declared.home == "catalogue" else freezing.content_of(row)
    theirs = str(getattr(standing, field))
    first = saved_since(row, base).get(field)
    if first is None:
        return merging.merge(theirs, mine, theirs)
    kept = Overwritten.objects.filter(revision=row, field=field, version=first - 1)
    started = kept.values_list("words", flat=True).first()
    return None if started is None else merging.merge(started, mine, theirs)
