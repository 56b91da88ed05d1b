"""Publication: only what enough people approved, byte for byte; once; corrected; withdrawn with a tombstone."""

from __future__ import annotations

import datetime

import pytest
from tests import record_stages as stages
from tests.record_faults import Faults
from tests.record_files import pdf

from mingchuang.core import files, now, verify
from mingchuang.core.models import Deadline, Event
from mingchuang.norms.outcome import Refused
from mingchuang.records import addresses, affected, do, paging, public_page, queries
from mingchuang.records.kind import kind
from mingchuang.records.kinds.policy.models import PolicyDocument
from mingchuang.records.models import Approval, Record, Revision, Series
from mingchuang.search.entry import Entry, Gone

pytestmark = pytest.mark.db
DAY = datetime.date(2019, 8, 20)


@pytest.fixture(autouse=True)
def _on_a_working_day():
    with now.travel(DAY):
        yield


def codes(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {issue.code for issue in refused.value.issues}


def publish(cast, revision, **options):
    return do.publish(revision.record, cast.zhang.actor, content_hash=revision.content_hash, **options)


def test_publication_gives_number_place_and_day(cast):
    revision = stages.approved(cast)
    event = publish(cast, revision)
    record = Record.objects.get(pk=revision.record_id)
    assert (record.visibility, record.validity, record.published_id) == ("public", "effective", revision.pk)
    assert (record.index_number, record.published_on) == ("GOV-OFFICE/2019-00001", DAY)
    assert (record.year, record.unit_slot, record.year_slot) == (2019, 1, 1)
    assert event.data["index_number"] == record.index_number
    assert event.content_hash == revision.content_hash
    assert public_page.frozen_json(record.pk) == files.read(revision.frozen_id)
    assert verify.run() == []


def test_the_clock_of_article_26_runs_from_the_day_of_the_text_and_is_met_by_publication(cast):
    revision = stages.approved(cast)
    deadline = Deadline.objects.get(about_kind="records.record", about_id=revision.record_id)
    assert (deadline.rule, deadline.due, deadline.clock) == (
        "information.publish",
        datetime.date(2019, 9, 17),
        "running",
    )
    publish(cast, revision)
    deadline.refresh_from_db()
    assert (deadline.clock, deadline.met_on) == ("met", DAY)


def test_another_day_in_the_draft_moves_the_clock_and_giving_up_ends_it(cast):
    revision = stages.draft(cast)
    saved = do.save_draft(revision, cast.zhang.actor, {"formed_on": "2019-08-12"}, version=revision.version)
    clocks = Deadline.objects.filter(about_id=revision.record_id).order_by("pk")
    assert [(row.clock, row.anchor) for row in clocks] == [
        ("void", datetime.date(2019, 8, 19)),
        ("running", datetime.date(2019, 8, 12)),
    ]
    do.discard(saved.revision, cast.zhang.actor, note="不再发布")
    assert not Deadline.objects.open().filter(about_id=revision.record_id).exists()


def test_a_class_a_text_with_two_approvals_is_not_published(cast):
    revision = stages.signed(cast, stages.submitted(cast), cast.li, cast.zhou)
    with pytest.raises(Refused) as refused:
        publish(cast, revision)
    assert {"records.step_missing", "records.too_few", "machine.guard"} <= codes(refused)
    assert "甲类（三审）须由3名不同人员审签，此稿只有2人签署" in str(refused.value)
    assert "缺少“终审”环节的签署" in str(refused.value)
    assert Record.objects.get(pk=revision.record_id).index_number is None
    assert not Series.objects.exists()


def test_two_approvals_are_too_few_even_where_the_route_and_the_state_were_written_around_act(cast):
    """Somebody with the database password cuts the route short and says «approved»: publication still counts people."""
    revision = stages.signed(cast, stages.submitted(cast), cast.li, cast.zhou)
    revision.steps.filter(number=3).delete()
    Revision.objects.filter(pk=revision.pk).update(progress="approved", step=0)
    with pytest.raises(Refused) as refused:
        publish(cast, stages.fresh(revision))
    assert codes(refused) == {"records.too_few", "records.not_of_events"}
    assert any("与其事件" in str(issue) or issue.code.startswith("verify.") for issue in verify.run())


def test_one_person_under_two_rows_counts_once(cast):
    revision = stages.approved(cast)
    Approval.objects.filter(revision=revision, step=2).delete()
    with pytest.raises(Refused) as refused:
        publish(cast, revision)
    assert codes(refused) == {"records.step_missing", "records.too_few", "records.not_of_events"}


def test_bytes_that_were_changed_in_the_store_are_not_published(cast):
    revision = stages.approved(cast)
    place = files.path(revision.frozen_id)
    place.chmod(0o640)
    place.write_bytes(place.read_bytes().replace("培训".encode(), "吃饭".encode()))
    with pytest.raises(Refused) as refused:
        publish(cast, revision)
    assert codes(refused) == {"records.bytes_changed"}


def test_a_missing_attachment_stops_publication(cast):
    revision = stages.draft(cast)
    file = files.put(pdf("table"), "table.pdf")
    do.attach(revision, cast.zhang.actor, file, title="任务分工表")
    do.submit(revision, cast.zhang.actor)
    revision = stages.signed(cast, stages.fresh(revision), *stages.signers(cast, "A"))
    files.path(file.sha256).unlink()
    with pytest.raises(Refused) as refused:
        publish(cast, revision)
    assert codes(refused) == {"records.attachment_missing"}


def test_another_text_than_the_one_seen_is_not_published(cast):
    revision = stages.approved(cast)
    with pytest.raises(Refused) as refused:
        do.publish(revision.record, cast.zhang.actor, content_hash="sha256:" + "3" * 64)
    assert codes(refused) == {"records.changed_text"}


@pytest.mark.parametrize("name", ["wang", "li", "sun", "zheng"])
def test_who_may_not_publish(cast, name):
    revision = stages.approved(cast)
    with pytest.raises(Refused) as refused:
        do.publish(revision.record, cast.players[name].actor, content_hash=revision.content_hash)
    assert codes(refused) & {"standing.unit", "machine.role"}


def test_publishing_twice_is_one_event(cast):
    revision = stages.approved(cast)
    first, second = publish(cast, revision), publish(cast, revision)
    assert first.pk == second.pk
    assert Event.objects.filter(move="publish").count() == 1
    assert Record.objects.get(pk=revision.record_id).unit_slot == 1


def test_a_correction_is_reviewed_again_and_keeps_number_and_place(cast):
    record = stages.published(cast)
    again = do.correct(record, cast.zhang.actor, note="联系电话有误")
    with pytest.raises(Refused) as refused:
        do.correct(record, cast.zhang.actor, note="又有误")
    assert codes(refused) == {"records.open_revision"}
    do.save_draft(again, cast.zhang.actor, {"title": "更正后的名称"}, version=again.version)
    assert public_page.page(record.pk).title != "更正后的名称"
    do.submit(again, cast.zhang.actor)
    again = stages.signed(cast, stages.fresh(again), *stages.signers(cast, "A"))
    with pytest.raises(Refused) as refused:
        publish(cast, again)
    assert codes(refused) == {"machine.note"}
    with now.travel(DAY + datetime.timedelta(days=1)):
        event = publish(cast, again, note="更正联系电话")
    after = Record.objects.get(pk=record.pk)
    assert event.move == "republish"
    assert (after.index_number, after.unit_slot, after.published_on) == (record.index_number, 1, DAY)
    page = public_page.page(record.pk)
    assert (page.title, page.corrected_on) == ("更正后的名称", DAY + datetime.timedelta(days=1))
    assert verify.run() == []


def test_a_withdrawal_leaves_a_tombstone_and_takes_everything_else(cast):
    revision = stages.draft(cast)
    file = files.put(pdf("table"), "table.pdf")
    do.attach(revision, cast.zhang.actor, file, title="任务分工表", name="分工 表.pdf")
    do.submit(revision, cast.zhang.actor)
    revision = stages.signed(cast, stages.fresh(revision), *stages.signers(cast, "A"))
    publish(cast, revision)
    record = revision.record
    page = public_page.page(record.pk)
    assert [entry.name for entry in page.files] == ["分工-表.pdf"]
    assert public_page.public_file(record.pk, file.sha256[:12], "分工-表.pdf") == file.sha256
    assert isinstance(public_page.index_entries([record.pk])[0], Entry)

    with pytest.raises(Refused) as refused:
        do.withdraw(record, cast.zhang.actor, reason="", note="")
    assert codes(refused) == {"records.withdrawal_reason", "machine.note"}
    event = do.withdraw(record, cast.zhang.actor, reason="mistake", note="附件中的数据有误，核实后重新公开。")
    again = do.withdraw(record, cast.zhang.actor, reason="mistake", note="附件中的数据有误，核实后重新公开。")
    assert event.pk == again.pk

    tombstone = public_page.page(record.pk)
    assert isinstance(tombstone, public_page.Tombstone)
    assert (tombstone.reason, tombstone.explanation) == ("内容有误", "附件中的数据有误，核实后重新公开。")
    assert public_page.frozen_json(record.pk) is None
    assert public_page.public_file(record.pk, file.sha256[:12], "分工-表.pdf") is None
    assert public_page.index_entries([record.pk]) == [Gone(f"records.record:{record.pk}")]
    assert queries.newest(10) == ()
    assert queries.unit_list("gov-office", 2019).rows == ()
    gone = affected.paths_for(event)
    assert addresses.record_json(record.pk) in gone.remove
    assert addresses.file(record.pk, file.sha256, "分工-表.pdf") in gone.remove
    assert addresses.record(record.pk) in gone.bake
    assert verify.run() == []


def test_a_title_that_must_not_be_repeated_is_not(cast):
    record = stages.published(cast)
    do.withdraw(record, cast.zhang.actor, reason="privacy", note="含有个人信息。", hide_title=True)
    assert public_page.page(record.pk).title == ""


def test_a_withdrawal_may_have_happened_earlier_with_its_reason(cast):
    record = stages.published(cast)
    with now.travel(DAY + datetime.timedelta(days=1)):
        with pytest.raises(Refused) as refused:
            do.withdraw(record, cast.zhang.actor, reason="mistake", note="有误", happened_on=DAY)
        assert codes(refused) == {"act.late_reason"}
        do.withdraw(
            record, cast.zhang.actor, reason="mistake", note="有误", happened_on=DAY, late_reason="昨日先行下线"
        )
    assert Record.objects.get(pk=record.pk).withdrawn_on == DAY


def test_what_was_withdrawn_comes_back_under_its_old_number_by_who_decides(cast):
    record = stages.published(cast)
    do.withdraw(record, cast.zhang.actor, reason="other", note="误撤")
    told = {"content_hash": record.published.content_hash, "note": "核实无误，恢复公开"}
    with pytest.raises(Refused) as refused:
        do.publish(record, cast.zhang.actor, **told)
    assert codes(refused) == {"records.return_role"}
    event = do.publish(record, cast.wu.actor, **told)
    after = Record.objects.get(pk=record.pk)
    assert (event.move, after.visibility, after.index_number) == ("republish", "public", record.index_number)
    assert (after.withdrawn_on, after.withdrawal_explanation) == (None, "")
    assert verify.run() == []


@pytest.mark.parametrize("reason", ["privacy", "mistake", "revoked"])
def test_a_text_that_was_itself_at_fault_does_not_come_back_and_a_new_one_does(cast, reason):
    record = stages.published(cast)
    waiting = do.correct(record, cast.zhang.actor, note="更正")
    do.submit(waiting, cast.zhang.actor)
    waiting = stages.signed(cast, stages.fresh(waiting), *stages.signers(cast, "A"))
    do.withdraw(record, cast.zhang.actor, reason=reason, note="撤下")
    with pytest.raises(Refused) as refused:
        do.publish(record, cast.wu.actor, content_hash=waiting.content_hash, note="审签在撤下之前")
    assert codes(refused) == {"records.withdrawn_text"}
    do.discard(waiting, cast.zhang.actor, note="重写")
    for player in (cast.zhang, cast.wu, cast.zhao):
        with pytest.raises(Refused) as refused:
            do.publish(record, player.actor, content_hash=record.published.content_hash, note="恢复")
        assert codes(refused) == {"records.withdrawn_text"}
    again = do.correct(record, cast.zhang.actor, note="改正")
    do.submit(again, cast.zhang.actor)
    again = stages.signed(cast, stages.fresh(again), *stages.signers(cast, "A"))
    publish(cast, again, note="改正后重新公开")
    assert Record.objects.get(pk=record.pk).visibility == "public"
    assert verify.run() == []


def test_nothing_is_withdrawn_before_it_was_public_nor_repealed_before_it_was_formed(cast):
    record = stages.published(cast)
    early = {"happened_on": datetime.date(2019, 8, 18), "late_reason": "补录"}
    with pytest.raises(Refused) as refused:
        do.withdraw(record, cast.zhang.actor, reason="other", note="撤下", **early)
    assert codes(refused) == {"records.withdrawn_on"}
    with pytest.raises(Refused) as refused:
        do.set_validity(record, cast.zhang.actor, "repealed", note="依据", **early)
    assert codes(refused) == {"records.validity_on"}
    do.set_validity(record, cast.zhang.actor, "repealed", note="依据", **{**early, "happened_on": DAY.replace(day=19)})


def test_numbers_are_never_given_again(cast):
    first = stages.published(cast)
    do.withdraw(first, cast.zhang.actor, reason="duplicate", note="重复")
    second = stages.published(cast, doc_number="青政办发〔2019〕911号")
    assert (first.index_number, second.index_number) == ("GOV-OFFICE/2019-00001", "GOV-OFFICE/2019-00002")
    assert second.unit_slot == 2


def test_validity_is_an_axis_with_its_basis(cast):
    record = stages.published(cast)
    with pytest.raises(Refused) as refused:
        do.set_validity(record, cast.zhang.actor, "repealed", note="")
    assert codes(refused) == {"machine.note"}
    do.set_validity(record, cast.zhang.actor, "repealed", note="青政发〔2019〕9号废止")
    assert public_page.page(record.pk).validity_title == "废止"
    with pytest.raises(Refused) as refused:
        do.set_validity(record, cast.zhang.actor, "repealed", note="再次")
    assert codes(refused) == {"records.validity_same"}


def test_kinds_that_have_no_validity_get_none(cast):
    notice = Faults("notice", kind("notice").samples[0], datetime.date(2019, 9, 20))
    with pytest.raises(Refused) as refused:
        do.set_validity(notice.published(cast), cast.zhang.actor, "repealed", note="依据")
    assert codes(refused) == {"records.no_validity"}


def test_a_document_lapses_by_itself_on_its_day_and_once(cast):
    record = stages.published(cast, effective_on="2019-08-19", expires_on="2019-12-31")
    stages.published(cast, doc_number="")
    assert do.lapse_expired(datetime.date(2019, 12, 30)) == []
    with now.travel(datetime.date(2019, 12, 31)):
        (event,) = do.lapse_expired(datetime.date(2019, 12, 31))
        assert do.lapse_expired(datetime.date(2020, 1, 1)) == []
    assert (event.subject_id, event.role) == (record.pk, "system")
    assert public_page.page(record.pk).validity_title == "失效"


def test_class_c_is_looked_at_again_by_somebody_else_in_one_working_day(cast):
    record = stages.published(cast, record_class="C")
    look = Deadline.objects.get(rule="review.second_look")
    assert (look.due, look.clock) == (datetime.date(2019, 8, 21), "running")
    content_hash = record.published.content_hash
    with pytest.raises(Refused) as refused:
        do.second_look(record, cast.li.actor, content_hash=content_hash, note="一致")
    assert codes(refused) == {"records.second_look"}
    do.second_look(record, cast.zhou.actor, content_hash=content_hash, note="与上级网站原文一致")
    look.refresh_from_db()
    assert look.clock == "met"


def test_a_corrected_class_c_text_is_looked_at_anew_and_a_withdrawn_one_not(cast):
    record = stages.published(cast, record_class="C")
    again = do.correct(record, cast.zhang.actor, note="更正")
    do.submit(again, cast.zhang.actor)
    again = stages.signed(cast, stages.fresh(again), cast.li)
    publish(cast, again, note="更正")
    looks = Deadline.objects.filter(rule="review.second_look").order_by("pk")
    assert [row.clock for row in looks] == ["void", "running"]
    do.withdraw(record, cast.zhang.actor, reason="mistake", note="有误")
    assert [row.clock for row in looks.all()] == ["void", "void"]


def test_other_classes_have_no_second_look(cast):
    record = stages.published(cast, record_class="B")
    assert not Deadline.objects.filter(rule="review.second_look").exists()
    with pytest.raises(Refused) as refused:
        do.second_look(record, cast.zhou.actor, content_hash=record.published.content_hash, note="一致")
    assert codes(refused) == {"records.second_look_class"}


def test_what_one_publication_touches(cast):
    record = stages.published(cast)
    event = Event.objects.get(move="publish")
    touched = affected.paths_for(event)
    assert set(touched.bake) == {
        f"/records/{record.pk}/", f"/records/{record.pk}/record.json",
        "/units/gov-office/2019/", "/units/gov-office/2019/1/", "/years/2019/", "/years/2019/1/",
        "/", "/units/", "/units/gov-office/", "/years/", "/feed.xml", "/sitemap.xml",
    }  # fmt: skip
    assert touched.files == ()
    assert affected.paths_for(Event.objects.filter(move="submit").get()) == affected.NOTHING
    assert paging.PAGE_SIZE == 20


def with_attachment(cast):
    revision = stages.draft(cast)
    do.attach(revision, cast.zhang.actor, files.put(pdf("table"), "table.pdf"), title="任务分工表")
    do.submit(revision, cast.zhang.actor)
    return stages.signed(cast, stages.fresh(revision), *stages.signers(cast, "A"))


def other_title(revision):
    Revision.objects.filter(pk=revision.pk).update(title="审签以后改的名称")


def other_body(revision):
    PolicyDocument.objects.filter(pk=revision.pk).update(body="<p>审签以后改的正文</p>")


def other_file(revision):
    revision.attachments.update(file=files.put(b"%PDF-1.7 never approved", "other.pdf"))


def other_file_title(revision):
    revision.attachments.update(title="另一个标题")


def one_more_file(revision):
    file = files.put(pdf("more"), "more.pdf")
    revision.attachments.create(order=9, title="多出来的", name="more.pdf", file=file)


def other_bytes_of_a_file(revision):
    place = files.path(revision.attachments.get().file_id)
    place.chmod(0o640)
    place.write_bytes(place.read_bytes().replace(b"table", b"TABLE"))


@pytest.mark.parametrize(
    ("tamper", "code"),
    [
        (other_title, "records.column_changed"),
        (other_body, "records.column_changed"),
        (other_file, "records.attachment_changed"),
        (other_file_title, "records.attachment_changed"),
        (one_more_file, "records.attachment_changed"),
        (other_bytes_of_a_file, "records.attachment_bytes"),
    ],
)
def test_what_was_changed_in_the_tables_after_the_signatures_is_not_published_and_named(cast, tamper, code):
    revision = with_attachment(cast)
    tamper(revision)
    with pytest.raises(Refused) as refused:
        publish(cast, stages.fresh(revision))
    assert codes(refused) == {code}
    assert {issue.code for issue in verify.run()} & {code, "files.content"}, "verify names it too"


def test_a_class_changed_around_the_software_stops_submission_and_publication(cast):
    revision = stages.draft(cast)
    Record.objects.filter(pk=revision.record_id).update(record_class="C")
    with pytest.raises(Refused) as refused:
        do.submit(stages.fresh(revision), cast.zhang.actor)
    assert codes(refused) == {"records.class_changed"}
    approved = stages.approved(cast)
    Record.objects.filter(pk=approved.record_id).update(record_class="C")
    with pytest.raises(Refused) as refused:
        publish(cast, stages.fresh(approved))
    assert codes(refused) == {"records.class_changed"}


def test_a_class_that_was_changed_in_the_draft_is_the_one_that_counts(cast):
    revision = stages.draft(cast)
    saved = do.save_draft(revision, cast.zhang.actor, {}, version=revision.version, record_class="B")
    do.submit(saved.revision, cast.zhang.actor)
    revision = stages.signed(cast, stages.fresh(revision), *stages.signers(cast, "B"))
    publish(cast, revision)
    assert verify.run() == []
