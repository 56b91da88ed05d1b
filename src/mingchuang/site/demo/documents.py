"""Documents of the demonstration, on their way through review: as far as each should come, by those whose part it is.

A document is brought to its state once. What visitors of the demonstration did with it since is left as it is.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from itertools import chain
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Case, When

from mingchuang.core import now
from mingchuang.core.actor import Actor
from mingchuang.core.models import Appointment, Event, Unit
from mingchuang.core.roles import Role
from mingchuang.core.subject import Subject
from mingchuang.core.units import ancestors
from mingchuang.records import do as records
from mingchuang.records import freezing, gate, kinds
from mingchuang.records.kind import kind
from mingchuang.records.models import Posting, Record, ReviewStep, Revision
from mingchuang.records.terms import Secrecy
from mingchuang.site.demo.values import values_of

Say = Callable[[str], None]
FOLDER = Path(__file__).parent
#: In this order: a document may name one that stands before it.
FILES = ("documents.toml", "kinds.toml")
OPINION = "内容完整，同意公开。"
SETTLED = "已逐字核对，可以公开。"


def wanted() -> list[Mapping[str, Any]]:
    """Every fictional document as the files tell it, and then the `demo.toml` that a kind may bring in its folder; in
    a small demonstration those of the first file alone."""
    if settings.MINGCHUANG_DEMO_SIZE == "small":
        return list(_told(FILES[0])["documents"])
    told = list(chain.from_iterable(_told(name)["documents"] for name in FILES))
    for own in sorted(Path(kinds.__file__).parent.glob("*/demo.toml")):
        told += ({"kind": own.parent.name, **one} for one in tomllib.loads(own.read_text("utf-8"))["documents"])
    return told


def mark() -> str:
    """The sentence with which every fictional text begins."""
    return str(_told(FILES[0])["mark"])


def _told(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / name).read_text("utf-8"))


def ensure(say: Say) -> None:
    """Bring every fictional document to the state that its file gives it; quiet when all are there."""
    told, first, today = False, mark(), now.today()
    for document in wanted():
        values = values_of(document, first, today)
        record = find(document["unit"], values["title"])
        if record is not None and _has_come(record, document["state"]):
            continue
        if not told:
            say("正在办理演示文件……")
            told = True
        # One transaction for all acts of a document: a start that is cut off begins it again, and the disk waits once.
        with transaction.atomic():
            _bring(record or _create(document, values), document)


def publish(record: Record, say: Say, *, settled: str = SETTLED) -> None:
    """Submit, sign by as many people as the class asks for, publish; goes on from wherever it stands."""
    revision = record.revisions.order_by("-ordinal").first()
    if revision is None or record.visibility != Record.Visibility.NONE:
        return
    approve(record, say, settled=settled)
    revision.refresh_from_db()
    settle(revision, settled)
    records.publish(record, _clerk(record.unit), content_hash=revision.content_hash)
    record.refresh_from_db()


def approve(record: Record, say: Say, *, settled: str = SETTLED) -> None:
    """Submit and sign by as many people as the class asks for; what the gate asks about is decided by a reviewer."""
    revision = record.revisions.order_by("-ordinal").first()
    if revision is None:
        return
    if revision.progress == Revision.Progress.DRAFT:
        settle(revision, settled)
        records.submit(revision, _clerk(record.unit))
        revision.refresh_from_db()
    while revision.progress == Revision.Progress.REVIEWING:
        signer = _signer(revision)
        say(f"{signer.person.name if signer.person else ''} 正在签署第 {revision.step} 个环节……")
        step, seen = revision.step, revision.content_hash
        records.approve(revision, signer, content_hash=seen, step=step, secrecy=Secrecy.OPEN, note=OPINION)
        revision.refresh_from_db()


def settle(revision: Revision, reason: str = SETTLED) -> None:
    """What the gate is unsure of in the demonstration's own words is looked at by a reviewer and answered for."""
    verdict = gate.of_revision(revision)
    for found in gate.open_findings(revision, verdict):
        row = _first(_appointments(revision.record.unit, Role.REVIEWER), f"reviewer of {revision.record.unit.code}")
        actor = Actor(row.person, Role.REVIEWER, row.unit)
        told = {"content_hash": verdict.content_hash, "key": found.key, "verdict": "justified", "note": reason}
        records.settle(revision, actor, **told)


def happened(subject: Subject, move: str) -> bool:
    """Whether a move was ever made: what was undone since isn't done again."""
    kind = type(subject).subject_kind()
    return Event.objects.filter(subject_kind=kind, subject_id=subject.pk, move=move).exists()


def find(unit: str, title: str) -> Record | None:
    """The record of a unit whose first text had this title."""
    found = Revision.objects.filter(record__unit__code=unit, title=title, ordinal=1).select_related("record__unit")
    first = found.first()
    return first.record if first is not None else None


