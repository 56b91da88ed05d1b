"""涉企: who was heard is told, signed, public; the files that prove it are not; the gate stops a text without it."""

from __future__ import annotations

import datetime
import json

import pytest
from tests import record_stages as stages
from tests.record_faults import Faults

from mingchuang.core import access, files, now
from mingchuang.norms.outcome import Refused
from mingchuang.records import checks, do, gate, public_page
from mingchuang.records.kind import kind
from mingchuang.records.models import Evidence, Revision

pytestmark = pytest.mark.db
DAY = datetime.date(2019, 9, 20)
SAMPLE = kind("policy").samples[3]
TABLE = kind("policy").table("consultations")
faults = Faults("policy", SAMPLE, DAY)
RECORD = "policy.enterprise_record"


def of_rule(revision: Revision, rule: str) -> list[tuple[str, str]]:
    with now.travel(DAY):
        found = gate.of_revision(revision).found
    return [(one.finding.result, one.finding.message) for one in found if one.finding.rule.id == rule]


class TestGate:
    def test_all_four_were_heard_and_the_clause_is_there(self, cast):
        revision = faults.draft(cast)
        assert of_rule(revision, RECORD) == []
        assert of_rule(revision, "policy.enterprise_clause") == []

    def test_marked_and_without_a_record_it_is_stopped(self, cast):
        revision = faults.draft(cast, consultations=())
        assert of_rule(revision, RECORD) == [("fail", "没有听取企业、行业协会、商会、律师协会意见的记录。")]
        with now.travel(DAY), pytest.raises(Refused) as caught:
            do.submit(revision, cast.zhang.actor)
        assert f"gate.{RECORD}" in {issue.code for issue in caught.value.issues}

    def test_those_who_were_not_heard_are_named(self, cast):
        revision = faults.draft(cast, **faults.without_row("consultations", 4))
        assert of_rule(revision, RECORD) == [("fail", "没有听取律师协会意见的记录。")]

    def test_answered_with_no_it_is_asked_nothing(self, cast):
        assert of_rule(faults.draft(cast, business="no", consultations=()), RECORD) == []

    def test_not_answered_it_cannot_be_assessed(self, cast):
        revision = faults.draft(cast, business="", consultations=())
        assert [result for result, _ in of_rule(revision, RECORD)] == ["not_assessable"]

    def test_a_file_beside_it_needs_no_clause_of_its_own(self, cast):
        revision = faults.draft(cast)
        do.attach(
            revision, cast.zhang.actor, files.put("企业开办流程表\n第一步".encode(), "企业开办.txt"), title="流程表"
        )
        assert of_rule(stages.fresh(revision), "policy.enterprise_clause") == []

    def test_bytes_of_before_know_no_record(self):
        from mingchuang.records.kinds.policy.consultation import facts

        assert facts({"fields": {"business": "yes"}}).asked is None
        assert facts({"fields": {}}).concerns_enterprises is None


class TestRows:
    def found(self, cast, number, **cells):
        table = faults.with_row("consultations", number, **cells)
        return [one for one in faults(cast, **table) if one[0] == "policy.consultation"]

    def test_in_order_but_for_the_files(self, cast):
        assert faults.errors(cast) == []
        assert faults(cast) == [("policy.evidence", f"consultations.{n}.evidence") for n in range(1, 5)]

    def test_what_was_not_taken_over_is_explained(self, cast):
        assert self.found(cast, 2, reason="") == [("policy.consultation", "consultations.2.reason")]

    def test_what_was_adopted_was_said(self, cast):
        assert self.found(cast, 1, opinion="") == [("policy.consultation", "consultations.1.opinion")]

    def test_nobody_is_heard_afterwards(self, cast):
        assert self.found(cast, 3, asked_on="2019-09-06") == [("policy.consultation", "consultations.3.asked_on")]

    def test_rows_of_a_document_that_is_none(self, cast):
        assert faults(cast, business="no") == [("policy.consultation", "business")]


