"""Preview links: who may be shown what before publication, and whether a signed address still opens.

Inside the signature stand record, revision, the hash of the text, the end, and the record's generation of links: one
event `revoke_previews` raises that, and everything signed before is dead. The moment of signing stands there too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.core.signing import BadSignature, TimestampSigner

from mingchuang.core import hashing, now
from mingchuang.core.models import Event
from mingchuang.norms.outcome import Issue
from mingchuang.records import gate, personal
from mingchuang.records.kind import kind
from mingchuang.records.models import PreviewLink, Record, Revision
from mingchuang.records.terms import Disclosure

SALT: Final = "mingchuang.records.previews"
#: Checks of the gate whose failures keep a text from everybody outside.
_CLOSING: Final = ("secrecy", "privacy")
RULE = "《保守国家秘密法实施条例》第四十二条：先审查、后公开"
PERSONAL_RULE = "《个人信息保护法》第六条、第二十五条"
_CLOSED: Final = {Disclosure.NONE: "不予公开", Disclosure.ON_REQUEST: "依申请公开"}


@dataclass(frozen=True, slots=True)
class Dead:
    """A link that does not open: why, what to do, and the status of the answer (404 never was one, 410 is over)."""

    title: str
    sentence: str
    status: int


ALTERED = Dead("预览地址不完整或者被改动过", "请向给您地址的人要完整的地址，整段复制后再打开。", 404)
REVOKED = Dead("预览链接已收回", "起草单位收回了这条信息的预览链接。需要再看的，请向起草单位要新的链接。", 410)
CHANGED = Dead("内容已经修改", "链接所指的内容在链接生成以后修改过。需要看新内容的，请向起草单位要新的链接。", 410)
OVER = Dead("这一稿已经不再办理", "链接所指的一稿已经作废、退回或者撤下。", 410)
CLOSED = Dead("这一稿现在不能预览", "发布前检查发现了需要先处理的问题，处理以后请向起草单位要新的链接。", 410)
PUBLIC = Dead("已经公开", "这条信息已经公开，请看公众网站上的正式页面。", 410)


def expired(link: PreviewLink) -> Dead:
    local = link.until.astimezone(now.BEIJING)
    return Dead(
        "预览链接已过期",
        f"链接的有效期到{local:%Y年%-m月%-d日%H:%M}为止。需要再看的，请向起草单位要新的链接。",
        410,
    )


def issues(revision: Revision, verdict: gate.Verdict) -> list[Issue]:
    """Why no link to this text may be made; all reasons. `revision.record` is loaded."""
    record = revision.record
    declared = kind(record.kind)
    found = []
    if personal.about_people(declared):
        message = f"“{declared.title}”含个人信息，只给有关群众看，不能生成预览链接。"
        found.append(Issue("records.preview_personal", message, rule=PERSONAL_RULE))
    closed = _CLOSED.get(_disclosure(revision))
    if closed:
        message = f"公开属性为“{closed}”，不能生成预览链接；属性填错的，请先改正。"
        found.append(Issue("records.preview_closed", message, field="disclosure", rule=RULE))
    if revision.progress in {Revision.Progress.VOID, Revision.Progress.RETURNED} or revision.pk != record.current_id:
        found.append(Issue("records.preview_text", "只有正在办理的一稿可以生成预览链接。"))
    return found + _findings(revision, verdict)


def _findings(revision: Revision, verdict: gate.Verdict) -> list[Issue]:
    stopping = {
        one.key
        for one in gate.open_findings(revision, verdict)
        if one.finding.result == "fail" and one.finding.check in _CLOSING
    }
    return [issue for issue in gate.issues(revision, verdict) if issue.context.get("key") in stopping]


def _disclosure(revision: Revision) -> Any:
    declared = kind(revision.record.kind)
    if declared.field("disclosure") is None:
        return ""
    return getattr(declared.model._default_manager.get(pk=revision.pk), "disclosure", "")


def generation(record_id: int) -> int:
    """How often the links of a record were taken back: by its events, so that no row can bring one to life again."""
    mine = Event.objects.filter(subject_kind=Record.subject_kind(), subject_id=record_id)
    return mine.filter(move="revoke_previews").count()


def token(link: PreviewLink) -> str:
    """The signed part of a link's address."""
    told = [link.pk, link.record_id, link.revision_id, link.content_hash, link.generation, link.until.isoformat()]
    return _signer().sign_object(told)


def _signer() -> TimestampSigner:
    return TimestampSigner(salt=SALT)


def opened(text: str) -> PreviewLink | Dead:
    """The link behind a signed address, its revision and record loaded; or why it does not open."""
    try:
        told = _signer().unsign_object(text)
    except (BadSignature, ValueError):
        return ALTERED
    rows = PreviewLink.objects.select_related("revision__record__unit", "record__unit")
    link = rows.filter(pk=told[0]).first()
    if link is None or told != [
        link.pk, link.record_id, link.revision_id, link.content_hash, link.generation, link.until.isoformat(),
    ]:  # fmt: skip
        return ALTERED
    return _dead(link) or link


def _dead(link: PreviewLink) -> Dead | None:
    revision, record = link.revision, link.record
    if link.generation != generation(record.pk):
        return REVOKED
    if now.now() >= link.until:
        return expired(link)
    if record.published_id == revision.pk:
        return PUBLIC if record.visibility == Record.Visibility.PUBLIC else OVER
    if record.current_id != revision.pk or revision.progress in {Revision.Progress.VOID, Revision.Progress.RETURNED}:
        return OVER
    # What was no matter when the link was made may be one now: the gate asks again, of the very bytes.
    if hashing.named(gate.content_bytes(revision)) != link.content_hash:
        return CHANGED
    return CLOSED if issues(revision, gate.of_revision(revision)) else None
