"""What speaks against a move of a record or a revision beyond what its machine knows; asked by `core.act` every time.

They read and return issues, each with the step and the rule behind it. `records.do` tells them by facts what a person
saw and concluded: `step`, `secrecy`, `revision`.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import F

from mingchuang.core import checks as kernel
from mingchuang.core import now
from mingchuang.core.actor import Actor, Way
from mingchuang.core.models import Event
from mingchuang.core.roles import Role
from mingchuang.norms.outcome import Issue
from mingchuang.records import (
    adoption,
    form_values,
    freezing,
    gate,
    integrity,
    markup,
    paper,
    provenance,
    returning,
    sampling,
    signatures,
    staffing,
)
from mingchuang.records.authorship import authors
from mingchuang.records.integrity import short
from mingchuang.records.kind import Kind, Table, kind
from mingchuang.records.models import Evidence, Posting, Record, ReviewStep, Revision
from mingchuang.records.routes import SIGNERS
from mingchuang.records.terms import Decision, Secrecy, WithdrawalReason

REVIEW_RULE = "《政府信息公开条例》第十七条"
#: The first day of the People's Republic.
FOUNDED = datetime.date(1949, 10, 1)
BOARD_RULE = "《个人信息保护法》第二十五条；《政府信息公开条例》第十五条"
SECRECY_RULE = "《保守国家秘密法实施条例》第四十二条：先审查、后公开"


def connect() -> None:
    """Register everything below with the kernel; called once when the application starts."""
    from mingchuang.records import releases  # noqa: PLC0415 - what is asked of a release asks what is asked here

    kernel.register("review", "submit", complete)
    kernel.register("review", "submit", frozen)
    kernel.register("review", "submit", class_unchanged)
    for move in ("approve", "approve_on_paper"):
        kernel.register("review", move, signature)
    kernel.register("review", "approve", in_person)
    kernel.register("review", "approve_on_paper", on_paper)
    kernel.register("review", "return", sent_back)
    kernel.register("review", sampling.MOVE, sampling.issues)
    kernel.register("review", adoption.MOVE, complete)
    kernel.register("review", adoption.MOVE, adoption.issues)
    for move in ("publish", "republish"):
        kernel.register("publication", move, publication)
        kernel.register("publication", move, on_the_web)
    kernel.register("posting", "post", posting)
    kernel.register("publication", "second_look", second_look)
    kernel.register("publication", "withdraw", withdrawal)
    kernel.register("publication", "set_validity", validity)
    for move in ("schedule", "alter"):
        kernel.register("release", move, releases.issues)


# -- submission


def complete(revision: Revision, actor: Actor, facts: Mapping[str, Any]) -> list[Issue]:
    """Everything that is missing from a text or contradicts itself, field by field."""
    declared = kind(revision.record.kind)
    content = freezing.content_of(revision)
    values = freezing.values_of(declared, revision, content)
    issues = _required(declared, values) + _formed_on(revision) + _evidence(declared, revision, values)
    for check in declared.checks:
        issues += check(revision, content)
    return issues


def _formed_on(revision: Revision) -> list[Issue]:
    """A text that goes to review has been formed: its day is not yet to come (the clock of art. 26 runs from it), and
    no organ of the People's Republic formed one before there was one: such a day is a slip of the pen."""
    day = revision.formed_on
    if day is None or FOUNDED <= day <= now.today():
        return []
    wrong = (
        "晚于今天" if day > now.today() else f"早于{FOUNDED.year}年{FOUNDED.month}月{FOUNDED.day}日中华人民共和国成立"
    )
    message = f"成文日期{day:%Y-%m-%d}{wrong}，请核对后再送审。"
    return [Issue("records.formed_on", message, field="formed_on", rule="《政府信息公开条例》第二十六条")]


def frozen(revision: Revision, actor: Actor, facts: Mapping[str, Any]) -> list[Issue]:
    """The bytes are in the store under the hash that the event will name: `do.submit` puts them there."""
    if revision.frozen_id is not None and revision.content_hash == facts.get("content_hash"):
        return []
    return [Issue("records.not_frozen", "稿件尚未冻结，请通过“送审”办理。", rule=REVIEW_RULE)]


def class_unchanged(revision: Revision, actor: Actor, facts: Mapping[str, Any]) -> list[Issue]:
    """The class, which decides the route, is the one that somebody chose in the system."""
    return class_kept(revision.record)


def class_kept(record: Record) -> list[Issue]:
    """Whether the row's class of review is that of its events."""
    chosen = provenance.class_of(record)
    if chosen == record.record_class:
        return []
    message = f"数据库中的审签类别“{record.record_class}”与事件记载的“{chosen}”不一致；请运行 mingchuang verify。"
    return [Issue("records.class_changed", message, field="record_class", rule=REVIEW_RULE)]


