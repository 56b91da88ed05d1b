"""Whether rows say what their events say: class, route, signatures, places. Events are chained; rows are projections.

`core.verify` holds axes and versions against the events. Here is what records keep besides: every column that a
decision filled in. Facts that older events did not carry yet are passed over.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

from mingchuang.core import now
from mingchuang.core.models import Event
from mingchuang.norms.outcome import Issue
from mingchuang.records import adoption
from mingchuang.records.models import Approval, Record, ReviewStep, Revision
from mingchuang.records.terms import Decision

SIGNING = {"approve": Decision.APPROVE, "approve_on_paper": Decision.APPROVE, "return": Decision.RETURN}
PUBLISHING = ("publish", "republish")
Histories = dict[int, list[Event]]


def of_records(records: Sequence[Record]) -> Iterator[Issue]:
    """Class, kind, unit, places, days and withdrawal of these records (their `unit` loaded), against their events."""
    keys = [record.pk for record in records]
    histories = _histories(Record.subject_kind(), keys)
    classes: Histories = defaultdict(list)
    owners = dict(Revision.objects.filter(record__in=keys).values_list("pk", "record_id"))
    for event in _events(Revision.subject_kind(), owners).filter(move="edit"):
        classes[owners[event.subject_id]].append(event)
    for record in records:
        events = histories[record.pk]
        if not events:
            continue  # core.verify names what has no events at all
        shown = record.index_number or str(record.pk)
        for title, standing, told in _record_facts(record, events, classes[record.pk]):
            if standing != told:
                message = f"{shown}：数据库中的{title}“{_said(standing)}”与事件记载的“{_said(told)}”不一致。"
                yield Issue("records.not_of_events", message, context={"record": record.pk})


def of_revisions(revisions: Sequence[Revision]) -> Iterator[Issue]:
    """Route, awaited step, submission and signatures of these texts, against their events."""
    keys = [revision.pk for revision in revisions]
    histories = _histories(Revision.subject_kind(), keys)
    steps: dict[int, list[ReviewStep]] = defaultdict(list)
    for step in ReviewStep.objects.filter(revision__in=keys).order_by("number"):
        steps[step.revision_id].append(step)
    approvals: dict[int, list[Approval]] = defaultdict(list)
    for approval in Approval.objects.filter(revision__in=keys).order_by("pk"):
        approvals[approval.revision_id].append(approval)
    for revision in revisions:
        told = (revision, histories[revision.pk], steps[revision.pk], approvals[revision.pk])
        for sentence in _revision_faults(*told):
            yield Issue("records.not_of_events", f"稿件{revision.pk}：{sentence}", context={"revision": revision.pk})


def class_of(record: Record) -> str:
    """The class of review as its events tell it: what was chosen at first, and every change since."""
    texts = record.revisions.values_list("pk", flat=True)
    created = _events(Record.subject_kind(), [record.pk]).filter(move="create")
    return _class(list(created), _events(Revision.subject_kind(), texts).filter(move="edit"))


def _events(kind: str, keys: Iterable[int]) -> Any:
    return Event.objects.filter(subject_kind=kind, subject_id__in=list(keys)).order_by("seq")


def _histories(kind: str, keys: Iterable[int]) -> Histories:
    found: Histories = defaultdict(list)
    for event in _events(kind, keys).select_related("text"):
        found[event.subject_id].append(event)
    return found


def _class(created: Iterable[Event], edits: Iterable[Event]) -> str:
    chosen = "".join(event.data.get("class", "") for event in created)
    for event in edits:
        if "class" in event.data:
            chosen = event.data["class"][1]
    return chosen


Fact = tuple[str, Any, Any]


def _record_facts(record: Record, events: list[Event], edits: list[Event]) -> Iterator[Fact]:
    """(what it is called, what the row says, what the events say), for everything that the events carry."""
    created = [event for event in events if event.move == "create"]
    yield "审签类别", record.record_class, _class(created, edits)
    for event in created:
        yield "类别", record.kind, event.data.get("kind", record.kind)
        yield "公开机关", record.unit.code, event.data.get("unit", record.unit.code)
        yield "历史导入", record.imported, event.data.get("imported", False)
        yield "历史数据来源文件", record.import_source_id or "", event.data.get("source", "")
        yield "来源文件行号", record.import_line or 0, event.data.get("line", 0)
    given = [event for event in events if event.move == "give_number"]
    yield "登记的索引号", record.given_number or "", given[-1].data["number"] if given else ""
    published = [event for event in events if event.move in PUBLISHING]
    yield from _published_facts(record, published)
    last = next((event for event in reversed(events) if event.move in (*PUBLISHING, "withdraw")), None)
    if last is None or last.move != "withdraw":
        yield "撤下日期", record.withdrawn_on, None
        yield "撤下原因", record.withdrawal_reason, ""
    else:
        yield from _withdrawn_facts(record, last)


def _published_facts(record: Record, published: list[Event]) -> Iterator[Fact]:
    if not published:
        for title, value in (("索引号", record.index_number), ("发布日期", record.published_on)):
            yield title, value, None
        yield "公开稿", record.published_id, None
        return
    first, last = published[0], published[-1]
    # History is public since its original day, which its event tells.
    original = first.data.get("public_on")
    day = datetime.date.fromisoformat(original) if original else None
    yield "发布日期", record.published_on, day or first.happened_on
    since = record.published_at and now.day_of(record.published_at)
    yield "首次公开时间", since, day or now.day_of(first.recorded_at)
    for name, title in (
        ("index_number", "索引号"), ("year", "公开年度"), ("unit_slot", "单位年度序位"), ("year_slot", "年度序位"),
    ):  # fmt: skip
        yield title, getattr(record, name), first.data[name]
    yield "公开稿", record.published_id, last.data["revision"]
    corrected = [
        after.happened_on for before, after in pairwise(published) if before.data["revision"] != after.data["revision"]
    ]
    yield "更正日期", record.corrected_on, corrected[-1] if corrected else None


def _withdrawn_facts(record: Record, event: Event) -> Iterator[Fact]:
    yield "撤下日期", record.withdrawn_on, event.happened_on
    yield "撤下原因", record.withdrawal_reason, event.data["reason"]
    if event.words:  # words may have been erased by law
        yield "撤下说明", record.withdrawal_explanation, event.note
    hidden = record.withdrawal_hides_title
    yield "撤下说明是否显示名称", hidden, event.data.get("hide_title", hidden)


def _revision_faults(
    revision: Revision, events: list[Event], steps: list[ReviewStep], approvals: list[Approval]
) -> Iterator[str]:
    submitted = next((event for event in events if event.move in ("submit", adoption.MOVE)), None)
    if revision.adopted != (submitted is not None and submitted.move == adoption.MOVE):
        yield "“历史数据导入”的标记与事件不一致。"
    if submitted is None:
        if steps or approvals or revision.frozen_id is not None:
            yield "没有送审事件，却有审签环节、签署意见或者冻结文本。"
        return
    if revision.content_hash != submitted.content_hash:
        yield "内容指纹与送审事件不一致。"
    if (revision.submitted_on, revision.submitted_by_id) != (submitted.happened_on, submitted.person_id):
        yield "送审日期或者送审人与送审事件不一致。"
    route = [(row["number"], row["title"], row["role"], row["secrecy"]) for row in submitted.data["route"]["steps"]]
    if [(row.number, row.title, row.role, row.secrecy) for row in steps] != route:
        yield "审签环节与送审时登记的审签流程不一致。"
    signed = {event.pk: event for event in events if event.move in SIGNING}
    done = {event.data["step"] for event in signed.values() if SIGNING[event.move] == Decision.APPROVE}
    missing = [title for number, title, *_ in route if number not in done]
    if missing and revision.progress == Revision.Progress.APPROVED:
        yield f"已审定，但没有“{'”、“'.join(missing)}”环节的签署事件。"
    yield from _awaited_faults(revision, [number for number, *_ in route if number not in done])
    yield from _signature_faults(approvals, signed)


def _awaited_faults(revision: Revision, open_steps: list[int]) -> Iterator[str]:
    reviewing = revision.progress == Revision.Progress.REVIEWING
    if revision.step != (open_steps[0] if reviewing and open_steps else 0):
        yield "待签环节与签署事件不一致。"


def _signature_faults(approvals: list[Approval], signed: dict[Any, Event]) -> Iterator[str]:
    """Every signature's row is what its event says, and every event has its one row."""
    for approval in approvals:
        event = signed.pop(approval.event_id, None)
        if event is None:
            yield f"“{approval.step_title}”的签署意见没有对应的签署事件，是绕过系统写入的。"
        elif different := _different(approval, event):
            yield f"“{approval.step_title}”签署意见的{'、'.join(different)}与第{event.seq}号事件不一致。"
    for event in signed.values():
        yield f"第{event.seq}号签署事件（“{event.data['title']}”）没有对应的签署意见，已被删除。"


def _different(approval: Approval, event: Event) -> list[str]:
    signer = event.on_behalf_of_id or event.person_id
    facts: tuple[Fact, ...] = (
        ("意见", approval.decision, SIGNING[event.move]),
        ("环节", (approval.step, approval.step_title), (event.data["step"], event.data["title"])),
        ("签署人", approval.person_id, signer),
        ("登记人", approval.recorder_id, event.person_id if event.person_id != signer else None),
        ("身份", approval.role, event.role),
        ("方式", approval.via, event.via),
        ("内容指纹", approval.content_hash, event.content_hash),
        ("保密审查结论", approval.secrecy, event.data["secrecy"]),
        ("审签单", [approval.evidence_id] if approval.evidence_id else [], event.evidence),
        ("签署日期", approval.happened_on, event.happened_on),
    )
    return [title for title, standing, told in facts if standing != told]


def _said(value: Any) -> str:
    return "无" if value is None or value == "" else str(value)
