"""What the public page of a record shows, as plain values: the text, its table, its attachments, or its tombstone."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mingchuang.core import files
from mingchuang.records import addresses, form_values, queries, references, tables
from mingchuang.records.kind import Kind, Table, kind
from mingchuang.records.models import Attachment, Record
from mingchuang.records.terms import WithdrawalReason
from mingchuang.search.entry import Entry, Gone
from mingchuang.ui import wording

INDEX_KEY = "records.record:{}"
_RECORD = (
    *("id", "kind", "visibility", "validity", "index_number", "year", "published_on", "corrected_on", "published_id"),
    *("unit_id", "unit__code", "published__content_hash", "published__frozen_id", "imported", "original_address"),
    *("published__adopted", "published__submitted_on", "import_source_id", "import_line"),
    *("withdrawn_on", "withdrawal_reason", "withdrawal_explanation", "withdrawal_hides_title"),
)


@dataclass(frozen=True, slots=True)
class PublicFile:
    """An attachment as a citizen gets it."""

    title: str
    name: str
    address: str
    size: int
    sha256: str
    content_type: str


@dataclass(frozen=True, slots=True)
class PublicTable:
    """Rows as citizens read them: text, cell by cell. `figures` are the places (from 0) of columns with numbers."""

    label: str
    heads: tuple[str, ...]
    figures: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Adopted:
    """Where history that was taken over comes from: on which day it came, out of which file, from which line."""

    day: datetime.date
    source: str
    line: int


@dataclass(frozen=True, slots=True)
class PublicPage:
    """A record that citizens may read. `values` are the kind's fields; `facts` the table above the article,
    `links` the other records that it names or that name it."""

    id: int
    address: str
    json_address: str
    title: str
    kind: str
    kind_title: str
    template: str
    values: Mapping[str, Any]
    facts: tuple[tuple[str, str], ...]
    tables: tuple[PublicTable, ...]
    files: tuple[PublicFile, ...]
    unit_code: str
    unit_name: str
    year: int
    index_number: str
    published_on: datetime.date
    corrected_on: datetime.date | None
    validity: str
    validity_title: str
    content_hash: str
    links: tuple[references.Links, ...] = ()
    adopted: Adopted | None = None


@dataclass(frozen=True, slots=True)
class Tombstone:
    """What stays at the address of a record that was taken down. `title` is empty where it may not be repeated."""

    id: int
    address: str
    title: str
    index_number: str
    unit_code: str
    unit_name: str
    published_on: datetime.date
    withdrawn_on: datetime.date
    reason: str
    explanation: str


def page(record_id: int) -> PublicPage | Tombstone | None:
    """What stands at a record's address; None where the public was never shown anything. A fixed number of queries."""
    row = Record.objects.filter(pk=record_id).values(*_RECORD).first()
    if row is None or row["visibility"] not in {Record.Visibility.PUBLIC, Record.Visibility.WITHDRAWN}:
        return None
    unit_name = queries.unit_names([row["unit_id"]], _named_on(row)).get(row["unit_id"], row["unit__code"])
    values = _values(kind(row["kind"]), [row["published_id"]])[row["published_id"]]
    if row["visibility"] == Record.Visibility.WITHDRAWN:
        return _tombstone(row, values, unit_name)
    return _public_page(row, values, unit_name)


def _named_on(row: Mapping[str, Any]) -> datetime.date:
    """The day whose name of the unit stands on the page: that of publication; of history that of its import, because
    the directory may not reach back."""
    day: datetime.date = row["published__submitted_on"] if row["published__adopted"] else row["published_on"]
    return day


def _public_page(row: Mapping[str, Any], values: Mapping[str, Any], unit_name: str) -> PublicPage:
    declared = kind(row["kind"])
    validity = row["validity"] if declared.has_validity else ""
    validity_title = Record.Validity(validity).label if validity else ""
    return PublicPage(
        id=row["id"],
        address=addresses.record(row["id"]),
        json_address=addresses.record_json(row["id"]),
        title=values["title"],
        kind=declared.id,
        kind_title=declared.title,
        template=declared.template,
        values=values,
        facts=_facts(row, values, validity_title),
        tables=public_tables(declared, values, row["id"]),
        files=_files(row["id"], row["published_id"]),
        unit_code=row["unit__code"],
        unit_name=unit_name,
        year=row["year"],
        index_number=row["index_number"],
        published_on=row["published_on"],
        corrected_on=row["corrected_on"],
        validity=validity,
        validity_title=validity_title,
        content_hash=row["published__content_hash"],
        links=references.links(declared, row["id"], row["index_number"], values),
        adopted=_adopted(row),
    )


def _adopted(row: Mapping[str, Any]) -> Adopted | None:
    """None for what was reviewed here, corrections of history among it."""
    if not row["published__adopted"]:
        return None
    return Adopted(row["published__submitted_on"], row["import_source_id"], row["import_line"])


def _facts(row: Mapping[str, Any], values: Mapping[str, Any], validity_title: str) -> tuple[tuple[str, str], ...]:
    """索引号 first, what the kind says, then what was decided about the text: 发布日期, 有效性 (docs/practice.md)."""
    history = "历史数据导入" if row["published__adopted"] else "历史信息补录" if row["imported"] else ""
    decided = (
        ("发布日期", wording.day(row["published_on"])),
        ("有效性", validity_title),
        ("来源", history),
        ("原地址", row["original_address"]),
    )
    found = (("索引号", row["index_number"]), *kind(row["kind"]).public_rows(values), *decided)
    return tuple((label, text) for label, text in found if text)


