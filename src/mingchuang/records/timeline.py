"""The history of a record in sentences: every event of the record and of its texts, each with who, when and why."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from mingchuang.core.actor import Way
from mingchuang.core.models import Event, StoredFile
from mingchuang.core.roles import Role
from mingchuang.records import integrity, sampling
from mingchuang.records.authorship import AUTHORING
from mingchuang.records.kind import kind
from mingchuang.records.models import GateDecision, Record, Release, Revision
from mingchuang.records.terms import NumberSource, RecordClass, Secrecy, WithdrawalReason
from mingchuang.ui import wording


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the history. `sentence` says who did what; `note` is the reason in their own words.

    `late_reason` is not empty for what was entered after the day on which it happened (补录).
    """

    seq: int
    happened_on: datetime.date
    recorded_at: datetime.datetime
    who: str
    sentence: str
    note: str
    late_reason: str
    move: str
    content_hash: str


Told = Callable[[Event, str], str]


def _class(event: Event) -> str:
    return RecordClass(event.data["class"]).label if "class" in event.data else ""


def _created(event: Event, which: str) -> str:
    if "corrects" in event.data:
        return f"为更正已公开的内容起草{which}"
    return f"起草{which}"


def _recorded(event: Event, which: str) -> str:
    source = event.data.get("source_name")
    begun = f"从“{source}”第{event.data['line']}行导入历史数据，" if source else ""
    return f"{begun}建立记录，审签类别：{_class(event)}"


def _adopted(event: Event, which: str) -> str:
    digest = "、".join(str(one) for one in event.evidence)
    where = f"来源文件“{event.data['source_name']}”第{event.data['line']}行（SHA-256 {digest}）"
    return f"将{which}作为历史数据导入，不再审签；{where}，原公开日期{event.data['public_on']}"


def _edited(event: Event, which: str) -> str:
    if "cleaned" in event.data:
        return f"清除了{which}的附件{_named(event)}里的隐藏信息"
    if "attached" in event.data:
        return f"为{which}添加了附件{_named(event)}"
    if "detached" in event.data:
        return f"移除了{which}的附件{_named(event)}"
    if "class" in event.data:
        old, new = (RecordClass(value).label for value in event.data["class"])
        return f"把审签类别由{old}改为{new}"
    merged = "，并与他人同时的修改合并" if event.data.get("merged") else ""
    return f"修改了{which}的{'、'.join(event.data.get('labels', [])) or '内容'}{merged}"


def _named(event: Event) -> str:
    return f"“{event.data['name']}”" if event.data.get("name") else ""


def _submitted(event: Event, which: str) -> str:
    declared = "，并确认不含国家秘密和工作秘密" if event.data.get("declared_open") else ""
    return f"将{which}送审，{_class(event)}{declared}"


def _signed(event: Event, which: str) -> str:
    secrecy = event.data.get("secrecy")
    conclusion = f"，保密审查结论：{Secrecy(secrecy).label}" if secrecy else ""
    return f"{event.data['title']}同意{which}{conclusion}"


def _signed_on_paper(event: Event, which: str) -> str:
    signer = event.on_behalf_of.name if event.on_behalf_of else ""
    own = "（代录人参与起草本稿）" if event.data.get("by_author") else ""
    return f"代录{signer}在纸质审签单上的签批{own}：{_signed(event, which)}"


def _looked_at(event: Event, which: str) -> str:
    outcome = sampling.Outcome(event.data["outcome"]).label
    return f"抽查{which}“{event.data['title']}”代录的纸质签批，与审签单{outcome}"


def _withdrawn(event: Event, which: str) -> str:
    return f"撤下，原因：{WithdrawalReason(event.data['reason']).label}"


def _published(event: Event, which: str) -> str:
    timed = "按定时" if "release" in event.data else ""
    return f"{timed}公开{which}，索引号 {event.data['index_number']}"


def _at(text: str) -> str:
    return wording.moment(datetime.datetime.fromisoformat(text))


def _settled(event: Event, which: str) -> str:
    verdict = GateDecision.Verdict(event.data["verdict"]).label
    return f"对{which}的发布前检查结果作出判断：{verdict}"


