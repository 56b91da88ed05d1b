"""Signatures on paper are held against their scans: by lot, once, by somebody who is no party to them."""

from __future__ import annotations

import datetime

import pytest
from tests import record_files
from tests import record_stages as stages

from mingchuang.core import files, now
from mingchuang.core.roles import Role
from mingchuang.norms.outcome import Refused
from mingchuang.records import do, proof, sampling, timeline

pytestmark = pytest.mark.db


def on_paper(cast, signer, revision, *, recorder=None):
    revision = stages.fresh(revision)
    do.record_paper_approval(
        revision,
        (recorder or cast.he).person,
        signer=signer.person,
        role=signer.role,
        evidence=files.put(record_files.pdf(f"form {signer.person.pk} {revision.pk}"), "form.pdf"),
        content_hash=revision.content_hash,
        step=revision.step,
        happened_on=now.today(),
        secrecy="open",
    )
    return revision.approvals.order_by("pk").last()


def signed_on_paper(cast):
    revision = stages.submitted(cast, record_class="B")
    first, second = (on_paper(cast, player, revision) for player in (cast.li, cast.wu))
    return stages.fresh(revision), first, second


def test_of_a_week_that_is_over_at_least_one_is_drawn_and_all_may_be_looked_at(cast, monkeypatch):
    monkeypatch.setattr(sampling, "ONE_IN", 10**80)
    _revision, first, second = signed_on_paper(cast)
    assert [drawn.by_lot for drawn in sampling.waiting()] == [False, False]
    with now.travel(now.now() + datetime.timedelta(weeks=1)):
        drawn = sampling.waiting()
    assert [row.by_lot for row in drawn] == [True, False]
    assert {row.approval.pk for row in drawn} == {first.pk, second.pk}


def test_the_lot_falls_on_about_as_many_as_it_should(cast):
    class Row:
        def __init__(self, pk):
            self.pk, self.event = pk, type("E", (), {"link": f"{pk:064x}"})

    drawn = sampling._by_lot([Row(pk) for pk in range(5000)], over=False)
    assert 800 < len(drawn) < 1200


def test_a_look_is_an_event_and_leaves_the_queue(cast):
    revision, first, _second = signed_on_paper(cast)
    event = do.check_paper(first, cast.zhao.actor, outcome="same")
    assert event.data == {"approval": first.pk, "outcome": "same", "title": "初审"}
    assert first.pk not in {row.approval.pk for row in sampling.waiting()}
    assert [look.outcome for look in sampling.looked(5)] == ["same"]
    assert any("代录的纸质签批，与审签单一致" in entry.sentence for entry in timeline.of(revision.record))
    assert sampling.alarms(revision) == [] and not sampling.alarming().exists()
    do.publish(revision.record, cast.zhang.actor, content_hash=revision.content_hash)
    assert not list(proof.of_events())
    with pytest.raises(Refused) as refused:
        do.check_paper(first, cast.zhao.actor, outcome="different", note="x")
    assert {issue.code for issue in refused.value.issues} == {"records.looked"}


def test_a_difference_alarms_and_keeps_the_text_from_the_public(cast):
    revision, first, _second = signed_on_paper(cast)
    do.check_paper(first, cast.zhao.actor, outcome="different", note="扫描件上没有签名")
    (alarm,) = sampling.alarms(revision)
    assert "李审核" in alarm.message and "扫描件上没有签名" in alarm.message and "赵主管" in alarm.message
    assert list(sampling.alarming()) == [revision]
    with pytest.raises(Refused) as refused:
        do.publish(revision.record, cast.zhang.actor, content_hash=revision.content_hash)
    assert {issue.code for issue in refused.value.issues} == {"records.paper_different"}
    do.revise(revision, cast.zhang.actor, note="重新审签")
    assert not sampling.alarming().exists()


def test_a_look_at_what_is_public_still_alarms(cast):
    revision, first, _second = signed_on_paper(cast)
    do.publish(revision.record, cast.zhang.actor, content_hash=revision.content_hash)
    do.check_paper(first, cast.zhao.actor, outcome="different", note="日期不同")
    assert list(sampling.alarming()) == [revision]
    do.withdraw(revision.record, cast.zhang.actor, reason="mistake", note="签批有误。")
    assert not sampling.alarming().exists()


def test_every_reason_against_a_look_is_told(cast):
    _revision, first, _second = signed_on_paper(cast)
    with pytest.raises(Refused) as refused:
        do.check_paper(first, cast.zhao.actor, outcome="")
    assert {issue.code for issue in refused.value.issues} == {"records.outcome"}
    with pytest.raises(Refused) as refused:
        do.check_paper(first, cast.zhao.actor, outcome="different", note=" ")
    assert {issue.code for issue in refused.value.issues} == {"records.outcome_reason"}
    with pytest.raises(Refused) as refused:
        do.check_paper(first, cast.he.as_role(Role.OFFICE), outcome="same")
    assert {"records.own_paper", "standing.role"} <= {issue.code for issue in refused.value.issues}
    with pytest.raises(Refused) as refused:
        do.check_paper(first, cast.li.actor, outcome="same")
    assert "machine.role" in {issue.code for issue in refused.value.issues}


def test_a_signature_given_in_the_system_has_no_scan_to_look_at(cast):
    revision = stages.signed(cast, stages.submitted(cast, record_class="B"), cast.li)
    with pytest.raises(Refused) as refused:
        do.check_paper(revision.approvals.get(), cast.zhao.actor, outcome="same")
    assert {issue.code for issue in refused.value.issues} == {"records.no_paper"}
