"""What stands above the form of a draft about saving: typing that was kept, who else has it open, what was merged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.crypto import get_random_string

from mingchuang.core.models import Person
from mingchuang.desk.forms.records import DraftForm
from mingchuang.records import blocks, do, editing, personal
from mingchuang.records.blocks import Block
from mingchuang.records.do import Conflict
from mingchuang.records.editing import Editor
from mingchuang.records.kind import Kind, kind
from mingchuang.records.markup import plain_text
from mingchuang.records.merging import Merge, Part
from mingchuang.records.models import Autosave, Revision

#: The field of the form that names its page to the heartbeat.
TAB = "tab"


@dataclass(frozen=True)
class Saving:
    """For the template. `kept` is what this person typed earlier and did not save, `restoring` that it is
    shown (and no other copy of the browser's over it); `others` have the form open now."""

    tab: str
    keeps: bool
    kept: Autosave | None
    restoring: bool
    others: Sequence[Editor]
    anyway: bool


def of_form(request: HttpRequest, person: Person, revision: Revision, form: DraftForm) -> Saving:
    """Note that the form is open on this page, and say what its person must know before they write."""
    tab = get_random_string(16)
    others = editing.others(revision.record, person, str(request.POST.get(TAB, "")))
    do.open_form(revision.record, person, tab)
    restoring = "restore" in request.GET
    kept = None if form.is_bound or restoring else _worth_offering(revision, person, form)
    keeps = not personal.about_people(kind(revision.record.kind))
    return Saving(tab, keeps, kept, restoring, others, "anyway" in request.GET)


def saved(request: HttpRequest, person: Person, revision: Revision) -> None:
    """The form was saved: nothing typed waits any more, and its page is left."""
    do.drop_autosave(revision.record, person)
    do.close_form(revision.record, person, str(request.POST.get(TAB, "")))


def _worth_offering(revision: Revision, person: Person, form: DraftForm) -> Autosave | None:
    """What was kept, unless the draft says the same by now."""
    row = editing.autosave_of(revision, person)
    if row is None:
        return None
    standing = {name: _as_typed(form.initial.get(name)) for name in row.values}
    return row if any(_as_typed(text) != standing[name] for name, text in row.values.items()) else None


def _as_typed(value: Any) -> str:
    return ("" if value is None else str(value)).replace("\r\n", "\n").strip()


def restored(declared: Kind, revision: Revision, person: Person, values: Mapping[str, Any]) -> DraftForm | None:
    """The form as this person left it, opened at the version at which they began; None when nothing was kept."""
    row = editing.autosave_of(revision, person)
    if row is None:
        return None
    form = DraftForm.of(declared, revision, values)
    form.initial = {**form.initial, **row.values, "version": row.opened_version, "opened": row.opened}
    return form


@dataclass(frozen=True)
class PartShown:
    """One place that both changed: `name` of its control, both sides as words, whether a table is in it."""

    name: str
    mine: str
    theirs: str
    before: str
    table: bool
    chosen: str


@dataclass(frozen=True)
class MergeShown:
    """One body of a conflict: what was taken from each side by itself, and what is to be decided."""

    field: str
    label: str
    base: int
    mine: Sequence[str]
    theirs: Sequence[str]
    parts: Sequence[PartShown]


def merges(form: DraftForm, declared: Kind, conflict: Conflict | None) -> list[MergeShown]:
    """The bodies of a conflict, with a control for each place; they are merged so, unless the person says otherwise."""
    if conflict is None:
        return []
    named = {field.name: field.label for field in declared.fields}
    shown = []
    for name, merge in conflict.merges.items():
        form.offer_merge(name)
        parts = [_part(part, str(form.data.get(part_name(part), ""))) for part in merge.conflicts]
        shown.append(MergeShown(name, named[name], conflict.bases[name], *_taken(merge), parts))
    return shown


def merged(declared: Kind, found: Mapping[str, Merge]) -> list[MergeShown]:
    """What was taken together without a question."""
    named = {field.name: field.label for field in declared.fields}
    return [MergeShown(name, named[name], 0, *_taken(merge), ()) for name, merge in found.items()]


def part_name(part: Part) -> str:
    """The control that says what stands at a place."""
    return f"part_{part.key}"


def _taken(merge: Merge) -> tuple[list[str], list[str]]:
    return [_change(part.base, part.mine) for part in merge.changed("mine")], [
        _change(part.base, part.theirs) for part in merge.changed("theirs")
    ]


_MOST_SHOWN = 200


def _change(before: Sequence[Block], after: Sequence[Block]) -> str:
    """What a side made of a place, in words."""
    words = _short(_words(after))
    return f"改为：{words}" if before and after else f"增加：{words}" if after else f"删去：{_short(_words(before))}"


def _short(words: str) -> str:
    return words if len(words) <= _MOST_SHOWN else f"{words[:_MOST_SHOWN]}……"


def _words(found: Sequence[Block]) -> str:
    return plain_text(blocks.join(list(found)))


def _part(part: Part, chosen: str) -> PartShown:
    sides = (*part.mine, *part.theirs)
    table = any(block.is_table for block in sides)
    return PartShown(part_name(part), _words(part.mine), _words(part.theirs), _words(part.base), table, chosen)


def undecided_merges(form: DraftForm, revision: Revision) -> tuple[dict[str, Merge], dict[str, int]]:
    """The merges of a conflict that is shown again because a field of it has not been decided."""
    found, bases = {}, {}
    for name, base in form.merge_bases().items():
        merge = editing.merge_of(revision, name, form.as_saved(name), base=base)
        if merge is not None:
            found[name], bases[name] = merge, base
    return found, bases
