"""Loading a notice, and reading it again without losing what people decided."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import IntegrityError

from mingchuang import reading
from mingchuang.core import chain, files, now
from mingchuang.core.act import act
from mingchuang.core.actor import Actor
from mingchuang.core.models import Unit
from mingchuang.core.units import Directory
from mingchuang.ledger.do.held import hold, save_columns
from mingchuang.ledger.matching import Known, fingerprint, match
from mingchuang.ledger.models import Duty, DutyOwner, Measure, Notice, Origin, Subtask
from mingchuang.norms.outcome import Issue, Refused
from mingchuang.reading.model import Duty as ReadDuty
from mingchuang.reading.model import Reading

# A notice has dozens of duties, a province's whole breakdown some hundreds; each costs an event under the one lock of
# the chain, so a file with many more would hold everybody up and is certainly no 工作要点.
MOST_DUTIES = 1000


def load(data: bytes, name: str, unit: Unit, actor: Actor) -> Notice:
    """Read a file into a new notice with its duties; everything or nothing is written.

    Raises `Refused` when the file can't be read, holds no duty, or the same file was loaded already by this unit.
    """
    read = _read(data, name)
    stored = files.put(data, name)
    known = Notice.objects.filter(unit=unit, source=stored).exclude(progress="void").first()
    if known is not None:
        raise _loaded_already(known)
    notice = Notice(unit=unit, source=stored, source_name=name)
    _take_head(notice, read)
    try:
        with chain.together():
            _write(notice, read, actor, stored.sha256)
    except IntegrityError:  # somebody loaded the same file while this one was being read
        raise _loaded_already(notice) from None
    return notice


def _write(notice: Notice, read: Reading, actor: Actor, sha256: str) -> None:
    act(notice, "load", actor, content_hash=f"sha256:{sha256}", data={"duties": len(read.duties)})
    directory = Directory(notice.issued_on or now.today())
    for position, found in enumerate(read.duties, 1):
        _add(notice, Decimal(position), found, directory, actor)


def _loaded_already(notice: Notice) -> Refused:
    advice = "要用新的识别规则重读，请在台账里点“再次识别”。"
    return Refused([Issue("ledger.loaded", f"这份文件已经载入过：《{notice}》。{advice}", field="file")])


def reread(notice: Notice, actor: Actor) -> dict[str, list[str]]:
    """Read the stored file again with today's reader; corrections stay, changed texts ask to be checked again.

    Returns the numbers of duties by what became of them: `same`, `changed`, `new`, `missing`.
    """
    read = _read(files.read(notice.source_id), notice.source_name)
    with chain.together():
        hold(notice)
        old = list(notice.duties.exclude(read_ref=""))
        fresh = [Known(index, found.ref, found.text) for index, found in enumerate(read.duties)]
        pairs = match([Known(duty.pk, duty.read_ref, _read_text(duty)) for duty in old], fresh)
        act(notice, "reread", actor, content_hash=f"sha256:{notice.source_id}", data={"duties": len(read.duties)})
        _take_head(notice, read)
        save_columns(notice)
        return _bring_up(notice, read, {duty.pk: duty for duty in old}, pairs, actor)


def _bring_up(
    notice: Notice, read: Reading, old: dict[int, Duty], pairs: dict[int, int], actor: Actor
) -> dict[str, list[str]]:
    """Each duty of the new reading to its old one, or new; what nobody claims is missing, and kept."""
    outcome: dict[str, list[str]] = {"same": [], "changed": [], "new": [], "missing": []}
    directory = Directory(notice.issued_on or now.today())
    for index, found in enumerate(read.duties):
        if index in pairs:
            changed = _refresh(old[pairs[index]], Decimal(index + 1), found, directory, actor)
            outcome["changed" if changed else "same"].append(found.ref)
        else:
            _add(notice, Decimal(index + 1), found, directory, actor)
            outcome["new"].append(found.ref)
    for pk, duty in old.items():
        if pk not in set(pairs.values()):
            outcome["missing"].append(duty.ref)
            duty.missing = True
            duty.save(update_fields=["missing"])
    return outcome


def _read(data: bytes, name: str) -> Reading:
    try:
        read = reading.read(data, name)
    except reading.Unreadable as error:
        raise Refused([Issue("ledger.unreadable", str(error), field="file")]) from error
    if not read.duties:
        raise Refused(
            [
                Issue(
                    "ledger.no_duty",
                    f"《{read.title or name}》里没有读到任务，请核对是不是工作要点的正文。",
                    field="file",
                )
            ]
        )
    if len(read.duties) > MOST_DUTIES:
        message = f"读出 {len(read.duties)} 项任务，超过 {MOST_DUTIES} 项；请核对是不是工作要点，需要的请拆开载入。"
        raise Refused([Issue("ledger.too_many", message, field="file")])
    return read


def _take_head(notice: Notice, read: Reading) -> None:
    """What the document says of itself."""
    plain = dict(read.to_json())
    notice.text = str(plain.pop("text"))
    notice.reading = plain
    notice.title = (read.title or "")[:300]
    notice.issuer = (read.issuer or "")[:200]
    notice.number = (read.number or "")[:80]
    notice.issued_on = read.date


def _add(notice: Notice, order: Decimal, found: ReadDuty, directory: Directory, actor: Actor) -> Duty:
    duty = Duty(notice=notice, missing=False)
    _take_text(duty, order, found)
    act(duty, "load", actor, data={"ref": found.ref, "print": duty.read_print})
    _take_values(duty, found, directory, corrected=())
    return duty


def _refresh(duty: Duty, order: Decimal, found: ReadDuty, directory: Directory, actor: Actor) -> bool:
    """Bring a known duty up to the new reading, except where a clerk's word stands; True when its text changed."""
    if duty.confirmation == "superseded":
        return False
    changed = duty.read_print != fingerprint(found.text)
    # A text that a clerk rewrote (or that was split or merged) is not the reader's any more; only its place is.
    if "text" in duty.corrected:
        duty.read_ref, duty.read_print = found.ref, fingerprint(found.text)
    else:
        _take_text(duty, order, found)
    duty.missing = False
    save_columns(duty)
    act(duty, "reread", actor, facts={"text_changed": changed}, data={"ref": found.ref, "print": duty.read_print})
    _take_values(duty, found, directory, corrected=tuple(duty.corrected))
    return changed


