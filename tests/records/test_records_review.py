"""Review: every refusal that the notice's work demands, each with its step and rule."""

from __future__ import annotations

import datetime
import re

import pytest
from tests import record_files
from tests import record_stages as stages

from mingchuang.core import files, hashing, now, units
from mingchuang.core.models import Event
from mingchuang.core.roles import Role
from mingchuang.norms.outcome import Refused
from mingchuang.records import do, freezing, timeline
from mingchuang.records.models import Approval, Revision

pytestmark = pytest.mark.db
DAY = datetime.date(2019, 8, 20)


@pytest.fixture(autouse=True)
def _on_a_working_day():
    with now.travel(DAY):
        yield


def codes(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {issue.code for issue in refused.value.issues}


def approve(revision, player, **changed):
    told = {"content_hash": revision.content_hash, "step": revision.step, "secrecy": "open"} | changed
    return do.approve(revision, player.actor, **told)


def test_three_people_approve_a_class_a_text_in_order(cast):
    revision = stages.submitted(cast)
    assert [step.title for step in revision.steps.all()] == ["初审", "复审", "终审"]
    for player in (cast.li, cast.zhou):
        approve(revision, player)
        revision = stages.fresh(revision)
        assert revision.progress == "reviewing"
    approve(revision, cast.wu)
    revision = stages.fresh(revision)
    assert (revision.progress, revision.step) == ("approved", 0)
    signed = list(revision.approvals.values_list("step_title", "person__name", "content_hash", "secrecy"))
    assert signed == [
        ("初审", "李审核", revision.content_hash, "open"),
        ("复审", "周复审", revision.content_hash, "open"),
        ("终审", "吴签发", revision.content_hash, "open"),
    ]


def test_what_is_signed_are_the_stored_bytes(cast):
    revision = stages.submitted(cast)
    data = files.read(revision.frozen_id)
    assert hashing.named(data) == revision.content_hash
    assert data == freezing.frozen_bytes(revision, freezing.content_of(revision))


def test_nobody_approves_their_own_text(cast):
    revision = stages.draft(cast)
    cast_author = cast.zhang
    from mingchuang.core import do as kernel
    from mingchuang.core.actor import Actor

    kernel.appoint(cast_author.person, Actor.system(), unit=cast.office, role=Role.REVIEWER, since=DAY, note="演示任命")
    do.submit(revision, cast.zhang.actor)
    revision = stages.fresh(revision)
    with pytest.raises(Refused) as refused:
        do.approve(
            revision,
            cast.zhang.as_role(Role.REVIEWER),
            content_hash=revision.content_hash,
            step=1,
            secrecy="open",
        )
    assert codes(refused) == {"records.own_text"}
    assert "初审" in str(refused.value)
    assert refused.value.issues[0].rule == "《政府信息公开条例》第十七条"


def test_who_only_changed_a_draft_is_an_author_too(cast):
    revision = stages.draft(cast)
    saved = do.save_draft(revision, cast.he.actor, {"keywords": "公开"}, version=revision.version)
    assert isinstance(saved, do.Saved)
    do.save_draft(saved.revision, cast.zhang.actor, {"keywords": "培训"}, version=saved.revision.version)
    do.submit(revision, cast.zhang.actor)
    revision = stages.fresh(revision)
    with pytest.raises(Refused) as refused:
        do.record_paper_approval(
            revision,
            cast.zhang.person,
            signer=cast.he.person,
            role=Role.REVIEWER,
            evidence=files.put(record_files.pdf("form"), "form.pdf"),
            content_hash=revision.content_hash,
            step=1,
            happened_on=DAY,
            secrecy="open",
        )
    assert "records.own_text" in codes(refused)


def test_nobody_approves_twice(cast):
    revision = stages.signed(cast, stages.submitted(cast), cast.li)
    with pytest.raises(Refused) as refused:
        approve(revision, cast.li)
    assert codes(refused) == {"records.twice"}
    assert "李审核已在“初审”环节签署过" in str(refused.value)


def test_a_changed_text_is_not_approved(cast):
    revision = stages.submitted(cast)
    with pytest.raises(Refused) as refused:
        approve(revision, cast.li, content_hash="sha256:" + "0" * 64)
    assert codes(refused) == {"records.changed_text"}


def test_an_approval_does_not_carry_to_a_text_that_was_changed(cast):
    revision = stages.signed(cast, stages.submitted(cast), cast.li, cast.zhou)
    with pytest.raises(Refused):
        do.save_draft(revision, cast.zhang.actor, {"title": "另一个名称"}, version=revision.version)
    again = do.revise(revision, cast.zhang.actor, note="名称有误")
    assert stages.fresh(revision).progress == "void"
    saved = do.save_draft(again, cast.zhang.actor, {"title": "另一个名称"}, version=again.version)
    do.submit(saved.revision, cast.zhang.actor)
    again = stages.fresh(again)
    assert again.step == 1
    assert again.approvals.count() == 0
    with pytest.raises(Refused) as refused:
        approve(again, cast.wu, content_hash=revision.content_hash, step=3)
    assert {"records.changed_text", "records.step"} <= codes(refused)


def test_the_same_words_in_another_revision_have_another_hash(cast):
    first = stages.submitted(cast)
    again = do.revise(first, cast.zhang.actor, note="重新送审")
    do.submit(again, cast.zhang.actor)
    assert stages.fresh(again).content_hash != first.content_hash


def test_of_two_who_see_the_same_step_the_second_is_told(cast):
    revision = stages.submitted(cast)
    approve(revision, cast.li)
    with pytest.raises(Refused) as refused:
        approve(revision, cast.zhou, step=1)
    assert codes(refused) == {"records.step"}
    assert "“初审”已由李审核签署，现在是“复审”环节" in str(refused.value)


def test_a_reviewer_cannot_sign_for_the_leader(cast):
    revision = stages.signed(cast, stages.submitted(cast, record_class="B"), cast.li)
    with pytest.raises(Refused) as refused:
        approve(revision, cast.zhou)
    assert codes(refused) == {"records.step_role"}


def test_a_leader_may_do_a_reviewers_part(cast):
    revision = stages.signed(cast, stages.submitted(cast), cast.li, cast.qian, cast.wu)
    assert revision.progress == "approved"


@pytest.mark.parametrize("conclusion", ["", "closed", "unsettled", "perhaps"])
def test_every_step_needs_the_conclusion_that_the_text_may_be_public(cast, conclusion):
    revision = stages.submitted(cast)
    with pytest.raises(Refused) as refused:
        approve(revision, cast.li, secrecy=conclusion)
    assert codes(refused) <= {"records.secrecy", "records.not_open"}
    assert not revision.approvals.exists()


def test_a_stranger_is_refused_and_every_reason_is_told(cast):
    revision = stages.submitted(cast)
    with pytest.raises(Refused) as refused:
        do.approve(revision, cast.wang_reviewer.actor, content_hash="sha256:" + "1" * 64, step=2)
    assert {"standing.unit", "records.changed_text", "records.step", "records.secrecy"} <= codes(refused)


def test_a_return_has_a_reason_and_leads_to_a_new_draft(cast):
    revision = stages.submitted(cast)
    with pytest.raises(Refused) as refused:
        do.return_(revision, cast.li.actor, content_hash=revision.content_hash, step=1, note=" ")
    assert codes(refused) == {"machine.note"}
    do.return_(
        revision, cast.li.actor, content_hash=revision.content_hash, step=1, note="数字有误", secrecy="unsettled"
    )
    returned = stages.fresh(revision)
    assert (returned.progress, returned.step) == ("returned", 0)
    assert returned.approvals.get().decision == "return"
    again = do.revise(returned, cast.zhang.actor)
    assert (again.ordinal, again.progress, again.title) == (2, "draft", revision.title)
    assert freezing.content_of(again).body == freezing.content_of(revision).body


def test_a_text_is_sent_back_by_whoever_has_the_turn_or_by_the_office(cast):
    revision = stages.signed(cast, stages.submitted(cast, record_class="B"), cast.li)
    told = {"content_hash": revision.content_hash, "step": 2, "note": "有误"}
    with pytest.raises(Refused) as refused:
        do.return_(revision, cast.zhou.actor, **told)
    assert codes(refused) == {"records.step_role"}
    do.return_(revision, cast.zhao.actor, **told)
    assert stages.fresh(revision).progress == "returned"


def test_a_signature_given_elsewhere_is_not_passed_off_as_given_here(cast):
    from mingchuang.core.act import act
    from mingchuang.core.actor import Actor, Way

    revision = stages.submitted(cast)
    told = {"content_hash": revision.content_hash, "facts": {"step": 1, "last_step": False, "secrecy": "open"}}
    scan = [files.put(record_files.pdf("form"), "form.pdf").sha256]
    behalf = Actor(cast.he.person, Role.REVIEWER, cast.office, on_behalf_of=cast.li.person, via=Way.PAPER)
    with pytest.raises(Refused) as refused:
        act(revision, "approve", behalf, evidence=scan, **told)
    assert codes(refused) == {"records.in_person"}
    with pytest.raises(Refused) as refused:
        act(revision, "approve_on_paper", cast.li.actor, evidence=scan, **told)
    assert codes(refused) == {"records.on_paper"}


def test_an_incomplete_draft_names_every_missing_field(cast):
    revision = stages.draft(cast, title="", body="<p> </p>", theme="", formed_on="")
    with pytest.raises(Refused) as refused:
        do.submit(revision, cast.zhang.actor)
    assert {issue.field for issue in refused.value.issues} == {"title", "body", "theme", "formed_on"}
    assert stages.fresh(revision).frozen_id is None


def test_a_text_not_meant_for_the_public_is_not_submitted(cast):
    revision = stages.draft(cast, disclosure="on_request")
    with pytest.raises(Refused) as refused:
        do.submit(revision, cast.zhang.actor)
    assert codes(refused) == {"policy.disclosure"}


def test_a_submission_of_a_draft_seen_before_a_change_is_refused(cast):
    revision = stages.draft(cast)
    do.save_draft(revision, cast.he.actor, {"keywords": "公开"}, version=revision.version)
    with pytest.raises(Refused) as refused:
        do.submit(revision, cast.zhang.actor, version=revision.version)
    assert codes(refused) == {"act.stale"}
    assert stages.fresh(revision).frozen_id is None


# -- on paper


def paper(cast, revision, **changed):
    told = {
        "signer": cast.wu.person,
        "role": Role.LEADER,
        "evidence": files.put(record_files.pdf("signed form"), "form.pdf"),
        "content_hash": revision.content_hash,
        "step": revision.step,
        "happened_on": DAY,
        "secrecy": "open",
    } | changed
    recorder = told.pop("recorder", cast.he.person)
    return do.record_paper_approval(revision, recorder, **told)


def test_a_signature_on_paper_counts_and_says_who_wrote_it_down(cast):
    revision = stages.signed(cast, stages.submitted(cast), cast.li, cast.zhou)
    event = paper(cast, revision)
    approval = Approval.objects.get(revision=revision, step=3)
    assert (approval.person, approval.recorder, approval.via) == (cast.wu.person, cast.he.person, "paper")
    assert approval.evidence_id == event.evidence[0]
    assert stages.fresh(revision).progress == "approved"


def test_nobody_records_their_own_signature(cast):
    revision = stages.signed(cast, stages.submitted(cast), cast.li, cast.zhou)
    with pytest.raises(Refused) as refused:
        paper(cast, revision, recorder=cast.wu.person)
    assert "standing.same" in codes(refused)


def test_a_form_with_another_hash_is_refused(cast):
    revision = stages.signed(cast, stages.submitted(cast), cast.li, cast.zhou)
    with pytest.raises(Refused) as refused:
        paper(cast, revision, content_hash="sha256:" + "2" * 64)
    assert codes(refused) == {"records.changed_text"}


def test_a_form_needs_a_picture_or_a_scan(cast):
    revision = stages.signed(cast, stages.submitted(cast), cast.li, cast.zhou)
    with pytest.raises(Refused) as refused:
        paper(cast, revision, evidence=files.put("口说无凭".encode(), "note.txt"))
    assert codes(refused) == {"records.paper_evidence"}


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (record_files.png()[:-6], "审签单.png", ["不完整"]),
        (record_files.png(60_000, 60_000), "审签单.png", ["60000×60000"]),
        (record_files.pdf()[:120], "审签单.pdf", ["PDF 已损坏"]),
        (record_files.png(), "审签单.exe", ["后缀是“.exe”，内容却是PNG图片"]),
        (record_files.pdf(catalogue=b"/OpenAction<</S/JavaScript/JS(app.alert(1))>>"), "审签单.pdf", ["JavaScript"]),
        (b"MZ\x90\x00\x03\x00\x00\x00\x04\x00" + b"\x00" * 90, "审签单.pdf", ["照片（JPG、PNG）", "后缀是“.pdf”"]),
    ],
)
def test_a_scan_is_looked_through_like_an_attachment(cast, data, name, says):
    revision = stages.signed(cast, stages.submitted(cast), cast.li, cast.zhou)
    with pytest.raises(Refused) as refused:
        paper(cast, revision, evidence=files.put(data, name), content_hash="sha256:" + "2" * 64)
    told = "\n".join(refused.value.reasons)
    assert "records.changed_text" in codes(refused), "every reason at once"
    for words in says:
        assert words in told, told


