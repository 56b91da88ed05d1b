"""Loading the real notice: what is read stands in the ledger, whole or not at all."""

from __future__ import annotations

import datetime

import pytest

from mingchuang.core.models import Event, Unit
from mingchuang.ledger import do, queries
from mingchuang.ledger.models import Duty, Notice
from mingchuang.norms import wording
from mingchuang.norms.outcome import Refused
from tests.cast import Cast
from tests.ledger.conftest import SEED

pytestmark = pytest.mark.db


def test_notice_becomes_27_duties_in_the_order_of_the_text(notice: Notice) -> None:
    refs = list(notice.duties.values_list("ref", flat=True))
    assert len(refs) == 27
    assert refs[:3] == ["一（一）1", "一（一）2", "一（一）3"]
    assert refs[-4:] == ["三（十四）", "结尾1", "结尾2", "结尾3"]
    assert (notice.number, notice.issued_on) == ("青政办发〔2019〕60号", datetime.date(2019, 8, 19))


def test_owner_points_at_its_unit_and_at_its_characters(notice: Notice, finance: Unit) -> None:
    row = notice.duties.get(ref="一（四）4").owners.get()
    assert (row.written, row.unit) == ("市财政局", finance)
    assert "".join(notice.text[row.start : row.end].split()) == "市财政局"


def test_collective_is_kept_and_expanded_by_date(notice: Notice, finance: Unit) -> None:
    duty = notice.duties.get(ref="一（一）2")
    assert duty.owners.get().collective.name == "市直各部门"
    assert finance in queries.units_of(duty, datetime.date(2019, 8, 19))
    assert finance not in queries.units_of(duty, datetime.date(2017, 1, 1))


def test_every_found_value_lies_where_its_span_says(notice: Notice) -> None:
    for measure in [m for duty in notice.duties.all() for m in duty.measures.all()]:
        assert "".join(notice.text[measure.start : measure.end].split()) == "".join(measure.text.split())
    assert all(0 <= start < end <= len(notice.text) for _, start, end in queries.spans(notice))


def test_year_end_is_a_due_date_and_overdue_is_a_query(checked: Notice) -> None:
    duty = checked.duties.get(ref="三（十四）")
    assert duty.due_on == datetime.date(2019, 12, 31)
    assert duty in queries.overdue(datetime.date(2020, 1, 1))
    assert duty not in queries.overdue(datetime.date(2019, 12, 31))


def test_duties_without_owner_are_listed_with_what_the_text_mentions(notice: Notice) -> None:
    found = {duty.ref: duty.suggested for duty in queries.without_owner()}
    assert {"三（十一）", "三（十二）", "三（十三）", "三（十四）"} <= set(found)
    assert "市政务公开领导小组" in found["三（十一）"]


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"", "空.txt", "空"),
        (b"\x00\x01\x02\xff" * 50, "乱.txt", ""),
        ("今天开会。".encode(), "会议.txt", "没有读到任务"),
    ],
)
def test_what_cannot_be_read_leaves_nothing(cast: Cast, data: bytes, name: str, said: str) -> None:
    events = Event.objects.count()
    with pytest.raises(Refused) as refusal:
        do.load(data, name, cast.office, cast.zhao.actor)
    assert said in refusal.value.reasons[0]
    assert (Notice.objects.count(), Duty.objects.count(), Event.objects.count()) == (0, 0, events)


def test_same_file_is_not_loaded_twice(notice: Notice, cast: Cast) -> None:
    with pytest.raises(Refused, match="已经载入过"):
        do.load(SEED.read_bytes(), "再来.txt", cast.office, cast.zhao.actor)


def test_stranger_cannot_load_for_another_unit(cast: Cast) -> None:
    with pytest.raises(Refused, match="无权办理"):
        do.load(SEED.read_bytes(), "通知.txt", cast.office, cast.wang.actor)


