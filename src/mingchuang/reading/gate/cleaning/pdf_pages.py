"""Pages rebuilt as a picture of what is seen, with the seen letters kept for search and copying.

What lay under a box, in a layer that is off, or outside the page is in neither: the old content is not written again.
"""

from __future__ import annotations

import ctypes
import io
import zlib
from typing import Any, Final

import numpy as np
import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

from mingchuang.reading.gate.cleaning.text_layer import Placed, text_layer
from mingchuang.reading.gate.hidden.pdf_actions import annotations_of
from mingchuang.reading.gate.hidden.pdf_sight import Frame, Letter, has_ink, sight_of

DPI: Final = 200
"""Fine enough to print; an A4 page of text takes some 200 KB."""

_POINTS_PER_INCH = 72
_MOST_PIXELS = 30_000_000
_EFFORT = 4  # of zlib: 6 takes twice as long for a tenth less
_MOST_LOSSLESS_BYTES = 1_500_000
_JPEG_QUALITY = 88
_FINE = 10  # device units a point, to place letters
_SURE_INK = 56  # somewhat above what the finder asks for
_KEPT_KEYS = frozenset({"/Type", "/Parent", "/UserUnit", "/Annots"})


def rebuild_page(document: pikepdf.Pdf, index: int, shown: pypdfium2.PdfDocument) -> list[Letter]:
    """Put a picture of page ``index`` (from 0) in its place in ``document``, as ``shown`` renders it.

    Returns the letters that could not be seen and are gone.
    """
    looked_at = shown[index]
    sight = sight_of(looked_at, every_letter=True)
    looked_at.close()
    page = shown[index]  # loaded again: looking took the letters out of the first
    picture = _picture(page)
    placed = _placed(page, sight.seen, picture)
    width, height = page.get_size()
    turned = bool(page.get_rotation())
    left, bottom = (0.0, 0.0) if turned else page.get_cropbox()[:2]
    page.close()
    content, fonts = text_layer(document, [_moved(one, left, bottom) for one in placed])
    drawing = f"q {width:.4f} 0 0 {height:.4f} {left:.4f} {bottom:.4f} cm /P Do Q\n".encode("ascii")
    box = (left, bottom, left + width, bottom + height)
    _replace(document, index, box, content=drawing + content, fonts=fonts, picture=picture, turned=turned)
    return sight.unseen


def _moved(one: Placed, left: float, bottom: float) -> Placed:
    return one._replace(left=one.left + left, bottom=one.bottom + bottom)


def _picture(page: pypdfium2.PdfPage) -> np.ndarray[Any, np.dtype[np.uint8]]:
    """Height × width × 3."""
    width, height = page.get_size()
    scale = min(DPI / _POINTS_PER_INCH, (_MOST_PIXELS / max(width * height, 1.0)) ** 0.5)
    bitmap = page.render(scale=scale, rev_byteorder=True, may_draw_forms=False, draw_annots=True)
    picture = np.array(bitmap.to_numpy())[:, :, :3]
    bitmap.close()
    return picture


def _placed(page: pypdfium2.PdfPage, letters: list[Letter], picture: Any) -> list[Placed]:
    """The letters in points from the lower left corner of the page as it is shown; only where there is ink."""
    width, height = page.get_size()
    frame = Frame.of(page, picture.shape)
    across, down = round(width * _FINE), round(height * _FINE)
    placed = []
    grey = picture[:, :, 1]  # the eye, too, sees mostly by green
    for letter in letters:
        if not has_ink(grey[frame.slices(letter.box)], _SURE_INK):
            continue
        corners = [_device(page, across, down, letter.cell[i], letter.cell[i + 1]) for i in (0, 2)]
        xs, ys = sorted(x / _FINE for x, _ in corners), sorted(height - y / _FINE for _, y in corners)
        placed.append(Placed(letter.char, xs[0], ys[0], max(xs[1] - xs[0], 0.1), max(ys[1] - ys[0], 0.1)))
    return placed


def _device(page: pypdfium2.PdfPage, across: int, down: int, x: float, y: float) -> tuple[int, int]:
    at_x, at_y = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDF_PageToDevice(page.raw, 0, 0, across, down, 0, x, y, ctypes.byref(at_x), ctypes.byref(at_y))
    return at_x.value, at_y.value


def _replace(
    document: pikepdf.Pdf,
    index: int,
    box: tuple[float, float, float, float],
    *,
    content: bytes,
    fonts: pikepdf.Dictionary,
    picture: Any,
    turned: bool,
) -> None:
    page = document.pages[index]
    links = [] if turned else [one for one in annotations_of(page) if one.get("/Subtype") == "/Link"]
    for key in [key for key in page.obj.keys() if key not in _KEPT_KEYS]:  # noqa: SIM118 - no mapping
        del page.obj[key]
    page.obj["/MediaBox"] = pikepdf.Array([round(side, 4) for side in box])
    page.obj["/CropBox"] = page.obj["/MediaBox"]
    page.obj["/Rotate"] = 0
    page.obj["/Resources"] = pikepdf.Dictionary(XObject=pikepdf.Dictionary(P=_image(document, picture)), Font=fonts)
    page.obj["/Contents"] = document.make_stream(content)
    if links:
        page.obj["/Annots"] = pikepdf.Array(links)
    elif "/Annots" in page.obj:
        del page.obj["/Annots"]


def _image(document: pikepdf.Pdf, picture: Any) -> pikepdf.Object:
    grey = all(np.array_equal(picture[:, :, 1], picture[:, :, other]) for other in (0, 2))
    pixels = np.ascontiguousarray(picture[:, :, 0] if grey else picture)
    packed = zlib.compress(pixels.tobytes(), _EFFORT)
    filter_name = pikepdf.Name.FlateDecode
    if len(packed) > _MOST_LOSSLESS_BYTES:
        stream = io.BytesIO()
        Image.fromarray(pixels).save(stream, format="JPEG", quality=_JPEG_QUALITY)
        packed, filter_name = stream.getvalue(), pikepdf.Name.DCTDecode
    image = pikepdf.Stream(document, packed)
    image["/Type"] = pikepdf.Name.XObject
    image["/Subtype"] = pikepdf.Name.Image
    image["/Width"] = pixels.shape[1]
    image["/Height"] = pixels.shape[0]
    image["/ColorSpace"] = pikepdf.Name.DeviceGray if grey else pikepdf.Name.DeviceRGB
    image["/BitsPerComponent"] = 8
    image["/Filter"] = filter_name
    return document.make_indirect(image)
