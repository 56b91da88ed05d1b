"""Reports: every finding has its state, and none that the public saw is dropped in silence."""

from __future__ import annotations

import datetime

import pytest
from tests import record_stages as stages
from tests.record_faults import Faults

from mingchuang.core import now
from mingchuang.norms.outcome import Refused
from mingchuang.records import addresses, do, public_page
from mingchuang.records.kind import kind
from mingchuang.records.models import Record

AUDIT, GOVERNMENT = kind("report").samples
DAY = datetime.date(2019, 9, 20)
faults = Faults("report", AUDIT, DAY)


def row(place: int, **cells) -> dict:
    rows = [dict(one) for one in AUDIT["findings"]]
    rows[place - 1] |= cells
    return {"findings": rows}


def publish(cast, values) -> Record:
    with now.travel(DAY):
        revision = do.create("report", cast.office, cast.zhang.actor, values)
        do.submit(revision, cast.zhang.actor)
        revision = stages.signed(cast, stages.fresh(revision), *stages.signers(cast, "B"))
        do.publish(revision.record, cast.zhang.actor, content_hash=revision.content_hash)
    return Record.objects.get(pk=revision.record_id)


@pytest.mark.db
class TestFindings:
    def test_the_samples_are_complete(self, cast):
        assert faults(cast) == []
        assert Faults("report", GOVERNMENT, DAY)(cast) == []

    def test_every_finding_has_its_state(self, cast):
        assert faults.errors(cast, **row(2, state="")) == [("records.required", "findings.2.state")]
        assert faults.errors(cast, **row(2, number="")) == [("records.required", "findings.2.number")]

    def test_a_number_means_one_finding(self, cast):
        assert faults.errors(cast, **row(2, number="演2019-1")) == [("report.twice", "findings")]

    def test_a_state_has_its_result(self, cast):
        assert faults(cast, **row(1, result="")) == [("report.result", "findings.1.result")]
        assert faults(cast, **row(2, state="none", result="")) == []

    def test_late_without_a_word_about_it(self, cast):
        (issue,) = faults.issues(cast, **row(2, due_on="2019-07-31"))
        assert (issue.code, issue.severity) == ("report.late", "remark")
        found = faults(cast, **row(2, due_on="2019-07-31", state="none", result=""))
        assert found == [("report.late", "findings.2.state")]

    def test_amounts(self, cast):
        assert faults.errors(cast, **row(1, amount="-1")) == [("report.amount", "findings.1.amount")]

    def test_a_report_of_findings_has_some(self, cast):
        assert faults(cast, findings=()) == [("report.findings", "findings")]
        assert faults.errors(cast, findings=()) == []
        assert ("report.findings", "findings") in faults.errors(cast, findings=(), category="rectification")

    def test_year(self, cast):
        assert faults(cast, about_year="2020") == [("report.year", "about_year")]


@pytest.mark.db
class TestNothingDropped:
    def rectification(self, audit: Record, **changed) -> dict:
        told = {"title": "整改情况", "category": "rectification", "rectifies": audit.index_number}
        return {**AUDIT, **told, **changed}

    def test_a_rectification_tells_of_every_finding_of_its_audit(self, cast):
        audit = publish(cast, AUDIT)
        assert faults(cast, **self.rectification(audit)) == []
        (issue,) = faults.issues(cast, **self.rectification(audit, findings=AUDIT["findings"][:1]))
        assert (issue.code, issue.severity) == ("report.dropped", "error")
        assert "演2019-2" in issue.message

    def test_without_its_audit_nothing_can_be_held_against_it(self, cast):
        assert faults(cast, category="rectification") == [("report.audit", "rectifies")]
        assert faults(cast, category="rectification", rectifies="审〔2019〕1号") == [("report.audit", "rectifies")]

    def test_a_correction_keeps_what_was_public(self, cast):
        audit = publish(cast, AUDIT)
        with now.travel(DAY):
            text = do.correct(audit, cast.zhang.actor, note="更新整改情况。")
            kept = AUDIT["findings"][1:]
            do.save_draft(text, cast.zhang.actor, {"findings": kept}, version=text.version)
            with pytest.raises(Refused, match="演2019-1"):
                do.submit(stages.fresh(text), cast.zhang.actor)
            fresh = stages.fresh(text)
            rows = row(2, state="done", result="已入账")["findings"]
            do.save_draft(fresh, cast.zhang.actor, {"findings": rows}, version=fresh.version)
            do.submit(stages.fresh(text), cast.zhang.actor)

    def test_the_pages_lead_to_each_other_and_count(self, cast):
        audit = publish(cast, AUDIT)
        told = publish(cast, self.rectification(audit, **row(2, state="partly", result="大部分已入账")))
        page = public_page.page(audit.pk)
        assert page.links[0].words == "整改情况"
        assert page.links[0].rows[0].address == addresses.record(told.pk)
        assert ("问题整改", "2个问题：已整改1个，持续整改1个") in page.facts
        assert ("问题整改", "2个问题：已整改1个，部分整改1个") in public_page.page(told.pk).facts
