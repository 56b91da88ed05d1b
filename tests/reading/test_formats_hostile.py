"""Files that are damaged, locked, of the wrong kind or made to harm: one clear sentence each, at once."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib

import docx
import pytest
from tests.reading.documents import SAMPLE, docx_of, saved, xlsx_table

from mingchuang.reading.formats import Unreadable, extract, limits
from mingchuang.reading.formats.archive import Archive
from mingchuang.reading.formats.markup import parse_part

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
_XML = "<?xml version='1.0' encoding='UTF-8'?>"


def refused(data: bytes, name: str = "a.docx") -> Unreadable:
    """The refusal of a file: one sentence of Chinese that ends as a sentence does."""
    with pytest.raises(Unreadable) as caught:
        extract(data, name)
    refusal = caught.value
    assert str(refusal) == refusal.message
    assert re.fullmatch(r"[^。\n]+。", refusal.message), refusal.message
    assert re.search("[一-鿿]", refusal.message)
    return refusal


def _zip(members: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


def _replaced(data: bytes, part: str, change: bytes | None) -> bytes:
    """A DOCX with one part exchanged, or removed."""
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        members = {name: source.read(name) for name in source.namelist()}
    members[part] = change or b""
    if change is None:
        del members[part]
    return _zip(members)


@pytest.fixture(scope="module")
def notice() -> bytes:
    return docx_of(SAMPLE)


# --- kinds that are recognised and not read


@pytest.mark.parametrize(
    ("data", "code", "advice"),
    [
        (_OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted", "取消密码"),
        (_OLE + "WordDocument".encode("utf-16-le"), "old_word", "另存为 DOCX"),
        (_OLE + "Workbook".encode("utf-16-le"), "old_excel", "另存为 XLSX"),
        (_OLE + "PowerPoint Document".encode("utf-16-le"), "presentation", "DOCX"),
        (_OLE, "old_office", "另存为 DOCX"),
        (b"\x89PNG\r\n\x1a\n" + bytes(40), "picture", "OCR"),
        (b"\xff\xd8\xff\xe0" + bytes(40), "picture", "OCR"),
        (b"BM" + bytes(60), "picture", "OCR"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "picture", "OCR"),
        (b"\x00\x00\x00\x18ftypheic", "picture", "OCR"),
        (b"{\\rtf1\\ansi}", "rtf", "另存为 DOCX"),
        (b"Rar!\x1a\x07\x00" + bytes(20), "archive", "解压"),
        (b"7z\xbc\xaf\x27\x1c" + bytes(20), "archive", "解压"),
        (b"MZ\x90\x00" + bytes(60), "program", "拒绝"),
        (b"\x7fELF\x02\x01\x01\x00" + bytes(60), "program", "拒绝"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n", "mhtml", "另存为"),
        (f"{_XML}<rss><title>公开</title></rss>".encode(), "xml", "另存为"),
        (f"{_XML}<!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/hostname'>]><x>&y;</x>".encode(), "xml", "另存为"),
        (_zip({"ppt/presentation.xml": b"<x/>"}), "presentation", "PPTX"),
        (_zip({"OFD.xml": b"<x/>"}), "ofd", "另存为 PDF"),
        (_zip({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b""}), "odf", "另存为 DOCX"),
        (_zip({"公开.txt": "政务公开".encode()}), "archive", "解压"),
        (_zip({}), "archive", "解压"),
    ],
)
def test_other_kinds_are_named_with_advice(data: bytes, code: str, advice: str) -> None:
    refusal = refused(data)
    assert refusal.code == code
    assert advice in refusal.message


def test_a_file_above_the_limit_is_refused_before_anything_is_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "FILE_BYTES", 10)
    assert refused(b"x" * 11).code == "too_large"


# --- archives


def test_a_bomb_is_refused_by_its_directory() -> None:
    data = _zip({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<a>" + bytes(9 * limits.MEBIBYTE)})
    assert len(data) < 100_000
    assert refused(data).code == "archive_bomb"


def test_many_large_parts_are_refused_by_their_sum(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "ARCHIVE_TOTAL_BYTES", 1000)
    assert refused(_zip({"word/document.xml": b"<x/>", "a": bytes(600), "b": bytes(600)})).code == "archive_bomb"


def test_a_member_that_lies_about_its_size_is_cut_off() -> None:
    data = _zip({"word/document.xml": b"<a>" + b"x" * 200_000 + b"</a>"})
    lying = data.replace(struct.pack("<I", 200_007), struct.pack("<I", 100))
    assert lying != data
    refusal = refused(lying)
    assert refusal.code in {"archive_bomb", "damaged"}


def test_a_member_that_is_shorter_than_declared_is_damage() -> None:
    data = _zip({"word/document.xml": b"<a>" + b"x" * 1000 + b"</a>"})
    lying = data.replace(struct.pack("<I", 1007), struct.pack("<I", 1009))
    assert refused(lying).code == "damaged"


def test_overlapping_members_are_refused() -> None:
    """The directory names one stored member twice, as quoted-overlap bombs do a thousand times."""
    data = bytearray(_zip({"word/document.xml": b"<x/>", "word/documenu.xml": b"<x/>"}, zipfile.ZIP_STORED))
    second = data.rindex(b"PK\x01\x02")
    struct.pack_into("<I", data, second + 42, 0)
    assert refused(bytes(data)).code == "archive_overlap"


def test_too_many_members_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "ARCHIVE_MEMBERS", 3)
    assert refused(_zip({f"{number}": b"" for number in range(4)})).code == "archive_bomb"


@pytest.mark.parametrize("name", ["../evil.xml", "/etc/passwd", "a/../../b", "C:\\evil", "..\\evil", "\\evil"])
def test_names_that_climb_out_are_refused(name: str) -> None:
    assert refused(_zip({"word/document.xml": b"<x/>", name: b""})).code == "archive_paths"


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_doubled_names_are_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for text in ("<a/>", "<b/>"):
            archive.writestr("word/document.xml", text)
    assert refused(stream.getvalue()).code == "archive_duplicates"


def test_an_encrypted_archive_is_refused() -> None:
    data = bytearray(_zip({"word/document.xml": b"<x/>"}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1
    assert refused(bytes(data)).code == "encrypted"


@pytest.mark.parametrize("keep", [0.05, 0.3, 0.7, 0.99])
def test_a_cut_archive_is_damage(notice: bytes, keep: float) -> None:
    assert refused(notice[: int(len(notice) * keep)]).code == "damaged"


def test_spoiled_bytes_are_noticed(notice: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(notice)) as archive:
        member = archive.getinfo("word/document.xml")
    data = bytearray(notice)
    middle = member.header_offset + 60 + member.compress_size // 2
    data[middle] ^= 0xFF
    assert refused(bytes(data)).code == "damaged"


def test_archives_in_the_archive_are_never_opened() -> None:
    document = docx.Document()
    document.add_paragraph("正文")
    inner = _zip({"x": bytes(3 * limits.MEBIBYTE)})
    data = _replaced(saved(document), "word/embeddings/inner.zip", inner)
    assert extract(data, "a.docx").text == "正文"


def test_a_directory_is_checked_without_unpacking(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> None:
        raise AssertionError("unpacked")

    data = _zip({"../x": b"", "word/document.xml": b""})
    monkeypatch.setattr(zipfile.ZipFile, "open", never)
    with pytest.raises(Unreadable):
        Archive(data)


# --- XML

_LAUGHS = (
    f"{_XML}<!DOCTYPE d [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;'>]>"
    "<d>&c;</d>"
)
_EXTERNAL = f"{_XML}<!DOCTYPE d [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><d>&x;</d>"


@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml", "word/numbering.xml", "_rels/.rels"])
@pytest.mark.parametrize("evil", [_LAUGHS, _EXTERNAL], ids=["billion laughs", "external entity"])
def test_document_types_in_any_part_are_refused(notice: bytes, part: str, evil: str) -> None:
    assert refused(_replaced(notice, part, evil.encode())).code == "doctype"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-32", "cp037"])
def test_a_document_type_in_a_disguising_encoding_is_refused(encoding: str) -> None:
    declared = {"cp037": "cp037"}.get(encoding, encoding.upper())
    data = _EXTERNAL.replace("UTF-8", declared).encode(encoding)
    with pytest.raises(Unreadable) as caught:
        parse_part(data)
    assert caught.value.code in {"doctype", "damaged"}


def test_document_types_in_a_workbook_are_refused() -> None:
    data = _replaced(xlsx_table([["甲", "乙"]]), "xl/sharedStrings.xml", _LAUGHS.encode())
    assert refused(data, "a.xlsx").code == "doctype"


@pytest.mark.parametrize("content", [b"", b"<w:document", b"no xml", b"\x00\x01", b"<d/>"])
def test_a_spoiled_main_part_is_damage(notice: bytes, content: bytes) -> None:
    assert refused(_replaced(notice, "word/document.xml", content)).code == "damaged"


def test_a_missing_main_part_is_damage(notice: bytes) -> None:
    assert refused(_replaced(notice, "word/document.xml", None)).code == "damaged"


@pytest.mark.parametrize("depth", [40, 900])
def test_tables_nested_without_end_are_refused(notice: bytes, depth: int) -> None:
    name = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    nested = "<w:tbl><w:tr><w:tc>" * depth + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * depth
    body = f"{_XML}<w:document xmlns:w='{name}'><w:body>{nested}</w:body></w:document>"
    assert refused(_replaced(notice, "word/document.xml", body.encode())).code in {"too_nested", "damaged"}


def test_external_targets_are_never_followed(notice: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(notice)) as archive:
        relations = archive.read("word/_rels/document.xml.rels")
    evil = b'<Relationship Id="e" Type="x/styles" TargetMode="External" Target="http://203.0.113.1/x"/></Relationships>'
    data = _replaced(notice, "word/_rels/document.xml.rels", relations.replace(b"</Relationships>", evil))
    assert extract(data, "a.docx").text == extract(notice, "a.docx").text


# --- PDF


def _pdf(objects: list[bytes], trailer: bytes) -> bytes:
    data = b"%PDF-1.4\n"
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(data))
        data += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    return (
        data
        + head
        + table
        + b"trailer\n<<"
        + trailer
        + b"/Size %d>>\nstartxref\n%d\n%%%%EOF"
        % (
            len(objects) + 1,
            len(data),
        )
    )


_CATALOG = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>"]


def test_a_locked_pdf_is_told() -> None:
    lock = b"<</Filter/Standard/V 1/R 2/Length 40/P -4/O<" + b"41" * 32 + b">/U<" + b"42" * 32 + b">>>"
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>"
    identity = b"/Root 1 0 R/Encrypt 4 0 R/ID[<0011><0011>]"
    refusal = refused(_pdf([*_CATALOG, page, lock], identity), "a.pdf")
    assert refusal.code == "encrypted"
    assert "密码" in refusal.message


def test_a_page_tree_that_bites_its_tail_ends() -> None:
    loop = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 99>>"]
    assert refused(_pdf(loop, b"/Root 1 0 R"), "a.pdf").code in {"damaged", "empty"}


def test_a_content_stream_that_inflates_is_bounded() -> None:
    stream = zlib.compress(b"q Q " * (20 * limits.MEBIBYTE), 9)
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R>>"
    content = b"<</Length %d/Filter/FlateDecode>>stream\n" % len(stream) + stream + b"\nendstream"
    assert refused(_pdf([*_CATALOG, page, content], b"/Root 1 0 R"), "a.pdf").code in {"too_complex", "empty"}


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"%PDF-1.7\n%%EOF", b"%PDF-" + bytes(2000)])
def test_an_empty_shell_of_a_pdf_is_damage(data: bytes) -> None:
    assert refused(data, "a.pdf").code == "damaged"
