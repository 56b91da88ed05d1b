"""The ruled lines of a page, which are what a PDF keeps of a table."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

_STRAIGHT = 0.7  # points off the axis
_SHORTEST = 4.0
_MOST_OBJECTS = 4_000  # maps and drawings have more; tables have hundreds
_MOST_RULES = 2_000


class Rule(NamedTuple):
    """A horizontal (``y0 == y1``) or vertical (``x0 == x1``) line with ``x0 <= x1`` and ``y0 <= y1``, in points."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def horizontal(self) -> bool:
        return self.y0 == self.y1


def rules_of(page: Any) -> list[Rule]:
    """Straight strokes and edges of drawn rectangles, in page coordinates; empty for pages full of drawings."""
    found: list[Rule] = []
    for count, item in enumerate(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=1)):
        if count >= _MOST_OBJECTS or len(found) > _MOST_RULES:
            return []
        if _painted(item.raw):
            found += _edges(item.raw)
    return found


def _painted(path: Any) -> bool:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, ctypes.byref(fill), ctypes.byref(stroke))
    return bool(fill.value or stroke.value)


def _edges(path: Any) -> Iterator[Rule]:
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(path, ctypes.byref(matrix))
    x, y = ctypes.c_float(), ctypes.c_float()
    first = before = (0.0, 0.0)
    for index in range(min(pdfium.FPDFPath_CountSegments(path), _MOST_RULES)):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        point = (
            matrix.a * x.value + matrix.c * y.value + matrix.e,
            matrix.b * x.value + matrix.d * y.value + matrix.f,
        )
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            first = point
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            yield from straight(before, point)
        before = point
        if pdfium.FPDFPathSegment_GetClose(segment):
            yield from straight(point, first)
            before = first


def straight(start: tuple[float, float], end: tuple[float, float]) -> Iterator[Rule]:
    """The rule between two points when it runs along an axis and is long enough."""
    (x0, x1), (y0, y1) = sorted((start[0], end[0])), sorted((start[1], end[1]))
    if y1 - y0 <= _STRAIGHT and x1 - x0 >= _SHORTEST:
        middle = (y0 + y1) / 2
        yield Rule(x0, middle, x1, middle)
    elif x1 - x0 <= _STRAIGHT and y1 - y0 >= _SHORTEST:
        middle = (x0 + x1) / 2
        yield Rule(middle, y0, middle, y1)
