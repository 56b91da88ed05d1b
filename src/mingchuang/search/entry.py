"""What the index holds of one public document, and how it is laid out in the engine's fields."""

from __future__ import annotations

import datetime as dt
import json
import zlib
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

import tantivy

from mingchuang.search.figures import number_keys, squeezed
from mingchuang.search.tokens import TOKENS_VERSION, tokenize

#: Part of the index header: an index laid out by another version is rebuilt.
SCHEMA_VERSION = 2
#: Divides code and label in the fields behind the facets; cannot come from a form field.
LABEL_DIVIDER = "\x1f"
#: Key of the one row that is no document: how far the event sequence is indexed, committed with the documents.
POSITION_KEY = "\x01position"


@dataclass(frozen=True, slots=True)
class Entry:
    """One public document. Everything a results page needs is here, so that search answers with the database away.

    `key` identifies it for replacement and removal (say `records.record:12`); `url` is its permanent address;
    `kind` and `unit` are codes, `kind_name` and `unit_name` their Chinese names at the time of writing;
    `number` is the document's own, `codes` are others that it is filed under (索引号) and found by in any form;
    `date` is the day shown and sorted by (Asia/Shanghai), absent when there is none; `year` follows it unless given.
    """

    key: str
    kind: str
    unit: str
    title: str
    url: str
    kind_name: str = ""
    unit_name: str = ""
    number: str = ""
    summary: str = ""
    body: str = ""
    date: dt.date | None = None
    year: int | None = None
    codes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.key or self.key == POSITION_KEY:
            raise ValueError("an entry needs a key of its own")

    @property
    def filed_year(self) -> str:
        year = self.year if self.year is not None else self.date.year if self.date else None
        return "" if year is None else str(year)


@dataclass(frozen=True, slots=True)
class Gone:
    """A document that is public no more, or never was: nothing of it may be found."""

    key: str


def schema() -> tantivy.Schema:
    """The index's fields. `words` and `grams` hold title, number, summary and body; the title has a pair of its own."""
    builder = tantivy.SchemaBuilder()
    for name in ("key", "kind", "unit", "year", "number"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in ("unit_label", "kind_year"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    for name in ("words", "title_words"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    for name in ("grams", "title_grams"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="position")
    builder.add_unsigned_field("day", indexed=True, fast=True)
    builder.add_unsigned_field("recency", fast=True)
    builder.add_unsigned_field("position", stored=True)
    # Bytes, because the engine indexes every text field, and a whole body as one term would be dead weight.
    builder.add_bytes_field("shown", stored=True)
    builder.add_bytes_field("body", stored=True)
    return builder.build()


def document(entry: Entry) -> tantivy.Document:
    """The engine's document for an entry."""
    made = tantivy.Document()
    day = entry.date.toordinal() if entry.date else 0
    everything = tokenize("\n\n".join((entry.title, entry.number, *entry.codes, entry.summary, entry.body)))
    title = tokenize(entry.title)
    for name, text in (
        ("key", entry.key),
        ("kind", entry.kind),
        ("unit", entry.unit),
        ("year", entry.filed_year),
        ("unit_label", LABEL_DIVIDER.join((entry.unit, entry.unit_name))),
        ("kind_year", LABEL_DIVIDER.join((entry.kind, entry.kind_name, entry.filed_year))),
        ("words", everything.words),
        ("grams", everything.grams),
        ("title_words", title.words),
        ("title_grams", title.grams),
    ):
        made.add_text(name, text)
    made.add_bytes("shown", json.dumps(_shown(entry), ensure_ascii=False).encode("utf-8", "replace"))
    made.add_bytes("body", entry.body.encode("utf-8", "replace"))
    for key in dict.fromkeys((*number_keys(entry.number), *map(squeezed, entry.codes))):
        if key:
            made.add_text("number", key)
    made.add_unsigned("day", day)
    # Equal days stand in an order that is arbitrary but the same on every node and every page.
    made.add_unsigned("recency", day << 32 | zlib.crc32(entry.key.encode()))
    return made


def position_row(position: int) -> tantivy.Document:
    """The row that says how far the event sequence is indexed. It has a value in every counted field, because a column
    with gaps is read more slowly; no text and no facet finds it."""
    made = tantivy.Document()
    made.add_text("key", POSITION_KEY)
    made.add_text("unit_label", LABEL_DIVIDER)
    made.add_text("kind_year", LABEL_DIVIDER * 2)
    made.add_unsigned("day", 0)
    made.add_unsigned("recency", 0)
    made.add_unsigned("position", position)
    return made


def _shown(entry: Entry) -> dict[str, Any]:
    """The entry besides its body: what a hit shows, and what `stored` makes the entry from again."""
    names = ("key", "url", "kind", "kind_name", "unit", "unit_name", "number", "title", "summary", "year")
    date = entry.date.isoformat() if entry.date else None
    return {name: getattr(entry, name) for name in names} | {"codes": list(entry.codes), "date": date}


def stored(found: tantivy.Document) -> Entry | None:
    """The entry that a document of the index was made from; None for the position row."""
    told, body = found.get_first("shown"), found.get_first("body")
    if told is None:
        return None
    shown = json.loads(bytes(told))
    date = shown.pop("date")
    return Entry(
        **shown | {"codes": tuple(shown["codes"])},
        body=bytes(body or b"").decode("utf-8", "replace"),
        date=dt.date.fromisoformat(date) if date else None,
    )


def header() -> dict[str, str | int]:
    """What an index must have been made by to be read by this code."""
    return {
        "schema": SCHEMA_VERSION,
        "tokens": TOKENS_VERSION,
        "engine": f"tantivy {version('tantivy')}",
        "dictionary": f"rjieba {version('rjieba')}",
    }
