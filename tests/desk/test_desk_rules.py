"""依据, due dates worked out, and the list of deadlines."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from tests.cast import Cast
from tests.desk.conftest import Desk
from tests.record_stages import draft

pytestmark = pytest.mark.db
At = Callable[..., Desk]
HERE = "/desk/rules/"


def test_every_rule_stands_with_its_basis_and_its_doubt(cast: Cast, at: At) -> None:
    from mingchuang.norms.rules import all_rules

    page = at(cast.wang).get(f"{HERE}?on=2026-01-05")
    for found in all_rules().values():
        assert f'id="{found.id.replace(".", "-")}"' in page
    assert "依据待核" in page and "行政许可、行政处罚7个工作日内公开" in page


def test_rules_are_found_by_words_and_shown_for_a_day(cast: Cast, at: At) -> None:
    wang = at(cast.wang)
    page = wang.get(f"{HERE}?q=行政处罚决定公示&on=2018-06-01")
    assert "当日没有现行规定" in page
    assert "没有找到这样的规定" in wang.get(f"{HERE}?q=没有这样的事")
    assert "无法识别" in wang.get(f"{HERE}?on=昨天")


def test_a_due_date_is_worked_out_and_explained(cast: Cast, at: At) -> None:
    page = at(cast.wang).get(f"{HERE}calculator/?rule=penalty.publish&date=2019-09-26&region=640381")
    assert "2019年10月11日" in page and "国庆" in page
    page = at(cast.wang).get(f"{HERE}calculator/?workdays=7&date=2019年9月26日&region=100000")
    assert "2019年10月11日" in page


def test_a_question_put_wrongly_keeps_what_was_asked(cast: Cast, at: At) -> None:
    wang = at(cast.wang)
    page = wang.get(f"{HERE}calculator/?date=明天&region=640381&workdays=5", status=422)
    assert 'value="明天"' in page and "要写成 2019-08-19" in page
    page = wang.get(f"{HERE}calculator/?date=2019-09-26&region=640381", status=422)
    assert "请选择规则，或者填写工作日数" in page
    page = wang.get(f"{HERE}calculator/?rule=penalty.publish&date=2010-09-26&region=640381", status=422)
    assert "没有现行依据" in page


def test_deadlines_stand_in_three_groups_with_their_explanation(cast: Cast, at: At) -> None:
    from mingchuang.core.now import travel

    with travel(datetime(2019, 8, 26, 2, tzinfo=UTC)):
        revision = draft(cast, formed_on="2019-08-19")
        page = at(cast.zhang).get("/desk/due/")
        assert revision.title in page and "以后到期" in page
        assert "2019-09-17" in page and "不计入" in page
        assert "没有在算的期限" in at(cast.wang).get("/desk/due/")
    with travel(datetime(2019, 9, 16, 2, tzinfo=UTC)):
        assert "快到期" in at(cast.zhang).get("/desk/due/")
    with travel(datetime(2019, 9, 18, 2, tzinfo=UTC)):
        page = at(cast.zhao).get("/desk/due/?unit=gov-office")
        assert "逾期1个工作日" in page
        inbox = at(cast.zhang).get("/desk/")
        assert "逾期1个工作日" in inbox


def test_the_law_beside_a_field_is_quoted_where_it_was_read() -> None:
    from mingchuang.desk.statutes import statute

    found = statute("《政府信息公开条例》第二十六条")
    assert found is not None and found.quote.startswith("属于主动公开范围的政府信息")
    other = statute("党政机关公文格式（GB/T 9704）")
    assert other is not None and other.quote == ""
    assert statute("") is None