def public_tables(declared: Kind, values: Mapping[str, Any], record_id: int) -> tuple[PublicTable, ...]:
    """The tables of a text that have rows, then those that its kind works out."""
    own = (public_table(table, values[table.name]) for table in declared.tables if values[table.name])
    further = (PublicTable(t.label, t.heads, (), t.rows) for t in declared.further(values, record_id))
    return (*own, *further)


def public_table(table: Table, rows: Sequence[Mapping[str, Any]]) -> PublicTable:
    """The rows of one table as text; internal columns and those that are empty in every row are left out."""
    told = [column for column in table.columns if not column.internal]
    shown = [column for column in told if any(row[column.name] not in ("", None) for row in rows)]
    return PublicTable(
        label=table.label,
        heads=tuple(f"{column.label}（{column.unit}）" if column.unit else column.label for column in shown),
        figures=tuple(place for place, column in enumerate(shown) if column.type in {"integer", "decimal"}),
        rows=tuple(tuple(form_values.shown(column, row[column.name]) for column in shown) for row in rows),
    )


def _tombstone(row: Mapping[str, Any], values: Mapping[str, Any], unit_name: str) -> Tombstone:
    return Tombstone(
        id=row["id"],
        address=addresses.record(row["id"]),
        title="" if row["withdrawal_hides_title"] else values["title"],
        index_number=row["index_number"],
        unit_code=row["unit__code"],
        unit_name=unit_name,
        published_on=row["published_on"],
        withdrawn_on=row["withdrawn_on"],
        reason=WithdrawalReason(row["withdrawal_reason"]).label,
        explanation=row["withdrawal_explanation"],
    )


def _files(record_id: int, revision_id: int) -> tuple[PublicFile, ...]:
    found = Attachment.objects.filter(revision_id=revision_id).order_by("order")
    rows = found.values("title", "name", "file_id", "file__size", "file__content_type")
    return tuple(
        PublicFile(
            title=row["title"],
            name=row["name"],
            address=addresses.file(record_id, row["file_id"], row["name"]),
            size=row["file__size"],
            sha256=row["file_id"],
            content_type=row["file__content_type"],
        )
        for row in rows
    )


def _values(declared: Kind, revisions: Iterable[int]) -> dict[int, dict[str, Any]]:
    """Revision key → every field of the form, from both tables in one query, and one more for each table of rows."""
    columns = {f.name: f.name if f.home == "content" else f"revision__{f.name}" for f in declared.fields}
    rows = declared.model._default_manager.filter(pk__in=set(revisions)).values("revision_id", *columns.values())
    found = {row["revision_id"]: {name: row[column] for name, column in columns.items()} for row in rows}
    for table in declared.tables:
        given = tables.rows_of_many(found, table)
        for key, values in found.items():
            values[table.name] = given.get(key, ())
    return found


def frozen_json(record_id: int) -> bytes | None:
    """`record.json`: byte for byte what was approved; None when the record is not public."""
    frozen = queries.public().filter(pk=record_id).values_list("published__frozen_id", flat=True).first()
    return files.read(frozen) if frozen else None


def public_file(record_id: int, hash_digits: str, name: str) -> str | None:
    """The SHA-256 behind the address of a public attachment; None when there is none (any more)."""
    found = Attachment.objects.filter(
        revision_id__in=queries.public().filter(pk=record_id).values("published_id"),
        file__sha256__startswith=hash_digits[: addresses.HASH_DIGITS],
        name=name,
    )
    return found.values_list("file_id", flat=True).first() if len(hash_digits) == addresses.HASH_DIGITS else None


def index_entries(ids: Iterable[int]) -> list[Entry | Gone]:
    """How records stand in the search index now: `Entry` for public ones, `Gone` for all others asked about."""
    wanted = list(dict.fromkeys(ids))
    rows = list(queries.public().filter(pk__in=wanted).values(*_RECORD))
    names = {
        day: queries.unit_names((r["unit_id"] for r in rows if _named_on(r) == day), day)
        for day in {_named_on(row) for row in rows}
    }
    entries: dict[int, Entry | Gone] = {pk: Gone(INDEX_KEY.format(pk)) for pk in wanted}
    for kind_id in {row["kind"] for row in rows}:
        declared = kind(kind_id)
        own = [row for row in rows if row["kind"] == kind_id]
        values = _values(declared, (row["published_id"] for row in own))
        for row in own:
            name = names[_named_on(row)].get(row["unit_id"], row["unit__code"])
            entries[row["id"]] = _entry(declared, row, values[row["published_id"]], name)
    return list(entries.values())


def _entry(declared: Kind, row: Mapping[str, Any], values: Mapping[str, Any], unit_name: str) -> Entry:
    return Entry(
        key=INDEX_KEY.format(row["id"]),
        kind=declared.id,
        kind_name=declared.title,
        unit=row["unit__code"],
        unit_name=unit_name,
        title=values["title"],
        url=addresses.record(row["id"]),
        number=values.get("doc_number", ""),
        codes=(row["index_number"],),
        summary=values["summary"],
        body=declared.index_text(values),
        date=row["published_on"],
        year=row["year"],
    )
