"""What the public sees in these tests: three documents with an attachment, one withdrawn, and a ledger."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests import record_stages
from tests.cast import SINCE, Cast, gather

if TYPE_CHECKING:
    from mingchuang.ledger.models import Notice
    from mingchuang.records.models import Record

SEED = Path(__file__).parents[2] / "src/mingchuang/site/demo/notice-2019-60.txt"


@dataclass
class Town:
    """Everything public, and who made it."""

    cast: Cast
    records: list[Record]
    withdrawn: Record
    hidden: Record


@pytest.fixture
def town(db: None) -> Town:
    cast = gather()
    records = [
        published(
            cast, title=f"青铜峡市人民政府办公室关于第{number}件事的通知", doc_number=f"青政办发〔2019〕{number}号"
        )
        for number in range(901, 904)
    ]
    gone = published(cast, title="青铜峡市人民政府办公室关于写错了的通知", doc_number="")
    from mingchuang.records import do

    do.withdraw(gone, cast.zhang.actor, reason="mistake", note="数字写错，更正后重新公开。")
    gone.refresh_from_db()
    hidden = record_stages.submitted(cast, title="还在审的通知", doc_number="").record
    return Town(cast, records, gone, hidden)


def published(cast: Cast, **options: Any) -> Record:
    """A public record with an attachment."""
    from mingchuang.core import files
    from mingchuang.records import do

    draft = record_stages.draft(cast, record_class="B", **options)
    do.attach(draft, cast.zhang.actor, files.put(f"附件{draft.pk}".encode(), "附件 一.txt"), title="附件一")
    do.submit(draft, cast.zhang.actor)
    signed = record_stages.signed(cast, draft, cast.li, cast.wu)
    do.publish(signed.record, cast.zhang.actor, content_hash=signed.content_hash)
    return type(signed.record).objects.get(pk=signed.record_id)


@pytest.fixture
def notice(town: Town) -> Notice:
    """The real notice, read, checked and shown; 财政局 belongs to the departments that it names."""
    from mingchuang.core import do as kernel
    from mingchuang.core.actor import Actor
    from mingchuang.ledger import do
    from mingchuang.ledger.models import DutyOwner

    cast = town.cast
    departments = kernel.define_collective(Actor.system(), name="市直各部门", aliases=["市直各部门单位"])
    kernel.join_collective(cast.justice, departments, Actor.system(), since=SINCE)
    made = do.load(SEED.read_bytes(), "通知.txt", cast.office, cast.zhao.actor)
    for duty in made.duties.all():
        unknown = list(DutyOwner.objects.filter(duty=duty, unit=None, collective=None).values_list("pk", flat=True))
        if unknown:
            do.assign(duty, cast.zhao.actor, strike=unknown)
    do.confirm_all(made, cast.zhao.actor)
    do.confirm_notice(made, cast.zhao.actor)
    do.publish_notice(made, cast.zhao.actor)
    made.refresh_from_db()
    return made
