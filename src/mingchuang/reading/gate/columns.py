"""Numbers written down a column, one or a few digits to a cell: a row of a table reads across, a person reads down."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from mingchuang.reading.formats import Extract
from mingchuang.reading.gate import personal, unseen
from mingchuang.reading.gate.finding import Finding, Place, Source

_MOST_IN_CELL = 4
_LEAST_CELLS, _LEAST_DIGITS = 4, 11


def findings(text: Extract, source: Source, today: date) -> Iterator[Finding]:
    """ID and mobile numbers down a column; a person has to look at each."""
    for (table, column, row), digits in _runs(text):
        for hit in personal.find(digits, today):
            if hit.kind in {"id_number", "mobile"}:
                rule = personal.RULES[hit.kind]
                place = Place(f"第{table + 1}张表第{column + 1}列，从第{row + 1}行起")
                yield source.finding(rule, "uncertain", place, hit.value, f"疑似含有竖排的{rule.title}。")


def _runs(text: Extract) -> Iterator[tuple[tuple[int, int, int], str]]:
    """(table, column, first row) and the digits of cells that stand one below another."""
    cells: dict[tuple[int, int], list[tuple[int, str]]] = {}
    for block in text.blocks:
        if block.place is not None:
            said = unseen.without(text.text_of(block)).strip()
            if 0 < len(said) <= _MOST_IN_CELL and said.replace("X", "0").replace("x", "0").isdecimal():
                cells.setdefault((block.place.table, block.place.col), []).append((block.place.row, said.upper()))
    for (table, column), held in cells.items():
        held.sort()
        start = 0
        for at in range(1, len(held) + 1):
            if at == len(held) or held[at][0] != held[at - 1][0] + 1:
                run = held[start:at]
                digits = "".join(said for _, said in run)
                if len(run) >= _LEAST_CELLS and len(digits) in {_LEAST_DIGITS, 18}:
                    yield (table, column, run[0][0]), digits
                start = at
