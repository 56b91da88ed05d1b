"""行政规范性文件: the order of its making, the time of its review, how long it holds; old signed bytes."""

from __future__ import annotations

import datetime
import json

import pytest
from tests import record_stages as stages
from tests.record_faults import Faults

from mingchuang.core import files, hashing, now
from mingchuang.core.canonical import canonical_bytes
from mingchuang.records import do, freezing, integrity, public_page
from mingchuang.records.kind import kind
from mingchuang.records.models import Revision

SAMPLE = kind("policy").samples[2]
DAY = datetime.date(2019, 9, 20)
faults = Faults("policy", SAMPLE, DAY)
later = Faults("policy", SAMPLE, datetime.date(2020, 9, 21))


@pytest.mark.db
class TestMaking:
    def test_the_sample_is_in_order(self, cast):
        assert faults(cast) == []

    @pytest.mark.parametrize(
        ("changed", "field"),
        [
            ({"review_to": "2019-07-21"}, "review_to"),
            ({"meeting_on": "2019-08-01"}, "meeting_on"),
            ({"issued_on": "2019-08-15"}, "issued_on"),
            ({"comment_to": "2019-06-02"}, "comment_to"),
            ({"gazette_on": "2019-08-29"}, "gazette_on"),
            ({"filed_on": "2019-08-29"}, "filed_on"),
        ],
    )
    def test_days_do_not_run_backwards(self, cast, changed, field):
        assert ("policy.order", field) in faults.errors(cast, **changed)

    def test_comments_that_end_after_the_review_began_are_a_warning(self, cast):
        assert faults(cast, comment_to="2019-07-23") == [("policy.order", "review_from")]
        assert faults.errors(cast, comment_to="2019-07-23") == []

    @pytest.mark.parametrize("conclusion", ["", "amend", "unlawful"])
    def test_without_a_lawful_review_no_document(self, cast, conclusion):
        assert faults.errors(cast, review_conclusion=conclusion) == [("policy.review", "review_conclusion")]

    def test_before_the_review_was_introduced_none_is_asked(self, cast):
        old = dict.fromkeys(("review_from", "review_to", "review_conclusion", "effective_on", "expires_on"), "")
        days = {"comment_from": "", "comment_to": "", "meeting_on": "2017-08-01", "issued_on": "2017-08-30"}
        found = faults.errors(cast, formed_on="2017-08-30", doc_number="青政规发〔2017〕2号", **old, **days)
        assert found == []

    @pytest.mark.parametrize(
        ("finished", "ok"),
        # Sent on Monday, 22 July 2019 (not counted); 12 and 13 August were days of rest in Ningxia (Eid).
        [("2019-07-26", False), ("2019-07-29", True), ("2019-08-14", True), ("2019-08-15", False)],
    )
    def test_the_review_takes_five_to_fifteen_working_days(self, cast, finished, ok):
        assert faults(cast, review_to=finished) == ([] if ok else [("policy.review_days", "review_to")])
        assert faults(cast, review_to=finished, review_urgent="yes") == []

    def test_what_the_ledger_would_lack_is_said(self, cast):
        assert faults(cast, review_organ="", meeting="", drafted_by="") == [
            ("policy.ledger", "review_organ"),
            ("policy.ledger", "meeting"),
            ("policy.ledger", "drafted_by"),
        ]

    def test_counts(self, cast):
        assert faults.errors(cast, comments_adopted="13") == [("policy.counts", "comments_adopted")]
        assert faults.errors(cast, comments="-1", comments_adopted="") == [("policy.counts", "comments")]
        assert faults.errors(cast, comments="") == [("policy.counts", "comments_adopted")]

    @pytest.mark.parametrize(
        ("number", "said"),
        [("", True), ("QTXDR-2019-1", True), ("QTXDR-2018-01902", True), ("QTXDR-2019-01903", False)],
    )
    def test_register_number(self, cast, number, said):
        assert faults(cast, register_number=number) == ([("policy.register", "register_number")] if said else [])

    @pytest.mark.parametrize(
        ("title", "expires", "ok"),
        [
            ("××管理办法（试行）", "2021-10-08", True),
            ("××管理办法（试行）", "2021-10-09", False),
            ("××管理办法", "2024-10-08", True),
            ("××管理办法", "2024-10-09", False),
            ("××管理办法", "", False),
        ],
    )
    def test_five_years_two_on_trial(self, cast, title, expires, ok):
        assert faults(cast, title=title, expires_on=expires) == ([] if ok else [("policy.validity", "expires_on")])

    def test_time_to_get_ready_and_filing(self, cast):
        assert faults(cast, effective_on="2019-09-02", expires_on="2021-09-02") == [("policy.effect", "effective_on")]
        assert faults(cast, filed_on="2019-09-17") == [("policy.filing", "filed_on")]
        assert faults(cast, filed_on="2019-09-16") == []

    def test_others_are_asked_nothing(self, cast):
        assert faults(cast, **kind("policy").samples[1]) == []
        assert faults(cast, normative="") == [("policy.normative", "normative")]


