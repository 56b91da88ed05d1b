"""Texts that were public before this system and are taken over as they were: not reviewed again, and never unmarked.

What an event proves, not what a column says: the move `adopt` names the workbook, the line and who took it over.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from mingchuang.core.actor import Actor
from mingchuang.core.models import Event
from mingchuang.norms.outcome import Issue
from mingchuang.records.kind import kind
from mingchuang.records.models import Revision

MOVE = "adopt"
RULE = "《政府信息公开条例》第十七条"


def adopted(revision: Revision) -> bool:
    """Whether this text, with these very bytes, was taken over as history."""
    return _event(revision) is not None


def public_on(revision: Revision) -> datetime.date | None:
    """Since when a text that was taken over was public elsewhere; None for every other text."""
    event = _event(revision) if revision.adopted else None
    return datetime.date.fromisoformat(event.data["public_on"]) if event is not None else None


def _event(revision: Revision) -> Event | None:
    events = Event.objects.filter(subject_kind=Revision.subject_kind(), subject_id=revision.pk, move=MOVE)
    return events.filter(content_hash=revision.content_hash).first() if revision.content_hash else None


def issues(revision: Revision, actor: Actor, facts: Mapping[str, Any]) -> list[Issue]:
    """What speaks against taking a text over: it is no history, it changed since, or it never was public."""
    record = revision.record
    found = []
    if not record.imported or record.import_source_id is None or revision.ordinal != 1:
        message = "只有从历史数据文件导入的第一稿可以不再审签；其他稿件请送审。"
        found.append(Issue("records.no_history", message, rule=RULE))
    if kind(record.kind).channel != "web":
        found.append(Issue("records.no_history", "只在公示栏张贴的信息不作为历史数据公开。", rule=RULE))
    if revision.frozen_id is None or revision.content_hash != facts.get("content_hash"):
        found.append(Issue("records.not_frozen", "稿件尚未冻结，请通过“历史数据导入”办理。", rule=RULE))
    day = facts.get("public_on")
    if not isinstance(day, datetime.date):
        message = "没有写明原公开日期，不能认定此前已经公开；请改为“导入为草稿”，照常审签。"
        found.append(Issue("records.never_public", message, field="original_public_on", rule=RULE))
    elif day > facts["happened_on"]:
        found.append(Issue("records.never_public", f"原公开日期{day}晚于今天。", field="original_public_on", rule=RULE))
    return found