class TestEvidence:
    def write(self, cast, revision, row, **changed):
        values = {**SAMPLE["consultations"][row - 1], **changed} if row <= 4 else changed
        told = {"row": row, "version": stages.fresh(revision).version}
        stored = files.put("座谈会签到表".encode(), "签到表.txt")
        return do.write_row(revision, cast.zhang.actor, TABLE, values, file=stored, name="签到表.txt", **told)

    def test_it_is_kept_with_the_record_and_its_hash_is_signed(self, cast):
        with now.travel(DAY):
            revision = faults.draft(cast)
            for row in range(1, 5):
                self.write(cast, revision, row)
            (kept,) = Evidence.objects.all()
            assert (kept.record_id, kept.name) == (revision.record_id, "签到表.txt")
            assert checks.complete(stages.fresh(revision), cast.zhang.actor, {}) == []
            do.submit(stages.fresh(revision), cast.zhang.actor)
        frozen = json.loads(files.read(stages.fresh(revision).frozen_id))
        assert {row["evidence_file"] for row in frozen["tables"]["consultations"]} == {kept.file_id}

    def test_the_public_reads_the_rows_and_no_file(self, cast):
        record = faults.published(cast, "A")
        page = public_page.page(record.pk)
        (table,) = page.tables
        assert "示例商会（演示）" in {row[1] for row in table.rows}
        assert "证据文件指纹" not in table.heads
        assert page.files == ()

    def test_a_hash_of_another_records_file_is_refused(self, cast):
        with now.travel(DAY):
            other = faults.draft(cast)
            self.write(cast, other, 1)
            digest = Evidence.objects.get().file_id
        found = faults.errors(cast, **faults.with_row("consultations", 1, evidence_file=digest))
        assert found == [("records.evidence", "consultations.1.evidence_file")]

    def test_strangers_do_not_see_it(self, cast):
        with now.travel(DAY):
            revision = faults.draft(cast)
            self.write(cast, revision, 1)
        kept = Evidence.objects.get()
        assert access.may(cast.zhang.person, kept, "see") and access.may(cast.li.person, kept, "see")
        assert not access.may(cast.wang.person, kept, "see") and not access.may(cast.sun.person, kept, "see")

    def test_rows_are_added_and_taken_off_one_by_one(self, cast):
        with now.travel(DAY):
            revision = faults.draft(cast, consultations=())
            added = self.write(cast, revision, 1)
            assert TABLE.model.objects.filter(revision=revision).count() == 1
            told = {"row": 1, "version": added.revision.version}
            do.write_row(revision, cast.zhang.actor, TABLE, None, **told)
            assert not TABLE.model.objects.filter(revision=revision).exists()
            with pytest.raises(Refused) as caught:
                do.write_row(revision, cast.zhang.actor, TABLE, {}, row=3, version=9)
        assert [issue.code for issue in caught.value.issues] == ["records.no_row"]

    def test_a_program_is_no_evidence(self, cast):
        with now.travel(DAY):
            revision = faults.draft(cast, consultations=())
            stored = files.put(b"%PDF-1.4\nbroken", "纪要.pdf")
            told = {"row": 1, "version": revision.version, "file": stored, "name": "纪要.pdf"}
            with pytest.raises(Refused):
                do.write_row(revision, cast.zhang.actor, TABLE, SAMPLE["consultations"][0], **told)
        assert not Evidence.objects.exists()


def test_what_was_signed_before_verifies_unchanged(cast):
    """Schema 2 knows no such table: its bytes are as they were."""
    from mingchuang.core import canonical, hashing
    from mingchuang.records import integrity

    with now.travel(DAY):
        revision = faults.draft(cast, **kind("policy").samples[1])
        stages.settle(cast, revision)
        do.submit(revision, cast.zhang.actor)
    row = stages.fresh(revision)
    document = json.loads(files.read(row.frozen_id))
    del document["tables"]
    document["schema"] = 2
    old = canonical.canonical_bytes(document)
    stored = files.put(old, "record.json")
    Revision.objects.filter(pk=row.pk).update(frozen=stored, content_hash=hashing.named(old), schema=2)
    assert list(integrity.intact(stages.fresh(revision), deep=False)) == []
