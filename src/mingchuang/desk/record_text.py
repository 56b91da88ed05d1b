"""The words of one text as pages show them: from its columns while it is a draft, from the frozen bytes afterwards."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mingchuang.core import files
from mingchuang.records import form_values, freezing, integrity
from mingchuang.records.form_values import KEYWORD_MARK
from mingchuang.records.kind import Field, Kind, kind
from mingchuang.records.models import Attachment as AttachmentRow
from mingchuang.records.models import Revision
from mingchuang.records.public_page import PublicTable, public_table
from mingchuang.ui.documents import Attachment


@dataclass(frozen=True)
class Text:
    """One text. `rows` are its short fields (label, words), `bodies` its long ones (label, markup), `tables` its
    rows.

    `frozen` says that this is what the fingerprint stands for; `intact` whether the stored bytes still have it.
    """

    title: str
    rows: Sequence[tuple[str, str]]
    bodies: Sequence[tuple[str, str]]
    tables: Sequence[PublicTable]
    attachments: Sequence[Attachment]
    content_hash: str
    frozen: bool
    intact: bool

    @property
    def short_hash(self) -> str:
        """The first digits, as they are printed on the paper form."""
        return integrity.short(self.content_hash)


def of(revision: Revision) -> Text:
    """The text of a revision, whichever place holds it."""
    declared = kind(revision.record.kind)
    if revision.frozen_id is None:
        values = freezing.values_of(declared, revision, freezing.content_of(revision))
        return _text(declared, revision, values, frozen=False, intact=True)
    try:
        data = files.read(revision.frozen_id)
    except FileNotFoundError:
        data = b""
    intact = bool(data) and freezing.matches(data, revision.content_hash)
    document: Mapping[str, Any] = json.loads(data) if intact else {}
    stored = {**document.get("fields", {}), **document.get("tables", {})}
    return _text(declared, revision, stored, frozen=True, intact=intact)


def values(revision: Revision) -> dict[str, Any]:
    """Every field of a revision as its columns hold it, for forms and comparisons."""
    declared = kind(revision.record.kind)
    return freezing.values_of(declared, revision, freezing.content_of(revision))


def _text(declared: Kind, revision: Revision, found: Mapping[str, Any], *, frozen: bool, intact: bool) -> Text:
    known = [field for field in declared.fields if field.name in found]
    return Text(
        title=str(found.get("title") or ""),
        rows=[(field.label, _words(field, found[field.name])) for field in known if field.type != "html"],
        bodies=[(field.label, str(found[field.name] or "")) for field in known if field.type == "html"],
        tables=[public_table(table, found[table.name]) for table in declared.tables if found.get(table.name)],
        attachments=attachments(revision, previews=True),
        content_hash=revision.content_hash,
        frozen=frozen,
        intact=intact,
    )


def _words(field: Field, value: Any) -> str:
    if isinstance(value, list):
        return KEYWORD_MARK.join(str(word) for word in value)
    return form_values.shown(field, value)


def attachments(revision: Revision, *, previews: bool = False) -> list[Attachment]:
    """The files of a text, at their addresses in the desk; with those of their previews when asked."""
    found = []
    for row in revision.attachments.select_related("file").order_by("order"):
        here = f"/desk/records/files/{row.pk}/"
        look = f"{here}preview/" if previews else ""
        found.append(Attachment(_called(row), here, row.file.size, row.file_id, look))
    return found


def _called(row: AttachmentRow) -> str:
    """The title with the ending of the file, which says what will open it."""
    ending = row.name.rpartition(".")[2]
    known = row.title.lower().endswith(f".{ending.lower()}") or not ending
    return row.title if known else f"{row.title}.{ending}"
