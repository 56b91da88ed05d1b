"""Lists, pages and what they cost: the same number of queries however many records there are."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import record_stages as stages

from mingchuang.core import now
from mingchuang.core.models import Event
from mingchuang.records import affected, do, paging, public_page, queries, timeline
from mingchuang.records.models import Record, Revision, Series

pytestmark = pytest.mark.db
DAY = datetime.date(2019, 8, 20)


@pytest.fixture(autouse=True)
def _on_a_working_day():
    with now.travel(DAY):
        yield


def many(cast, count: int) -> Record:
    """`count` further public records in the office's list of 2019, written straight into the tables for speed."""
    pattern = stages.published(cast, record_class="C")
    text = pattern.published
    last = Series.objects.get(key="year/2019").last
    records = [
        Record(
            unit=cast.office, kind="policy", record_class="C", created_at=now.now(), visibility="public",
            validity="effective", published=text, year=2019, unit_slot=slot, year_slot=slot,
            index_number=f"BULK/2019-{slot:05d}", published_on=DAY, published_at=now.now(), changed_at=now.now(),
        )
        for slot in range(last + 1, last + count + 1)
    ]  # fmt: skip
    Record.objects.bulk_create(records)
    Series.objects.filter(key__in=["year/2019", "unit/gov-office/2019"]).update(last=last + count)
    return pattern


def test_a_slot_page_keeps_its_records_whatever_happens_later(cast):
    first = many(cast, 30)
    page = queries.year_list(2019, 1)
    assert [row.id for row in page.rows][-1] == first.pk
    assert len(page.rows) == paging.PAGE_SIZE
    before = [row.id for row in page.rows]
    stages.published(cast, record_class="C")
    assert [row.id for row in queries.year_list(2019, 1).rows] == before
    do.withdraw(Record.objects.get(pk=first.pk), cast.zhang.actor, reason="mistake", note="有误")
    assert [row.id for row in queries.year_list(2019, 1).rows] == before[:-1]
    assert [row.id for row in queries.year_list(2019, 2).rows] == [row.id for row in queries.year_list(2019).rows][:12]


def test_the_head_shows_the_newest_first_and_leads_on(cast):
    many(cast, 70)
    head = queries.unit_list("gov-office", 2019)
    assert [head.rows[0].index_number, head.rows[-1].index_number] == ["BULK/2019-00071", "BULK/2019-00041"]
    assert head.page.older == 2
    assert queries.unit_list("gov-office", 2019, 5) is None
    assert queries.unit_list("justice", 2019) is None
    assert queries.unit_years("gov-office") == ((2019, 71),)
    assert queries.years() == ((2019, 71),)
    assert queries.publishing_units() == ("gov-office",)


def counted(call) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        call()
    return len(captured)


def test_the_number_of_queries_does_not_grow(cast):
    record = many(cast, 5)
    event = Event.objects.filter(move="publish").first()
    calls = {
        "head": lambda: queries.unit_list("gov-office", 2019),
        "page": lambda: queries.year_list(2019, 1),
        "newest": lambda: queries.newest(20),
        "record": lambda: public_page.page(record.pk),
        "touched": lambda: affected.paths_for(event),
        "index": lambda: public_page.index_entries(list(queries.public().values_list("pk", flat=True)[:3])),
        "history": lambda: timeline.of(record),
        "years": queries.years,
    }
    few = {name: counted(call) for name, call in calls.items()}
    Record.objects.filter(index_number__startswith="BULK").delete()
    Series.objects.update(last=1)
    bulk = [
        Record(
            unit=cast.office, kind="policy", record_class="C", created_at=now.now(), visibility="public",
            validity="effective", published=record.published, year=2019, unit_slot=slot, year_slot=slot,
            index_number=f"BULK/2019-{slot:05d}", published_on=DAY, published_at=now.now(), changed_at=now.now(),
        )
        for slot in range(2, 800)
    ]  # fmt: skip
    Record.objects.bulk_create(bulk)
    Series.objects.update(last=799)
    assert {name: counted(call) for name, call in calls.items()} == few
    assert max(few.values()) <= 8


def test_publication_costs_the_same_with_many_records(cast):
    revision = stages.approved(cast, record_class="C")
    few = counted(lambda: do.publish(revision.record, cast.zhang.actor, content_hash=revision.content_hash))
    many(cast, 500)
    revision = stages.approved(cast, record_class="C")
    more = counted(lambda: do.publish(revision.record, cast.zhang.actor, content_hash=revision.content_hash))
    assert more <= few


def test_lists_use_their_indexes(cast):
    many(cast, 300)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        plan = queries.public().filter(year=2019, year_slot__range=(1, 20)).order_by("-year_slot").explain()
        assert "USING INDEX" in plan
        assert "TEMP B-TREE" not in plan
        assert "records_record_newest" in queries.public().order_by("-published_at", "-id")[:20].explain()
    else:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
        assert "Index" in queries.public().filter(year=2019, year_slot__range=(1, 20)).explain()


def test_the_public_set_never_holds_what_is_not_public(cast):
    stages.draft(cast), stages.submitted(cast), stages.approved(cast)
    gone = stages.published(cast)
    do.withdraw(gone, cast.zhang.actor, reason="mistake", note="有误")
    shown = stages.published(cast)
    assert list(queries.public()) == [shown]
    assert list(queries.tombstones()) == [gone]
    drafts = Record.objects.filter(visibility="none").values_list("pk", flat=True)
    assert [public_page.page(pk) for pk in drafts] == [None] * 3
    assert Revision.objects.count() == 5


def test_history_in_sentences(cast):
    record = stages.published(cast)
    do.withdraw(record, cast.zhang.actor, reason="mistake", note="数据有误，核实后重新公开。")
    told = [entry.sentence for entry in timeline.of(record)]
    text = record.published
    mark = f"（指纹{text.content_hash.removeprefix('sha256:')[:12]}）"
    assert told == [
        "张经办（经办人）建立记录，审签类别：甲类（三审）。",
        "张经办（经办人）起草第1稿。",
        f"张经办（经办人）将第1稿{mark}送审，甲类（三审）。",
        f"李审核（审核人）初审同意第1稿{mark}，保密审查结论：可以公开。",
        f"周复审（审核人）复审同意第1稿{mark}，保密审查结论：可以公开。",
        f"吴签发（签发人）终审同意第1稿{mark}，保密审查结论：可以公开。",
        "张经办（经办人）公开第1稿，索引号 GOV-OFFICE/2019-00001。",
        "张经办（经办人）撤下，原因：内容有误。",
    ]
    assert timeline.of(record)[-1].note == "数据有误，核实后重新公开。"


def test_no_move_without_its_sentence():
    from mingchuang.norms.machine import load

    assert set(timeline.SENTENCES) == {
        (m, move) for m in ("publication", "review", "release") for move in load(m).moves
    }
