"""A frozen document as the one text that the gate reads, and the way back from a place in it to the field it stands in.

Title, number and body stand first, as in a document; the other fields and the tables follow, so that nothing that will
be public goes unread.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from mingchuang.records import markup
from mingchuang.records.kind import Field, Kind
from mingchuang.ui import wording

_FIRST = ("title", "doc_number")


@dataclass(frozen=True, slots=True)
class Piece:
    """Where a field's words stand: `[start, end)` in code points of the text. `field` as forms call it."""

    field: str
    label: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class GateText:
    """The text and its pieces, in order."""

    text: str
    pieces: tuple[Piece, ...]

    def at(self, place: int) -> Piece | None:
        """The piece in which an offset lies."""
        found = bisect_right([piece.start for piece in self.pieces], place) - 1
        return self.pieces[found] if found >= 0 else None


def of(declared: Kind, document: Mapping[str, Any]) -> GateText:
    """The text of a canonical document (`freezing.document`)."""
    parts: list[str] = []
    pieces: list[Piece] = []
    length = 0
    for field, label, words in _words(declared, document):
        if not words.strip():
            continue
        pieces.append(Piece(field, label, length, length + len(words)))
        parts.append(words)
        length += len(words) + 1
    return GateText("\n".join(parts), tuple(pieces))


def _words(declared: Kind, document: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    fields = document["fields"]
    known = [field for field in declared.fields if field.name in fields]
    heads = [field for field in known if field.name in _FIRST]
    bodies = [field for field in known if field.type == "html"]
    others = [field for field in known if field not in heads and field not in bodies]
    for field in (*heads, *bodies, *others):
        if field.name == "formed_on" and fields["formed_on"]:
            # The date of a document, which forms hold apart: after the body, as on paper.
            yield field.name, field.label, wording.day(date.fromisoformat(fields["formed_on"]))
            continue
        yield field.name, field.label, _said(field, fields[field.name])
    for table in declared.tables:
        for number, row in enumerate(document.get("tables", {}).get(table.name, ()), 1):
            for column in (column for column in table.columns if not column.internal):
                place = f"{table.name}.{number}.{column.name}"
                yield place, f"{table.label}第 {number} 行“{column.label}”", _said(column, row[column.name])


def _said(field: Field, value: Any) -> str:
    """What of a value people wrote: chosen, dated and counted values are no words of theirs."""
    if value is None or field.type in {"choice", "date", "moment", "integer", "decimal"}:
        return ""
    if field.type == "html":
        return markup.plain_text(str(value))
    return "；".join(value) if isinstance(value, list) else str(value)
