"""Reading a notice again without losing what people decided."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from mingchuang.core import chain, files, now
from mingchuang.core.act import act
from mingchuang.core.actor import Actor
from mingchuang.core.units import Directory
from mingchuang.ledger.do.from_reading import day_of, measures, owners, read_file, subtasks, take_head, take_text
from mingchuang.ledger.do.held import hold, save_columns
from mingchuang.ledger.do.load import Batch
from mingchuang.ledger.matching import Known, fingerprint, match
from mingchuang.ledger.models import Duty, DutyOwner, Measure, Notice, Origin, Subtask
from mingchuang.reading.model import Duty as ReadDuty
from mingchuang.reading.model import Reading


def reread(notice: Notice, actor: Actor) -> dict[str, list[str]]:
    """Read the stored file again with today's reader; corrections stay, changed texts ask to be checked again.

    Returns the numbers of duties by what became of them: `same`, `changed`, `new`, `missing`.
    """
    read = read_file(files.read(notice.source_id), notice.source_name)
    with chain.together():
        hold(notice)
        old = list(notice.duties.exclude(read_ref=""))
        fresh = [Known(index, found.ref, found.text) for index, found in enumerate(read.duties)]
        pairs = match([Known(duty.pk, duty.read_ref, _read_text(duty)) for duty in old], fresh)
        act(notice, "reread", actor, content_hash=f"sha256:{notice.source_id}", data={"duties": len(read.duties)})
        take_head(notice, read)
        save_columns(notice)
        return _bring_up(notice, read, {duty.pk: duty for duty in old}, pairs, actor)


def _bring_up(
    notice: Notice, read: Reading, old: dict[int, Duty], pairs: dict[int, int], actor: Actor
) -> dict[str, list[str]]:
    """Each duty of the new reading to its old one, or new; what nobody claims is missing, and kept."""
    outcome: dict[str, list[str]] = {"same": [], "changed": [], "new": [], "missing": []}
    directory = Directory(notice.issued_on or now.today())
    fresh = []
    for index, found in enumerate(read.duties):
        if index in pairs:
            changed = _refresh(old[pairs[index]], Decimal(index + 1), found, directory, actor)
            outcome["changed" if changed else "same"].append(found.ref)
        else:
            fresh.append((Decimal(index + 1), found))
            outcome["new"].append(found.ref)
    Batch(notice, fresh, directory, actor).write()
    for pk, duty in old.items():
        if pk not in set(pairs.values()):
            outcome["missing"].append(duty.ref)
            duty.missing = True
            duty.save(update_fields=["missing"])
    return outcome


def _refresh(duty: Duty, order: Decimal, found: ReadDuty, directory: Directory, actor: Actor) -> bool:
    """Bring a known duty up to the new reading, except where a clerk's word stands; True when its text changed."""
    if duty.confirmation == "superseded":
        return False
    changed = duty.read_print != fingerprint(found.text)
    # A text that a clerk rewrote (or that was split or merged) is not the reader's any more; only its place is.
    if "text" in duty.corrected:
        duty.read_ref, duty.read_print = found.ref, fingerprint(found.text)
    else:
        take_text(duty, order, found)
    duty.missing = False
    save_columns(duty)
    act(duty, "reread", actor, facts={"text_changed": changed}, data={"ref": found.ref, "print": duty.read_print})
    _take_values(duty, found, directory, corrected=tuple(duty.corrected))
    return changed


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
        DutyOwner.objects.bulk_create(owners(duty, found, directory))
    if "measures" not in kept:
        duty.measures.filter(origin=Origin.READ).delete()
        Measure.objects.bulk_create(measures(duty, found))
    if "subtasks" not in kept:
        duty.subtasks.filter(origin=Origin.READ).delete()
        Subtask.objects.bulk_create(subtasks(duty, found))
    if "due_on" not in kept:
        duty.due_on = day_of(found)
        duty.save(update_fields=["due_on"])
