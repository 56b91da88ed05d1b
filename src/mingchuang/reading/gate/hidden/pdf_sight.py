"""Which letters of a PDF page can be seen, measured by rendering it twice: as it is, and with its letters taken out.

Where the two pictures are equal, the letter adds nothing: it lies under a box or picture, is white on white, is not
painted at all, belongs to a layer that is off, or is cut away. No guess about the order of objects is needed.

The text layer of a searchable scan is just as invisible. It is told apart by what lies at its place: the scan shows
ink there. Where the scan is blank or blackened under recognised letters, something was covered after recognition.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium

Box = tuple[float, float, float, float]  # left, bottom, right, top in points

SCALE: Final = 1.5
"""Pixels a point: a full stop of a 9-point text still covers several."""

_SEEN = 12  # of 255: paler marks no reader sees
_TINY_POINTS = 2.0
_LEAST_PIXELS = 4
_RIM = 0.15  # of a cell, left out at each side where a scan is asked for ink: its neighbours reach in there
_SEEN_SHARE = 0.08  # of the pixels of a letter's box: less is the rim of a letter that looks out from under a box
_MOST_PIXELS = 9_000_000
_INK = 40  # of 255: between the lightest and the darkest pixel where a scan shows a letter
_SCAN_SHARE = 0.7
_UNSEEN_SHARE = 0.5
_RUN = 3  # letters in a row: recognition itself is off by one or two
_COVER_POINTS = (12.0, 5.0)
_RULE_POINTS = 2.0
_OPAQUE = 250
_DEEPEST = 6
_SPACES = {0x20, 0x09, 0xA0, 0x3000, 0x0A, 0x0D, 0x00, 0xFFFE, 0xFFFF, 0x02, 0xAD}


class Letter(NamedTuple):
    """One character, the box of its shape, and its cell: advance wide, as high as the font."""

    char: str
    box: Box
    cell: Box


@dataclass(slots=True)
class Sight:
    """``seen`` letters and ``unseen`` ones in the order of the text; ``veiled``: boxes drawn over a picture.

    ``scan``: the page is a picture with recognised text; its letters that match ink count as seen.
    """

    seen: list[Letter] = field(default_factory=list)
    unseen: list[Letter] = field(default_factory=list)
    veiled: list[Box] = field(default_factory=list)
    scan: bool = False

    def unseen_text(self) -> str:
        """The unseen letters; a new line where the line on the page changes."""
        return joined(self.unseen)


class Item(NamedTuple):
    """An object of the page in the order of painting, forms opened."""

    raw: Any
    kind: int
    box: Box


def sight_of(page: pypdfium2.PdfPage, *, every_letter: bool = False) -> Sight:
    """Look at one page; ``seen`` is filled where it was rendered, or always with ``every_letter``.

    Takes the letters out of the page in memory: load it again before it is rendered for anything else.
    Raises ``pypdfium2.PdfiumError`` for a spoiled page.
    """
    items = list(_items(page))
    sight = Sight(veiled=list(_veils(items)))
    suspicious = _suspicious(items, page)
    if not suspicious and not every_letter:
        return sight
    text_page = page.get_textpage()
    try:
        letters = list(_letters(text_page))
    finally:
        text_page.close()
    if not letters:
        return sight
    if not suspicious:
        sight.seen = letters
        return sight
    before = rendered(page)
    for item in items:
        if item.kind == pdfium.FPDF_PAGEOBJ_TEXT:
            pdfium.FPDFTextObj_SetTextRenderMode(item.raw, pdfium.FPDF_TEXTRENDERMODE_INVISIBLE)
    after = rendered(page)
    frame = Frame.of(page, before.shape)
    _sort(sight, letters, before, np.abs(before.astype(np.int16) - after) > _SEEN, frame)
    if _is_scan(sight, items, page):
        _keep_recognised(sight, before, frame)
    if not any(letter.char.isalnum() for letter in sight.unseen):
        sight.seen, sight.unseen = letters, []  # a point that runs over the edge of the page says nothing
    return sight


def has_ink(place: Any, contrast: int = _INK) -> bool:
    """Whether a cut of the picture shows more than one even shade."""
    return bool(place.size) and int(place.max()) - int(place.min()) >= contrast


def joined(letters: list[Letter]) -> str:
    """Letters as text, lines parted where the baseline jumps."""
    parts: list[str] = []
    last: Letter | None = None
    for letter in letters:
        if last is not None and abs(letter.box[1] - last.box[1]) > (last.box[3] - last.box[1]):
            parts.append("\n")
        parts.append(letter.char)
        last = letter
    return "".join(parts)


def rendered(page: pypdfium2.PdfPage, scale: float = SCALE) -> np.ndarray[Any, np.dtype[np.uint8]]:
    """The page with its annotations in grey, height × width; a huge page is rendered coarser."""
    width, height = page.get_size()
    scale = min(scale, (_MOST_PIXELS / max(width * height, 1.0)) ** 0.5)
    bitmap = page.render(scale=scale, grayscale=True, may_draw_forms=False, draw_annots=True)
    picture = np.array(bitmap.to_numpy()).reshape(bitmap.height, -1)[:, : bitmap.width]
    bitmap.close()
    return picture


@dataclass(frozen=True, slots=True)
class Frame:
    """How points of the page become pixels of its picture, turned pages too."""

    page: pypdfium2.PdfPage
    height: int
    width: int

    @classmethod
    def of(cls, page: pypdfium2.PdfPage, shape: tuple[int, ...]) -> Frame:
        """The frame of a rendered page."""
        return cls(page, shape[0], shape[1])

    def slices(self, box: Box, least: int = 0) -> tuple[slice, slice]:
        """Rows and columns of the picture that the box covers; empty when it lies outside.

        A side of fewer than ``least`` pixels is widened by one at both ends: a thin stroke may be drawn beside its box.
        """
        x0, y0 = self._device(box[0], box[1])
        x1, y1 = self._device(box[2], box[3])
        return _span(y0, y1, self.height, least), _span(x0, x1, self.width, least)

    def _device(self, x: float, y: float) -> tuple[int, int]:
        at_x, at_y = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDF_PageToDevice(
            self.page.raw, 0, 0, self.width, self.height, 0, x, y, ctypes.byref(at_x), ctypes.byref(at_y)
        )
        return at_x.value, at_y.value


def _span(a: int, b: int, end: int, least: int) -> slice:
    first, last = min(a, b), max(a, b)
    wider = int(last - first < least)
    return slice(max(first - wider, 0), max(min(last + 1 + wider, end), 0))


def _sort(sight: Sight, letters: list[Letter], before: Any, differs: Any, frame: Frame) -> None:
    for letter in letters:
        place = differs[frame.slices(letter.box, least=_LEAST_PIXELS)]
        large = max(letter.cell[3] - letter.cell[1], letter.cell[2] - letter.cell[0]) > _TINY_POINTS
        seen = large and place.size > 0 and np.count_nonzero(place) >= max(_SEEN_SHARE * place.size, 1)
        (sight.seen if seen else sight.unseen).append(letter)


def _is_scan(sight: Sight, items: list[Item], page: pypdfium2.PdfPage) -> bool:
    if len(sight.unseen) < _UNSEEN_SHARE * (len(sight.unseen) + len(sight.seen)):
        return False
    width, height = page.get_size()
    pictures = [item.box for item in items if item.kind == pdfium.FPDF_PAGEOBJ_IMAGE]
    sight.scan = sum(_area(box) for box in pictures) >= _SCAN_SHARE * width * height
    return sight.scan


def _area(box: Box) -> float:
    return max(box[2] - box[0], 0.0) * max(box[3] - box[1], 0.0)


def _keep_recognised(sight: Sight, before: Any, frame: Frame) -> None:
    """Letters with ink at their place were recognised from the scan; blackened runs of others stay unseen."""
    unseen: list[Letter] = []
    run: list[Letter] = []
    for letter in sight.unseen:
        if letter.char.isalnum() and has_ink(before[frame.slices(_core(letter.cell))]):
            (unseen if _is_covered(run) else sight.seen).extend(run)
            run = []
            sight.seen.append(letter)
        else:
            run.append(letter)
    (unseen if _is_covered(run) else sight.seen).extend(run)
    sight.unseen = unseen


def _is_covered(run: list[Letter]) -> bool:
    """Points and dashes leave hardly any ink: they prove nothing either way."""
    return sum(letter.char.isalnum() for letter in run) >= _RUN


def _core(box: Box) -> Box:
    across, up = _RIM * (box[2] - box[0]), _RIM * (box[3] - box[1])
    return box[0] + across, box[1] + up, box[2] - across, box[3] - up


def _letters(text_page: Any) -> Iterator[Letter]:
    raw = text_page.raw
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    refs = [ctypes.byref(value) for value in (left, right, bottom, top)]
    high = 0
    for index in range(pdfium.FPDFText_CountChars(raw)):
        code = pdfium.FPDFText_GetUnicode(raw, index)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000 and high:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
        high = 0
        if code in _SPACES or pdfium.FPDFText_IsGenerated(raw, index) == 1:
            continue
        pdfium.FPDFText_GetCharBox(raw, index, *refs)
        box, cell = (left.value, bottom.value, right.value, top.value), _loose(raw, index)
        if box[2] - box[0] <= 0 or box[3] - box[1] <= 0:
            box = cell
        yield Letter(chr(code), box, cell)


def _loose(raw: Any, index: int) -> Box:
    """The cell of a letter."""
    rect = pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(raw, index, ctypes.byref(rect))
    return rect.left, rect.bottom, rect.right, rect.top


def _items(page: pypdfium2.PdfPage) -> Iterator[Item]:
    for index in range(pdfium.FPDFPage_CountObjects(page.raw)):
        yield from _opened(pdfium.FPDFPage_GetObject(page.raw, index), 0, None)


def _opened(raw: Any, depth: int, outer: Box | None) -> Iterator[Item]:
    kind = pdfium.FPDFPageObj_GetType(raw)
    box = outer or _bounds(raw)
    if kind != pdfium.FPDF_PAGEOBJ_FORM or depth >= _DEEPEST:
        yield Item(raw, kind, box)
        return
    for index in range(pdfium.FPDFFormObj_CountObjects(raw)):
        # Inside a form, bounds are in its own space: the form's own box stands for them.
        yield from _opened(pdfium.FPDFFormObj_GetObject(raw, index), depth + 1, box)


def _bounds(raw: Any) -> Box:
    values = [ctypes.c_float() for _ in range(4)]
    pdfium.FPDFPageObj_GetBounds(raw, *(ctypes.byref(value) for value in values))
    return values[0].value, values[1].value, values[2].value, values[3].value


def _meets(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _suspicious(items: list[Item], page: pypdfium2.PdfPage) -> bool:
    """Whether any letter could be unseen at all. Most pages need no rendering: ink on paper and nothing over it."""
    if pdfium.FPDFPage_GetAnnotCount(page.raw):
        return True
    crop = page.get_cropbox()
    texts = [item for item in items if item.kind == pdfium.FPDF_PAGEOBJ_TEXT]
    if any(
        _pale(one.raw)
        or one.box[3] - one.box[1] < _TINY_POINTS
        or not _inside(one.box, crop)
        or _cut(one)
        or _marked(one.raw)
        for one in texts
    ):
        return True
    covers = [item.box for item in items if _covers(item)]
    return any(_meets(box, text.box) for box in covers for text in texts)


def _pale(raw: Any) -> bool:
    """Not painted, nearly transparent, nearly white, or smaller than a point."""
    if pdfium.FPDFTextObj_GetTextRenderMode(raw) != pdfium.FPDF_TEXTRENDERMODE_FILL:
        return True
    red, green, blue, alpha = _fill(raw)
    size = ctypes.c_float()
    pdfium.FPDFTextObj_GetFontSize(raw, ctypes.byref(size))
    return alpha < 40 or min(red, green, blue) > 200 or size.value == 0


def _fill(raw: Any) -> tuple[int, int, int, int]:
    values = [ctypes.c_uint() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetFillColor(raw, *(ctypes.byref(value) for value in values)):
        return 0, 0, 0, 0  # patterns cannot be asked: look
    return values[0].value, values[1].value, values[2].value, values[3].value


def _inside(box: Box, crop: Box) -> bool:
    return box[0] >= crop[0] - 1 and box[1] >= crop[1] - 1 and box[2] <= crop[2] + 1 and box[3] <= crop[3] + 1


def _marked(raw: Any) -> bool:
    """Belongs to marked content that may be a layer."""
    for index in range(pdfium.FPDFPageObj_CountMarks(raw)):
        mark = pdfium.FPDFPageObj_GetMark(raw, index)
        buffer = (ctypes.c_ushort * 8)()
        length = ctypes.c_ulong()
        pdfium.FPDFPageObjMark_GetName(mark, buffer, ctypes.sizeof(buffer), ctypes.byref(length))
        if bytes(buffer)[: max(length.value - 2, 0)].decode("utf-16-le", "ignore") == "OC":
            return True
    return False


def _cut(item: Item) -> bool:
    """Whether a clipping path leaves out part of the text's box."""
    clip = pdfium.FPDFPageObj_GetClipPath(item.raw)
    for path in range(max(pdfium.FPDFClipPath_CountPaths(clip), 0)) if clip else ():
        points = []
        for index in range(max(pdfium.FPDFClipPath_CountPathSegments(clip, path), 0)):
            x, y = ctypes.c_float(), ctypes.c_float()
            segment = pdfium.FPDFClipPath_GetPathSegment(clip, path, index)
            pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
            points.append((x.value, y.value))
        if points:
            xs, ys = [x for x, _ in points], [y for _, y in points]
            hull = (min(xs), min(ys), max(xs), max(ys))
            if not _meets(item.box, hull) or not _inside(
                item.box, (hull[0] - 4, hull[1] - 4, hull[2] + 4, hull[3] + 4)
            ):
                return True
    return False