def test_number_of_queries_of_a_page_does_not_grow_with_the_duties(
    notice: Notice, django_assert_max_num_queries: pytest.FixtureRequest
) -> None:
    day = datetime.date(2026, 1, 1)
    for amount in (3, 27):
        with django_assert_max_num_queries(7):  # type: ignore[operator]
            rows = queries.rows_of(queries.readings().filter(notice=notice)[:amount], day, shows_lateness=True)
        assert len(rows) == amount


@pytest.mark.usefixtures("fresh_database")
def test_same_file_loaded_twice_at_once_is_one_ledger() -> None:
    from concurrent.futures import ThreadPoolExecutor

    from django.db import connection

    from tests.cast import gather

    cast = gather()

    def load(_: int) -> str:
        try:
            do.load(SEED.read_bytes(), "通知.txt", cast.office, cast.zhao.actor)
            return "loaded"
        except Refused as refusal:
            return refusal.reasons[0][:11]
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(load, range(2)))
    assert answers == ["loaded", "这份文件已经载入过：《"]
    assert Notice.objects.count() == 1


def test_file_with_thousands_of_duties_is_refused_before_anything_is_written(cast: Cast) -> None:
    lines = "\n".join(f"{n}.公开第{n}类信息。（市财政局负责落实）" for n in range(1, 1102))
    with pytest.raises(Refused, match="超过 1000 项"):
        do.load(f"演示要点\n一、公开\n{lines}".encode(), "很长.txt", cast.office, cast.zhao.actor)
    assert not Notice.objects.exists()


def test_same_number_in_another_file_is_asked_about_before_anything_is_written(notice: Notice, cast: Cast) -> None:
    events = Event.objects.count()
    other = SEED.read_bytes() + b"\n"
    with pytest.raises(Refused) as refusal:
        do.load(other, "另存.txt", cast.office, cast.zhao.actor)
    assert [issue.code for issue in refusal.value.issues] == [do.SAME_NUMBER]
    said = refusal.value.reasons[0]
    assert (
        notice.number in said
        and wording.book_title(notice.title) in said
        and "成文于2019-08-19" in said
        and "通知.txt" in said
    )
    assert (Notice.objects.count(), Event.objects.count()) == (1, events)
    do.load(other, "另存.txt", cast.office, cast.zhao.actor, again=True)
    assert Notice.objects.count() == 2


def test_only_the_office_loads(cast: Cast) -> None:
    with pytest.raises(Refused, match="政务公开办"):
        do.load(SEED.read_bytes(), "通知.txt", cast.office, cast.zhang.actor)
    assert not Notice.objects.exists()


def test_load_asks_the_database_as_often_for_a_hundred_duties_as_for_ten(cast: Cast) -> None:
    """The write lock is held for a few statements, however many duties there are."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for amount in (10, 100):
        lines = "\n".join(f"{n}.公开第{n}类信息。（司法局负责落实）" for n in range(1, amount + 1))
        with CaptureQueriesContext(connection) as seen:
            do.load(f"演示要点\n一、公开\n{lines}".encode(), f"{amount}.txt", cast.office, cast.zhao.actor)
        counts.append(len(seen))
    assert Duty.objects.count() == 110
    assert counts[1] <= counts[0] + 5, counts


def test_rows_written_at_once_have_their_events_and_their_keys(notice: Notice) -> None:
    kind, keys = Duty.subject_kind(), set(notice.duties.values_list("pk", flat=True))
    events = Event.objects.filter(subject_kind=kind, move="load")
    assert {event.subject_id for event in events} == keys
    assert {(event.subject_version, event.changes["progress"][1]) for event in events} == {(1, "planned")}
    assert all(duty.owners.count() == duty.owners.exclude(duty=None).count() for duty in notice.duties.all())


def test_a_load_that_fails_at_the_end_leaves_nothing(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    from mingchuang.ledger.do.rows_ahead import RowsAhead

    def fail(self: RowsAhead) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(RowsAhead, "insert", fail)
    events = Event.objects.count()
    with pytest.raises(RuntimeError):
        do.load(SEED.read_bytes(), "通知.txt", cast.office, cast.zhao.actor)
    assert (Notice.objects.count(), Duty.objects.count(), Event.objects.count()) == (0, 0, events)