def test_a_day_before_the_unit_is_refused_with_its_name_and_no_code(cast):
    revision = stages.signed(cast, stages.submitted(cast), cast.li, cast.zhou)
    with pytest.raises(Refused) as refused:
        paper(cast, revision, happened_on=datetime.date(1900, 1, 1), late_reason="补录")
    told = "".join(refused.value.reasons)
    assert f"1900-01-01未担任{units.known_name(revision.record.unit, DAY)}的签发人" in told, told
    assert not re.search(r"[a-z]", told), told


def test_nothing_is_backdated_without_its_reason(cast):
    with now.travel(DAY - datetime.timedelta(days=1)):
        revision = stages.signed(cast, stages.submitted(cast), cast.li, cast.zhou)
    yesterday = DAY - datetime.timedelta(days=1)
    with pytest.raises(Refused) as refused:
        paper(cast, revision, happened_on=yesterday)
    assert codes(refused) == {"act.late_reason"}
    event = paper(cast, revision, happened_on=yesterday, late_reason="昨日系统停电")
    assert event.late
    assert event.late_reason == "昨日系统停电"


def by(cast, revision, player, day=DAY, **changed):
    """A signature of this player on paper, with a scan of its own."""
    scan = files.put(record_files.pdf(f"form {player.person.pk}"), "form.pdf")
    told = {"signer": player.person, "role": player.role, "evidence": scan, "happened_on": day} | changed
    return paper(cast, stages.fresh(revision), late_reason="补录" if day < now.today() else "", **told)