def _covers(item: Item) -> bool:
    if item.kind in {pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING, pdfium.FPDF_PAGEOBJ_FORM}:
        return True
    thin = min(item.box[2] - item.box[0], item.box[3] - item.box[1]) < _RULE_POINTS  # lines of a table
    return item.kind == pdfium.FPDF_PAGEOBJ_PATH and not thin and (_is_filled(item.raw) or _thick(item.raw))


def _is_filled(raw: Any) -> bool:
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(raw, ctypes.byref(mode), ctypes.byref(stroke))
    return bool(mode.value != pdfium.FPDF_FILLMODE_NONE)


def _thick(raw: Any) -> bool:
    width = ctypes.c_float()
    pdfium.FPDFPageObj_GetStrokeWidth(raw, ctypes.byref(width))
    return bool(width.value >= _COVER_POINTS[1])


def _veils(items: list[Item]) -> Iterator[Box]:
    """Opaque filled boxes drawn over a picture: on a scan the picture below is whole."""
    pictures: list[Box] = []
    for item in items:
        if item.kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            pictures.append(item.box)
        elif item.kind == pdfium.FPDF_PAGEOBJ_PATH and pictures and _is_filled(item.raw):
            large = item.box[2] - item.box[0] >= _COVER_POINTS[0] and item.box[3] - item.box[1] >= _COVER_POINTS[1]
            if large and _fill(item.raw)[3] >= _OPAQUE and any(_meets(item.box, box) for box in pictures):
                yield item.box
