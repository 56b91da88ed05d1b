"""Keeping what is typed into a draft before it is saved, what a save replaced, and who has the form open.

These rows are no history: nobody but their author sees an autosave, none is an event, and all of them go by themselves.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from mingchuang.core import now
from mingchuang.core.models import Person
from mingchuang.norms.outcome import Issue, Refused
from mingchuang.records import personal
from mingchuang.records.editing import EXPIRES
from mingchuang.records.kind import Kind, kind
from mingchuang.records.models import Autosave, Editing, Overwritten, Record, Revision

#: How long typing that was never taken up again, and words that a save replaced, are kept.
KEPT = datetime.timedelta(weeks=4)
#: Neither database holds these in JSON.
_UNSTORABLE = re.compile(r"[\x00\ud800-\udfff]")


def autosave(
    revision: Revision, person: Person, values: Mapping[str, str], *, opened_version: int, opened: str
) -> Autosave:
    """Keep what `person` has typed into the form of this draft, in place of what was kept before.

    `values` are form fields as typed; names that the form does not have are passed over. Raises Refused when the text
    is no draft any more, and for kinds whose texts are about people (`personal.about_people`).
    """
    declared = kind(revision.record.kind)
    if personal.about_people(declared):
        raise Refused([Issue("records.not_autosaved", "含个人信息的名单不自动保存，请随时点“保存草稿”。")])
    if revision.progress != Revision.Progress.DRAFT:
        raise Refused([Issue("records.no_draft", "这一稿已经不是草稿，不能再修改。")])
    known = {"record_class", *(field.name for field in declared.fields)}
    kept = {name: _UNSTORABLE.sub("", text) for name, text in values.items() if name in known}
    row, _ = Autosave.objects.update_or_create(
        person=person,
        record=revision.record,
        defaults={
            "revision": revision,
            "opened_version": opened_version,
            "opened": _UNSTORABLE.sub("", opened),
            "values": kept,
            "saved_at": now.now(),
        },
    )
    return row


def drop_autosave(record: Record, person: Person) -> None:
    """The person has saved, or wants none of it."""
    Autosave.objects.filter(record=record, person=person).delete()


def drop_all_autosaves(record: Record) -> None:
    """Nothing typed about a record that was taken down may come back unseen."""
    Autosave.objects.filter(record=record).delete()


def remember(revision: Revision, declared: Kind, standing: Mapping[str, Any], changed: Iterable[str]) -> None:
    """Keep the words of bodies that a save is about to replace. Called by `save_draft` before its event, so that
    `revision.version` is the last version at which they stood."""
    bodies = [name for name in changed if (field := declared.field(name)) is not None and field.type == "html"]
    moment = now.now()
    Overwritten.objects.bulk_create(
        Overwritten(revision=revision, field=name, version=revision.version, words=standing[name], at=moment)
        for name in bodies
    )


def forget_words(revision: Revision) -> None:
    """A text that is no draft any more is merged with nothing."""
    Overwritten.objects.filter(revision=revision).delete()


def open_form(record: Record, person: Person, tab: str) -> None:
    """The person has the form open on this page, now (also the heartbeat of a page that is already known)."""
    moment = now.now()
    with transaction.atomic():
        Editing.objects.filter(record=record, seen_at__lt=moment - EXPIRES).delete()
        Editing.objects.update_or_create(
            record=record,
            person=person,
            tab=tab[:32],
            defaults={"seen_at": moment},
            create_defaults={"seen_at": moment, "since": moment},
        )


def close_form(record: Record, person: Person, tab: str) -> None:
    """The page was left, or what was on it has been saved."""
    Editing.objects.filter(record=record, person=person, tab=tab[:32]).delete()


def clear_old(moment: datetime.datetime) -> int:
    """Every night: typing and words older than `KEPT`, typing into what is no draft, pages that were left. Returns how
    many rows went."""
    over = (
        Autosave.objects.filter(saved_at__lt=moment - KEPT),
        Autosave.objects.exclude(revision__progress=Revision.Progress.DRAFT),
        Overwritten.objects.filter(at__lt=moment - KEPT),
        Overwritten.objects.exclude(revision__progress=Revision.Progress.DRAFT),
        Editing.objects.filter(seen_at__lt=moment - EXPIRES),
    )
    return sum(rows.delete()[0] for rows in over)