def _required(declared: Kind, values: Mapping[str, Any]) -> list[Issue]:
    issues = []
    for field in declared.fields:
        value = values[field.name]
        empty = not markup.plain_text(value) if field.type == "html" and value else value in ("", None)
        if field.required and empty:
            message = f"“{field.label}”还没有填写，填好后再送审。"
            issues.append(Issue("records.required", message, field=field.name, rule=field.statute))
    for table in declared.tables:
        issues += _required_rows(table, values[table.name])
    return issues


def _evidence(declared: Kind, revision: Revision, values: Mapping[str, Any]) -> list[Issue]:
    """Rows name files that were kept for this very record, and no others by their hashes."""
    issues = []
    known: set[str] | None = None
    for table in declared.tables:
        for number, row in enumerate(values[table.name] if table.evidence else (), 1):
            if not row[table.evidence]:
                continue
            if known is None:
                known = set(Evidence.objects.filter(record=revision.record_id).values_list("file_id", flat=True))
            if row[table.evidence] not in known:
                message = f"“{table.label}”第 {number} 行的证据文件不是为这条信息上传的，请打开这一行重新上传。"
                place = f"{table.name}.{number}.{table.evidence}"
                issues.append(Issue("records.evidence", message, field=place, rule=table.statute))
    return issues


def _required_rows(table: Table, rows: Sequence[Mapping[str, Any]]) -> list[Issue]:
    """A table that must not be empty, and in each row the columns that must not."""
    if table.required and not rows:
        message = f"“{table.label}”还没有一行，填好后再送审。"
        return [Issue("records.required", message, field=table.name, rule=table.statute)]
    issues = []
    for number, row in enumerate(rows, 1):
        for column in table.columns:
            if column.required and row[column.name] in ("", None):
                message = f"“{column.label}”还没有填写，填好后再送审。"
                missing = Issue("records.required", message, rule=column.statute or table.statute)
                issues.append(form_values.in_row(table, number, column, missing))
    return issues


# -- signatures


def signature(revision: Revision, actor: Actor, facts: Mapping[str, Any]) -> list[Issue]:
    """Whether this person may sign this step of this very text in this way."""
    step = awaited(revision)
    issues = still_this_text(revision, actor, facts) + on_whose_turn(revision, actor, facts)
    if step is None:
        return issues
    issues += _own_text(revision, actor, step) + _twice(revision, actor, step) + _role(actor, step)
    if actor.decider is not None:
        issues += staffing.stranded(revision, actor.decider, step)
    return issues + _secrecy(step, facts) + paper.issues(revision, actor, facts, step)


def in_person(revision: Revision, actor: Actor, facts: Mapping[str, Any]) -> list[Issue]:
    """What was signed elsewhere is recorded as such, with its evidence."""
    if actor.via == Way.SYSTEM and actor.on_behalf_of is None:
        return []
    return [Issue("records.in_person", "不在系统内签署的，请通过“代录纸质签批”登记。", field="via", rule=REVIEW_RULE)]


def on_paper(revision: Revision, actor: Actor, facts: Mapping[str, Any]) -> list[Issue]:
    """Only a signature on paper, of somebody else, is recorded as one.

    The kernel asks that the signer held the role on the day of the signature. Whether the account is locked or closed
    today, or there ever was one, says nothing about a hand that signed in ink on that day: so it is not asked here.
    """
    if actor.via == Way.PAPER and actor.on_behalf_of is not None:
        return []
    return [Issue("records.on_paper", "代录的是他人在纸上的签字，请写明签批人。", field="via", rule=REVIEW_RULE)]


def sent_back(revision: Revision, actor: Actor, facts: Mapping[str, Any]) -> list[Issue]:
    """Whoever's turn it is may send a text back, and the 政务公开办 at any step."""
    step = awaited(revision)
    issues = still_this_text(revision, actor, facts) + on_whose_turn(revision, actor, facts)
    return issues + (_role(actor, step) if step is not None and actor.role != Role.OFFICE else [])


def awaited(revision: Revision) -> ReviewStep | None:
    """The step whose signature is awaited, by the row and not by the object in hand; or None."""
    return ReviewStep.objects.filter(revision=revision, number=F("revision__step")).first()


def still_this_text(revision: Revision, actor: Actor, facts: Mapping[str, Any]) -> list[Issue]:
    """The hash that the person saw is the hash of the text that is up for signature."""
    told = facts.get("content_hash") or ""
    if not told or told == revision.content_hash:
        return []
    message = (
        f"您所审阅的稿件（指纹{short(told)}）与待审的稿件（指纹{short(revision.content_hash)}）不是同一稿，"
        "请重新打开核对后再签署。"
    )
    return [Issue("records.changed_text", message, field="content_hash", rule=REVIEW_RULE)]


