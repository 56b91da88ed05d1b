"""Small whole files of the types that are attached to records, made in memory."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Sequence


def pdf(words: str = "page", *, catalogue: bytes = b"", more: Sequence[bytes] = ()) -> bytes:
    """A PDF of one page with `words` (ASCII); `catalogue` goes into its catalogue, `more` are its objects from 6 on."""
    stream = f"BT /F1 12 Tf 20 100 Td ({words}) Tj ET".encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R%s>>" % catalogue,
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        *more,
    ]
    out, places = io.BytesIO(), []
    out.write(b"%PDF-1.7\n")
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj%s endobj\n" % (number, body))
    start = out.tell()
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    out.write(b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, rows))
    out.write(b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start))
    return out.getvalue()


def docx(words: str = "通知", **more: bytes) -> bytes:
    """A Word document of one paragraph; `more` members by name (`__` for a slash, the last `_` for the dot)."""
    import docx as word

    document, out = word.Document(), io.BytesIO()
    document.add_paragraph(words)
    document.save(out)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, data in more.items():
            folder, _, last = name.replace("__", "/").rpartition("_")
            archive.writestr(f"{folder}.{last}", data)
    return out.getvalue()


def packed(*names: str) -> bytes:
    """A ZIP archive with these members, one byte each."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


def ofd() -> bytes:
    """The shell of an OFD document."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("OFD.xml", '<?xml version="1.0"?><ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016"/>')
    return out.getvalue()


def png(width: int = 1, height: int = 1) -> bytes:
    """A PNG that says it is of that size, with the pixels of one row."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"\x00" * (min(width, 10) + 1))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def film() -> bytes:
    """The boxes of a film, without its pictures."""
    boxes = ((b"ftyp", b"isom\x00\x00\x02\x00isommp41"), (b"moov", b"\x00" * 8), (b"mdat", b"\x00" * 32))
    return b"".join(struct.pack(">I", len(data) + 8) + kind + data for kind, data in boxes)


def old_word(*, flags: int = 0, extra: str = "") -> bytes:
    """A compound file with a Word stream whose header has these flags, and a storage called `extra`."""
    free, end, fat_mark = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    stream = struct.pack("<HHHHHH", 0xA5EC, 0xC1, 0, 0, 0, flags).ljust(4096, b"\x00")

    def entry(name: str, kind: int, start: int, size: int) -> bytes:
        raw = (name + "\x00").encode("utf-16-le") if name else b""
        head = raw.ljust(64, b"\x00") + struct.pack("<HBB", len(raw), kind, 1)
        return head + b"\xff" * 12 + b"\x00" * 36 + struct.pack("<IQ", start, size)

    rows = [entry("Root Entry", 5, end, 0), entry("WordDocument", 2, 2, 4096)]
    rows += [entry(extra, 1, 0, 0)] if extra else []
    directory = b"".join(rows).ljust(512, b"\x00")
    fat = struct.pack("<128I", fat_mark, end, *range(3, 10), end, *[free] * 118)
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 16
    header += struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, end, 0, end, 0)
    return header + struct.pack("<109I", 0, *[free] * 108) + fat + directory + stream
