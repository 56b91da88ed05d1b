"""The gate in the desk: every finding at its place, decided with a reason by those who may, or put right."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.cast import Cast
from tests.desk.conftest import Desk
from tests.record_stages import draft, fresh

pytestmark = pytest.mark.db
At = Callable[..., Desk]
PHONE = "<p>各镇人民政府：</p><p>联系电话0953-3010000。</p>"


def place(revision) -> str:
    return f"/desk/records/{revision.record_id}/gate/"


def decision(page: str, revision) -> str:
    found = re.search(rf'href="({re.escape(place(revision))}[0-9a-f]{{64}}/)"', page)
    assert found, page
    return found[1]


def given(form: str, **typed: str) -> dict[str, str]:
    content_hash = re.search(r'name="content_hash" value="([^"]+)"', form)
    assert content_hash
    return {"content_hash": content_hash[1], "verdict": "justified", "note": "单位公开电话。", **typed}


def test_a_finding_is_shown_decided_and_no_longer_in_the_way(cast: Cast, at: At) -> None:
    revision = draft(cast, body=PHONE)
    zhang = at(cast.zhang)
    page = zhang.get(place(revision))
    assert "还有 1 处要改正或者判断" in page and "固定电话" in page and "正文" in page
    assert "0953-3010000" not in page
    submit = f"/desk/records/{revision.record_id}/submit/"
    assert "逐处判断" in zhang.get(submit)
    form = zhang.get(decision(page, revision))
    assert zhang.post(decision(page, revision), given(form)) == place(revision)
    page = zhang.get(place(revision))
    assert "没有要处理的问题" in page and "已判断：属实，可以公开" in page and "单位公开电话。" in page
    sent = {"version": str(fresh(revision).version), "declared_open": "on"}
    zhang.post(submit, sent)
    assert fresh(revision).progress == "reviewing"


def test_every_reason_is_told_and_the_words_stay(cast: Cast, at: At) -> None:
    revision = draft(cast, body=PHONE)
    zhang = at(cast.zhang)
    address = decision(zhang.get(place(revision)), revision)
    form = zhang.get(address)
    page = zhang.post(address, given(form, verdict="", note=""), status=422)
    assert "#id_verdict" in page and "#id_note" in page


def test_a_decision_about_another_content_is_refused(cast: Cast, at: At) -> None:
    from mingchuang.records import do

    revision = draft(cast, body=PHONE)
    zhang = at(cast.zhang)
    address = decision(zhang.get(place(revision)), revision)
    form = zhang.get(address)
    do.save_draft(revision, cast.zhang.actor, {"body": f"{PHONE}<p>另行通知。</p>"}, version=fresh(revision).version)
    at(cast.zhang).post(address, given(form), status=404)


def test_a_failure_is_decided_by_those_who_review(cast: Cast, at: At) -> None:
    from mingchuang.norms.identifiers import id_check_character

    number = "99990119900101001"
    revision = draft(cast, body=f"<p>各镇人民政府：</p><p>身份证号{number}{id_check_character(number)}。</p>")
    zhang, li = at(cast.zhang), at(cast.li)
    address = decision(zhang.get(place(revision)), revision)
    assert "由审核人、签发人或者政务公开办判断" in zhang.post(address, given(zhang.get(address)), status=422)
    li.post(address, given(li.get(address), verdict="false_alarm", note="档案编号。"))
    assert "没有要处理的问题" in zhang.get(place(revision))


def test_strangers_see_nothing(cast: Cast, at: At) -> None:
    revision = draft(cast, body=PHONE)
    at(cast.wang).get(place(revision), status=404)
    at(cast.zhang).get(f"{place(revision)}{'0' * 64}/", status=404)
