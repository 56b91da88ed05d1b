"""Organs: duties, offices, leaders, contacts; each once, and nobody's mobile number."""

from __future__ import annotations

import datetime

import pytest
from tests.record_faults import Faults

from mingchuang.records.kind import kind

(SAMPLE,) = kind("institution").samples
faults = Faults("institution", SAMPLE, datetime.date(2019, 9, 20))


def rows(table: str, number: int, **cells) -> dict:
    changed = [dict(row) for row in SAMPLE[table]]
    changed[number - 1] |= cells
    return {table: changed}


@pytest.mark.db
class TestOrgan:
    def test_the_sample_is_complete(self, cast):
        assert faults(cast) == []

    @pytest.mark.parametrize("name", ["address", "hours", "telephone", "body", "leaders"])
    def test_what_the_law_names_is_asked_for(self, cast, name):
        assert faults.errors(cast, **{name: "" if name != "leaders" else ()}) == [("records.required", name)]

    @pytest.mark.parametrize("number", ["13800000000", "+86 138 0000 0000", "0000-0000000转138-0000-0000"])
    def test_nobodys_mobile_number(self, cast, number):
        assert faults(cast, telephone=number) == [("institution.mobile", "telephone")]
        found = faults(cast, **rows("offices", 2, telephone=number))
        assert found == [("institution.mobile", "offices.2.telephone")]

    def test_an_office_telephone_is_none(self, cast):
        assert faults(cast, telephone="0953-000000012345") == []

    @pytest.mark.parametrize(
        ("changed", "code"),
        [({"postcode": "7516"}, "postcode"), ({"mail": "demo"}, "mail"), ({"hours": "上班时间"}, "hours")],
    )
    def test_contacts(self, cast, changed, code):
        assert faults(cast, **changed) == [(f"institution.{code}", code)]

    def test_offices(self, cast):
        assert faults(cast, offices=()) == [("institution.offices", "offices")]
        assert faults(cast, offices=(), body="<p>本机构不设内设机构。</p>") == []
        assert faults(cast, **rows("offices", 2, duties="")) == [("institution.duties", "offices.2.duties")]
        assert faults.errors(cast, **rows("offices", 2, name="综合科")) == [("institution.twice", "offices")]

    def test_leaders(self, cast):
        assert faults(cast, **rows("leaders", 2, division="")) == [("institution.division", "leaders.2.division")]
        twice = rows("leaders", 2, name="甲某", post="演示主任")
        assert faults.errors(cast, **twice) == [("institution.twice", "leaders")]
        assert faults.errors(cast, **rows("leaders", 1, post="")) == [("records.required", "leaders.1.post")]