def on_whose_turn(revision: Revision, actor: Actor, facts: Mapping[str, Any]) -> list[Issue]:
    """The step that the person saw is the step that is awaited: of two who press at once, one signs."""
    step = awaited(revision)
    seen = facts.get("step")
    if step is None or seen == step.number:
        return []
    done = revision.approvals.filter(step=seen or 0, decision=Decision.APPROVE).select_related("person").first()
    if done is not None:
        message = f"“{done.step_title}”已由{done.person.name}签署，现在是“{step.title}”环节，请刷新页面。"
    else:
        message = f"现在是“{step.title}”环节，请刷新页面后再签署。"
    return [Issue("records.step", message, field="step", rule=REVIEW_RULE)]


def _own_text(revision: Revision, actor: Actor, step: ReviewStep) -> list[Issue]:
    signer = actor.decider
    if signer is None or signer.pk not in authors(revision):
        return []
    message = f"{step.title}：{signer.name}参与起草、修改或者送审了这一稿，不能审签自己的稿件，请由他人审签。"
    return [Issue("records.own_text", message, rule=REVIEW_RULE, context={"step": step.number})]


def _twice(revision: Revision, actor: Actor, step: ReviewStep) -> list[Issue]:
    signer = actor.decider
    earlier = revision.approvals.filter(decision=Decision.APPROVE, person=signer).first() if signer else None
    if signer is None or earlier is None:
        return []
    message = f"{step.title}：{signer.name}已在“{earlier.step_title}”环节签署过这一稿，每人只能签署一个环节。"
    return [Issue("records.twice", message, rule=REVIEW_RULE, context={"step": step.number})]


def _role(actor: Actor, step: ReviewStep) -> list[Issue]:
    if actor.role in SIGNERS.get(step.role, frozenset()):
        return []
    wanted, given = Role(step.role).label, actor.role.label
    message = f"{step.title}须由{wanted}签署，不能以{given}身份签署。"
    return [Issue("records.step_role", message, field="role", rule=REVIEW_RULE, context={"step": step.number})]


def _secrecy(step: ReviewStep, facts: Mapping[str, Any]) -> list[Issue]:
    conclusion = facts.get("secrecy") or ""
    if conclusion and conclusion not in Secrecy.values:
        return [Issue("records.secrecy", f"没有“{conclusion}”这一保密审查结论。", field="secrecy", rule=SECRECY_RULE)]
    if conclusion in {Secrecy.CLOSED, Secrecy.UNSETTLED}:
        label = Secrecy(conclusion).label
        message = f"{step.title}：保密审查结论为“{label}”，不能同意公开，请退回并说明理由。"
        return [Issue("records.not_open", message, field="secrecy", rule=SECRECY_RULE)]
    if step.secrecy and not conclusion:
        message = f"{step.title}：请选择保密审查结论。"
        return [Issue("records.secrecy", message, field="secrecy", rule=SECRECY_RULE)]
    return []


# -- publication


def publication(record: Record, actor: Actor, facts: Mapping[str, Any]) -> list[Issue]:
    """The text is this record's, is byte for byte what was approved, and enough people approved it."""
    told = facts.get("revision")
    # By the row: what the caller holds in hand proves nothing.
    revision = (
        Revision.objects.select_related("record__unit").filter(pk=told.pk, record=record).first() if told else None
    )
    if revision is None:
        return [Issue("records.no_revision", "没有可以公开的稿件。")]
    issues = still_this_text(revision, actor, facts)
    if facts.get("approved") and (record.published_id != revision.pk or record.index_number is None):
        issues.append(Issue("records.not_placed", "尚未分配索引号和列表位置，请通过“公开”办理。"))
    least = signatures.at_least(record.record_class, record.unit.region, now.today())
    issues += [*integrity.intact(revision), *provenance.of_revisions([revision]), *sampling.alarms(revision)]
    issues += released(revision, facts.get("gate"))
    signed = [] if adoption.adopted(revision) else sufficient(revision, least)
    return issues + class_kept(record) + signed + returning.issues(record, revision, actor)


def released(revision: Revision, verdict: gate.Verdict | None) -> list[Issue]:
    """The gate once more, on the very bytes: lists and days have changed since the text was sent to review."""
    if verdict is None or verdict.content_hash != revision.content_hash:
        return []
    return gate.issues(revision, verdict)


def on_the_web(record: Record, actor: Actor, facts: Mapping[str, Any]) -> list[Issue]:
    """What concerns households is shown to those concerned, on boards, and never put on the web."""
    declared = kind(record.kind)
    if declared.channel == "web":
        return []
    message = f"“{declared.title}”只向有关群众公示，不上网；请打印张贴后“登记张贴”。"
    return [Issue("records.board_only", message, rule=BOARD_RULE)]


