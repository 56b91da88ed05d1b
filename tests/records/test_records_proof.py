"""`mingchuang verify` on records: whatever was changed around the software is found and named."""

from __future__ import annotations

import datetime

import pytest
from tests import record_stages as stages

from mingchuang.core import files, now
from mingchuang.records import do, freezing, proof
from mingchuang.records.models import Approval, Attachment, Record, Revision

pytestmark = pytest.mark.db
DAY = datetime.date(2019, 8, 20)


@pytest.fixture
def record(cast) -> Record:
    with now.travel(DAY):
        revision = stages.draft(cast)
        do.attach(revision, cast.zhang.actor, files.put("附件".encode(), "x.txt"), title="附件")
        do.submit(revision, cast.zhang.actor)
        revision = stages.signed(cast, stages.fresh(revision), *stages.signers(cast, "A"))
        do.publish(revision.record, cast.zhang.actor, content_hash=revision.content_hash)
        return Record.objects.get(pk=revision.record_id)


def found() -> set[str]:
    return {issue.code for check in (proof.published, proof.frozen, proof.content_rows) for issue in check()}


def overwrite(sha256: str) -> None:
    place = files.path(sha256)
    place.chmod(0o640)
    place.write_bytes(b"{}")


def test_nothing_is_wrong(record):
    assert found() == set()


def test_changed_bytes(record):
    overwrite(record.published.frozen_id)
    assert found() == {"records.bytes_changed"}
    assert any(record.index_number in issue.message for issue in proof.published())


def test_lost_bytes_of_a_text_that_is_not_public(cast, record):
    with now.travel(DAY):
        waiting = stages.submitted(cast)
    assert found() == set()
    files.path(waiting.frozen_id).unlink()
    assert found() == {"records.bytes_changed"}


def test_a_signature_taken_away(record):
    Approval.objects.filter(revision=record.published, step=3).delete()
    assert found() == {"records.step_missing", "records.too_few"}


def test_a_signature_under_another_hash(record):
    Approval.objects.filter(revision=record.published, step=1).update(content_hash="sha256:" + "0" * 64)
    assert found() == {"records.step_missing", "records.too_few"}


def test_an_author_written_in_as_signer(cast, record):
    Approval.objects.filter(revision=record.published, step=1).update(person=cast.zhang.person)
    assert found() == {"records.too_few"}


def test_a_text_put_in_place_of_the_published_one(cast, record):
    with now.travel(DAY):
        other = do.correct(record, cast.zhang.actor, note="更正")
    Record.objects.filter(pk=record.pk).update(published=other)
    assert {"records.not_frozen", "records.too_few"} <= found()


def test_a_lost_attachment(record):
    files.path(Attachment.objects.get(revision=record.published).file_id).unlink()
    assert found() == {"records.attachment_missing"}


def test_a_lost_content_row_and_an_unknown_kind(cast, record):
    freezing.content_of(Revision.objects.select_related("record").get(pk=record.published_id)).delete()
    assert "records.content_missing" in found()
    Record.objects.update(kind="gone")
    assert found() == {"records.unknown_kind"}


def unsaid() -> list[str]:
    return [issue.message for issue in proof.of_events() if issue.code == "records.not_of_events"]


def test_a_history_with_everything_in_it_is_what_its_events_say(cast, record):
    with now.travel(DAY + datetime.timedelta(days=1)):
        again = do.correct(record, cast.zhang.actor, note="更正")
        do.submit(again, cast.zhang.actor)
        returned = stages.fresh(again)
        do.return_(returned, cast.li.actor, content_hash=returned.content_hash, step=1, note="再改")
        again = do.revise(stages.fresh(again), cast.zhang.actor)
        do.submit(again, cast.zhang.actor)
        again = stages.signed(cast, stages.fresh(again), *stages.signers(cast, "A"))
        do.publish(record, cast.zhang.actor, content_hash=again.content_hash, note="更正")
        do.withdraw(record, cast.zhang.actor, reason="duplicate", note="重复公开", hide_title=True)
        stages.submitted(cast, doc_number="")
        stages.draft(cast, doc_number="")
    assert unsaid() == []
    assert found() == set()


def of_text(record: Record):
    return Approval.objects.filter(revision=record.published)


@pytest.mark.parametrize(
    ("tamper", "named"),
    [
        (lambda c, r: Record.objects.update(record_class="C"), "审签类别"),
        (lambda c, r: Record.objects.update(unit=c.justice.pk), "公开机关"),
        (lambda c, r: Record.objects.update(published_on=datetime.date(2019, 1, 1)), "发布日期"),
        (lambda c, r: Record.objects.update(index_number="GOV-OFFICE/2019-09999"), "索引号"),
        (lambda c, r: Record.objects.update(unit_slot=77), "单位年度序位"),
        (lambda c, r: Record.objects.update(year_slot=77), "年度序位"),
        (lambda c, r: Record.objects.update(corrected_on=DAY), "更正日期"),
        (lambda c, r: Record.objects.update(withdrawn_on=DAY), "撤下日期"),
        (lambda c, r: of_text(r).filter(step=2).update(person=c.qian.person.pk), "签署人"),
        (lambda c, r: of_text(r).filter(step=2).update(recorder=c.he.person.pk), "登记人"),
        (lambda c, r: of_text(r).filter(step=2).update(secrecy=""), "保密审查结论"),
        (lambda c, r: of_text(r).filter(step=2).update(decision="return"), "意见"),
        (lambda c, r: of_text(r).filter(step=2).update(happened_on=datetime.date(2019, 8, 1)), "签署日期"),
        (lambda c, r: of_text(r).filter(step=3).update(step=4), "环节"),
        (lambda c, r: of_text(r).filter(step=3).delete(), "已被删除"),
        (lambda c, r: r.published.steps.filter(number=3).delete(), "审签流程不一致"),
        (lambda c, r: r.published.steps.filter(number=1).update(secrecy=False), "审签流程不一致"),
        (lambda c, r: Revision.objects.update(submitted_on=datetime.date(2019, 8, 1)), "送审日期"),
        (lambda c, r: Revision.objects.update(step=2), "待签环节"),
    ],
)
def test_a_row_that_is_no_projection_of_its_events_is_named(cast, record, tamper, named):
    tamper(cast, record)
    assert named in "".join(unsaid())


def test_a_signature_written_around_the_software_has_no_event(cast, record):
    forged = of_text(record).get(step=3)
    forged.pk, forged.step, forged.person = None, 4, cast.qian.person
    forged.event = Approval.objects.filter(step=1).get().event
    forged.save(force_insert=True)
    assert any("绕过系统" in message or "不一致" in message for message in unsaid())


@pytest.mark.parametrize("state", ["reviewing", "withdrawn"])
def test_columns_are_held_against_the_signed_bytes_of_texts_that_are_not_public_too(cast, record, state):
    with now.travel(DAY):
        text = record.published
        if state == "withdrawn":
            do.withdraw(record, cast.zhang.actor, reason="other", note="撤下")
        else:
            text = stages.submitted(cast, doc_number="")
    assert found() == set()
    Revision.objects.filter(pk=text.pk).update(summary="另一句话")
    assert found() == {"records.column_changed"}
