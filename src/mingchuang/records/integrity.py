"""Whether what stands in the tables is what was signed: stored bytes, columns, attachments.

People sign canonical bytes; citizens are shown columns and files. Both are compared here, field by field, so that
nothing written around the software reaches the public under other people's signatures.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import zip_longest
from typing import Any

from django.core.exceptions import ObjectDoesNotExist

from mingchuang.core import files
from mingchuang.core.canonical import canonical_bytes
from mingchuang.norms.outcome import Issue
from mingchuang.records import freezing
from mingchuang.records.kind import Kind, UnknownKind, kind
from mingchuang.records.models import Attachment, Revision

RULE = "《政府信息公开条例》第十七条"


def intact(revision: Revision, *, deep: bool = True) -> list[Issue]:
    """What keeps a submitted text from being what was signed; empty when bytes, columns and attachments all are.

    `deep` hashes the stored attachments too; `verify` need not, because it hashes every stored file once anyway.
    """
    if revision.frozen_id is None:
        return [Issue("records.not_frozen", "此稿没有冻结文本，不能公开。", rule=RULE)]
    data = _signed_bytes(revision)
    issues = []
    if data is None:
        message = (
            f"存储的冻结文本与审签的内容指纹{short(revision.content_hash)}不一致，不能公开；请运行 mingchuang verify。"
        )
        issues.append(Issue("records.bytes_changed", message, rule=RULE))
    else:
        issues += _columns(revision, json.loads(data))
    return issues + [issue for row in _attachments(revision) for issue in _stored(row, deep)]


def short(content_hash: str) -> str:
    """The first twelve digits of a hash, as they are printed on the paper form."""
    return content_hash.partition(":")[2][:12] or content_hash[:12]


def _signed_bytes(revision: Revision) -> bytes | None:
    """The stored bytes, when they are there and have the hash that people signed."""
    try:
        data = files.read(revision.frozen_id or "")
    except (FileNotFoundError, ValueError):
        return None
    return data if freezing.matches(data, revision.content_hash) else None


def _attachments(revision: Revision) -> list[Attachment]:
    return sorted(revision.attachments.select_related("file"), key=lambda row: row.order)


def _columns(revision: Revision, signed: Mapping[str, Any]) -> Iterator[Issue]:
    """Every frozen field's column, the place of the text, and the attachment rows, against the signed document."""
    try:
        declared = kind(revision.record.kind)
        values = freezing.values_of(declared, revision, freezing.content_of(revision))
    except UnknownKind:
        yield Issue("records.unknown_kind", f"没有安装类别“{revision.record.kind}”，不能核对此稿。")
        return
    except ObjectDoesNotExist:
        yield Issue("records.content_missing", f"稿件{revision.pk}缺少“{declared.title}”的内容。")
        return
    rows = [freezing.attachment_entry(row) for row in _attachments(revision)]
    standing = freezing.document(
        declared,
        record=revision.record_id,
        ordinal=revision.ordinal,
        unit={"code": revision.record.unit.code, "name": signed["unit"]["name"]},
        values=values,
        attachments=rows,
    )
    now_is = json.loads(canonical_bytes(standing))
    yield from _place(now_is, signed)
    yield from _fields(declared, now_is, signed)
    yield from _rows(declared, now_is, signed)
    yield from _files(now_is["attachments"], signed["attachments"])


def _place(now_is: Mapping[str, Any], signed: Mapping[str, Any]) -> Iterator[Issue]:
    titles = {"kind": "类别", "record": "所属记录", "revision": "稿次", "unit": "公开机关"}
    for name, title in titles.items():
        if now_is[name] != signed[name]:
            message = f"数据库中的“{title}”与审签的冻结文本不一致，不能公开；请运行 mingchuang verify。"
            yield Issue("records.column_changed", message, field=name, rule=RULE)


def _fields(declared: Kind, now_is: Mapping[str, Any], signed: Mapping[str, Any]) -> Iterator[Issue]:
    # Under another schema fields have come or gone since: those that both know are compared, and what nobody signed
    # may not stand there.
    same_schema = now_is["schema"] == signed["schema"]
    for name in declared.frozen_names:
        unknown_then = name not in signed["fields"] and now_is["fields"][name] not in ("", None, [])
        known = same_schema or name in signed["fields"]
        if unknown_then or (known and now_is["fields"][name] != signed["fields"].get(name)):
            field = declared.field(name)
            label = field.label if field is not None else name
            message = f"数据库中的“{label}”与审签的冻结文本不一致，不能公开；请运行 mingchuang verify。"
            yield Issue("records.column_changed", message, field=name, rule=RULE)


def _rows(declared: Kind, now_is: Mapping[str, Any], signed: Mapping[str, Any]) -> Iterator[Issue]:
    """The rows of every table, in their order; the first that differs is named."""
    same_schema = now_is["schema"] == signed["schema"]
    for table in declared.tables:
        told = signed.get("tables", {}).get(table.name)
        standing = now_is["tables"][table.name]
        if standing == told or (told is None and not standing and not same_schema):
            continue
        pairs = zip_longest(standing, told or ())
        row = next(number for number, (now_row, then_row) in enumerate(pairs, 1) if now_row != then_row)
        message = f"数据库中“{table.label}”自第 {row} 行起与审签的冻结文本不一致，不能公开；请运行 mingchuang verify。"
        yield Issue("records.rows_changed", message, field=table.name, rule=RULE)


def _files(now_are: list[Mapping[str, Any]], signed: list[Mapping[str, Any]]) -> Iterator[Issue]:
    """Attachments in their order: how many, and of each what it is called and which bytes it is."""
    if len(now_are) != len(signed):
        message = f"审签时有{len(signed)}个附件，现在有{len(now_are)}个，不能公开；请运行 mingchuang verify。"
        yield Issue("records.attachment_changed", message, field="attachments", rule=RULE)
        return
    for place, (row, entry) in enumerate(zip(now_are, signed, strict=True), 1):
        if row != entry:
            message = f"附件{place}“{row['title']}”与审签时的附件“{entry['title']}”不一致，不能公开。"
            yield Issue("records.attachment_changed", message, field=f"attachment.{place}", rule=RULE)


def _stored(row: Attachment, deep: bool) -> Iterator[Issue]:
    """The bytes that citizens download are there, and (when `deep`) are those that the row names."""
    if not files.path(row.file_id).exists():
        message = f"附件“{row.title}”的文件缺失，不能公开；请运行 mingchuang verify。"
        yield Issue("records.attachment_missing", message, field=f"attachment.{row.order}")
    elif deep and any(files.unsound(iter([row.file]))):
        message = f"附件“{row.title}”的文件内容已被改动，不能公开；请运行 mingchuang verify。"
        yield Issue("records.attachment_bytes", message, field=f"attachment.{row.order}", rule=RULE)
