"""A policy document from a file: what the reader found becomes the form's values, for a clerk to look over.

Nothing is invented: a field that the text does not give stays empty and is asked for before submission.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mingchuang.reading import Reading, read_extract
from mingchuang.reading.formats import extract
from mingchuang.records import markup
from mingchuang.records.structured import structured, tidy
from mingchuang.records.terms import Disclosure

_MOST_SUMMARY = 200
_PROPERTIES = {
    "主动公开": Disclosure.PROACTIVE,
    "依申请公开": Disclosure.ON_REQUEST,
    "不予公开": Disclosure.NONE,
}


@dataclass(frozen=True, slots=True)
class Imported:
    """Values for `do.create`, the reader's warnings (sentences), and what was left out of the body."""

    values: Mapping[str, Any]
    warnings: tuple[str, ...]
    left_out: tuple[str, ...]


def from_file(data: bytes, name: str) -> Imported:
    """Read a file (TXT, DOCX, PDF, HTML). Raises `reading.Unreadable` with one Chinese sentence."""
    source = extract(data, name)
    reading = read_extract(source)
    body = structured(source, reading)
    cleaned = markup.clean(body.html)
    values = {
        "title": reading.title or "",
        "doc_number": reading.number or "",
        "formed_on": reading.date,
        "issuer": reading.issuer or "",
        "disclosure": _PROPERTIES[reading.property].value if reading.property else "",
        "summary": _summary(reading),
        "body": cleaned.html,
    }
    warnings = tuple(dict.fromkeys(warning.message for warning in reading.warnings))
    return Imported(values, warnings, body.left_out)


def _summary(reading: Reading) -> str:
    """The first sentence of the covering letter or the preamble: the document's own words, to be shortened by hand."""
    for kind in ("letter", "preamble"):
        for (start, end), node in reading.pieces():
            if node.kind == kind and (text := tidy(reading.text[start:end])):
                first = text.partition("。")[0] + "。"
                return first if len(first) <= _MOST_SUMMARY else f"{first[: _MOST_SUMMARY - 1]}…"
    return ""
