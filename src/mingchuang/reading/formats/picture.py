"""A file as pictures that are safe to show: pages of a PDF, or a picture coded anew, each a PNG of pixels alone.

Nothing of the file's own bytes goes on: no script, no metadata, no second file behind the first. Runs in the bounded
child process (`worker`), which a bomb or a crash of the native code ends instead of the server.
"""

from __future__ import annotations

import io
import warnings
from typing import Any, Final, Literal

from mingchuang.reading.formats import limits
from mingchuang.reading.formats.extract import Unreadable
from mingchuang.reading.formats.warm import ask

Drawn = Literal["pdf", "image"]

WIDEST: Final = 900
"""Points of a picture's width: what a page of the desk has room for."""

MOST_PAGES: Final = 5
"""Pages of a PDF that are drawn."""

_TALLEST: Final = 2_400
_MOST_SOURCE_PIXELS: Final = 120_000_000
_TORN: Final = "文件已损坏，画不出来：请下载后用原软件打开核对。"


def pages(kind: Drawn, data: bytes) -> int:
    """How many pages the file has (a picture has one). Raises ``Unreadable``."""
    return int(ask({"do": "draw", "kind": kind, "page": None}, data)[0]["pages"])


def draw(kind: Drawn, data: bytes, page: int) -> bytes:
    """The PNG of a page, counted from 0. Raises ``Unreadable``, also for a page that isn't there or isn't drawn."""
    return ask({"do": "draw", "kind": kind, "page": page}, data)[1]


def draw_here(kind: Drawn, data: bytes, page: int | None) -> tuple[int, bytes]:
    """The number of pages and the PNG of one, in this very process; no PNG for None."""
    return _pdf(data, page) if kind == "pdf" else _image(data, page)


def _pdf(data: bytes, page: int | None) -> tuple[int, bytes]:
    import pypdfium2  # noqa: PLC0415 - only the child needs it

    try:
        document = pypdfium2.PdfDocument(data)
        total = len(document)
        if page is None:
            return total, b""
        if not 0 <= page < min(total, MOST_PAGES):
            raise Unreadable("no_page", "没有这一页的预览。")
        shown = document[page]
        width, height = shown.get_size()
        scale = min(WIDEST / max(width, 1.0), _TALLEST / max(height, 1.0))
        picture = shown.render(scale=scale, may_draw_forms=False).to_pil()
    except pypdfium2.PdfiumError as error:
        raise Unreadable("damaged", _TORN) from error
    return total, _png(picture.convert("RGB"))


def _image(data: bytes, page: int | None) -> tuple[int, bytes]:
    from PIL import Image, ImageOps  # noqa: PLC0415 - only the child needs it

    if page is None:
        return 1, b""
    if page:
        raise Unreadable("no_page", "没有这一页的预览。")
    Image.MAX_IMAGE_PIXELS = _MOST_SOURCE_PIXELS
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "GIF", "WEBP")) as picture:
                picture.draft("RGB", (WIDEST * 2, _TALLEST * 2))  # a JPEG is decoded no finer than needed
                picture.thumbnail((WIDEST, _TALLEST))
                upright = ImageOps.exif_transpose(picture) or picture
                shown = upright.convert(
                    "RGBA" if "A" in upright.getbands() or "transparency" in upright.info else "RGB"
                )
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        most = _MOST_SOURCE_PIXELS // 10_000
        raise Unreadable("too_large", f"图片超过{most}万像素，不画预览：请下载后查看。") from error
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise Unreadable("damaged", _TORN) from error
    return 1, _png(shown)


def _png(picture: Any) -> bytes:
    """The pixels alone: what a picture carries in ``info`` would be written along."""
    picture.info.clear()
    stream = io.BytesIO()
    picture.save(stream, "PNG")
    if stream.tell() > limits.FILE_BYTES:
        raise Unreadable("too_large", "图片过大，不画预览：请下载后查看。")
    return stream.getvalue()
