"""A text as citizens will see it, before they do: the public template of its kind, fed from the desk."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mingchuang.core import now
from mingchuang.core.units import Directory
from mingchuang.desk import record_text
from mingchuang.records.kind import Kind, kind
from mingchuang.records.models import Record, Revision
from mingchuang.records.public_page import PublicPage, public_tables
from mingchuang.ui import wording
from mingchuang.ui.context import public_page

_LATER = "公开时编定"


def context(revision: Revision, path: str) -> dict[str, Any]:
    """What the preview's template needs: the public page's own names, filled from a text that is not public yet."""
    record = revision.record
    return {
        "page": public_page(path, title=revision.title or "（未命名）", noindex=True),
        "record": _page(record, revision),
        "attachments": record_text.attachments(revision),
        "template": kind(record.kind).template,
        "revision": revision,
    }


def _page(record: Record, revision: Revision) -> PublicPage:
    declared = kind(record.kind)
    today = now.today()
    values = record_text.values(revision)
    published_on = record.published_on or today
    validity = record.validity if declared.has_validity else ""
    return PublicPage(
        id=record.pk,
        address=f"/desk/records/{record.pk}/preview/",
        json_address="",
        title=values["title"],
        kind=declared.id,
        kind_title=declared.title,
        template=declared.template,
        values=values,
        facts=_facts(record, declared, values),
        tables=public_tables(declared, values, revision.record_id),
        files=(),
        unit_code=record.unit.code,
        unit_name=Directory.on(today).name(record.unit_id),
        year=published_on.year,
        index_number=record.index_number or "",
        published_on=published_on,
        corrected_on=record.corrected_on,
        validity=validity,
        validity_title=Record.Validity(validity).label if validity else "",
        content_hash=revision.content_hash or "送审后生成",
    )


def _facts(record: Record, declared: Kind, values: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """The table above the article; what publication gives is named as still to come."""
    validity = Record.Validity(record.validity).label if declared.has_validity else ""
    rows = (
        ("索引号", record.index_number or _LATER),
        *declared.public_rows(values),
        ("发布日期", wording.day(record.published_on) or _LATER),
        ("有效性", validity),
    )
    return tuple((label, text) for label, text in rows if text)