def test_days_of_signatures_follow_the_order_of_the_steps(cast):
    revision = stages.submitted(cast)
    with now.travel(DAY + datetime.timedelta(days=8)):
        by(cast, revision, cast.li, DAY + datetime.timedelta(days=7))
        with pytest.raises(Refused) as refused:
            by(cast, revision, cast.zhou, DAY + datetime.timedelta(days=6))
        assert codes(refused) == {"records.paper_order"}
        by(cast, revision, cast.zhou, DAY + datetime.timedelta(days=7))


def test_one_scan_of_several_signatures_is_recorded_by_somebody_who_wrote_nothing(cast):
    revision = stages.submitted(cast)
    scan = files.put(record_files.pdf("all three"), "form.pdf")
    by(cast, revision, cast.li, recorder=cast.zhang.person, evidence=scan)
    with pytest.raises(Refused) as refused:
        by(cast, revision, cast.zhou, recorder=cast.zhang.person, evidence=scan)
    assert codes(refused) == {"records.paper_same_scan"}
    by(cast, revision, cast.zhou, evidence=scan)
    by(cast, revision, cast.wu, evidence=scan)
    assert stages.fresh(revision).progress == "approved"


def test_the_author_does_not_record_all_signatures_of_class_a(cast):
    revision = stages.submitted(cast)
    for player in (cast.li, cast.zhou):
        by(cast, revision, player, recorder=cast.zhang.person)
    with pytest.raises(Refused) as refused:
        by(cast, revision, cast.wu, recorder=cast.zhang.person)
    assert codes(refused) == {"records.paper_all_by_authors"}
    by(cast, revision, cast.wu)
    assert stages.fresh(revision).progress == "approved"


