"""Which characters a font file has: its `cmap` table, read without loading any outline.

Only the two Unicode formats that fonts of today use are read: 4 (16 bit) and 12 (32 bit); OpenType 1.9, cmap.
"""

from __future__ import annotations

import struct
from functools import lru_cache
from pathlib import Path

Ranges = tuple[tuple[int, int], ...]
_UNICODE = {(0, 3), (0, 4), (0, 6), (3, 1), (3, 10)}


class FontError(ValueError):
    """The file is no OpenType font, or has no Unicode table."""


@lru_cache(maxsize=64)
def characters(path: str, index: int = 0) -> frozenset[int]:
    """Code points that the font at ``index`` of the file has a shape for. Raises `FontError`, `OSError`."""
    with Path(path).open("rb") as file:
        try:
            table = _table(file, index)
            return frozenset(_points(table))
        except (struct.error, IndexError) as error:
            raise FontError(f"{path}: {error}") from error


def _table(file: object, index: int) -> bytes:
    read, seek = file.read, file.seek  # type: ignore[attr-defined]
    start = 0
    if read(4) == b"ttcf":
        seek(12 + 4 * index)
        (start,) = struct.unpack(">I", read(4))
    seek(start + 4)
    (count,) = struct.unpack(">H6x", read(8))
    for record in struct.iter_unpack(">4sIII", read(16 * count)):
        if record[0] == b"cmap":
            seek(record[2])
            data: bytes = read(record[3])
            return data
    raise FontError("没有字符表")


def _points(cmap: bytes) -> set[int]:
    (count,) = struct.unpack_from(">2xH", cmap)
    offsets = {
        offset
        for platform, encoding, offset in struct.iter_unpack(">HHI", cmap[4 : 4 + 8 * count])
        if (platform, encoding) in _UNICODE
    }
    by_form: dict[int, list[int]] = {}
    for offset in offsets:
        (form,) = struct.unpack_from(">H", cmap, offset)
        by_form.setdefault(form, []).append(offset)
    # A font with format 12 repeats in format 4 what old programs need.
    points = set().union(*(_groups(cmap, offset) for offset in by_form.get(12, ())))
    if not points:
        points = points.union(*(_segments(cmap, offset) for offset in by_form.get(4, ())))
    if not points:
        raise FontError("没有统一码字符表")
    return points


def _groups(cmap: bytes, offset: int) -> set[int]:
    (count,) = struct.unpack_from(">I", cmap, offset + 12)
    points: set[int] = set()
    for first, last, glyph in struct.iter_unpack(">III", cmap[offset + 16 : offset + 16 + 12 * count]):
        # Glyph 0 is the box of a missing character.
        points.update(range(first + (glyph == 0), last + 1))
    return points


def _segments(cmap: bytes, offset: int) -> set[int]:
    (double,) = struct.unpack_from(">H", cmap, offset + 6)
    count = double // 2
    form = f">{count}H"
    ends = struct.unpack_from(form, cmap, offset + 14)
    starts = struct.unpack_from(form, cmap, offset + 16 + double)
    deltas = struct.unpack_from(form, cmap, offset + 16 + 2 * double)
    where = offset + 16 + 3 * double
    shifts = struct.unpack_from(form, cmap, where)
    points: set[int] = set()
    for number, (first, last) in enumerate(zip(starts, ends, strict=True)):
        for code in range(first, min(last, 0xFFFE) + 1):
            if shifts[number] == 0:
                glyph = (code + deltas[number]) & 0xFFFF
            else:
                at = where + 2 * number + shifts[number] + 2 * (code - first)
                (glyph,) = struct.unpack_from(">H", cmap, at)
            if glyph:
                points.add(code)
    return points
