"""What a file is, by its content and never by its name."""

from __future__ import annotations

import dataclasses
import zipfile
from typing import BinaryIO, Final

_HEAD: Final = 4096
_OLE_READ: Final = 4 * 1024 * 1024
_MOST_ENTRIES: Final = 20_000


@dataclasses.dataclass(frozen=True, slots=True)
class FileType:
    """A media type, the extension that goes with it, and what a clerk calls it."""

    media: str
    extension: str
    title: str


UNKNOWN: Final = FileType("application/octet-stream", "", "无法识别的文件")
ZIP: Final = FileType("application/zip", "zip", "压缩包")
OLE: Final = FileType("application/x-ole-storage", "", "旧版办公文件")
HTML: Final = FileType("text/html", "html", "网页")
XML: Final = FileType("application/xml", "xml", "XML文件")
SVG: Final = FileType("image/svg+xml", "svg", "矢量图")
TEXT: Final = FileType("text/plain", "txt", "纯文本")

_MAGIC: Final = (
    (0, b"%PDF-", FileType("application/pdf", "pdf", "PDF文件")),
    (0, b"\x89PNG\r\n\x1a\n", FileType("image/png", "png", "PNG图片")),
    (0, b"\xff\xd8\xff", FileType("image/jpeg", "jpg", "JPEG图片")),
    (0, b"GIF87a", FileType("image/gif", "gif", "GIF图片")),
    (0, b"GIF89a", FileType("image/gif", "gif", "GIF图片")),
    (8, b"WEBP", FileType("image/webp", "webp", "WebP图片")),
    (0, b"BM", FileType("image/bmp", "bmp", "BMP图片")),
    (0, b"II*\x00", FileType("image/tiff", "tif", "TIFF图片")),
    (0, b"MM\x00*", FileType("image/tiff", "tif", "TIFF图片")),
    (4, b"ftypheic", FileType("image/heic", "heic", "HEIC图片")),
    (4, b"ftyp", FileType("video/mp4", "mp4", "视频")),
    (0, b"ID3", FileType("audio/mpeg", "mp3", "音频")),
    (0, b"Rar!\x1a\x07", FileType("application/vnd.rar", "rar", "RAR压缩包")),
    (0, b"7z\xbc\xaf\x27\x1c", FileType("application/x-7z-compressed", "7z", "7z压缩包")),
    (0, b"{\\rtf", FileType("application/rtf", "rtf", "RTF文档")),
    (0, b"\x1f\x8b", FileType("application/gzip", "gz", "压缩文件")),
)

_OFFICE: Final = "application/vnd.openxmlformats-officedocument"
# A member that only this kind of package has.
_PACKAGES: Final = (
    ("word/document.xml", FileType(f"{_OFFICE}.wordprocessingml.document", "docx", "Word文档")),
    ("xl/workbook.xml", FileType(f"{_OFFICE}.spreadsheetml.sheet", "xlsx", "Excel表格")),
    ("xl/workbook.bin", FileType("application/vnd.ms-excel.sheet.binary.macroenabled.12", "xlsb", "Excel表格")),
    ("ppt/presentation.xml", FileType(f"{_OFFICE}.presentationml.presentation", "pptx", "演示文稿")),
    ("OFD.xml", FileType("application/ofd", "ofd", "OFD版式文件")),
)
_MIMETYPES: Final = {
    b"application/vnd.oasis.opendocument.text": FileType("application/vnd.oasis.opendocument.text", "odt", "ODF文档"),
    b"application/vnd.oasis.opendocument.spreadsheet": FileType(
        "application/vnd.oasis.opendocument.spreadsheet", "ods", "ODF表格"
    ),
    b"application/epub+zip": FileType("application/epub+zip", "epub", "电子书"),
}
# Stream names of a compound file, as they stand in its directory (UTF-16).
_OLE_STREAMS: Final = (
    ("EncryptedPackage", FileType("application/x-ole-encrypted", "", "加密的办公文件")),
    ("WordDocument", FileType("application/msword", "doc", "旧版Word文档")),
    ("Workbook", FileType("application/vnd.ms-excel", "xls", "旧版Excel表格")),
    ("PowerPoint Document", FileType("application/vnd.ms-powerpoint", "ppt", "旧版演示文稿")),
    ("Book", FileType("application/vnd.ms-excel", "xls", "旧版Excel表格")),
)


def detect(stream: BinaryIO) -> FileType:
    """The type of the file open in `stream` (seekable; read from its start). Never raises for a damaged file."""
    stream.seek(0)
    head = stream.read(_HEAD)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _package(stream)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _compound(stream)
    for offset, magic, found in _MAGIC:
        if head[offset : offset + len(magic)] == magic and (offset != 8 or head.startswith(b"RIFF")):
            return found
    return _text(head)


def _package(stream: BinaryIO) -> FileType:
    """What a ZIP archive packs: only its list of names is read, and one short member; nothing is unpacked."""
    try:
        with zipfile.ZipFile(stream) as archive:
            names = set(archive.namelist()[:_MOST_ENTRIES])
            for member, found in _PACKAGES:
                if member in names:
                    return found
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                return _MIMETYPES.get(archive.read("mimetype").strip(), ZIP)
    except (zipfile.BadZipFile, ValueError, OSError, RuntimeError, NotImplementedError, EOFError):
        return ZIP
    return ZIP


def _compound(stream: BinaryIO) -> FileType:
    stream.seek(0)
    data = stream.read(_OLE_READ)
    for name, found in _OLE_STREAMS:
        if name.encode("utf-16-le") in data:
            return found
    return OLE


def _text(head: bytes) -> FileType:
    """Text in UTF-8, UTF-16 with a mark, or GB18030, without control characters; markup by how it begins."""
    decoded = _decoded(head)
    if decoded is None or any(sign < " " and sign not in "\t\n\r\f\x1a" for sign in decoded):
        return UNKNOWN
    start = decoded.lstrip("\ufeff \t\r\n").lower()
    if "<svg" in start[:1000] and start.startswith(("<?xml", "<svg", "<!doctype svg", "<!--")):
        return SVG
    if start.startswith(("<!doctype html", "<html")) or ("<html" in start[:1000] and start.startswith("<")):
        return HTML
    return XML if start.startswith("<?xml") else TEXT


def _decoded(head: bytes) -> str | None:
    if not head:
        return None
    encodings = ["utf-16"] if head.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8", "gb18030"]
    for encoding in encodings:
        for cut in range(4):  # the last character may be cut by the end of the head
            try:
                return head[: len(head) - cut].decode(encoding)
            except UnicodeDecodeError:
                continue
    return None
