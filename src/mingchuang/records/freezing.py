"""Freezing a revision: from its columns to the canonical bytes that people sign, and what the stored bytes say.

RFC 8785 JSON of the fields of the text, the hashes of its attachments, and the version of the kind's schema. The bytes
go into the content-addressed store; their named hash (`sha256:…`) is what every approval names and what is printed on
the paper form. Columns are a projection of the bytes, so that a later migration breaks no old signature.

Outside lie what is decided about the text and not in it: 索引号, date of publication, validity, class, links.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from mingchuang.core import hashing, units
from mingchuang.core.canonical import canonical_bytes
from mingchuang.records import form_values, tables
from mingchuang.records.kind import Kind, kind
from mingchuang.records.models import Attachment, Content, Revision

#: Version of the envelope around a kind's fields; a change of its keys raises it.
ENVELOPE = "mingchuang/record/1"


def document(
    declared: Kind,
    *,
    record: int,
    ordinal: int,
    unit: Mapping[str, str],
    values: Mapping[str, Any],
    attachments: Iterable[Mapping[str, Any]],
) -> dict[str, Any]:
    """The object that is frozen. `values` maps the kind's frozen fields to column values; others are left aside.

    The rows of tables stand under `tables`, a key that only kinds with tables have: the bytes of the others, which
    people have signed, stay as they are.

    `record` and `ordinal` bind it to its place: an approval of one revision cannot be carried to another one with the
    same words. `unit` has `code` and `name`; an attachment has `title`, `name`, `type`, `size` and `sha256`.
    """
    fields = {f.name: form_values.canonical(f, values[f.name]) for f in declared.fields if f.frozen}
    rows = {table.name: form_values.canonical_rows(table, values[table.name]) for table in declared.tables}
    return {
        "envelope": ENVELOPE,
        "kind": declared.id,
        "schema": declared.schema,
        "record": record,
        "revision": ordinal,
        "unit": dict(unit),
        "fields": fields,
        **({"tables": rows} if declared.tables else {}),
        "attachments": [dict(attachment) for attachment in attachments],
    }


def values_of(declared: Kind, revision: Revision, content: Content) -> dict[str, Any]:
    """Every form field's column value, wherever it stands, and the rows of every table of the kind."""
    fields = {f.name: getattr(revision if f.home == "catalogue" else content, f.name) for f in declared.fields}
    return {**fields, **tables.of_revision(declared, revision)}


def content_of(revision: Revision) -> Content:
    """The content row of the revision's kind. Raises the model's DoesNotExist when there is none."""
    return kind(revision.record.kind).model._default_manager.get(pk=revision.pk)


def attachment_entry(attachment: Attachment) -> dict[str, Any]:
    """An attachment as it is signed: what it is called, and which bytes it is. Its file must be loaded."""
    return {
        "title": attachment.title,
        "name": attachment.name,
        "type": attachment.file.content_type,
        "size": attachment.file.size,
        "sha256": attachment.file.sha256,
    }


def frozen_bytes(revision: Revision, content: Content) -> bytes:
    """The canonical bytes of a revision as its columns stand now."""
    declared = kind(revision.record.kind)
    unit = revision.record.unit
    day = revision.submitted_on
    if day is None:
        raise ValueError("a revision is frozen on the day of its submission")
    attachments = revision.attachments.select_related("file").order_by("order")
    frozen = document(
        declared,
        record=revision.record_id,
        ordinal=revision.ordinal,
        unit={"code": unit.code, "name": units.name_of(unit, day)},
        values=values_of(declared, revision, content),
        attachments=[attachment_entry(attachment) for attachment in attachments],
    )
    return canonical_bytes(frozen)


def matches(data: bytes, content_hash: str) -> bool:
    """Whether stored bytes still have the hash that people signed."""
    return hashing.matches(data, content_hash)
