"""A picture without what it carries besides its pixels.

Where the picture is not to be turned, not a pixel is coded anew: the extra parts are cut out of the container. A
turned photo (EXIF orientation) is turned for good, which a JPEG can only be by coding it again, with its own tables.
"""

from __future__ import annotations

import io
import struct
import warnings
from typing import Any

from PIL import Image, ImageOps, JpegImagePlugin

from mingchuang.reading.formats.extract import Unreadable
from mingchuang.reading.gate.cleaning.cleaned import Cleaned, Tally
from mingchuang.reading.gate.hidden.image import (
    MOST_PIXELS,
    ORIENTATION,
    Part,
    damaged_picture,
    exif_of,
    kind_of_picture,
    parts_of,
    too_many_pixels,
)

_UNTURNED = {None, 0, 1}
_RIFF_FLAGS_KEPT = 0xFF ^ 0x08 ^ 0x04  # of VP8X: without EXIF and XMP


def strip_picture(data: bytes) -> Cleaned:
    """The picture with its pixels (upright) and colour profile, and nothing else; raises ``Unreadable``."""
    kind = kind_of_picture(data)
    if kind is None:
        raise Unreadable("picture", "图片格式不能处理：请另存为 JPG 或 PNG 后重新上传。")
    tally = Tally()
    parts = parts_of(data)
    extras = [part for part in parts if part.extra]
    turned = (bool(extras) or kind == "tiff") and exif_of(data).get(ORIENTATION) not in _UNTURNED
    if turned or kind == "tiff":
        return _coded_anew(data, kind, tally, turned=turned)
    if not extras:
        return Cleaned(data)
    tally.add("图片的拍摄和附加信息", len(extras))
    kept = [part for part in parts if not part.extra]
    return Cleaned(_riff(kept) if kind == "webp" else b"".join(part.raw for part in kept), tally.removed())


def _riff(parts: list[Part]) -> bytes:
    body = b"".join(_without_flags(part) if part.name == "VP8X" else part.raw for part in parts[1:])
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def _without_flags(part: Part) -> bytes:
    return part.raw[:8] + bytes((part.raw[8] & _RIFF_FLAGS_KEPT,)) + part.raw[9:]


def _coded_anew(data: bytes, kind: str, tally: Tally, *, turned: bool) -> Cleaned:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data)) as picture:
                _bound(picture)
                stream = io.BytesIO()
                frames = getattr(picture, "n_frames", 1)
                if kind == "tiff" and frames > 1:
                    _save_frames(picture, frames, stream)
                else:
                    upright = ImageOps.exif_transpose(picture)
                    _bare(upright).save(stream, **_coding(picture, kind))
    except (OSError, SyntaxError, ValueError, struct.error) as error:
        raise damaged_picture() from error
    tally.add("图片的拍摄和附加信息")
    if turned:
        tally.add("旋转标记（画面已转正）")
    return Cleaned(stream.getvalue(), tally.removed())


def _bound(picture: Image.Image) -> None:
    if picture.width * picture.height * getattr(picture, "n_frames", 1) > MOST_PIXELS:
        raise too_many_pixels()


def _bare(picture: Image.Image) -> Image.Image:
    """The pixels and the palette alone: what Pillow remembers of the file it would write again."""
    bare = picture.copy()
    profile = picture.info.get("icc_profile")
    transparency = picture.info.get("transparency")
    bare.info = {}
    if profile:
        bare.info["icc_profile"] = profile
    if transparency is not None:
        bare.info["transparency"] = transparency
    return bare


def _save_frames(picture: Image.Image, frames: int, stream: io.BytesIO) -> None:
    bare = []
    for number in range(frames):
        picture.seek(number)
        bare.append(_bare(ImageOps.exif_transpose(picture)))
    bare[0].save(stream, format="TIFF", compression="tiff_deflate", save_all=True, append_images=bare[1:])


def _coding(picture: Image.Image, kind: str) -> dict[str, Any]:
    profile = picture.info.get("icc_profile")
    colour = {"icc_profile": profile} if profile else {}
    if kind == "jpeg" and isinstance(picture, JpegImagePlugin.JpegImageFile):
        sampling = JpegImagePlugin.get_sampling(picture)
        tables = {"qtables": picture.quantization, **({"subsampling": sampling} if sampling >= 0 else {})}
        return {"format": "JPEG", **tables, **colour}
    if kind == "webp":
        return {"format": "WEBP", "lossless": True, "exact": True, **colour}
    if kind == "tiff":
        return {"format": "TIFF", "compression": "tiff_deflate", **colour}
    return {"format": kind.upper(), **colour}