def _take_text(duty: Duty, order: Decimal, found: ReadDuty) -> None:
    duty.order = order
    duty.ref = duty.read_ref = found.ref[:60]
    duty.read_print = fingerprint(found.text)
    if "heading" not in duty.corrected:
        duty.heading = (found.heading or "")[:300]
    duty.text = found.text
    duty.start, duty.end = found.span
    duty.suggested = list(found.suggested_units)


def _read_text(duty: Duty) -> str:
    """The characters that the last reading gave the duty, even when a clerk has rewritten its text since."""
    if "text" not in duty.corrected:
        return duty.text
    return duty.notice.text[duty.start : duty.end]


def _take_values(duty: Duty, found: ReadDuty, directory: Directory, corrected: Iterable[str]) -> None:
    """Replace the reader's own values; those of a clerk, and fields that a clerk corrected, are left alone."""
    kept = set(corrected)
    if "owners" not in kept:
        duty.owners.filter(origin=Origin.READ).delete()
        DutyOwner.objects.bulk_create(_owners(duty, found, directory))
    if "measures" not in kept:
        duty.measures.filter(origin=Origin.READ).delete()
        Measure.objects.bulk_create(_measures(duty, found))
    if "subtasks" not in kept:
        duty.subtasks.filter(origin=Origin.READ).delete()
        rows = [Subtask(duty=duty, text=s.text, start=s.span[0], end=s.span[1]) for s in found.subtasks]
        Subtask.objects.bulk_create(rows)
    if "due_on" not in kept:
        days = [m.value for m in found.measures if m.kind == "deadline" and isinstance(m.value, str)]
        duty.due_on = date.fromisoformat(max(days)) if days else None
        duty.save(update_fields=["due_on"])


def _owners(duty: Duty, found: ReadDuty, directory: Directory) -> list[DutyOwner]:
    rows = []
    for group, clause in enumerate(found.assignments):
        for written in clause.units:
            meant = directory.find(written)
            start, end = _place(duty.notice.text, written, clause.span)
            rows.append(
                DutyOwner(
                    duty=duty,
                    written=written[:200],
                    unit=meant.unit,
                    collective=meant.collective,
                    lead=written in clause.lead,
                    mode=clause.mode,
                    group=group,
                    open=clause.open,
                    start=start,
                    end=end,
                )
            )
    return rows


def _place(text: str, written: str, span: tuple[int, int]) -> tuple[int, int]:
    """Where a name stands inside its clause, white space aside; the whole clause when it can't be told."""
    kept = [place for place in range(*span) if not text[place].isspace()]
    at = "".join(text[place] for place in kept).find(written)
    return (kept[at], kept[at + len(written) - 1] + 1) if at >= 0 else span


def _measures(duty: Duty, found: ReadDuty) -> list[Measure]:
    def value(raw: Any) -> Any:
        return list(raw) if isinstance(raw, tuple) else raw

    return [
        Measure(
            duty=duty,
            kind=m.kind,
            text=m.text[:300],
            value=value(m.value),
            unit=(m.unit or "")[:30],
            comparator=m.comparator or "",
            start=m.span[0],
            end=m.span[1],
        )
        for m in found.measures
    ]
