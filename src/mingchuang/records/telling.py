"""What a kind tells in public, declared instead of written: the rows above the article, the words that the index finds.

Both are made from the fields of the form: each says its value as its type is said to citizens.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from mingchuang.records import form_values, markup
from mingchuang.records.fields import day_words, moment_words, span_words
from mingchuang.records.form_values import KEYWORD_MARK
from mingchuang.records.kind import Field

Values = Mapping[str, Any]
Tell = Callable[[Values], str]
#: Where a text comes from: a field by name, several joined by a mark (`("，", "contact", "telephone")`), a function.
Source = str | tuple[str, ...] | Tell


def rows(fields: Sequence[Field], *pairs: tuple[str, Source]) -> Callable[[Values], tuple[tuple[str, str], ...]]:
    """`Kind.public_rows` out of (label, source); what says nothing is left out."""
    known = {field.name: field for field in fields}

    def public_rows(values: Values) -> tuple[tuple[str, str], ...]:
        told = ((label, _told(known, source, values)) for label, source in pairs)
        return tuple((label, text) for label, text in told if text)

    return public_rows


def words(fields: Sequence[Field], *sources: Source, **columns: tuple[str, ...]) -> Tell:
    """`Kind.index_text` out of sources, and for each table (by name) the columns that are found; a line for each."""
    known = {field.name: field for field in fields}

    def index_text(values: Values) -> str:
        return "\n".join(filter(None, lines(values)))

    def lines(values: Values) -> Iterator[str]:
        yield from (_told(known, source, values) for source in sources)
        for table, names in columns.items():
            yield from (" ".join(filter(None, (row[name] for name in names))) for row in values[table])

    return index_text


def year(name: str) -> Tell:
    """A field that holds a year: 2019年."""
    return lambda values: f"{values[name]}年" if values[name] else ""


def span(start: str, end: str) -> Tell:
    """Two fields with the first and the last day of a time, either of which may be open."""
    return lambda values: span_words(values[start], values[end])


def said(field: Field, value: Any) -> str:
    """A value as citizens read it: days in words, choices by label, figures with their unit, markup as its words."""
    if value in (None, ""):
        return ""
    told = _BY_TYPE.get(field.type)
    return told(field, value) if told else form_values.shown(field, value) + field.unit


_BY_TYPE: Mapping[str, Callable[[Field, Any], str]] = {
    "date": lambda field, value: day_words(value),
    "moment": lambda field, value: moment_words(value),
    "keywords": lambda field, value: str(value).replace(KEYWORD_MARK, " "),
    "html": lambda field, value: markup.plain_text(value),
    "choice": lambda field, value: dict(field.choices).get(value, ""),
}


def _told(known: Mapping[str, Field], source: Source, values: Values) -> str:
    if isinstance(source, str):
        return said(known[source], values[source])
    if isinstance(source, tuple):
        mark, *names = source
        return mark.join(filter(None, (said(known[name], values[name]) for name in names)))
    return source(values)
