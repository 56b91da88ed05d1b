"""What `mingchuang verify` asks of records: what is public is byte for byte what enough people approved."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TypeVar

from django.db.models import F

from mingchuang.core import verify
from mingchuang.norms.outcome import Issue
from mingchuang.records import adoption, checks, integrity, provenance, signatures
from mingchuang.records.kind import UnknownKind, kind
from mingchuang.records.models import Attachment, Record, Revision

_CHUNK = 500
Row = TypeVar("Row", Record, Revision)


def connect() -> None:
    """Register the checks; called once when the application starts."""
    verify.register("records.published", published)
    verify.register("records.frozen", frozen)
    verify.register("records.content", content_rows)
    verify.register("records.events", of_events)


def published() -> Iterator[Issue]:
    """Every public text: its bytes have the signed hash, its attachments are there, its signatures suffice."""
    public = Record.objects.filter(visibility=Record.Visibility.PUBLIC).select_related("unit", "published")
    for record in public.order_by("pk").iterator(chunk_size=_CHUNK):
        revision = record.published
        if revision is None:
            yield _about(record, Issue("records.no_revision", "没有公开稿。"))
            continue
        revision.record = record
        day = revision.submitted_on or record.published_on
        least = signatures.at_least(record.record_class, record.unit.region, day) if day else 0
        if adoption.adopted(revision):
            least = 0  # public before this system: its event names the file, not signatures
        for issue in [*integrity.intact(revision, deep=False), *(checks.sufficient(revision, least) if least else ())]:
            yield _about(record, issue)


def frozen() -> Iterator[Issue]:
    """Every text that was ever submitted keeps its bytes, public or not: signatures under a lost text prove nothing."""
    submitted = Revision.objects.exclude(frozen=None).exclude(
        record__visibility=Record.Visibility.PUBLIC, pk=F("record__published")
    )
    for revision in submitted.select_related("record__unit").order_by("pk").iterator(chunk_size=_CHUNK):
        for issue in integrity.intact(revision, deep=False):
            message = f"稿件{revision.pk}：{issue.message}"
            yield Issue(issue.code, message, issue.field, rule=issue.rule, context={"revision": revision.pk})


def of_events() -> Iterator[Issue]:
    """Every record and every submitted text says what its events say."""
    records = Record.objects.select_related("unit").order_by("pk")
    for some_records in _chunks(records.iterator(chunk_size=_CHUNK)):
        yield from provenance.of_records(some_records)
    for some in _chunks(Revision.objects.order_by("pk").iterator(chunk_size=_CHUNK)):
        yield from provenance.of_revisions(some)


def content_rows() -> Iterator[Issue]:
    """Every text has the row of its kind."""
    for kind_id in Record.objects.order_by("kind").values_list("kind", flat=True).distinct():
        try:
            declared = kind(kind_id)
        except UnknownKind:
            yield Issue("records.unknown_kind", f"没有安装类别“{kind_id}”，其记录无法核对。", context={"kind": kind_id})
            continue
        texts = Revision.objects.filter(record__kind=kind_id)
        for pk in texts.exclude(pk__in=declared.model._default_manager.values("pk")).values_list("pk", flat=True):
            yield Issue("records.content_missing", f"稿件{pk}缺少“{declared.title}”的内容。", context={"revision": pk})
    shared = Attachment.objects.exclude(file__size__gt=0).values_list("pk", flat=True)
    for pk in shared:
        yield Issue("records.attachment_empty", f"附件{pk}是空文件。", context={"attachment": pk})


def _chunks(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while chunk := list(islice(rows, _CHUNK)):
        yield chunk


def _about(record: Record, issue: Issue) -> Issue:
    message = f"{record.index_number or record.pk}：{issue.message}"
    return Issue(issue.code, message, issue.field, issue.severity, issue.rule, {**issue.context, "record": record.pk})
