"""Records of before this system, entered together: as drafts that are reviewed, or taken over as they were public."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from mingchuang.core import chain, files, hashing, now
from mingchuang.core.act import act
from mingchuang.core.actor import Actor
from mingchuang.core.models import StoredFile, Unit
from mingchuang.norms.outcome import Issue, Refused, errors, refuse_if
from mingchuang.records import adoption, checks, freezing, gate
from mingchuang.records.do.drafting import History, create
from mingchuang.records.do.gate import keep
from mingchuang.records.do.publication import publish
from mingchuang.records.do.rows import locked
from mingchuang.records.history import Entry
from mingchuang.records.kind import kind
from mingchuang.records.models import Revision

#: So many at once: everything of one import stands in one transaction.
MOST = 500


@dataclass(frozen=True, slots=True)
class Source:
    """The workbook that history comes from: its kept bytes, and what it was called."""

    file: StoredFile
    name: str


def enter_history(
    kind_id: str,
    unit: Unit,
    actor: Actor,
    entries: Iterable[Entry],
    *,
    record_class: str = "",
    source: Source | None = None,
) -> tuple[Revision, ...]:
    """A draft for each entry, in their order, or none at all.

    Raises Refused with every fault of every line: values that cannot be read, and what would keep the text from review.
    They go through review like everything else; no clock of publication runs for them.
    """
    return _all_or_none(_Import(kind_id, unit, actor, record_class, source), entries)


def take_over(
    kind_id: str,
    unit: Unit,
    actor: Actor,
    entries: Iterable[Entry],
    *,
    source: Source,
    note: str,
    record_class: str = "",
) -> tuple[Revision, ...]:
    """Make every entry public as it was before this system, all or none: 历史数据导入, not reviewed again.

    By the 政务公开办 alone. The bytes of each text are frozen, its event names the workbook (SHA-256), the line, the
    person and, in `note`, where it was public; 发布日期 is the original day. The gate looks at all of them: what it
    stops is refused here, and may be entered as a draft. Raises Refused with every fault of every line.
    """
    if not note.strip():
        raise Refused([Issue("records.history_note", "请写明这些信息此前在哪里公开、为什么导入。", field="note")])
    made = _all_or_none(_Import(kind_id, unit, actor, record_class, source, note), entries)
    # Publication asks the events of the texts, which stand in the chain by now; should the machine stop here, they
    # wait in the desk with the button 公开.
    with chain.together():
        for revision in made:
            row = Revision.objects.select_related("record__unit").get(pk=revision.pk)
            publish(row.record, actor, content_hash=row.content_hash)
    return made


class _Undone(Exception):  # noqa: N818 - no error: it takes a rehearsal back
    """Everything went well, and nothing of it stays."""


def rehearse_history(
    kind_id: str,
    unit: Unit,
    actor: Actor,
    entries: Iterable[Entry],
    *,
    source: Source,
    note: str = "",
    record_class: str = "",
) -> Sequence[Issue]:
    """What would be refused: the deed done and taken back. With a `note` as `take_over`, without as drafts."""
    try:
        with chain.together():
            _all_or_none(_Import(kind_id, unit, actor, record_class, source, note), entries)
            raise _Undone
    except Refused as refusal:
        return refusal.issues
    except _Undone:
        return ()


@dataclass(frozen=True, slots=True)
class _Import:
    """What is the same for every row. With a `note` they are taken over, without they are drafts."""

    kind_id: str
    unit: Unit
    actor: Actor
    record_class: str
    source: Source | None
    note: str = ""


def _all_or_none(one: _Import, entries: Iterable[Entry]) -> tuple[Revision, ...]:
    made: list[Revision] = []
    faults: list[Issue] = []
    given = list(entries)
    if not given:
        raise Refused([Issue("records.no_entries", "没有可以补录的内容。", field="file")])
    if one.note and len(given) > MOST:
        message = f"一次最多导入 {MOST} 条，这份表格有 {len(given)} 条，请分成几份。"
        raise Refused([Issue("records.too_many_entries", message, field="file")])
    with chain.together():
        for entry in given:
            try:
                made.append(_entered(one, entry))
            except Refused as refusal:
                faults += [_at(entry, issue) for issue in errors(refusal.issues)]
        refuse_if(faults)
    return tuple(made)


def _entered(one: _Import, entry: Entry) -> Revision:
    """One record; raises Refused with everything that speaks against it."""
    source = one.source
    told = History(entry.address, source.file if source else None, source.name if source else "", entry.line)
    revision = create(one.kind_id, one.unit, one.actor, entry.values, record_class=one.record_class, history=told)
    refuse_if(errors(checks.complete(revision, one.actor, {})))
    if one.note and source is not None:
        _adopt(revision, one, entry, source)
    return revision


def _adopt(revision: Revision, one: _Import, entry: Entry, source: Source) -> None:
    """Freeze the text as it is; its event says where it comes from."""
    row = locked(revision)
    row.submitted_on, row.submitted_at, row.submitted_by = now.today(), now.now(), one.actor.person
    data = freezing.frozen_bytes(row, freezing.content_of(row))
    row.frozen, row.content_hash = files.put(data, "record.json"), hashing.named(data)
    row.schema, row.adopted = kind(row.record.kind).schema, True
    names = ["submitted_on", "submitted_at", "submitted_by", "frozen", "content_hash", "schema", "adopted"]
    row.save(update_fields=names)
    verdict = gate.of_revision(row)
    refuse_if(gate.issues(row, verdict))
    day = entry.public_on.isoformat() if entry.public_on else ""
    told = {"source_name": source.name, "line": entry.line, "public_on": day, "route": {"steps": []}}
    event = act(
        row,
        adoption.MOVE,
        one.actor,
        content_hash=row.content_hash,
        note=one.note,
        evidence=[source.file.sha256],
        data={"class": row.record.record_class, **told},
        facts={"public_on": entry.public_on},
    )
    keep(row, event, verdict)


def _at(entry: Entry, issue: Issue) -> Issue:
    return replace(issue, message=f"第 {entry.line} 行：{issue.message}", context={**issue.context, "line": entry.line})
