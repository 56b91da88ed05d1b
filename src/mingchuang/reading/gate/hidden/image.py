"""What a picture carries besides its pixels: place and time of the photo, camera, editor, thumbnail, an appendix.

The containers are walked by their own structure (JPEG segments, PNG chunks, RIFF chunks, GIF blocks); no pixel is
decoded. Colour profiles and resolution stay: they say nothing about people.
"""

from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from PIL import ExifTags, Image, UnidentifiedImageError

from mingchuang.reading.formats.extract import Unreadable
from mingchuang.reading.gate.finding import Place
from mingchuang.reading.gate.hidden.found import EXIF, LOCATION, PERSON, THUMBNAIL, VERSION, Hidden, Piece, hidden_at

Kind = Literal["jpeg", "png", "webp", "gif", "tiff", "bmp"]

_MARKS: Final[tuple[tuple[bytes, Kind], ...]] = (
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"GIF8", "gif"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"BM", "bmp"),
)
MOST_PIXELS: Final = 150_000_000
"""A photo of today has 50 million; decoded, this many take 450 MB."""

PNG_KEPT = frozenset(
    b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP cICP sBIT pHYs bKGD hIST sPLT acTL fcTL fdAT".split()
)
RIFF_KEPT = frozenset((b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"))
GIF_KEPT = frozenset((b"NETSCAPE2.0", b"ANIMEXTS1.0"))
_NO_LENGTH = {0x01, *range(0xD0, 0xD8)}
_START_OF_SCAN, _END_OF_IMAGE, _COMMENT = 0xDA, 0xD9, 0xFE
_APPLICATION = range(0xE1, 0xF0)
_ADOBE = 0xEE  # says how the colours are coded; without it some pictures turn green
_MPF = b"MPF\0"
_PERSON_TAGS = (ExifTags.Base.Artist, ExifTags.Base.Copyright, 0x9C9D, 0xA430)  # 0x9C9D XPAuthor, 0xA430 owner
_THUMBNAIL_TAGS = (0x0201, 0x014A)
ORIENTATION: Final = int(ExifTags.Base.Orientation)


@dataclass(frozen=True, slots=True, repr=False)
class Part:
    """One part of a picture file as it stands in it. ``extra``: no part of the picture itself."""

    name: str
    raw: bytes
    body: bytes
    extra: bool


def kind_of_picture(data: bytes) -> Kind | None:
    """The container, by its first bytes."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    return next((kind for mark, kind in _MARKS if data.startswith(mark)), None)


def damaged_picture() -> Unreadable:
    """The refusal of a picture that ends too early or contradicts itself."""
    return Unreadable("damaged", "图片已损坏或不完整，无法打开：请用看图软件打开原图，另存后重新上传。")


def too_many_pixels() -> Unreadable:
    """The refusal of a picture that would fill the memory."""
    return Unreadable("too_large", f"图片超过 {MOST_PIXELS // 10_000} 万像素，不能处理：请缩小后重新上传。")


def parts_of(data: bytes) -> list[Part]:
    """The file in parts that, joined, are its bytes again; raises ``Unreadable``."""
    walk = {"jpeg": _jpeg, "png": _png, "webp": _riff, "gif": _gif}.get(kind_of_picture(data) or "")
    if walk is None:
        return [Part("whole", data, data, extra=False)]
    try:
        return list(walk(data))
    except (struct.error, IndexError) as error:
        raise damaged_picture() from error


def _jpeg(data: bytes) -> Iterator[Part]:
    yield Part("SOI", data[:2], b"", extra=False)
    at = 2
    while True:
        if data[at] != 0xFF:
            raise damaged_picture()
        marker = data[at + 1]
        if marker == 0xFF:  # fill byte
            yield Part("fill", data[at : at + 1], b"", extra=True)
            at += 1
            continue
        if marker == _END_OF_IMAGE:
            break
        end = at + 2 if marker in _NO_LENGTH else at + 2 + struct.unpack_from(">H", data, at + 2)[0]
        if marker == _START_OF_SCAN:
            end = _after_scan(data, end)
        if end > len(data):
            raise damaged_picture()
        yield _segment(marker, data[at:end])
        at = end
    yield Part("EOI", data[at : at + 2], b"", extra=False)
    if data[at + 2 :].strip(b"\0"):
        yield Part("tail", data[at + 2 :], data[at + 2 :], extra=True)


def _after_scan(data: bytes, at: int) -> int:
    """The next marker that is neither a stuffed zero nor a restart."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            raise damaged_picture()
        if data[at + 1] not in {0, *range(0xD0, 0xD8)}:
            return at
        at += 2


def _segment(marker: int, raw: bytes) -> Part:
    body = raw[4:]
    colour = marker == 0xE2 and body.startswith(b"ICC_PROFILE\0")
    extra = marker == _COMMENT or (marker in _APPLICATION and marker != _ADOBE and not colour)
    return Part(f"{marker:02X}", raw, body, extra)


def _png(data: bytes) -> Iterator[Part]:
    yield Part("signature", data[:8], b"", extra=False)
    at = 8
    while True:
        length, name = struct.unpack_from(">I4s", data, at)
        end = at + 12 + length
        if end > len(data):
            raise damaged_picture()
        yield Part(name.decode("latin-1"), data[at:end], data[at + 8 : end - 4], name not in PNG_KEPT)
        at = end
        if name == b"IEND":
            break
    if data[at:]:
        yield Part("tail", data[at:], data[at:], extra=True)


def _riff(data: bytes) -> Iterator[Part]:
    yield Part("RIFF", data[:12], b"", extra=False)
    whole = min(len(data), 8 + struct.unpack_from("<I", data, 4)[0])
    at = 12
    while at < whole:
        name, length = struct.unpack_from("<4sI", data, at)
        end = at + 8 + length + (length & 1)
        if at + 8 + length > len(data):
            raise damaged_picture()
        yield Part(name.decode("latin-1"), data[at:end], data[at + 8 : at + 8 + length], name not in RIFF_KEPT)
        at = end
    if data[at:]:
        yield Part("tail", data[at:], data[at:], extra=True)


def _gif(data: bytes) -> Iterator[Part]:
    at = 13 + _palette(data[10])
    yield Part("head", data[:at], b"", extra=False)
    while data[at] != 0x3B:
        start, label = at, data[at + 1]
        if data[at] == 0x2C:
            at = _after_blocks(data, at + 11 + _palette(data[at + 9]))
            yield Part("image", data[start:at], b"", extra=False)
            continue
        if data[at] != 0x21:
            raise damaged_picture()
        at = _after_blocks(data, at + 2)
        extra = label == 0xFE or (label == 0xFF and data[start + 3 : start + 14] not in GIF_KEPT)
        yield Part("comment" if extra else "control", data[start:at], data[start + 3 : at], extra)
    yield Part("end", data[at : at + 1], b"", extra=False)
    if data[at + 1 :]:
        yield Part("tail", data[at + 1 :], data[at + 1 :], extra=True)


def _palette(flags: int) -> int:
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _after_blocks(data: bytes, at: int) -> int:
    while data[at]:
        at += data[at] + 1
    return at + 1


def exif_of(data: bytes) -> Image.Exif:
    """The EXIF directory, empty when there is none or it cannot be read; decodes no pixel. Raises ``Unreadable``."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # pillow's remarks on odd tags; a bomb is refused by the cleaner
            with Image.open(io.BytesIO(data)) as picture:
                return picture.getexif()
    except Image.DecompressionBombError as error:
        raise too_many_pixels() from error
    except (
        UnidentifiedImageError,
        OSError,
        SyntaxError,
        ValueError,
        struct.error,
    ) as error:
        raise damaged_picture() from error


def search_picture(data: bytes, place: Place | None = None) -> list[Hidden]:
    """What the picture carries besides its pixels. ``place``: where the picture itself lies, when inside a file."""
    where = place or Place("图片")
    extras = [part for part in parts_of(data) if part.extra and part.name != "fill"]
    found = _exif(exif_of(data), where) if extras or kind_of_picture(data) == "tiff" else []
    tails = [part for part in extras if part.name == "tail" or part.body.startswith(_MPF)]
    if tails:
        message = "图片数据之后还附有别的数据（可能是动态照片、原图或其他文件）。"
        found.append(hidden_at(VERSION.id, "fail", where, message, _texts(tails)))
    others = [part for part in extras if part not in tails]
    told = any(one.rule for one in found)
    if others and not told:
        found.append(hidden_at(EXIF.id, "uncertain", where, "图片带有附加信息（拍摄、编辑软件或说明文字）。"))
    pieces = tuple(Piece(where, text) for text in _texts(others))
    return [*found, Hidden("", "pass", where, "", pieces)] if pieces else found


def _exif(exif: Image.Exif, where: Place) -> list[Hidden]:
    found = []
    if exif.get_ifd(ExifTags.IFD.GPSInfo):
        found.append(hidden_at(LOCATION.id, "fail", where, "照片带有拍摄地点的经纬度。"))
    camera = exif.get_ifd(ExifTags.IFD.Exif)
    people = [str(value) for tag in _PERSON_TAGS if (value := exif.get(tag) or camera.get(tag))]
    if people:
        found.append(hidden_at(PERSON.id, "uncertain", where, "照片的拍摄信息里有作者或所有者。", people))
    first = exif.get_ifd(ExifTags.IFD.IFD1)
    if any(tag in first for tag in _THUMBNAIL_TAGS):
        message = "照片带有缩略图：裁剪或涂抹之前的画面可能还在里面。"
        found.append(hidden_at(THUMBNAIL.id, "uncertain", where, message))
    telling = {ExifTags.Base.Make, ExifTags.Base.Model, ExifTags.Base.DateTime, ExifTags.Base.Software, 0x010E}
    if camera or any(tag in exif for tag in telling):
        found.append(hidden_at(EXIF.id, "uncertain", where, "照片带有拍摄时间、设备等信息。"))
    return found


def _texts(parts: list[Part]) -> list[str]:
    """Readable text of extra parts: XMP and comments are UTF-8, the rest is looked at as it stands."""
    return [text for part in parts if (text := part.body[:1_000_000].decode("utf-8", "ignore")).strip()]
