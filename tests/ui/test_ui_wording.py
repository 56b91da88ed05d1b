"""Days, numbers, pages and due dates as people read them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from fractions import Fraction

import pytest

from mingchuang.ui import figures, wording
from mingchuang.ui.due import DueMark
from mingchuang.ui.pagination import Pages


def test_days_in_the_words_of_an_office() -> None:
    assert wording.day(date(2019, 8, 9)) == "2019年8月9日"
    assert wording.iso(date(2019, 8, 9)) == "2019-08-09"
    assert wording.day(None) == wording.iso(None) == wording.moment(None) == ""


def test_a_moment_is_shown_in_china() -> None:
    late = datetime(2019, 8, 19, 16, 30, tzinfo=UTC)
    assert wording.moment(late) == "2019-08-20 00:30"
    assert wording.day(late) == "2019年8月20日"
    with pytest.raises(ValueError, match="time zone"):
        wording.moment(datetime(2019, 8, 19, 16, 30))


@pytest.mark.parametrize(
    ("value", "words"),
    [(0, "0"), (12345, "12,345"), (1234.5, "1,234.5"), (2.0, "2")],
)
def test_numbers(value: float, words: str) -> None:
    assert figures.number(value) == words


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (None, "—"),
        (0, "0%"),
        (1, "100%"),
        (Fraction(5, 6), "83.3%"),
        (0.5, "50%"),
        (Fraction(9999, 10000), "99.9%"),
        (Fraction(1, 10000), "<0.1%"),
        (Fraction(11, 10), "110%"),
    ],
)
def test_a_share_never_rounds_onto_a_bound_it_has_not_reached(share: Fraction | None, words: str) -> None:
    assert figures.percent(share) == words


@pytest.mark.parametrize(
    ("octets", "words"),
    [(0, "0 字节"), (1023, "1023 字节"), (1024, "1 KB"), (36_512, "35.7 KB"), (1_254_000, "1.2 MB"), (3 << 30, "3 GB")],
)
def test_sizes(octets: int, words: str) -> None:
    assert figures.filesize(octets) == words


def test_kinds_of_files() -> None:
    assert [figures.file_kind(name) for name in ("a.DOCX", "b.pdf", "c.ofd", "d.xyz", "e")] == [
        "Word", "PDF", "OFD", "XYZ", "文件",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("current", "last", "row"),
    [
        (1, 1, "[1]"),
        (1, 3, "[1] 2 3"),
        (2, 5, "1 [2] 3 4 5"),
        (7, 86, "1 … 6 [7] 8 … 86"),
        (4, 9, "1 2 3 [4] 5 … 9"),
        (86, 86, "1 … 85 [86]"),
    ],
)
def test_pages_offered(current: int, last: int, row: str) -> None:
    links = list(Pages(current, last, "/p/{}/".format))
    words = [f"[{link.number}]" if link.current else str(link.number or "…") for link in links]
    assert " ".join(words) == row
    assert all(link.address == f"/p/{link.number}/" for link in links if link.number)


def test_neighbours_of_a_page() -> None:
    middle = Pages(2, 3, str)
    assert (middle.previous, middle.following) == ("1", "3")
    assert (Pages(1, 3, str).previous, Pages(3, 3, str).following) == ("", "")
    with pytest.raises(ValueError, match="page 4 of 3"):
        Pages(4, 3, str)


TODAY = date(2019, 9, 26)


@pytest.mark.parametrize(
    ("mark", "words", "tone"),
    [
        (DueMark(date(2019, 10, 11), TODAY, 7), "剩余7个工作日", "plain"),
        (DueMark(date(2019, 9, 30), TODAY, 2), "剩余2个工作日", "attention"),
        (DueMark(TODAY, TODAY, 0), "今天到期", "attention"),
        (DueMark(date(2019, 9, 20), TODAY, -4), "逾期4个工作日", "alarm"),
        (DueMark(date(2019, 9, 27), date(2019, 9, 28), 0), "已逾期", "alarm"),
        (DueMark(date(2019, 9, 20), TODAY, -4, paused=True), "暂停计算", "quiet"),
        (DueMark(date(2019, 9, 20), TODAY, -4, met_on=date(2019, 9, 20)), "按期完成", "done"),
        (DueMark(date(2019, 9, 20), TODAY, -4, met_on=date(2019, 9, 21)), "逾期完成", "plain"),
        (DueMark(date(2019, 10, 6), TODAY, 10, unit="天"), "剩余10天", "plain"),
    ],
)
def test_due_dates_in_words(mark: DueMark, words: str, tone: str) -> None:
    assert (mark.words, mark.tone) == (words, tone)
