"""Deciding about what the gate found, and keeping what it found."""

from __future__ import annotations

from mingchuang.core import chain, files
from mingchuang.core.act import act
from mingchuang.core.actor import Actor
from mingchuang.core.models import Event
from mingchuang.core.roles import Role
from mingchuang.norms.outcome import Issue, Refused, refuse_if
from mingchuang.reading.formats import Unreadable
from mingchuang.reading.gate.cleaning import strip
from mingchuang.records import gate
from mingchuang.records.do.rows import locked
from mingchuang.records.gate import Verdict
from mingchuang.records.models import Attachment, GateDecision, GateFinding, Revision

#: A finding that fails is decided by those who review, not by the one who wrote.
_FAILURES = (Role.REVIEWER, Role.LEADER, Role.OFFICE)


def settle(revision: Revision, actor: Actor, *, content_hash: str, key: str, verdict: str, note: str) -> GateDecision:
    """Decide about one finding in the content with this hash: `verdict` of `GateDecision.Verdict`, `note` the reason.

    Raises Refused with all reasons: another text meanwhile, an unknown or decided finding, no reason, or a failure
    decided by somebody who only writes.
    """
    examined = gate.of_revision(revision)
    found = next((one for one in examined.found if one.key == key and one.stops), None)
    with chain.together():
        row = locked(revision)
        issues = []
        if content_hash != examined.content_hash:
            issues.append(Issue("gate.changed_text", "内容在您查看之后有改动，检查结果已经更新，请重新查看。"))
        elif found is None:
            issues.append(Issue("gate.unknown_finding", "没有这一处待处理的检查结果，请刷新页面。"))
        if verdict not in GateDecision.Verdict.values:
            titles = "、".join(GateDecision.Verdict.labels)
            issues.append(Issue("gate.verdict", f"请选择判断：{titles}。", field="verdict"))
        if not note.strip():
            issues.append(Issue("gate.reason", "请写明理由。", field="note"))
        if found is not None and found.finding.result == "fail" and actor.role not in _FAILURES:
            message = "“不通过”的结果由审核人、签发人或者政务公开办判断，起草人请改正或者请他们处理。"
            issues.append(Issue("gate.who", message))
        if GateDecision.objects.filter(revision=row, content_hash=content_hash, key=key).exists():
            issues.append(Issue("gate.decided", "这一处已经有人判断过，请刷新页面。"))
        refuse_if(issues)
        if found is None or actor.person is None:
            raise Refused([Issue("gate.person", "检查结果只能由人判断。")])
        rule, result = found.finding.rule.id, found.finding.result
        data = {"rule": rule, "result": result, "key": key, "verdict": verdict, "text": examined.content_hash}
        event = act(row, "settle_finding", actor, content_hash=content_hash, note=note, data=data)
        told = {"content_hash": content_hash, "key": key, "rule": rule, "result": result, "verdict": verdict}
        return GateDecision.objects.create(revision=row, person=actor.person, event=event, **told)


def clean(attachment: Attachment, actor: Actor) -> tuple[str, ...]:
    """Put a copy without hidden content in the place of a draft's attachment; returns what was taken out.

    Tracked changes are accepted. Raises Refused for a file that cannot be cleaned (OFD, damaged, protected).
    """
    try:
        cleaned = strip(files.read(attachment.file_id))
    except Unreadable as fault:
        raise Refused([Issue("gate.not_cleaned", f"附件“{attachment.title}”：{fault.message}")]) from fault
    stored = files.put(cleaned.data, attachment.name)
    with chain.together():
        row = locked(attachment.revision)
        told = {"cleaned": attachment.file_id, "attached": stored.sha256, "name": attachment.name}
        act(row, "edit", actor, data=told)
        row.attachments.filter(pk=attachment.pk).update(file=stored)
    return tuple(f"{one.what}{one.count}处" for one in cleaned.removed)


def keep(revision: Revision, event: Event, verdict: Verdict) -> None:
    """Keep what the gate found in the text that this event sends on or releases."""
    rows = [
        GateFinding(
            revision=revision,
            event=event,
            content_hash=verdict.content_hash,
            key=one.key,
            part=one.part[:200],
            check_id=one.finding.check,
            rule=one.finding.rule.id,
            result=one.finding.result,
            message=one.finding.message[:1000],
        )
        for one in {one.key: one for one in verdict.found}.values()
        if one.finding.result != "pass"
    ]
    GateFinding.objects.bulk_create(rows)
