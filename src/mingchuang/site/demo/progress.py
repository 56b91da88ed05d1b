"""How far the duties of the demonstration's notice have come, with what proves it: once, and never against people."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from mingchuang.core.models import Appointment
from mingchuang.core.roles import Role
from mingchuang.ledger import do as ledger
from mingchuang.ledger.models import Duty, Evidence
from mingchuang.records import queries as records
from mingchuang.site.demo import cast
from mingchuang.site.demo.documents import happened
from mingchuang.site.demo.notice import NUMBER

Say = Callable[[str], None]
FILE = Path(__file__).parent / "progress.toml"


def ensure(say: Say) -> None:
    """Bring the duties of progress.toml as far as it says; what was done, or undone since, is left alone."""
    rows = tomllib.loads(FILE.read_text("utf-8"))["duties"]
    known = Duty.objects.filter(notice__number=NUMBER, missing=False).exclude(notice__progress="void")
    duties = {duty.ref: duty for duty in known.exclude(confirmation="superseded")}
    told = False
    for row in rows:
        duty = duties.get(row["ref"])
        waiting = [] if duty is None else _waiting(duty, row)
        for step in waiting:
            if not told:
                say("正在登记任务的落实情况……")
                told = True
            step()


def _waiting(duty: Duty, row: Mapping[str, Any]) -> list[Callable[[], object]]:
    """What is still to be done for a duty, in order."""
    office = cast.acting("zhao", Role.OFFICE)
    steps: list[Callable[[], object]] = []
    if "started" in row and duty.progress == "planned" and not happened(duty, "start"):
        steps.append(lambda: ledger.start(duty, office, note=row["started"]))
    for proof in row.get("evidence", ()):
        title = proof.get("title") or proof["document"]
        known = Evidence.objects.filter(duty=duty, title=title).first()
        if known is None or (known.standing == "offered" and "offered" not in proof):
            steps.append(lambda proof=proof, known=known: _prove(duty, proof, known))  # type: ignore[misc]
    if "finished" in row and not happened(duty, "finish"):
        steps.append(lambda: ledger.finish(Duty.objects.get(pk=duty.pk), office, note=row["finished"]))
    return steps


def _prove(duty: Duty, proof: Mapping[str, Any], known: Evidence | None) -> None:
    """Offer the evidence where it isn't yet, and let the office accept it where it should be."""
    person = cast.person(proof["account"])
    place: Appointment = person.appointments.select_related("unit").earliest("pk")
    actor = cast.acting(proof["account"], Role(place.role))
    if known is None:
        kept = {"file": (f"{proof['title']}.txt", proof["words"].encode())} if "words" in proof else {}
        record = None if kept else records.public().filter(published__title=proof["document"]).first()
        if record is None and not kept:
            return  # withdrawn by a visitor: it proves nothing any more
        known = ledger.offer_evidence(
            duty, actor, place.unit, title=proof.get("title", ""), record=record, file=kept.get("file")
        )
    known.refresh_from_db()
    if known.standing == "offered" and "offered" not in proof:
        ledger.accept_evidence(known, cast.acting("zhao", Role.OFFICE))