def _has_come(record: Record, state: str) -> bool:
    """Whether the document once was where it should be, or people have begun to work on it themselves."""
    first = record.revisions.get(ordinal=1)
    if record.revisions.count() > 1 or first.progress in {Revision.Progress.RETURNED, Revision.Progress.VOID}:
        return True
    match state:
        case "draft":
            return True
        case "reviewing" | "returned":
            return happened(first, "submit" if state == "reviewing" else "return")
        case "withdrawn":
            return happened(record, "withdraw")
        case "posted":
            return Posting.objects.filter(revision=first).exists()
        case _:
            return happened(record, "publish") and (
                record.record_class != "C" or happened(record, "second_look") or happened(record, "withdraw")
            )


def _create(document: Mapping[str, Any], values: Mapping[str, Any]) -> Record:
    unit = Unit.objects.get(code=document["unit"])
    kind_id, clerk, review = document.get("kind", "policy"), _clerk(unit), document["class"]
    if "history" in document:
        entry = records.Entry(1, values, document["history"])
        return records.enter_history(kind_id, unit, clerk, [entry], record_class=review)[0].record
    return records.create(kind_id, unit, clerk, values, record_class=review).record


def _bring(record: Record, document: Mapping[str, Any]) -> None:
    state = document["state"]
    if state in {"published", "withdrawn"}:
        publish(record, _silently, settled=document.get("settled", SETTLED))
    if state == "withdrawn":
        records.withdraw(record, _clerk(record.unit), reason=document["reason"], note=document["note"])
    if state == "published" and record.record_class == "C":
        _look_again(record, document.get("second_look", "已对照公开页面复核，内容一致。"))
    if state == "posted":
        _post(record, document)
    if state in {"reviewing", "returned"}:
        _review(record, document)


def _silently(sentence: str) -> None:
    """There are many of them: the first sentence is enough."""


def _post(record: Record, document: Mapping[str, Any]) -> None:
    """On a board: registered once, until the day that the list itself names."""
    approve(record, _silently)
    revision = record.revisions.get(ordinal=1)
    if Posting.objects.filter(revision=revision).exists():
        return
    declared = kind(record.kind)
    until = freezing.values_of(declared, revision, freezing.content_of(revision))[declared.until]
    told = {"content_hash": revision.content_hash, "place": document["place"], "until": until}
    records.post(revision, _clerk(record.unit), **told)


def _review(record: Record, document: Mapping[str, Any]) -> None:
    revision = record.revisions.get(ordinal=1)
    if revision.progress == Revision.Progress.DRAFT:
        settle(revision)
        records.submit(revision, _clerk(record.unit))
        revision.refresh_from_db()
    if document["state"] == "returned" and revision.progress == Revision.Progress.REVIEWING:
        seen, step = revision.content_hash, revision.step
        records.return_(revision, _signer(revision), content_hash=seen, step=step, note=document["note"])


def _look_again(record: Record, note: str) -> None:
    """Whoever didn't sign it: the second look is another person's."""
    published = record.published
    if published is None or happened(record, "second_look"):
        return
    signed = published.approvals.values("person")
    leaders = _appointments(record.unit, Role.LEADER).exclude(person__in=signed)
    row = _first(leaders, f"second leader or reviewer of {record.unit.code}")
    records.second_look(
        record, Actor(row.person, Role.LEADER, row.unit), content_hash=published.content_hash, note=note
    )


def _signer(revision: Revision) -> Actor:
    """Somebody in the awaited step's role who has neither written nor signed the text."""
    step = ReviewStep.objects.get(revision=revision, number=revision.step)
    signed = revision.approvals.values("person")
    able = _appointments(revision.record.unit, Role(step.role)).exclude(person__in=signed)
    row = _first(able.exclude(person=revision.author), f"one of {revision.record.unit.code} for step {step}")
    return Actor(row.person, Role(step.role), row.unit)


def _clerk(unit: Unit) -> Actor:
    row = _first(_appointments(unit, Role.CLERK), f"clerk of {unit.code}")
    return Actor(row.person, Role.CLERK, row.unit)


def _appointments(unit: Unit, role: Role) -> Any:
    """The demonstration's people in a role, of a unit or of the government above it: its own first, then in the order
    of county.toml."""
    today = now.today()
    above = [unit.pk, *ancestors(unit, today)]
    found = Appointment.objects.on(today).filter(unit__in=above, role=role.value, person__demo=True)
    own = Case(When(unit=unit, then=0), default=1)
    return found.select_related("person", "unit").order_by(own, "pk")


def _first(found: Any, wanted: str) -> Appointment:
    row: Appointment | None = found.first()
    if row is None:
        raise LookupError(f"county.toml names no {wanted}")
    return row
