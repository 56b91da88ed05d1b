"""Documents of the demonstration, on their way through review: as far as each should come, by those whose part it is.

A document is brought to its state once. What visitors of the demonstration did with it since is left as it is.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from mingchuang.core import now
from mingchuang.core.actor import Actor
from mingchuang.core.models import Appointment, Event, Unit
from mingchuang.core.roles import Role
from mingchuang.core.subject import Subject
from mingchuang.records import do as records
from mingchuang.records import form_values, freezing, gate
from mingchuang.records import kinds as kinds_of_record
from mingchuang.records.kind import Kind, kind, kinds
from mingchuang.records.models import Posting, Record, ReviewStep, Revision
from mingchuang.records.terms import Secrecy

Say = Callable[[str], None]
FILE = Path(__file__).parent / "documents.toml"
OPINION = "内容完整，同意公开。"
SETTLED = "已逐字核对，可以公开。"


def ensure(say: Say) -> None:
    """Bring every fictional document to the state that its declaration gives it; quiet when all are there."""
    mark, documents = wanted()
    told = False
    for document in documents:
        values = values_of(document, mark, now.today())
        record = _find(document["unit"], values["title"])
        if record is not None and _has_come(record, document["state"]):
            continue
        if not told:
            say("正在办理演示文件……")
            told = True
        _bring(record or _create(document, values), document)


def wanted() -> tuple[str, list[Mapping[str, Any]]]:
    """What every body begins with, and the declared documents: of documents.toml, then of the `demo.toml` that kinds
    of record may hold in their folders."""
    found = tomllib.loads(FILE.read_text("utf-8"))
    documents: list[Mapping[str, Any]] = list(found["documents"])
    for kind_id in sorted(kinds()):
        own = Path(kinds_of_record.__file__).with_name(kind_id) / "demo.toml"
        if own.is_file():
            documents += [{"kind": kind_id, **one} for one in tomllib.loads(own.read_text("utf-8"))["documents"]]
    return found["mark"], documents


def values_of(document: Mapping[str, Any], mark: str, today: date) -> dict[str, Any]:
    """The fields of a document as a form would send them; every body begins with `mark`.

    `days_ago` moves a sample into the present: all its days and moments, those in its tables too, keep their distance
    from 成文日期. `days` (field → days ago, negative for days to come) says otherwise for single fields.
    """
    if "sample" in document:
        declared = kind(document.get("kind", "policy"))
        values = dict(declared.samples[document["sample"]])
        if "days_ago" in document:
            values |= _moved(declared, values, today - timedelta(document["days_ago"]))
        values |= {name: (today - timedelta(ago)).isoformat() for name, ago in document.get("days", {}).items()}
        values |= {name: text.format(year=today.year) for name, text in document.get("values", {}).items()}
    else:
        formed = today - timedelta(document["days_ago"])
        values = {
            **{name: document[name] for name in ("title", "summary", "theme", "keywords", "body")},
            "doc_number": document["number"].format(year=formed.year),
            "formed_on": formed.isoformat(),
            "issuer": _issuer(document["unit"]),
            "disclosure": "proactive",
            "effective_on": "",
            "expires_on": "",
        }
    if "body" not in values:
        return values
    return {**values, "body": f"<p>{mark}</p>{values['body'].strip()}"}


def _moved(declared: Kind, sample: Mapping[str, Any], formed_on: date) -> dict[str, Any]:
    """The fields and tables of a sample that hold days, as if its text had been formed on `formed_on`."""
    read = form_values.parse(declared, sample).values
    by = formed_on - read["formed_on"]
    moved: dict[str, Any] = {name: value + by for name, value in read.items() if isinstance(value, date)}
    for table in declared.tables:
        moved[table.name] = [
            {name: value + by if isinstance(value, date) else value for name, value in row.items()}
            for row in read.get(table.name, ())
        ]
    return moved


def publish(record: Record, say: Say) -> None:
    """Submit, sign by as many people as the class asks for, publish; goes on from wherever it stands."""
    revision = record.revisions.order_by("-ordinal").first()
    if revision is None or record.visibility != Record.Visibility.NONE:
        return
    approve(record, say)
    revision.refresh_from_db()
    settle(revision)
    records.publish(record, _clerk(record.unit), content_hash=revision.content_hash)
    record.refresh_from_db()


def approve(record: Record, say: Say) -> None:
    """Submit and sign by as many people as the class asks for; what the gate asks about is decided by a reviewer."""
    revision = record.revisions.order_by("-ordinal").first()
    if revision is None:
        return
    if revision.progress == Revision.Progress.DRAFT:
        settle(revision)
        records.submit(revision, _clerk(record.unit))
        revision.refresh_from_db()
    while revision.progress == Revision.Progress.REVIEWING:
        signer = _signer(revision)
        say(f"{signer.person.name if signer.person else ''} 正在签署第 {revision.step} 个环节……")
        step, seen = revision.step, revision.content_hash
        records.approve(revision, signer, content_hash=seen, step=step, secrecy=Secrecy.OPEN, note=OPINION)
        revision.refresh_from_db()


def settle(revision: Revision) -> None:
    """What the gate is unsure of in the demonstration's own words is looked at by a reviewer and answered for."""
    verdict = gate.of_revision(revision)
    for found in gate.open_findings(revision, verdict):
        row = _appointments(revision.record.unit, Role.REVIEWER).first()
        if row is None:
            raise LookupError(f"county.toml names no reviewer of {revision.record.unit.code}")
        actor = Actor(row.person, Role.REVIEWER, row.unit)
        told = {"content_hash": verdict.content_hash, "key": found.key, "verdict": "justified", "note": SETTLED}
        records.settle(revision, actor, **told)