def posting(posted: Posting, actor: Actor, facts: Mapping[str, Any]) -> list[Issue]:
    """What hangs on a board is the approved text of a kind for boards, byte for byte, signed by enough people."""
    revision = Revision.objects.select_related("record__unit").get(pk=posted.revision_id)
    record = revision.record
    issues = still_this_text(revision, actor, facts)
    if kind(record.kind).channel != "board":
        message = f"“{kind(record.kind).title}”在网上公开，不用登记张贴。"
        issues.append(Issue("records.not_for_boards", message))
    if revision.progress != Revision.Progress.APPROVED:
        issues.append(Issue("records.not_approved", "这一稿尚未审定，不能张贴；请先完成审签。", rule=REVIEW_RULE))
    least = signatures.at_least(record.record_class, record.unit.region, now.today())
    issues += [*integrity.intact(revision), *provenance.of_revisions([revision]), *sampling.alarms(revision)]
    return issues + class_kept(record) + sufficient(revision, least)


def sufficient(revision: Revision, signatures_at_least: int) -> list[Issue]:
    """Every step of the route is signed under this hash, by different people, none of whom wrote the text."""
    signed = list(revision.approvals.filter(decision=Decision.APPROVE, content_hash=revision.content_hash))
    people = {approval.person_id for approval in signed} - authors(revision)
    done = {approval.step for approval in signed}
    missing = [step.title for step in revision.steps.all() if step.number not in done]
    issues = []
    if missing:
        message = f"缺少“{'”、“'.join(missing)}”环节的签署，不能公开。"
        issues.append(Issue("records.step_missing", message, rule=REVIEW_RULE))
    if len(people) < signatures_at_least:
        label = revision.record.get_record_class_display()
        message = f"{label}须由{signatures_at_least}名不同人员审签，此稿只有{len(people)}人签署，不能公开。"
        issues.append(Issue("records.too_few", message, rule=REVIEW_RULE))
    if not any(approval.secrecy == Secrecy.OPEN for approval in signed):
        issues.append(Issue("records.secrecy", "此稿没有“可以公开”的保密审查结论，不能公开。", rule=SECRECY_RULE))
    return issues


def second_look(record: Record, actor: Actor, facts: Mapping[str, Any]) -> list[Issue]:
    """Another pair of eyes than those that wrote, approved or published (docs/practice.md, class C)."""
    revision = record.published
    if revision is None:
        return []
    issues = still_this_text(revision, actor, facts)
    signers = set(revision.approvals.values_list("person_id", flat=True))
    published_by = set(
        Event.objects.filter(
            subject_kind=Record.subject_kind(), subject_id=record.pk, move__in=("publish", "republish")
        ).values_list("person_id", flat=True)
    )
    if actor.person is not None and actor.person.pk in signers | authors(revision) | published_by:
        message = f"复核：{actor.person.name}起草、审签或者发布了这条信息，须由另一人复核。"
        issues.append(Issue("records.second_look", message, rule=REVIEW_RULE))
    return issues


def withdrawal(record: Record, actor: Actor, facts: Mapping[str, Any]) -> Sequence[Issue]:
    """A reason of the list, so that withdrawals can be counted; no earlier than what is taken down was put up."""
    issues = []
    if facts.get("reason") not in WithdrawalReason.values:
        titles = "、".join(WithdrawalReason.labels)
        issues.append(Issue("records.withdrawal_reason", f"请选择撤下原因：{titles}。", field="reason"))
    day, since = facts.get("happened_on"), _public_since(record)
    if day and since and day < since:
        message = f"撤下日期{day:%Y-%m-%d}早于公开日期{since:%Y-%m-%d}，当时还没有公开，请核对。"
        issues.append(Issue("records.withdrawn_on", message, field="happened_on"))
    return issues


def _public_since(record: Record) -> datetime.date | None:
    """The day on which what is public now became so, by its event."""
    acts = Event.objects.filter(
        subject_kind=Record.subject_kind(), subject_id=record.pk, move__in=provenance.PUBLISHING
    )
    return acts.order_by("-seq").values_list("happened_on", flat=True).first()


def validity(record: Record, actor: Actor, facts: Mapping[str, Any]) -> Sequence[Issue]:
    """No document loses or regains its validity before it was formed, and some kinds have none."""
    declared = kind(record.kind)
    if not declared.has_validity:
        return [Issue("records.no_validity", f"{declared.title}不标注有效性；不应再公开的，请撤下。", field="validity")]
    day = facts.get("happened_on")
    formed = record.published.formed_on if record.published is not None else None
    if not day or not formed or day >= formed:
        return []
    message = f"决定日期{day:%Y-%m-%d}早于成文日期{formed:%Y-%m-%d}，请核对。"
    return [Issue("records.validity_on", message, field="happened_on")]
