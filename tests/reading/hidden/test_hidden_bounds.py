"""Files made to harm or to exhaust: one sentence each, and the next file is read as if nothing had been."""

from __future__ import annotations

import io
import zipfile

import docx
import pikepdf
import pytest
from PIL import Image
from tests.reading.hidden.planted import found_in
from tests.reading.hidden.test_hidden_docx import saved, with_parts

from mingchuang.reading.formats import Unreadable, limits, warm
from mingchuang.reading.gate import cleaning


def refusal(work, data: bytes) -> Unreadable:  # type: ignore[no-untyped-def]
    with pytest.raises(Unreadable) as caught:
        work(data)
    assert caught.value.message.count("。") == 1
    return caught.value


@pytest.mark.parametrize("work", [found_in, cleaning.strip])
def test_archives_made_to_harm(work) -> None:  # type: ignore[no-untyped-def]
    document = saved(docx.Document())
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * (limits.ARCHIVE_MEMBER_BYTES + 1))
    assert refusal(work, stream.getvalue()).code == "archive_bomb"
    doctype = b'<!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/hostname">]><x>&y;</x>'
    assert refusal(work, with_parts(document, {"word/document.xml": doctype})).code == "doctype"
    assert refusal(work, with_parts(document, {"../evil.xml": b"x"})).code == "archive_paths"


@pytest.mark.parametrize("work", [found_in, cleaning.strip])
def test_too_many_pages_and_too_many_bytes(work) -> None:  # type: ignore[no-untyped-def]
    document = pikepdf.new()
    for _ in range(limits.PDF_PAGES + 1):
        document.add_blank_page(page_size=(10, 10))
    stream = io.BytesIO()
    document.save(stream)
    assert refusal(work, stream.getvalue()).code == "too_many_pages"
    assert refusal(work, b"%PDF-1.7\n" + b"\0" * limits.FILE_BYTES).code == "too_large"


def test_a_picture_that_would_fill_the_memory_is_not_decoded() -> None:
    stream = io.BytesIO()
    held = Image.Exif()
    held[0x0112] = 6
    Image.new("1", (20_000, 15_000)).save(stream, format="PNG", exif=held)
    assert refusal(cleaning.strip, stream.getvalue()).code == "too_large"


def test_a_child_that_is_lost_takes_nothing_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    data = saved(docx.Document())
    with pytest.raises(Unreadable) as caught:
        warm.ask({"do": "search", "kind": "no such kind"}, data)
    assert caught.value.code == "damaged"
    warm.stop()
    assert isinstance(found_in(data), list) and cleaning.strip(data).data


def test_a_picture_stream_of_a_pdf_that_is_no_picture_harms_nothing() -> None:
    document = pikepdf.new()
    document.add_blank_page()
    photo = pikepdf.Stream(document, b"\xff\xd8\xff\xe1\xff\xff no picture")
    for key, value in {
        "/Subtype": pikepdf.Name.Image,
        "/Filter": pikepdf.Name.DCTDecode,
        "/Width": 9,
        "/Height": 9,
    }.items():
        photo[key] = value
    document.pages[0].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(P=photo))
    stream = io.BytesIO()
    document.save(stream)
    assert found_in(stream.getvalue()) == []
    assert found_in(cleaning.strip(stream.getvalue()).data) == []
