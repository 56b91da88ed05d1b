"""Admission: five elements, days that run backwards from registration, numbers that can be true, no child's name."""

from __future__ import annotations

import datetime

import pytest
from tests.record_faults import Faults

from mingchuang.records.kind import kind
from mingchuang.records.kinds.admission.elements import elements

DAY = datetime.date(2019, 9, 20)
whole, result, preschool, aid = (Faults("admission", sample, DAY) for sample in kind("admission").samples)


def on(day: str) -> Faults:
    return Faults("admission", whole.sample, datetime.date.fromisoformat(day))


@pytest.mark.db
class TestElements:
    def test_samples_are_whole(self, cast):
        assert [faults(cast) for faults in (whole, result, preschool, aid)] == [[], [], [], []]

    def test_what_is_told_before_registration(self, cast):
        found = whole.errors(cast, registration_from="", plan="", districts=(), schools=(), contacts=())
        assert found == [
            ("admission.needed", name) for name in ("registration_from", "plan", "districts", "schools", "contacts")
        ]

    def test_one_element_alone(self, cast):
        assert whole.errors(cast, part="片区划分", plan="", schools=(), contacts=()) == []
        assert whole.errors(cast, part="片区划分", districts=()) == [("admission.needed", "districts")]

    def test_a_result_has_its_day_and_numbers(self, cast):
        found = result.errors(cast, admitted_on="", results=())
        assert found == [("admission.needed", "admitted_on"), ("admission.needed", "results")]

    def test_kindergartens_tell_place_teachers_size_and_supervision(self, cast):
        found = preschool(cast, **preschool.with_row("schools", 2, address="", teachers="", inspection=""))
        assert found == [("admission.kindergarten", f"schools.2.{n}") for n in ("address", "teachers", "inspection")]

    def test_grants_of_vocational_schools(self, cast):
        assert aid.errors(cast, aids=()) == [("admission.needed", "aids")]
        assert aid.errors(cast, part="招生信息（综合）") == [
            ("admission.needed", "plan"),
            ("admission.needed", "schools"),
        ]

    def test_which_of_the_five_are_public(self, cast):
        assert [element.since for element in elements(2019)] == [None] * 5
        whole.published(cast)
        assert [(element.title, element.since) for element in elements(2019)] == [
            ("招生方案", DAY),
            ("片区划分", DAY),
            ("学校情况", DAY),
            ("招生结果", None),
            ("咨询方式", DAY),
        ]
        result.published(cast)
        assert all(element.since for element in elements(2019))
        assert not any(element.since for element in elements(2020))


@pytest.mark.db
class TestTime:
    def test_owed_one_month_before(self, cast):
        assert whole.owed(cast) == [("admission.publish", datetime.date(2019, 10, 11))]

    def test_late_early_and_in_between(self, cast):
        assert on("2019-10-11")(cast) == []
        assert on("2019-10-12")(cast) == [("admission.late", "registration_from")]
        assert on("2019-10-12").errors(cast) == []
        early = Faults("admission", dict(whole.sample) | {"formed_on": "2019-08-19"}, datetime.date(2019, 8, 20))
        assert early(cast, registration_from="2019-12-02", registration_until="") == [
            ("admission.early", "registration_from")
        ]

    def test_results_come_after_admission(self, cast):
        assert result.errors(cast, admitted_on="2019-09-21") == [("admission.result_early", "admitted_on")]
        assert result.owed(cast) == [("information.publish", datetime.date(2019, 9, 30))]

    def test_days_in_their_order(self, cast):
        assert whole.errors(cast, registration_until="2019-11-10") == [("admission.days", "registration_until")]
        assert whole(cast, year="2018") == [("admission.year", "year")]


@pytest.mark.db
class TestNumbers:
    def test_nobody_is_admitted_who_did_not_apply(self, cast):
        assert result(cast, **result.with_row("results", 1, admitted="177")) == [
            ("admission.admitted", "results.1.admitted")
        ]
        assert result(cast, **result.with_row("results", 1, applied="190", admitted="181")) == [
            ("admission.over_plan", "results.1.admitted")
        ]

    def test_a_class_is_not_too_large(self, cast):
        assert whole(cast, **whole.with_row("schools", 1, seats="181")) == [("admission.class_size", "schools.1.seats")]
        junior = whole.with_row("schools", 1, level="初中", seats="200")
        assert whole(cast, **junior) == []

    def test_a_count_is_not_negative(self, cast):
        assert whole.errors(cast, **whole.with_row("schools", 1, teachers="-1")) == [
            ("admission.negative", "schools.1.teachers")
        ]

    def test_a_district_of_a_school_that_is_not_told(self, cast):
        assert whole(cast, **whole.with_row("districts", 2, school="演示二小")) == [
            ("admission.school", "districts.2.school")
        ]

    def test_no_child_and_no_private_number(self, cast):
        assert result(cast, plan="<p>录取名单见附件。</p>") == [("admission.names", "plan")]
        assert whole.errors(cast, **whole.with_row("contacts", 1, telephone="13800000000")) == [
            ("records.personal", "contacts.1.telephone")
        ]