def happened(subject: Subject, move: str) -> bool:
    """Whether a move was ever made: what was undone since isn't done again."""
    kind = type(subject).subject_kind()
    return Event.objects.filter(subject_kind=kind, subject_id=subject.pk, move=move).exists()


def _find(unit: str, title: str) -> Record | None:
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
    return records.create(
        document.get("kind", "policy"), unit, _clerk(unit), values, record_class=document["class"]
    ).record


def _bring(record: Record, document: Mapping[str, Any]) -> None:
    state = document["state"]
    if state in {"published", "withdrawn"}:
        publish(record, lambda sentence: None)
    if state == "withdrawn":
        records.withdraw(record, _clerk(record.unit), reason=document["reason"], note=document["note"])
    if state == "published" and record.record_class == "C":
        _look_again(record, document.get("second_look", "已对照公开页面复核，内容一致。"))
    if state == "posted":
        _post(record, document)
    if state in {"reviewing", "returned"}:
        _review(record, document)


def _post(record: Record, document: Mapping[str, Any]) -> None:
    """On a board: registered once, until the day that the list itself names."""
    approve(record, lambda sentence: None)
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
    row = _appointments(record.unit, Role.LEADER).exclude(person__in=signed).first()
    if row is None:
        raise LookupError(f"county.toml names no second leader or reviewer of {record.unit.code}")
    records.second_look(
        record, Actor(row.person, Role.LEADER, row.unit), content_hash=published.content_hash, note=note
    )


def _signer(revision: Revision) -> Actor:
    """Somebody of the unit in the awaited step's role who has neither written nor signed the text."""
    step = ReviewStep.objects.get(revision=revision, number=revision.step)
    unit = revision.record.unit
    signed = revision.approvals.values("person")
    row = _appointments(unit, Role(step.role)).exclude(person__in=signed).exclude(person=revision.author).first()
    if row is None:
        raise LookupError(f"county.toml names nobody of {unit.code} for step {step}")
    return Actor(row.person, Role(step.role), unit)


def _clerk(unit: Unit) -> Actor:
    row = _appointments(unit, Role.CLERK).first()
    if row is None:
        raise LookupError(f"county.toml names no clerk of {unit.code}")
    return Actor(row.person, Role.CLERK, unit)


def _appointments(unit: Unit, role: Role) -> Any:
    """The demonstration's people of a unit in a role, in the order of county.toml."""
    found = Appointment.objects.on(now.today()).filter(unit=unit, role=role.value, person__demo=True)
    return found.select_related("person", "unit").order_by("pk")


def _issuer(code: str) -> str:
    name = Unit.objects.get(code=code).names.filter(kind="full").order_by("-since").values_list("name", flat=True)
    return str(name[0])
