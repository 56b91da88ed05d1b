"""What figures of a budget must prove: sums of classes, parts of a whole, both sides of the balance. Exact decimals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

Rows = Sequence[Mapping[str, Any]]
_NOTHING = Decimal(0)


def total(rows: Iterable[Mapping[str, Any]], column: str) -> Decimal:
    """The sum of a column; empty cells count nothing."""
    return sum((row[column] for row in rows if row[column] is not None), _NOTHING)


def broken_parts(rows: Rows, whole: str, parts: Sequence[str]) -> Iterator[tuple[int, Decimal, Decimal]]:
    """(row from 1, what stands there, what its parts make) of each row whose `whole` is not the sum of its `parts`.

    A row that leaves `whole` or all the parts empty claims nothing and is passed over.
    """
    for number, row in enumerate(rows, 1):
        given = [row[part] for part in parts if row[part] is not None]
        if row[whole] is not None and given and sum(given, _NOTHING) != row[whole]:
            yield number, row[whole], sum(given, _NOTHING)


def broken_classes(rows: Rows, column: str) -> Iterator[tuple[int, Decimal, Decimal]]:
    """(row from 1, what stands there, what its subordinate codes make) where they differ.

    Codes nest by their beginning, two digits a level (201 ⊃ 20101 ⊃ 2010101); only the next level that is given is
    summed, so that no amount counts twice.
    """
    below = _below(rows)
    for number, row in enumerate(rows, 1):
        inside = below.get(row["code"])
        if inside and row[column] is not None and total(inside, column) != row[column]:
            yield number, row[column], total(inside, column)


def leaves(rows: Rows) -> list[Mapping[str, Any]]:
    """The rows with no subordinate code: what a grand total is made of."""
    below = _below(rows)
    return [row for row in rows if row["code"] not in below]


def _below(rows: Rows) -> dict[str, list[Mapping[str, Any]]]:
    """Code → the rows of the next level beneath it that is given; codes with nothing beneath are absent."""
    given = {row["code"] for row in rows}
    found: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        code = row["code"]
        parent = next((code[:end] for end in range(len(code) - 1, 0, -1) if code[:end] in given), None)
        if parent is not None:
            found.setdefault(parent, []).append(row)
    return found
