"""Policy documents at every stage of their life, made through `records.do` alone, with the cast of `tests.cast`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mingchuang.core.models import Unit
    from mingchuang.records.models import Record, Revision
    from tests.cast import Cast, Player


def values(**changed: Any) -> dict[str, Any]:
    """A complete form; `changed` replaces fields."""
    return {
        "title": "青铜峡市人民政府办公室关于开展政府信息公开培训的通知",
        "doc_number": "青政办发〔2019〕910号",
        "formed_on": "2019-08-19",
        "summary": "演示数据：安排2019年度政府信息公开业务培训。",
        "issuer": "青铜峡市人民政府办公室",
        "disclosure": "proactive",
        "theme": "general",
        "keywords": "培训；政府信息公开",
        "effective_on": "",
        "expires_on": "",
        "body": "<p>各镇人民政府：</p><h2>一、培训内容</h2><p>新修订的政府信息公开条例。</p>",
    } | changed


def draft(cast: Cast, *, record_class: str = "A", unit: Unit | None = None, **changed: Any) -> Revision:
    """A complete draft by 张经办."""
    from mingchuang.records import do

    return do.create("policy", unit or cast.office, cast.zhang.actor, values(**changed), record_class=record_class)


def settle(cast: Cast, revision: Revision) -> None:
    """What the gate asks about in a draft is looked at by 李审核 and answered for."""
    from mingchuang.records import do, gate

    verdict = gate.of_revision(revision)
    for found in gate.open_findings(revision, verdict):
        told = {"content_hash": verdict.content_hash, "key": found.key, "verdict": "justified", "note": "已核对。"}
        do.settle(revision, cast.li.actor, **told)


def submitted(cast: Cast, **options: Any) -> Revision:
    """A text that waits for its first signature."""
    from mingchuang.records import do

    revision = draft(cast, **options)
    do.submit(revision, cast.zhang.actor)
    return fresh(revision)


def signed(cast: Cast, revision: Revision, *players: Player) -> Revision:
    """One signature after another, each for the step that is awaited."""
    from mingchuang.records import do

    for player in players:
        revision = fresh(revision)
        do.approve(
            revision, player.actor, content_hash=revision.content_hash, step=revision.step, secrecy="open", note="同意"
        )
    return fresh(revision)


def signers(cast: Cast, record_class: str) -> tuple[Player, ...]:
    """Who signs, by class."""
    by_class: Mapping[str, tuple[Player, ...]] = {
        "A": (cast.li, cast.zhou, cast.wu),
        "B": (cast.li, cast.wu),
        "C": (cast.li,),
    }
    return by_class[record_class]


def approved(cast: Cast, *, record_class: str = "A", **options: Any) -> Revision:
    """A text that everybody has signed."""
    return signed(cast, submitted(cast, record_class=record_class, **options), *signers(cast, record_class))


def published(cast: Cast, **options: Any) -> Record:
    """A public record."""
    from mingchuang.records import do
    from mingchuang.records.models import Record

    revision = approved(cast, **options)
    do.publish(revision.record, cast.zhang.actor, content_hash=revision.content_hash)
    return Record.objects.get(pk=revision.record_id)


def fresh(revision: Revision) -> Revision:
    """The row as it stands in the database, with its record and unit."""
    return type(revision).objects.select_related("record__unit").get(pk=revision.pk)