#: (machine, move) → what happened, without who. A test holds this against the machines: no move without its sentence.
SENTENCES: Mapping[tuple[str, str], Told] = {
    ("publication", "create"): _recorded,
    ("publication", "publish"): _published,
    ("publication", "republish"): lambda event, which: (
        f"{'按定时' if 'release' in event.data else ''}重新公开，内容为{which}"
    ),
    ("publication", "second_look"): lambda event, which: "公开后复核",
    ("publication", "withdraw"): _withdrawn,
    ("publication", "set_validity"): lambda event, which: (
        f"有效性改为“{Record.Validity(event.data['validity']).label}”"
    ),
    ("publication", "link_preview"): lambda event, which: f"生成{which}的预览链接，有效至 {_at(event.data['until'])}",
    ("publication", "revoke_previews"): lambda event, which: "收回全部预览链接",
    ("release", "schedule"): lambda event, which: f"定于 {_at(event.data['at'])} 公开{which}",
    ("release", "alter"): lambda event, which: (
        f"把{which}公开的时间由 {_at(event.data['at'][0])} 改为 {_at(event.data['at'][1])}"
    ),
    ("release", "cancel"): lambda event, which: f"取消{which}的定时公开",
    ("release", "carry_out"): lambda event, which: f"到了 {_at(event.data['at'])}，定时公开{which}已办结",
    ("release", "fail"): lambda event, which: f"到了 {_at(event.data['at'])}，{which}未能定时公开",
    ("release", "close"): lambda event, which: f"{which}未能定时公开一事已另行处理",
    ("publication", "give_number"): lambda event, which: (
        f"登记{NumberSource(event.data['source']).label}给定的索引号 {event.data['number']}"
        if event.data["number"]
        else "收回登记的索引号，公开时由系统编号"
    ),
    ("publication", "classify"): lambda event, which: "归入公开事项",
    ("review", "create"): _created,
    ("review", "edit"): _edited,
    ("review", "submit"): _submitted,
    ("review", "adopt"): _adopted,
    ("review", "approve"): _signed,
    ("review", "approve_on_paper"): _signed_on_paper,
    ("review", "check_paper"): _looked_at,
    ("review", "settle_finding"): _settled,
    ("review", "return"): lambda event, which: f"{event.data['title']}退回{which}",
    ("review", "revise"): lambda event, which: f"{which}退回后另起新稿修改",
    ("review", "void"): lambda event, which: f"作废{which}",
}


def of(record: Record) -> list[Entry]:
    """All events of a record, of its texts and of their timed releases, oldest first: five queries, however long."""
    ordinals = dict(record.revisions.values_list("pk", "ordinal"))
    mine = Q(subject_kind=Record.subject_kind(), subject_id=record.pk)
    texts = Q(subject_kind=Revision.subject_kind(), subject_id__in=list(ordinals))
    timed = Q(subject_kind=Release.subject_kind(), subject_id__in=list(record.releases.values_list("pk", flat=True)))
    events = Event.objects.filter(mine | texts | timed).select_related("person", "on_behalf_of", "text").order_by("seq")
    wrote: set[tuple[int, int]] = set()
    named = _file_names(list(events))
    entries = []
    for event in events:
        if (sha256 := event.data.get("attached") or event.data.get("detached")) and "name" not in event.data:
            event.data = {**event.data, "name": named.get(sha256, "")}
        if event.machine == Revision.machine and event.person_id is not None:
            if event.move in AUTHORING:
                wrote.add((event.subject_id, event.person_id))
            by_author = (event.subject_id, event.person_id) in wrote
            event.data = {**event.data, "by_author": by_author and event.on_behalf_of_id is not None}
        entries.append(_entry(event, ordinals, record))
    return entries


def _file_names(events: list[Event]) -> dict[str, str]:
    """SHA-256 → what the file was first called, for events that keep no name of it yet."""
    told = {event.data.get("attached") or event.data.get("detached") for event in events if "name" not in event.data}
    return dict(StoredFile.objects.filter(pk__in=told - {None}).values_list("sha256", "first_name"))


def _entry(event: Event, ordinals: Mapping[int, int], record: Record) -> Entry:
    ordinal = event.data.get("ordinal") or ordinals.get(event.subject_id)
    which = f"第{ordinal}稿"
    if event.content_hash and event.machine == "review":
        which += f"（指纹{integrity.short(event.content_hash)}）"
    sentence = SENTENCES[event.machine, event.move](_labelled(event, record), which)
    who = _who(event)
    return Entry(
        seq=event.seq,
        happened_on=event.happened_on,
        recorded_at=event.recorded_at,
        who=who,
        sentence=f"{who}{sentence}。",
        note=event.note,
        late_reason=event.late_reason,
        move=event.move,
        content_hash=event.content_hash,
    )


def _labelled(event: Event, record: Record) -> Event:
    """Field names of an edit in the words of the form."""
    names: list[Any] = event.data.get("fields", [])
    if names:
        declared = kind(record.kind)
        found = (declared.field(name) for name in names)
        event.data = {**event.data, "labels": [f"“{f.label}”" for f in found if f is not None]}
    return event


def _who(event: Event) -> str:
    if event.person is None:
        return "系统"
    if event.via != Way.SYSTEM:
        return event.person.name
    return f"{event.person.name}（{Role(event.role).label}）"
