"""Pictures and film looked through by their structure: whole, and of a size that a citizen's machine can open.

Nothing is decoded: a size that bursts memory stands in the header, a torn file lacks its end.
"""

from __future__ import annotations

import struct
from typing import Final

#: Technical limit: a sheet of A0 at 300 points an inch has some 140 million; unpacked, four bytes each.
MOST_PIXELS: Final = 200_000_000
_TORN = "文件不完整或者已损坏，请从原件重新导出后上传。"
_START_OF_FRAME: Final = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
_START_OF_SCAN: Final = 0xDA


def png(data: bytes) -> list[str]:
    """Faults of a PNG: its chunks up to the last one, its size."""
    at, size, ended = 8, (0, 0), False
    while at + 12 <= len(data) and not ended:
        length, kind = struct.unpack(">I4s", data[at : at + 8])
        if kind == b"IHDR" and length == 13:
            size = struct.unpack(">II", data[at + 8 : at + 16])
        ended = kind == b"IEND"
        at += 12 + length
    return [_TORN] if not ended or at > len(data) else _too_large(*size)


def jpeg(data: bytes) -> list[str]:
    """Faults of a JPEG: its segments up to the first scan, its end mark, its size."""
    at, size = 2, (0, 0)
    while at + 9 < len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == _START_OF_SCAN:
            break
        if marker in _START_OF_FRAME:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            size = (width, height)
        at += 2 + struct.unpack(">H", data[at + 2 : at + 4])[0] if marker != 0xFF else 1
    return [_TORN] if b"\xff\xd9" not in data[at:] else _too_large(*size)


def gif(data: bytes) -> list[str]:
    """Faults of a GIF: its end mark, its size."""
    if len(data) < 14 or not data.rstrip(b"\x00").endswith(b";"):
        return [_TORN]
    return _too_large(*struct.unpack("<HH", data[6:10]))


def webp(data: bytes) -> list[str]:
    """Faults of a WebP: its declared length, a picture in it. The format itself allows 16,383 points a side."""
    whole = len(data) >= 20 and struct.unpack("<I", data[4:8])[0] + 8 <= len(data)
    return [] if whole and data[12:16] in {b"VP8 ", b"VP8L", b"VP8X"} else [_TORN]


def mp4(data: bytes) -> list[str]:
    """Faults of a film: its boxes fill the file to its end, and the one that describes the film is among them."""
    at, kinds = 0, set()
    while at + 8 <= len(data):
        length, kind = struct.unpack(">I4s", data[at : at + 8])
        if length == 1 and at + 16 <= len(data):
            length = struct.unpack(">Q", data[at + 8 : at + 16])[0]
        kinds.add(kind)
        at = len(data) if length == 0 else at + max(length, 8)
    return [] if at == len(data) and b"moov" in kinds else [_TORN]


def _too_large(width: int, height: int) -> list[str]:
    if width * height == 0:
        return [_TORN]
    if width * height > MOST_PIXELS:
        return [f"图片有{width}×{height}点，展开后过大，请缩小后上传。"]
    return []
