"""What holds for every file: spans, coverage, and that nothing but ``Unreadable`` is ever raised."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests.reading.documents import (
    SAMPLE,
    Paragraph,
    docx_of,
    html_of,
    paragraphs_of,
    pdf_of,
    plain_text,
    without_space,
    xlsx_table,
)

from mingchuang.reading.formats import Extract, Unreadable, extract
from mingchuang.reading.formats.child import from_json, parse, to_json

_ALPHABET = st.sampled_from("政务公开市县局（）〔〕《》“”、。，；：一二三十1290.％ 　Aaz—·①㙍𠮷<&>")
_LINE = st.text(_ALPHABET, min_size=1, max_size=60).filter(lambda text: bool(text.strip()))
_LABELLED = st.tuples(st.sampled_from(["", "一、", "（一）", "（二）", "1.", "2.", "（1）", "十二、"]), _LINE).map(
    "".join
)
_PARAGRAPHS = st.lists(_LABELLED.map(Paragraph), min_size=1, max_size=12)
_RELAXED = settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
_FEW = settings(deadline=None, max_examples=8, suppress_health_check=[HealthCheck.too_slow])


def check(read: Extract) -> None:
    """The invariants that ``extract.py`` states."""
    end = 0
    outside = []
    for block in read.blocks:
        start, stop = block.span
        assert end <= start < stop <= len(read.text)
        outside.append(read.text[end:start])
        text = read.text_of(block)
        assert text == text.strip() and text
        assert text.startswith(block.numbering)
        assert (block.place is not None) == (block.kind == "cell")
        assert (block.level is not None) == (block.kind == "heading")
        end = stop
    outside.append(read.text[end:])
    assert "".join(outside).strip() == ""
    assert all(item.text.strip() for item in read.dropped)
    for warning in read.warnings:
        assert warning.message.endswith("。")
        assert warning.span is None or 0 <= warning.span[0] < warning.span[1] <= len(read.text)


@_RELAXED
@given(_PARAGRAPHS, st.sampled_from(["utf-8", "gb18030", "utf-16"]), st.sampled_from(["\n", "\r\n", "\n\n"]))
def test_text(paragraphs: list[Paragraph], encoding: str, end: str) -> None:
    text = end.join(item.text for item in paragraphs)
    read = extract(text.encode(encoding), "a.txt")
    check(read)
    if read.source_format == "txt":
        assert without_space(read.text) == without_space(text)


@_RELAXED
@given(_PARAGRAPHS, st.booleans())
def test_docx(paragraphs: list[Paragraph], automatic: bool) -> None:
    read = extract(docx_of(paragraphs, automatic=automatic), "a.docx")
    check(read)
    assert without_space(read.text) == without_space(plain_text(paragraphs))


@_RELAXED
@given(_PARAGRAPHS, st.sampled_from(["utf-8", "gb18030"]))
def test_html(paragraphs: list[Paragraph], charset: str) -> None:
    read = parse("html", html_of(paragraphs, charset=charset))
    check(read)
    assert without_space(read.text) == without_space(plain_text(paragraphs))


@_RELAXED
@given(st.lists(st.lists(_LINE, min_size=2, max_size=4), min_size=1, max_size=6))
def test_xlsx(rows: list[list[str]]) -> None:
    read = parse("xlsx", xlsx_table(rows))
    check(read)
    assert without_space(read.text) == without_space("".join("".join(row) for row in rows))


@_FEW
@given(st.lists(_LABELLED.filter(lambda text: "𠮷" not in text).map(Paragraph), min_size=1, max_size=12))
def test_pdf(paragraphs: list[Paragraph]) -> None:
    read = extract(pdf_of(paragraphs), "a.pdf")
    check(read)
    lost = without_space(plain_text(paragraphs))
    furniture = "".join(item.text for item in read.dropped if item.reason != "page_number")
    assert sorted(without_space(read.text + furniture)) == sorted(lost)


@pytest.mark.parametrize("copies", [1, 20])
def test_the_sample_in_every_format(copies: int) -> None:
    paragraphs = [*SAMPLE] * copies
    for data in (plain_text(paragraphs).encode(), docx_of(paragraphs), html_of(paragraphs), pdf_of(paragraphs)):
        read = extract(data, "notice")
        check(read)
        assert without_space(read.text) == without_space(plain_text(paragraphs))
        assert from_json(to_json(read)) == read


# --- nothing but Unreadable


def survives(data: bytes, name: str = "a") -> None:
    try:
        check(extract(data, name))
    except Unreadable as refusal:
        assert refusal.message.endswith("。")
        assert refusal.code


@settings(deadline=None, max_examples=300)
@given(st.binary(max_size=400))
@example(b"\xff\xfe\x00\xd8")
@example(b"PK\x03\x04")
@example(b"PK\x05\x06" + bytes(18))
def test_random_bytes(data: bytes) -> None:
    survives(data)


_OLE_START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STARTS = [b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"PK\x03\x04", _OLE_START, b"<?xml ", b"{"]


@_RELAXED
@given(st.sampled_from(_STARTS), st.binary(max_size=300))
def test_random_bytes_after_a_known_mark(start: bytes, data: bytes) -> None:
    survives(start + data)


@_FEW
@given(st.sampled_from([b"%PDF-1.7\n", b"<html><body>"]), st.binary(max_size=300))
def test_random_bytes_for_the_child(start: bytes, data: bytes) -> None:
    survives(start + data)


@_RELAXED
@given(st.binary(max_size=400))
def test_random_markup(data: bytes) -> None:
    try:
        check(parse("html", b"<!DOCTYPE html><body><table><tr><td>1<td>2<tr><td>3<td>" + data))
    except Unreadable as refusal:
        assert refusal.code


_NOTICE = docx_of(paragraphs_of("一、公开\n（一）决策公开\n1.会议公开。（司法局负责落实）"))


@_RELAXED
@given(st.integers(0, len(_NOTICE) - 1), st.integers(1, 255), st.integers(0, 60))
def test_spoiled_archives(at: int, flip: int, cut: int) -> None:
    data = bytearray(_NOTICE)
    data[at] ^= flip
    del data[at : at + cut]
    survives(bytes(data), "a.docx")


@_RELAXED
@given(st.sampled_from(["word/document.xml", "word/numbering.xml", "word/styles.xml"]), st.data())
def test_spoiled_parts(part: str, draw: st.DataObject) -> None:
    """Slices of the XML are cut out or doubled: what is still well-formed must be read or refused, never crash."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_NOTICE)) as source, zipfile.ZipFile(stream, "w") as copy:
        for name in source.namelist():
            data = source.read(name)
            if name == part:
                tags = data.split(b"<")
                start = draw.draw(st.integers(1, len(tags) - 1))
                count = draw.draw(st.integers(0, 8))
                times = draw.draw(st.integers(0, 2))
                data = b"<".join(tags[:start] + tags[start : start + count] * times + tags[start + count :])
            copy.writestr(name, data)
    survives(stream.getvalue(), "a.docx")
