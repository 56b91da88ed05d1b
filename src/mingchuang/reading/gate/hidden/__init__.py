"""What a file hides: found in its bytes, told as findings, held against the rules on personal data.

>>> find(Source.of(data, "附表.xlsx"), data, date(2026, 11, 24))
[Finding(rule=hidden.sheet …), Finding(rule=privacy.id_number, place=工作表“附表”B2 …)]
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from mingchuang.reading.formats import child
from mingchuang.reading.formats.extract import Extract, Unreadable
from mingchuang.reading.formats.warm import ask
from mingchuang.reading.gate import personal
from mingchuang.reading.gate.finding import Finding, Source
from mingchuang.reading.gate.hidden.docx import search_docx
from mingchuang.reading.gate.hidden.found import Hidden, hidden_from_json
from mingchuang.reading.gate.hidden.kinds import kind_of
from mingchuang.reading.gate.rules import rule

__all__ = ["Hidden", "Inspection", "find", "findings", "inspect", "kind_of", "search"]


def find(source: Source, data: bytes, today: date) -> list[Finding]:
    """Findings on what the file hides; empty when it hides nothing, or is of a kind that cannot.

    ``data`` are the bytes of the file; ``today`` rejects ID numbers of people yet to be born. Raises ``Unreadable``,
    one Chinese sentence, for damaged, encrypted, hostile files and those that ask too much.
    """
    return findings(source, search(data), today)


def search(data: bytes) -> list[Hidden]:
    """What the file hides, with its texts (never to be printed); raises ``Unreadable``."""
    kind = kind_of(data)
    if not kind:
        return []
    if kind == "docx":
        return search_docx(data)
    told, _ = ask({"do": "search", "kind": kind}, data)
    return [hidden_from_json(one) for one in told["hidden"]]


@dataclass(frozen=True, slots=True)
class Inspection:
    """What one look into a PDF or XLSX gives: its readable text, or why there is none; and what it hides."""

    text: Extract | Unreadable
    hidden: list[Hidden]


def inspect(data: bytes) -> Inspection:
    """Text and hidden content of a PDF or XLSX out of one bounded process; half as long as one after the other.

    Raises ``Unreadable`` when the file cannot be looked into at all, ``ValueError`` for other kinds.
    """
    kind = kind_of(data)
    if kind not in {"pdf", "xlsx"}:
        raise ValueError(kind)
    told, _ = ask({"do": "inspect", "kind": kind, "parser": kind}, data)
    extract = told["extract"]
    text = Unreadable(extract["code"], extract["message"]) if "code" in extract else child.from_json(extract)
    return Inspection(text, [hidden_from_json(one) for one in told["hidden"]])


def findings(source: Source, hidden: Sequence[Hidden], today: date) -> list[Finding]:
    """A finding for each hidden thing, and one for each personal value in its texts, which names where it lies."""
    found: list[Finding] = []
    for one in hidden:
        if one.rule:
            found.append(source.finding(rule(one.rule), one.result, one.place, one.text, one.message))
        found += _personal(source, one, today)
    return found


def _personal(source: Source, hidden: Hidden, today: date) -> Iterator[Finding]:
    starts = list(accumulate((len(piece.text) + 1 for piece in hidden.pieces), initial=0))
    text = hidden.text
    for hit in personal.find(text, today):
        piece = hidden.pieces[bisect_right(starts, hit.start) - 1]
        for finding in personal.findings(text, [hit], source, piece.place):
            where = f"看不见的内容（{piece.place.words}）" if hidden.rule else piece.place.words
            yield source.finding(finding.rule, finding.result, piece.place, hit.value, f"{where}：{finding.message}")
