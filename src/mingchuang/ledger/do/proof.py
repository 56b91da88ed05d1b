"""Evidence: offered by a unit that owes the duty, accepted by the office, struck with a reason."""

from __future__ import annotations

import io
from datetime import date

from mingchuang.core import chain, files, now
from mingchuang.core.act import act
from mingchuang.core.actor import Actor
from mingchuang.core.models import Event, Unit
from mingchuang.core.roles import Role
from mingchuang.ledger import proof_address, queries
from mingchuang.ledger.do.held import hold_evidence
from mingchuang.ledger.models import Duty, Evidence
from mingchuang.norms.outcome import Issue, refuse_if
from mingchuang.norms.wording import book_title
from mingchuang.records import examination
from mingchuang.records.attachments import ALLOWED_TYPES, clean_name, suffix_issues
from mingchuang.records.models import Record

MOST_TITLE = 300


def offer_evidence(
    duty: Duty,
    actor: Actor,
    unit: Unit,
    *,
    title: str = "",
    record: Record | None = None,
    file: tuple[str, bytes] | None = None,
    url: str = "",
    happened_on: date | None = None,
    late_reason: str = "",
) -> Evidence:
    """Offer one proof: a published record, a file (name, bytes), or an address. What the office offers counts at once.

    `happened_on` is the day of the thing itself (a document's date), not of this entry. Raises `Refused` with all
    reasons: not exactly one proof, an address that isn't one or that citizens can't open (`proof_address`), a file that
    could be no attachment (`records.examination`), a record that isn't public, a unit that doesn't owe it.
    """
    faults = proof_address.issues(url) if url else []
    if record is None and file is None and (own := proof_address.record_of(url)) is not None and not faults:
        record, url = own, ""  # an address of ours stands for its record, whatever becomes of that
    title = title.strip() or _title_of(record) or (file[0] if file else "") or url
    proof = Evidence(
        duty=duty,
        unit=unit,
        record=record,
        url=url,
        title=title,
        happened_on=happened_on or now.today(),
    )
    refuse_if(_issues(proof, file, actor) + faults)
    stored = files.put(file[1], file[0]) if file else None
    proof.file = stored
    proof.file_name = clean_name(file[0], stored) if file and stored else ""
    named = f"record:{record.pk}" if record else f"sha256:{stored.sha256}" if stored else url
    with chain.together():
        act(proof, "offer", actor, evidence=[named], data={"duty": duty.pk, "on": proof.happened_on.isoformat()})
        if actor.role == Role.OFFICE or actor.is_system:
            accept_evidence(proof, actor)
    return proof


def _title_of(record: Record | None) -> str:
    return record.published.title if record is not None and record.published is not None else ""


def _issues(proof: Evidence, file: tuple[str, bytes] | None, actor: Actor) -> list[Issue]:
    issues = []
    duty, record, url, today = proof.duty, proof.record, proof.url, now.today()
    given = sum(bool(proof) for proof in (record, file, url))
    if given != 1:
        only = "只" if given else ""
        issues.append(Issue("ledger.proof_one", f"请{only}给一种凭证：已公开的记录、文件或网址。", field="proof"))
    if record is not None and record.visibility != "public":
        issues.append(Issue("ledger.proof_record", "所选记录没有公开，不能作为凭证。", field="record"))
    issues += _file_issues(*file) if file is not None else []
    if len(proof.title) > MOST_TITLE:
        issues.append(Issue("ledger.proof_title", f"凭证名称最多 {MOST_TITLE} 字。", field="title"))
    if proof.happened_on > today:
        issues.append(Issue("ledger.proof_future", "凭证的日期不能晚于今天。", field="happened_on"))
    issues += _entitled(proof, actor)
    if duty.notice.progress == "void":
        issues.append(Issue("ledger.proof_void", f"{book_title(str(duty.notice))}已作废，不能报送凭证。"))
    if duty.confirmation == "superseded":
        issues.append(Issue("ledger.proof_superseded", f"{duty.ref} 已拆分或并入其他任务，请报送到新的任务上。"))
    return issues


def _file_issues(name: str, data: bytes) -> list[Issue]:
    """What the bytes are, whatever the file is called: only what citizens may be given proves anything."""
    if not data:
        return [Issue("ledger.proof_empty", f"文件“{name}”是空的。", field="file")]
    kind = files.detect(io.BytesIO(data))
    found = suffix_issues(name, kind.media, kind.extension)
    if kind.media in ALLOWED_TYPES:
        return found + examination.of_bytes(data, kind.media, name)
    taken = "、".join(dict.fromkeys(ALLOWED_TYPES.values()))
    message = f"“{name}”的内容是{kind.title}，不能作为凭证；可用的类型：{taken}。"
    return [Issue("ledger.proof_type", message, field="file"), *found]


def _entitled(proof: Evidence, actor: Actor) -> list[Issue]:
    """A unit proves what it owes, once that has been checked; the office proves anything."""
    if actor.role == Role.OFFICE or actor.is_system:
        return []
    duty, issues = proof.duty, []
    if not queries.owes(proof.unit, duty, now.today()):
        issues.append(Issue("ledger.proof_unit", f"{duty.ref} 没有要求贵单位落实，不能报送凭证。", field="unit"))
    if duty.confirmation == "read":
        issues.append(Issue("ledger.proof_unchecked", f"{duty.ref} 还没有核对，核对以后再报送凭证。"))
    return issues


def accept_evidence(proof: Evidence, actor: Actor, *, version: int | None = None) -> Event:
    """It proves what it should: the public sees it, and a duty not begun counts as in progress."""
    with chain.together():
        hold_evidence(proof)
        event = act(proof, "accept", actor, version=version)
        act(proof.duty, "add_evidence", Actor.system(), evidence=[f"evidence:{proof.pk}"])
    return event


def strike_evidence(proof: Evidence, actor: Actor, note: str, *, version: int | None = None) -> Event:
    """It does not, or no longer, prove anything; a reason is required. The row stays.

    A duty that counted as done and has no other accepted proof is in progress again.
    """
    with chain.together():
        hold_evidence(proof)
        event = act(proof, "strike", actor, note=note, version=version)
        duty = proof.duty
        if duty.progress == "done" and not duty.evidence.filter(standing="accepted").exists():
            act(duty, "reopen", Actor.system(), note=f"凭证“{proof.title}”已删去，没有其他已认定的凭证。")
    return event
