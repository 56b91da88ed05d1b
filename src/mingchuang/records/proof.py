"""What `mingchuang verify` asks of records: what is public is byte for byte what enough people approved."""

from __future__ import annotations

from collections.abc import Iterator

from mingchuang.core import files, verify
from mingchuang.norms.outcome import Issue
from mingchuang.records import checks, freezing, signatures
from mingchuang.records.kind import UnknownKind, kind
from mingchuang.records.models import Attachment, Record, Revision

_CHUNK = 500


def connect() -> None:
    """Register the checks; called once when the application starts."""
    verify.register("records.published", published)
    verify.register("records.frozen", frozen)
    verify.register("records.content", content_rows)


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
        if record.imported:
            least = 0
        for issue in [*checks.intact(revision), *(checks.sufficient(revision, least) if least else ())]:
            yield _about(record, issue)


def frozen() -> Iterator[Issue]:
    """Every text that was ever submitted keeps its bytes, public or not: signatures under a lost text prove nothing."""
    submitted = Revision.objects.exclude(frozen=None).exclude(record__visibility=Record.Visibility.PUBLIC)
    for pk, sha256, content_hash in submitted.values_list("pk", "frozen_id", "content_hash").iterator():
        try:
            same = freezing.matches(files.read(sha256), content_hash)
        except FileNotFoundError:
            same = False
        if not same:
            message = f"稿件{pk}的冻结文本与内容指纹{checks.short(content_hash)}不一致或者缺失。"
            yield Issue("records.bytes_changed", message, context={"revision": pk})


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


def _about(record: Record, issue: Issue) -> Issue:
    message = f"{record.index_number or record.pk}：{issue.message}"
    return Issue(issue.code, message, issue.field, issue.severity, issue.rule, {**issue.context, "record": record.pk})
