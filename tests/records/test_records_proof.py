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
        do.attach(revision, cast.zhang.actor, files.put(b"%PDF-1.7 x", "x.pdf"), title="附件")
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
