"""Erasing the words of an event (个人信息保护法 第四十七条), while the chain stays whole."""

from __future__ import annotations

from mingchuang.core import chain, standing
from mingchuang.core.act import remark
from mingchuang.core.actor import Actor
from mingchuang.core.models import Event, EventText
from mingchuang.core.roles import Role
from mingchuang.norms.outcome import Issue, refuse_if

_MAY_ERASE = frozenset({Role.OFFICE, Role.ADMIN})


def erase_text(event: Event, actor: Actor, *, note: str) -> Event:
    """Erase note, late reason and personal values of `event`, salt included; returns the event that says so.

    The reason itself is kept: it must name no personal value. What the chain holds of the words is a salted hash, which
    without the salt can no longer be guessed at.
    """
    issues = standing.holds_any(actor, _MAY_ERASE, "清除事件文字")
    if not note.strip():
        issues.append(Issue("texts.note", "请写明清除的理由和依据。", field="note"))
    text = EventText.objects.filter(event=event).first()
    if text is None:
        issues.append(Issue("texts.none", "这个事件没有文字可以清除。"))
    elif text.erased_by_id is not None:
        issues.append(Issue("texts.erased", "这个事件的文字已经清除。"))
    refuse_if(issues)
    with chain.together():
        data = {"event": event.id, "seq": event.seq}
        words = {"note": note.strip()}
        kind = Event._meta.label_lower
        erasure = remark(kind, event.seq, "erase_text", actor, data=data, words=words)
        EventText.objects.filter(event=event).update(body={}, salt="", erased_by=erasure)
    return erasure