@pytest.mark.db
class TestBusiness:
    CHANGED = {
        "business": "yes",
        "fair_competition": "passed",
        "formed_on": "2020-08-31",
        "doc_number": "青政规发〔2020〕3号",
        "register_number": "QTXDR-2020-01003",
        "comment_from": "2020-06-01",
        "comment_to": "2020-07-01",
        "review_from": "2020-07-20",
        "review_to": "2020-07-31",
        "meeting_on": "2020-08-14",
        "issued_on": "2020-08-31",
        "effective_on": "2020-10-09",
        "expires_on": "2022-10-08",
    }

    def test_in_order(self, cast):
        assert later(cast, **self.CHANGED) == []

    def test_thirty_days_of_comment(self, cast):
        changed = {**self.CHANGED, "comment_to": "2020-06-30"}
        assert later(cast, **changed) == [("policy.comment_days", "comment_to")]
        changed = {**self.CHANGED, "comment_from": "", "comment_to": ""}
        assert later(cast, **changed) == [("policy.comment", "comment_from")]

    def test_fair_competition(self, cast):
        changed = {**self.CHANGED, "fair_competition": "none"}
        assert later.errors(cast, **changed) == [("policy.competition", "fair_competition")]


def as_signed_before(revision: Revision) -> Revision:
    """The revision with the bytes that schema 1 made of it."""
    data = json.loads(files.read(revision.frozen_id))
    fields = {name: value for name, value in data["fields"].items() if name in OLD_FIELDS}
    old = canonical_bytes({**data, "schema": 1, "fields": fields})
    stored = files.put(old, "record.json")
    Revision.objects.filter(pk=revision.pk).update(frozen=stored, content_hash=hashing.named(old, "sha256"), schema=1)
    return stages.fresh(revision)


OLD_FIELDS = (
    *("title", "doc_number", "formed_on", "summary", "issuer", "disclosure", "theme", "keywords"),
    *("effective_on", "expires_on", "body"),
)


@pytest.mark.db
class TestSchema:
    def old(self, cast) -> Revision:
        with now.travel(DAY):
            revision = stages.submitted(cast)
        return as_signed_before(revision)

    def test_bytes_of_schema_1_are_what_was_signed(self, cast):
        assert integrity.intact(self.old(cast)) == []

    def test_what_nobody_signed_may_not_stand_there(self, cast):
        revision = self.old(cast)
        content = freezing.content_of(revision)
        content.register_number = "QTXDR-2019-00001"
        content.save(update_fields=["register_number"])
        (issue,) = integrity.intact(revision)
        assert (issue.code, issue.field) == ("records.column_changed", "register_number")

    def test_the_golden_hashes_of_older_schemas_stay(self):
        golden = kind("policy").golden
        assert golden[1] == "sha256:c9625e9e7d3453c2e8a77ffdec48b824be3b4250a587aebe59dfe5b24267910c"
        assert golden[2] == "sha256:2f8160f0c0b95fb9f4613814d03c1fba4301cb541e9c981273d54bd1ffaf7a51"
        assert set(golden) == {1, 2, 3}


@pytest.mark.db
def test_the_page_tells_how_it_was_made(cast, rf):
    from tests.records.test_records_kinds import rendered

    with now.travel(DAY):
        revision = do.create("policy", cast.office, cast.zhang.actor, SAMPLE)
        do.submit(revision, cast.zhang.actor)
        revision = stages.signed(cast, stages.fresh(revision), *stages.signers(cast, "A"))
        do.publish(revision.record, cast.zhang.actor, content_hash=revision.content_hash)
    html = rendered(rf, public_page.page(revision.record_id))
    for words in (
        "制定过程",
        "2019年6月3日至2019年7月5日",
        "12条，采纳7条",
        "合法（青铜峡市司法局）",
        "QTXDR-2019-01902",
    ):
        assert words in html
    assert "备案日期" not in html
