"""Emergencies: hours that count day and night, releases in their order, a chain that leads back, moments."""

from __future__ import annotations

import datetime
import json

import pytest
from tests import record_stages as stages
from tests.record_faults import Faults

from mingchuang.core import files, now
from mingchuang.records import addresses, do, form_values, integrity, public_page
from mingchuang.records.kind import kind
from mingchuang.records.models import Record

(SAMPLE,) = kind("emergency").samples
DAY = datetime.date(2019, 9, 20)
faults = Faults("emergency", SAMPLE, DAY)
GRAVE = {"level": "2", "conference_at": "2019-09-20 06:10"}


def row(number: int, **cells) -> dict:
    rows = [dict(one) for one in SAMPLE["releases"]]
    rows[number - 1] |= cells
    return {"releases": rows}


def publish(cast, values) -> Record:
    with now.travel(DAY):
        revision = do.create("emergency", cast.office, cast.zhang.actor, values)
        do.submit(revision, cast.zhang.actor)
        revision = stages.signed(cast, stages.fresh(revision), *stages.signers(cast, "A"))
        do.publish(revision.record, cast.zhang.actor, content_hash=revision.content_hash)
    return Record.objects.get(pk=revision.record_id)


@pytest.mark.db
class TestHours:
    def test_the_sample_is_in_time(self, cast):
        assert faults(cast) == []
        assert faults(cast, **GRAVE) == []

    @pytest.mark.parametrize(("moment", "ok"), [("2019-09-19 11:10", True), ("2019-09-19 11:11", False)])
    def test_a_grave_one_within_five_hours(self, cast, moment, ok):
        found = faults(cast, **GRAVE, released_at=moment, releases=())
        assert found == ([] if ok else [("emergency.late", "released_at")])
        assert faults(cast, released_at=moment, releases=()) == []

    def test_a_press_conference_within_a_day(self, cast):
        late = {**GRAVE, "conference_at": "2019-09-20 06:11"}
        assert faults(cast, **late) == [("emergency.late", "conference_at")]

    def test_any_other_within_two_days_holidays_or_not(self, cast):
        happened = {"happened_at": "2019-09-13 06:00", "releases": ()}  # Mid-Autumn Festival, a Friday
        assert faults(cast, **happened, released_at="2019-09-15 06:00") == []
        assert faults(cast, **happened, released_at="2019-09-15 06:01") == [("emergency.late", "released_at")]

    def test_late_is_told_and_keeps_nobody_from_telling(self, cast):
        (issue,) = faults.issues(cast, released_at="2019-09-19 20:00", **{**GRAVE, "releases": ()})
        assert (issue.code, issue.severity) == ("emergency.late", "warning")
        assert "2019-09-19 11:10" in issue.message

    def test_before_it_is_late_it_is_owed(self, cast):
        soon = {"happened_at": "2019-09-20 11:00", "released_at": "", "releases": ()}
        (issue,) = faults.issues(cast, **soon)
        assert (issue.code, issue.severity) == ("emergency.owed", "remark")

    def test_a_warning_comes_before(self, cast):
        ahead = {"stage": "warning", "happened_at": "2019-09-21 08:00", "released_at": "2019-09-20 08:00"}
        assert faults(cast, **ahead, releases=()) == []


@pytest.mark.db
class TestOrder:
    def test_moments(self, cast):
        assert faults.errors(cast, released_at="2019-09-19 06:09") == [("emergency.order", "released_at")]
        found = faults.errors(cast, happened_at="2019-09-21 00:00", released_at="", releases=())
        assert found == [("emergency.future", "happened_at")]
        assert ("emergency.happened", "happened_at") in faults(cast, happened_at="")

    def test_releases(self, cast):
        assert faults.errors(cast, **row(2, at="2019-09-19 07:39")) == [("emergency.sequence", "releases.2.at")]
        assert faults.errors(cast, **row(2, at="2019-09-21 07:39")) == [("emergency.future", "releases.2.at")]
        assert faults(cast, released_at="2019-09-19 07:00") == [("emergency.first", "released_at")]

    def test_what_goes_on_leads_back(self, cast):
        assert faults(cast, stage="further", releases=()) == [("emergency.chain", "follows")]
        assert faults(cast, stage="last") == []

    def test_the_public_is_told_what_to_do(self, cast):
        assert faults.errors(cast, advice="") == [("records.required", "advice")]


@pytest.mark.db
def test_the_chain_on_the_pages(cast):
    first = publish(cast, SAMPLE)
    further = publish(cast, {**SAMPLE, "title": "续报", "stage": "further", "follows": first.index_number})
    (link,) = public_page.page(first.pk).links
    assert (link.words, link.rows[0].address) == ("后续发布", addresses.record(further.pk))
    assert [group.words for group in public_page.page(further.pk).links] == ["前次发布"]


@pytest.mark.db
def test_a_moment_is_signed_in_chinas_time_and_found_unchanged(cast):
    record = publish(cast, SAMPLE)
    signed = json.loads(files.read(record.published.frozen_id))
    assert signed["fields"]["happened_at"] == "2019-09-19T06:10+08:00"
    assert signed["tables"]["releases"][1]["at"] == "2019-09-19T09:00+08:00"
    held = kind("emergency").field("happened_at")
    assert form_values.shown(held, signed["fields"]["happened_at"]) == "2019-09-19 06:10"
    assert integrity.intact(record.published) == []
    page = public_page.page(record.pk)
    assert ("发生时间", "2019年9月19日6时10分") in page.facts
    assert page.tables[0].rows[0][0] == "2019-09-19 07:40"


@pytest.mark.parametrize(
    "text",
    ["2019-09-19 06:10", "2019年9月19日6时10分", "2019-09-19T06:10", "2019/9/19 6：10", "2019-09-19 06:10:00"],
)
def test_moments_as_people_write_them(text):
    field = kind("emergency").field("happened_at")
    parsed = form_values.parse(kind("emergency"), {"happened_at": text})
    assert not parsed.issues
    assert form_values.shown(field, parsed.values["happened_at"]) == "2019-09-19 06:10"


@pytest.mark.parametrize("text", ["昨天早上", "2019-09-19", "2019-09-31 06:10", "2019-09-19 25:00"])
def test_what_is_no_moment(text):
    (issue,) = form_values.parse(kind("emergency"), {"happened_at": text}).issues
    assert (issue.code, issue.field) == ("records.moment", "happened_at")
