"""Drafts: begun, changed, copied for a correction or after a return, given up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from mingchuang.core import chain, now
from mingchuang.core.act import act
from mingchuang.core.actor import Actor
from mingchuang.core.models import Event, Person, StoredFile, Unit
from mingchuang.norms.outcome import Issue, Refused, refuse_if
from mingchuang.records import attachments, editing, examination, form_values, freezing, tables
from mingchuang.records.do import clocks, releasing, saving, steps
from mingchuang.records.do.rows import locked, rewrite_table
from mingchuang.records.kind import Kind, kind
from mingchuang.records.merging import Merge
from mingchuang.records.models import Attachment, Content, Record, Revision
from mingchuang.records.terms import RecordClass


@dataclass(frozen=True, slots=True)
class Saved:
    """The draft took the values. `changed` names fields, `removed` says what cleaning took; no event: no change.

    `merged`: bodies into which what somebody else saved meanwhile was taken, paragraph by paragraph.
    """

    revision: Revision
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    event: Event | None
    merged: Mapping[str, Merge] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Resolution:
    """How a person merges a body: the version at which their change began, and what stands at each place that both
    changed (`merging.Part.key` → one of `merging.CHOICES`)."""

    base: int
    chosen: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class History:
    """A record entered after the fact: the address at which it stood before, where it had one; the file that it comes
    from, what that was called, and the line in it."""

    address: str = ""
    source: StoredFile | None = None
    source_name: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Conflict:
    """Somebody else saved meanwhile, or the same person on another page (`own`).

    Nothing is lost: field → (what you sent, what stands now), both as shown. `merges` has, for a body, both changes
    paragraph by paragraph, begun at the version in `bases`.
    """

    revision: Revision
    differences: Mapping[str, tuple[str, str]]
    by: Person | None
    own: bool = False
    merges: Mapping[str, Merge] = field(default_factory=dict)
    bases: Mapping[str, int] = field(default_factory=dict)

    @property
    def who(self) -> str:
        """Who saved, as the person who reads it says."""
        return "您先前" if self.own else self.by.name if self.by else "他人"

    @property
    def message(self) -> str:
        if self.own:
            return "您在另一个页面保存过这一稿。您在这里填写的内容没有丢失，请对照后再保存。"
        who = self.by.name if self.by else "他人"
        return f"{who}在您编辑期间保存了这一稿。您填写的内容没有丢失，请对照后再保存。"


def create(
    kind_id: str,
    unit: Unit,
    actor: Actor,
    values: Mapping[str, Any] | None = None,
    *,
    record_class: str = "",
    history: History | None = None,
) -> Revision:
    """A new record of `unit` with its first draft, which holds `values`. Raises Refused for what can't be read.

    `history`: it was made public before this system, where that says; no clock of publication runs for it.
    """
    declared = kind(kind_id)
    parsed = form_values.parse(declared, values or {})
    chosen = _class(record_class or declared.default_class)
    refuse_if(parsed.issues)
    with chain.together():
        record = Record(unit=unit, kind=declared.id, record_class=chosen, created_by=actor.person, created_at=now.now())
        told: dict[str, Any] = {"kind": declared.id, "class": chosen, "unit": unit.code}
        if history is not None:
            record.imported, record.original_address = True, history.address
            told |= {"imported": True, "original_address": history.address}
            if history.source is not None:
                record.import_source, record.import_line = history.source, history.line
                told |= {"source": history.source.sha256, "source_name": history.source_name, "line": history.line}
        act(record, "create", actor, data=told)
        return _begin(record, declared, actor, dict(parsed.values), data={})


def save_draft(
    revision: Revision,
    actor: Actor,
    values: Mapping[str, Any],
    *,
    version: int,
    record_class: str = "",
    resolutions: Mapping[str, Resolution] | None = None,
) -> Saved | Conflict:
    """Save what a form sent onto the draft that the person opened at `version` (`Revision.version`).

    Only what differs is written. When somebody else saved one of those fields in between, nothing is written and both
    sides of it come back; fields that only one of the two touched stand beside each other, and so do paragraphs of a
    body (`records.merging`), with the places that both changed decided by `resolutions` (field → Resolution). So a
    form that knows what its person touched sends that alone: an old value is not to be told from a change.
    `record_class` may change as long as the record was never public. Raises Refused for values that cannot be read, and
    when the text is no draft.
    """
    declared = kind(revision.record.kind)
    parsed = form_values.parse(declared, values)
    refuse_if(parsed.issues)
    chosen = _class(record_class) if record_class else ""
    with chain.together():
        row = locked(revision)
        content = freezing.content_of(row)
        standing = freezing.values_of(declared, row, content)
        changed = {name: value for name, value in parsed.values.items() if standing[name] != value}
        meeting = _Meeting.of(row, changed, version, resolutions or {})
        changed |= meeting.merged_words
        if meeting.open:
            return _conflict(row, standing, changed, actor, meeting)
        changed = {name: value for name, value in changed.items() if standing[name] != value}
        data = _reclassified(row.record, chosen)
        if not changed and not data:
            return Saved(row, (), parsed.removed, None)
        if meeting.merged:
            data["merged"] = sorted(meeting.merged)
        saving.remember(row, declared, standing, changed)
        event = act(row, "edit", actor, data={"fields": sorted(changed), **data})
        _write(row, content, declared, changed, actor)
        if data:
            Record.objects.filter(pk=row.record_id).update(record_class=chosen)
            row.record.record_class = chosen
        clocks.follow(row, event, actor)
        return Saved(row, tuple(changed), parsed.removed, event, meeting.merged)


def attach(revision: Revision, actor: Actor, file: StoredFile, *, title: str, name: str = "") -> Attachment:
    """Add a stored file to a draft, last in order; `name` is what the clerk called it, made harmless on the row.

    Raises Refused with every reason: a type that citizens cannot be given, a suffix that says something else than the
    content, a content that is broken, locked, swollen or armed (`records.examination`).
    """
    called = name or file.first_name
    label = attachments.clean_title(title) or attachments.clean_title(called)
    shown = attachments.clean_name(called or label, file)
    # Before any row is held: a document is read by a child process.
    faults = examination.issues(file, called or label)
    with chain.together():
        row = locked(revision)
        refuse_if([*attachments.issues(file, label, called or label, row), *faults])
        act(row, "edit", actor, data={"attached": file.sha256, "name": shown})
        last = row.attachments.order_by("-order").values_list("order", flat=True).first() or 0
        _touch(row, actor)
        return Attachment.objects.create(revision=row, order=last + 1, title=label, name=shown, file=file)


def detach(attachment: Attachment, actor: Actor) -> Event:
    """Take an attachment off a draft; its bytes stay in the store."""
    with chain.together():
        row = locked(attachment.revision)
        event = act(row, "edit", actor, data={"detached": attachment.file_id, "name": attachment.name})
        row.attachments.filter(pk=attachment.pk).delete()
        _touch(row, actor)
    return event


def revise(revision: Revision, actor: Actor, *, note: str = "") -> Revision:
    """A new draft with the words of a returned, submitted or approved text, which is given up; approvals do not carry.

    `note` says why, and is demanded except after a return, whose reason is known.
    """
    with chain.together():
        record, row = locked(revision.record), locked(revision)
        row.record = record
        if row.progress == Revision.Progress.RETURNED:
            act(row, "revise", actor, note=note)
        else:
            _void(row, actor, note)
        return _copy(row, actor, data={"after": row.ordinal})


def correct(record: Record, actor: Actor, *, note: str) -> Revision:
    """A new draft with the words that are public, to be reviewed and published in their place (更正)."""
    with chain.together():
        row = locked(record)
        if row.published is None:
            raise Refused([Issue("records.not_public", "这条信息还没有公开过，请直接修改草稿。")])
        if not note.strip():
            raise Refused([Issue("records.correction_note", "请写明更正的原因。", field="note")])
        if row.current_id is not None:
            message = "已有一稿正在办理，请在那一稿上修改，或者先将其作废。"
            raise Refused([Issue("records.open_revision", message, context={"revision": row.current_id})])
        published = Revision.objects.select_related("record__unit").get(pk=row.published.pk)
        return _copy(published, actor, data={"corrects": published.ordinal}, note=note)


def discard(revision: Revision, actor: Actor, *, note: str) -> Event:
    """Give a text up; what is public stays public."""
    with chain.together():
        record, row = locked(revision.record), locked(revision)
        event = _void(row, actor, note)
        Record.objects.filter(pk=record.pk, current=row).update(current=None)
        if record.published_id is None:
            clocks.stop(record, event, actor, note="稿件已作废，不再公开。")
            steps.stop(record, event, actor, note="稿件已作废，不再办理。")
    return event


def _void(row: Revision, actor: Actor, note: str) -> Event:
    published = Record.objects.filter(pk=row.record_id, published=row).exists()
    event = act(row, "void", actor, note=note, facts={"published": published})
    Revision.objects.filter(pk=row.pk).update(step=0)
    releasing.drop(row.record, "这一稿已撤回修改或者作废。")
    saving.forget_words(row)
    return event


def _begin(
    record: Record, declared: Kind, actor: Actor, values: dict[str, Any], *, data: Mapping[str, Any], note: str = ""
) -> Revision:
    """A draft of `record`, the next in number, which becomes the one at work."""
    last = record.revisions.order_by("-ordinal").values_list("ordinal", flat=True).first() or 0
    moment = now.now()
    row = Revision(
        record=record,
        ordinal=last + 1,
        author=actor.person,
        created_at=moment,
        changed_by=actor.person,
        changed_at=moment,
        **{f.name: values[f.name] for f in declared.fields if f.home == "catalogue" and f.name in values},
    )
    event = act(row, "create", actor, note=note, data={"record": record.pk, "ordinal": row.ordinal, **data})
    own = {name: values[name] for name in declared.content_names if name in values}
    declared.model._default_manager.create(revision=row, **own)
    for table in declared.tables:
        if values.get(table.name):
            rewrite_table(row, table, values[table.name])
    Record.objects.filter(pk=record.pk).update(current=row)
    record.current = row
    clocks.follow(row, event, actor)
    return row


def _copy(source: Revision, actor: Actor, *, data: Mapping[str, Any], note: str = "") -> Revision:
    declared = kind(source.record.kind)
    values = freezing.values_of(declared, source, freezing.content_of(source))
    row = _begin(source.record, declared, actor, values, data=data, note=note)
    copies = [
        Attachment(revision=row, order=a.order, title=a.title, name=a.name, file_id=a.file_id)
        for a in source.attachments.all()
    ]
    Attachment.objects.bulk_create(copies)
    return row


def _write(row: Revision, content: Content, declared: Kind, changed: Mapping[str, Any], actor: Actor) -> None:
    rows = [table for table in declared.tables if table.name in changed]
    for table in rows:
        rewrite_table(row, table, changed[table.name])
    fields = {name: value for name, value in changed.items() if declared.table(name) is None}
    own = [name for name in fields if name in declared.content_names]
    for name, value in fields.items():
        setattr(content if name in own else row, name, value)
    if own:
        content.save(update_fields=own)
    _touch(row, actor, *(name for name in fields if name not in own))


def _touch(row: Revision, actor: Actor, *names: str) -> None:
    row.changed_by, row.changed_at = actor.person, now.now()
    row.save(update_fields=["changed_by", "changed_at", *names])


@dataclass(frozen=True, slots=True)
class _Meeting:
    """Where a save meets what others saved since its form was opened: fields still `open`, bodies `merged`."""

    open: frozenset[str]
    merges: Mapping[str, Merge]
    merged_words: Mapping[str, str]
    bases: Mapping[str, int]

    @property
    def merged(self) -> dict[str, Merge]:
        return {name: merge for name, merge in self.merges.items() if name in self.merged_words}

    @classmethod
    def of(
        cls, row: Revision, changed: Mapping[str, Any], version: int, resolutions: Mapping[str, Resolution]
    ) -> _Meeting:
        both = changed.keys() & editing.saved_since(row, version).keys() if row.version != version else set()
        bases = {name: resolutions[name].base if name in resolutions else version for name in changed}
        asked = both | (resolutions.keys() & changed.keys())
        found = {name: editing.merge_of(row, name, str(changed[name]), base=bases[name]) for name in sorted(asked)}
        merges = {name: merge for name, merge in found.items() if merge is not None}
        chosen = {name: resolutions[name].chosen if name in resolutions else {} for name in merges}
        settled = {
            name: merge.html(chosen[name]) for name, merge in merges.items() if not merge.open_conflicts(chosen[name])
        }
        return cls(frozenset(asked - settled.keys()), merges, settled, bases)


def _conflict(
    row: Revision, standing: Mapping[str, Any], changed: Mapping[str, Any], actor: Actor, meeting: _Meeting
) -> Conflict:
    declared = kind(row.record.kind)
    sent = {name: changed[name] for name in meeting.open}
    fields = (f for f in declared.fields if f.name in sent and sent[f.name] != standing[f.name])
    differences = {f.name: (form_values.shown(f, sent[f.name]), form_values.shown(f, standing[f.name])) for f in fields}
    for table in declared.tables:
        if table.name in sent and sent[table.name] != standing[table.name]:
            yours, theirs = (tables.as_text(table, side[table.name]) for side in (sent, standing))
            differences[table.name] = (yours, theirs)
    merges = {name: merge for name, merge in meeting.merges.items() if name in differences}
    own = row.changed_by == actor.person
    return Conflict(row, differences, row.changed_by, own, merges, {name: meeting.bases[name] for name in merges})


def _class(record_class: str) -> str:
    if record_class not in RecordClass.values:
        titles = "、".join(RecordClass.labels)
        raise Refused([Issue("records.class", f"请选择审签类别：{titles}。", field="record_class")])
    return str(record_class)


def _reclassified(record: Record, chosen: str) -> dict[str, Any]:
    if not chosen or chosen == record.record_class:
        return {}
    if record.published_id is not None:
        message = "已经公开过的信息不能改变审签类别。"
        raise Refused([Issue("records.class_fixed", message, field="record_class")])
    return {"class": [record.record_class, chosen]}
