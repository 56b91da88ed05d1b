"""TXT: every encoding that circulates is read exactly, every doubt is refused or said."""

from __future__ import annotations

import pytest
from tests.reading.documents import SAMPLE, plain_text, without_space

from mingchuang.reading.formats import Extract, Unreadable, extract
from mingchuang.reading.formats.encoding import canonical, likeness

TEXT = plain_text(SAMPLE)


def _codes(extract: Extract) -> list[str]:
    return [warning.code for warning in extract.warnings]


@pytest.mark.parametrize(
    ("encoding", "found"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("gb18030", "gb18030"),
        ("utf-16", "utf-16-le"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
    ],
)
def test_every_usual_encoding_is_read_exactly(encoding: str, found: str) -> None:
    read = extract(TEXT.encode(encoding), "notice.txt")
    assert (read.text, read.encoding, read.source_format) == (TEXT, found, "txt")
    assert read.dropped == ()
    assert read.warnings == ()


def test_utf16_big_endian_with_mark() -> None:
    assert extract(b"\xfe\xff" + TEXT.encode("utf-16-be"), "a.txt").encoding == "utf-16-be"


@pytest.mark.parametrize("text", ["政务公开", "市政府办公室", "通知", "联通"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le", "utf-16-be"])
def test_a_few_characters_are_enough(text: str, encoding: str) -> None:
    assert extract(text.encode(encoding), "a.txt").text == text


def test_rare_characters_of_names_survive() -> None:
    text = "镕、喆、㙍、𠮷四字须原样读出，〇一二三。"
    assert extract(text.encode("gb18030"), "a.txt").text == text


def test_traditional_writing_in_gbk() -> None:
    text = "政務公開條例與資訊發布辦法，請遵照執行。"
    assert extract(text.encode("gbk"), "a.txt").text == text


def test_line_ends_and_indents_stay_as_they_are() -> None:
    text = "　　一、公开\r\n\r\n（一）决策\r二、服务 \n"
    read = extract(text.encode(), "a.txt")
    assert read.text == text
    assert [read.text_of(block) for block in read.blocks] == ["一、公开", "（一）决策", "二、服务"]
    assert {block.kind for block in read.blocks} == {"line"}
    assert {block.opens for block in read.blocks} == {None}


def test_gbk_under_a_utf8_mark_is_read_and_said() -> None:
    read = extract(b"\xef\xbb\xbf" + TEXT.encode("gbk"), "a.txt")
    assert read.text == TEXT
    assert _codes(read) == ["mislabelled_encoding"]
    assert "GB18030" in read.warnings[0].message


def test_damaged_utf8_is_refused_with_its_line() -> None:
    data = "第一行\n第二行\n第三行损坏".encode()[:-1]
    with pytest.raises(Unreadable, match="第 3 行") as refusal:
        extract(data, "a.txt")
    assert refusal.value.code == "damaged_text"


def test_cut_utf16_is_refused() -> None:
    with pytest.raises(Unreadable, match="UTF-16") as refusal:
        extract(TEXT.encode("utf-16")[:-1], "a.txt")
    assert refusal.value.code == "damaged_text"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"  \r\n\t \n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"\xff\xfe", "empty"),
        ("　　\n　".encode(), "empty"),
        ("政务\x00公开".encode(), "binary"),
        (bytes(range(256)) * 40, "binary"),
        (b"\x00\x00\x00\x00", "empty"),
        ("通知".encode("utf-32"), "encoding"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        extract(data, "a.txt")
    assert refusal.value.code == code


def test_labels_of_the_gb_family_mean_gb18030() -> None:
    assert {canonical(label) for label in ("GBK", "gb2312", "GB18030", "x-gbk", " 'cp936' ")} == {"gb18030"}
    assert canonical("utf8") == "utf-8"
    assert canonical("no-such-thing") is None
    assert canonical(None) is None


def test_misread_text_looks_less_like_chinese() -> None:
    assert likeness(TEXT) > 0.9
    assert likeness(TEXT.encode("utf-16-le").decode("gb18030", "ignore")) < likeness(TEXT) * 0.6


def test_a_table_of_ascii_is_text() -> None:
    read = extract(b"BM 2021-04-19\nMM Rar 7z <5 kg\n", "figures.log")
    assert read.source_format == "txt"
    assert read.warnings == ()


def test_nothing_of_a_long_text_is_lost() -> None:
    data = (TEXT + "\n").encode("gb18030") * 50
    read = extract(data, "a.txt")
    assert "".join(without_space(read.text_of(block)) for block in read.blocks) == without_space(TEXT) * 50
