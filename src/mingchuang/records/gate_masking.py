"""Personal data of a draft masked by the table of norms §15.4, field by field: what would change, the changed values.

The same rules that find also mask, so that what is left after masking is what a person decided to keep.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from mingchuang.core import now
from mingchuang.reading.gate import Source, personal
from mingchuang.reading.gate.cleaning import text as masking
from mingchuang.reading.gate.cleaning.text import Replacement, Use
from mingchuang.records import freezing, markup_text
from mingchuang.records.gate import Found
from mingchuang.records.kind import Field, Kind, Table, kind
from mingchuang.records.models import Revision

#: Types of fields in which people write words; a number, a day or a choice holds nobody's telephone number.
_WRITTEN = frozenset({"line", "text", "html", "keywords"})


@dataclass(frozen=True, slots=True, repr=False)
class Masking:
    """One value in one field (or cell), as often as it stands there. `key` names it without telling it; `field` is
    what forms call the place, `before` and `after` are the words around and the value between them, for the editor's
    eyes alone."""

    key: str
    field: str
    label: str
    kind: personal.Kind
    value: str
    times: int
    before: tuple[str, str, str]
    after: tuple[str, str, str]

    @property
    def title(self) -> str:
        """What the value is: 手机号码."""
        return personal.RULES[self.kind].title


@dataclass(frozen=True, slots=True, repr=False)
class _Place:
    """A field or cell: its declaration, its address, its words as they are searched."""

    field: Field
    name: str
    label: str
    words: str
    markup: markup_text.Words | None

    @classmethod
    def of(cls, field: Field, name: str, label: str, value: Any) -> _Place:
        words = markup_text.words_of(str(value or "")) if field.type == "html" else None
        return cls(field, name, label, words.text if words else str(value or ""), words)

    def replacements(self, today: date, use: Use) -> list[Replacement]:
        return masking.replacements(self.words, today, use)

    def key(self, one: Replacement) -> str:
        """The same value in the same field has the same key; nobody learns the value from it: it is bound to all the
        words that stand around it."""
        told = "\0".join((self.name, one.kind, one.value, self.words))
        return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:32]

    def put(self, changes: Sequence[Replacement]) -> str:
        """The field's value with these changes made."""
        if self.markup is None:
            return masking.apply(self.words, changes)
        return markup_text.replaced(self.markup, [(one.start, one.end, one.shown) for one in changes])


_AROUND = 16


def maskings(revision: Revision, use: Use) -> list[Masking]:
    """Every personal value of a draft, field by field, with what would stand there instead."""
    today = now.today()
    found: dict[str, Masking] = {}
    for place in _places(revision):
        for one in place.replacements(today, use):
            key = place.key(one)
            if key in found:
                found[key] = replace(found[key], times=found[key].times + 1)
                continue
            head = place.words[max(0, one.start - _AROUND) : one.start].rpartition("\n")[2]
            tail = place.words[one.end : one.end + _AROUND].partition("\n")[0]
            before, after = (head, place.words[one.start : one.end], tail), (head, one.shown, tail)
            found[key] = Masking(key, place.name, place.label, one.kind, one.value, 1, before, after)
    return list(found.values())


def masked_values(revision: Revision, chosen: Collection[str], use: Use) -> dict[str, Any]:
    """Form field or table → its value with the chosen maskings made; empty when none of them is there any more."""
    today = now.today()
    declared = kind(revision.record.kind)
    values = freezing.values_of(declared, revision, freezing.content_of(revision))
    changed: dict[str, Any] = {}
    for place in _places(revision):
        changes = [one for one in place.replacements(today, use) if place.key(one) in chosen]
        if not changes:
            continue
        table, _, rest = place.name.partition(".")
        if not rest:
            changed[place.name] = place.put(changes)
            continue
        number, _, column = rest.partition(".")
        rows = changed.setdefault(table, [dict(row) for row in values[table]])
        rows[int(number) - 1][column] = place.put(changes)
    return changed


def _places(revision: Revision) -> Iterator[_Place]:
    declared = kind(revision.record.kind)
    values = freezing.values_of(declared, revision, freezing.content_of(revision))
    for field in declared.fields:
        if field.type in _WRITTEN:
            yield _Place.of(field, field.name, field.label, values[field.name])
    for table in declared.tables:
        yield from _cells(table, values[table.name])


def _cells(table: Table, rows: Sequence[Mapping[str, Any]]) -> Iterator[_Place]:
    for number, row in enumerate(rows, 1):
        for column in table.columns:
            if column.type in _WRITTEN:
                label = f"{table.label}第 {number} 行“{column.label}”"
                yield _Place.of(column, f"{table.name}.{number}.{column.name}", label, row[column.name])


def named_by(found: Found, verdict_text: str, choices: Sequence[Masking]) -> list[Masking]:
    """The maskings that a finding of the gate is about: the same value in the same field (`verdict_text`: the text that
    the gate read, under whose key it hashed the value)."""
    source = Source.of(verdict_text.encode("utf-8", "surrogatepass"), "")
    rule, told = found.finding.rule, found.finding.text_hash
    return [
        one
        for one in choices
        if one.field == found.field and personal.RULES[one.kind] == rule and source.text_hash(one.value) == told
    ]


def usual(declared: Kind) -> Use:
    """How a kind is masked unless somebody says otherwise: lists that have to tell people apart keep the ends."""
    return "list" if declared.channel == "board" else "document"
