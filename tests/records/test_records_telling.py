"""What a kind tells in public is declared: every type as citizens read it, nothing for nothing."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from mingchuang.core import now
from mingchuang.records import telling
from mingchuang.records.kind import Field

FIELDS = (
    Field("issuer", "发布机关", "line"),
    Field("telephone", "电话", "line"),
    Field("class", "类别", "choice", choices=(("a", "甲类"), ("b", "乙类"))),
    Field("formed_on", "成文日期", "date"),
    Field("until", "截止", "date"),
    Field("at", "时刻", "moment"),
    Field("words", "关键词", "keywords"),
    Field("area", "面积", "decimal", unit="公顷", places=4),
    Field("money", "金额", "decimal", unit="万元"),
    Field("count", "对象", "integer", unit="户"),
    Field("year", "年度", "integer"),
    Field("body", "正文", "html"),
)
FULL = {
    "issuer": "演示单位",
    "telephone": "0000-0000000",
    "class": "b",
    "formed_on": date(2019, 8, 19),
    "until": date(2019, 9, 2),
    "at": datetime(2019, 8, 19, 8, 5, tzinfo=now.BEIJING),
    "words": "补贴；耕地",
    "area": Decimal("2.3500"),
    "money": Decimal("8.00"),
    "count": 0,
    "year": 2019,
    "body": "<p>一段<strong>文字</strong>。</p>",
    "rows": ({"name": "甲", "code": "YS01", "secret": "不说"}, {"name": "", "code": "YS02", "secret": "不说"}),
}
EMPTY = {name: () if name == "rows" else None if not isinstance(value, str) else "" for name, value in FULL.items()}
ROWS = telling.rows(
    FIELDS,
    ("机关", "issuer"),
    ("类别", "class"),
    ("成文", "formed_on"),
    ("时刻", "at"),
    ("关键词", "words"),
    ("面积", "area"),
    ("金额", "money"),
    ("对象", "count"),
    ("年度", telling.year("year")),
    ("期间", telling.span("formed_on", "until")),
    ("联系", ("，", "issuer", "telephone")),
    ("行数", lambda values: f"{len(values['rows'])}行" if values["rows"] else ""),
)


def test_each_value_is_said_as_its_type_is_read() -> None:
    assert dict(ROWS(FULL)) == {
        "机关": "演示单位",
        "类别": "乙类",
        "成文": "2019年8月19日",
        "时刻": "2019年8月19日8时05分",
        "关键词": "补贴 耕地",
        "面积": "2.35公顷",
        "金额": "8.00万元",
        "对象": "0户",
        "年度": "2019年",
        "期间": "2019年8月19日至2019年9月2日",
        "联系": "演示单位，0000-0000000",
        "行数": "2行",
    }


def test_what_says_nothing_is_left_out() -> None:
    assert ROWS(EMPTY) == ()
    assert dict(ROWS({**EMPTY, "telephone": "0000-0000000"})) == {"联系": "0000-0000000"}


def test_the_index_gets_the_named_fields_and_columns_and_no_others() -> None:
    words = telling.words(FIELDS, "issuer", telling.year("year"), "class", "body", rows=("code", "name"))
    assert words(FULL).split("\n") == ["演示单位", "2019年", "乙类", "一段文字。", "YS01 甲", "YS02"]
    assert words(EMPTY) == ""