def test_history_says_that_an_author_recorded_a_signature(cast):
    revision = stages.submitted(cast)
    by(cast, revision, cast.li, recorder=cast.zhang.person)
    by(cast, revision, cast.zhou)
    told = [entry.sentence for entry in timeline.of(revision.record) if entry.move == "approve_on_paper"]
    assert told[0].startswith("张经办代录李审核在纸质审签单上的签批（代录人参与起草本稿）：初审同意")
    assert told[1].startswith("何代录代录周复审在纸质审签单上的签批：复审同意")


def test_a_signer_whose_account_is_locked_today_signed_all_the_same(cast):
    from mingchuang.core import do as kernel
    from mingchuang.core.actor import Actor

    revision = stages.submitted(cast)
    kernel.open_account(cast.li.person, Actor.system(), username="li", password="chuang-ming-2019")
    kernel.lock_account(cast.li.person, Actor.system(), note="离岗")
    by(cast, revision, cast.li)
    assert stages.fresh(revision).step == 2


def test_a_text_of_tomorrow_is_not_submitted_today(cast):
    revision = stages.draft(cast, formed_on="2019-08-21", doc_number="")
    with pytest.raises(Refused) as refused:
        do.submit(revision, cast.zhang.actor)
    assert codes(refused) == {"records.formed_on"}


