"""What a file is, by its content. The name only serves to notice a wrong extension."""

from __future__ import annotations

import re
from typing import Final, NoReturn

from mingchuang.reading.formats.archive import Archive
from mingchuang.reading.formats.encoding import decode
from mingchuang.reading.formats.extract import FormatWarning, SourceFormat, Unreadable

_HEAD = 4_096
_PDF_HEAD = 1_024  # readers accept that much before the mark
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_PICTURES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*")
_PACKED = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
_PROGRAMS = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe")
_HTML_START = re.compile(r"(?is)\A\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta)\b")
_HTML_TAG = re.compile(
    r"(?i)<(?:p|div|table|span|br|h[1-6]|ul|ol|li|a|font|article|section|meta|title|center)\b[^<>]*>"
)
_HTML_NAMES = (".htm", ".html", ".shtml", ".xhtml")
_TAGS_OF_A_FRAGMENT = 3

_NAMES: Final[dict[str, SourceFormat]] = {
    ".txt": "txt",
    ".text": "txt",
    ".docx": "docx",
    ".docm": "docx",
    ".dotx": "docx",
    ".pdf": "pdf",
    ".htm": "html",
    ".html": "html",
    ".shtml": "html",
    ".xhtml": "html",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
}
_FORMAT_TITLES: Final[dict[SourceFormat, str]] = {
    "txt": "文本",
    "docx": "DOCX",
    "pdf": "PDF",
    "html": "HTML 网页",
    "xlsx": "XLSX 表格",
}


def detect(data: bytes) -> SourceFormat:
    """The format of the file.

    Raises ``Unreadable`` for formats that are recognised and not read; the sentence says what to do.
    """
    head = data[:_HEAD]
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        raise Unreadable("empty", "文件是空的：请确认上传的是正确的文件。")
    if b"%PDF-" in head[:_PDF_HEAD]:
        return "pdf"
    if head.startswith(_ZIP):
        return _office_kind(data)
    if head.startswith(_OLE):
        _refuse_ole(data)
    _refuse_foreign(head)
    return _text_kind(data, head)


def wrong_extension(name: str, found: SourceFormat) -> FormatWarning | None:
    """A warning when the name says something else than the content."""
    extension = _extension(name)
    if not extension or _NAMES.get(extension) == found:
        return None
    if found == "txt" and extension not in _NAMES and extension not in {".doc", ".wps", ".xls", ".rtf"}:
        return None  # .md, .log …: text under any name is still text
    title = _FORMAT_TITLES[found]
    return FormatWarning("wrong_extension", f"文件扩展名是 {extension}，实际内容是{title}，已按{title}读取。")


def _extension(name: str) -> str:
    match = re.search(r"\.[A-Za-z0-9]{1,8}\Z", name.strip())
    return match[0].lower() if match else ""


def _office_kind(data: bytes) -> SourceFormat:
    archive = Archive(data)
    names = archive.names
    if "word/document.xml" in names or ("[Content_Types].xml" in names and _has(names, "word/")):
        return "docx"
    if "xl/workbook.xml" in names or "xl/workbook.bin" in names:
        return "xlsx"
    if "ppt/presentation.xml" in names:
        raise Unreadable("presentation", "文件是演示文稿（PPTX），不能读取：请上传 DOCX、PDF、TXT 或 HTML 文件。")
    if "OFD.xml" in names:
        raise Unreadable("ofd", "文件是 OFD 版式文件，暂不能读取：请另存为 PDF 或 DOCX 后重新上传。")
    if "mimetype" in names and "content.xml" in names:
        raise Unreadable("odf", "文件是 OpenDocument 文档（如 ODT），不能读取：请另存为 DOCX 后重新上传。")
    raise Unreadable("archive", "文件是压缩包，不能读取：请解压后上传其中的文档。")


def _has(names: frozenset[str], prefix: str) -> bool:
    return any(name.startswith(prefix) for name in names)


def _refuse_ole(data: bytes) -> NoReturn:
    """The compound file format of old Office; its stream names are UTF-16."""

    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if holds("EncryptedPackage"):
        raise Unreadable("encrypted", "文件设有打开密码，无法读取：请取消密码后重新上传。")
    if holds("WordDocument"):
        raise Unreadable("old_word", "文件是旧版 Word（DOC）或 WPS 格式，不能读取：请另存为 DOCX 后重新上传。")
    if holds("Workbook") or holds("Book"):
        raise Unreadable("old_excel", "文件是旧版 Excel（XLS）格式，不能读取：请另存为 XLSX 后重新上传。")
    if holds("PowerPoint Document"):
        raise Unreadable("presentation", "文件是演示文稿（PPT），不能读取：请上传 DOCX、PDF、TXT 或 HTML 文件。")
    raise Unreadable("old_office", "文件是旧版 Office 或 WPS 格式，不能读取：请另存为 DOCX 后重新上传。")


def _refuse_foreign(head: bytes) -> None:
    if head.startswith(_PICTURES) or _newer_picture(head):
        raise Unreadable("picture", "文件是图片，没有可读取的文字，需要先做文字识别（OCR）后再上传。")
    if head.startswith(b"{\\rtf"):
        raise Unreadable("rtf", "文件是 RTF 格式，不能读取：请另存为 DOCX 后重新上传。")
    if head.startswith(_PACKED):
        raise Unreadable("archive", "文件是压缩包，不能读取：请解压后上传其中的文档。")
    if head.startswith(_PROGRAMS) and b"\x00" in head:
        raise Unreadable("program", "文件是程序，不是文档，已拒绝读取。")
    if head.lstrip().lower().startswith(b"mime-version:") or b"multipart/related" in head.lower():
        raise Unreadable("mhtml", "文件是单个文件网页（MHT），不能读取：请另存为 DOCX 或 HTML 后重新上传。")


def _newer_picture(head: bytes) -> bool:
    """Containers whose mark is not at the start, and BMP, whose mark is two letters that a text may begin with."""
    return (
        head[4:12] in {b"ftypheic", b"ftypavif"}
        or head[8:12] == b"WEBP"
        or (head.startswith(b"BM") and b"\x00\x00" in head[:18])
    )


def _text_kind(data: bytes, head: bytes) -> SourceFormat:
    start = decoded_head(data, head)
    if _HTML_START.search(start):
        return "html"
    if start.lstrip().startswith("<?xml"):
        if "<html" in start.lower():
            return "html"
        raise Unreadable("xml", "文件是 XML 数据，不是可读取的文档：请另存为 DOCX、PDF 或 TXT 后重新上传。")
    if start.lstrip().startswith("<") and len(_HTML_TAG.findall(start)) >= _TAGS_OF_A_FRAGMENT:
        return "html"
    return "txt"


def decoded_head(data: bytes, head: bytes) -> str:
    """The first characters, enough to look for markup; markup is ASCII, so only UTF-16 must be told apart."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in head:
        return decode(data).text[:_HEAD]
    return head.removeprefix(b"\xef\xbb\xbf").decode("latin-1")
