"""The 责任分解表 for a terminal: aligned, a Chinese character being two columns wide."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from mingchuang.reading import wording
from mingchuang.reading.model import Reading

_NARROWEST = 60
_GAP = 2
_COLUMNS = ("编号", "任务", "责任单位", "时限和指标")
_SHARES = (0.0, 0.38, 0.37, 0.25)


def as_lines(reading: Reading, width: int = 100) -> Iterator[str]:
    """The document's head, one row for each duty, the warnings last. ``width`` in columns of the terminal."""
    yield from _head(reading)
    rows = [
        (d.ref, wording.task(d), wording.owners(d), "\n".join(filter(None, (wording.times(d), wording.metrics(d)))))
        for d in reading.duties
    ]
    widths = _widths([row[0] for row in rows], max(width, _NARROWEST))
    yield ""
    yield from _row(_COLUMNS, widths)
    yield "─" * (sum(widths) + _GAP * (len(widths) - 1))
    for row in rows:
        yield from _row(row, widths)
    yield ""
    yield f"共 {len(rows)} 项任务，其中 {sum(not d.assignments for d in reading.duties)} 项没有写明责任单位。"
    if reading.warnings:
        yield ""
        yield f"提示（{len(reading.warnings)} 条）："
        for at, warning in enumerate(reading.warnings, 1):
            yield f"{at:>3}. {warning.message}"


def _head(reading: Reading) -> Iterator[str]:
    fields = (
        ("标题", reading.title),
        ("发文机关", reading.issuer),
        ("文号", reading.number),
        ("成文日期", reading.date.isoformat() if reading.date else None),
        ("公开属性", reading.property),
        ("主送机关", "；".join(reading.addressees) or None),
    )
    for name, value in fields:
        yield f"{name}：{value or '（文中没有）'}"


def _widths(refs: list[str], width: int) -> list[int]:
    first = min(24, max([columns_of("编号"), *(columns_of(ref) for ref in refs)]))
    rest = width - first - _GAP * (len(_COLUMNS) - 1)
    return [first, *(max(10, int(rest * share)) for share in _SHARES[1:])]


def _row(cells: tuple[str, ...], widths: list[int]) -> Iterator[str]:
    wrapped = [wrap(cell, width) for cell, width in zip(cells, widths, strict=True)]
    for line in range(max(len(cell) for cell in wrapped)):
        pieces = [cell[line] if line < len(cell) else "" for cell in wrapped]
        yield (" " * _GAP).join(_padded(piece, width) for piece, width in zip(pieces, widths, strict=True)).rstrip()


def columns_of(text: str) -> int:
    """How many columns of a terminal the text takes."""
    return sum(_columns_of(char) for char in text)


def _columns_of(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def wrap(text: str, width: int) -> list[str]:
    """The text in lines of at most ``width`` columns."""
    lines: list[str] = []
    for part in text.split("\n"):
        line, taken = "", 0
        for char in part:
            columns = _columns_of(char)
            if taken + columns > width and line:
                lines.append(line)
                line, taken = "", 0
            line += char
            taken += columns
        lines.append(line)
    return lines


def _padded(text: str, width: int) -> str:
    return text + " " * max(0, width - columns_of(text))