def test_nobody_signed_before_the_text_was_submitted(cast):
    revision = stages.signed(cast, stages.submitted(cast), cast.li, cast.zhou)
    with pytest.raises(Refused) as refused:
        paper(cast, revision, happened_on=datetime.date(2019, 8, 1), late_reason="补录")
    assert codes(refused) == {"records.paper_date"}


def test_the_kernel_alone_refuses_what_do_refuses(cast):
    """Writing around `do` with `act` meets the same checks: they are registered with the kernel."""
    from mingchuang.core.act import act

    revision = stages.signed(cast, stages.submitted(cast), cast.li)
    with pytest.raises(Refused) as refused:
        act(
            revision,
            "approve",
            cast.li.actor,
            content_hash=revision.content_hash,
            facts={"step": 2, "last_step": False, "secrecy": "open"},
        )
    assert codes(refused) == {"records.twice"}
    assert Event.objects.filter(move="approve").count() == 1
    assert Revision.objects.get(pk=revision.pk).step == 2


@pytest.mark.parametrize("day", ["1949-09-30", "0201-08-19"])
def test_no_text_was_formed_before_the_republic(cast, day):
    revision = stages.draft(cast, formed_on=day, doc_number="")
    with pytest.raises(Refused) as refused:
        do.submit(revision, cast.zhang.actor)
    assert codes(refused) == {"records.formed_on"}
    assert "1949年10月1日" in refused.value.reasons[0]
