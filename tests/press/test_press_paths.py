"""Nothing may leave the public folder, hide in it, or be read differently by another server."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingchuang.press import content_types, paths

HOSTILE = [
    "",
    "/etc/passwd",
    "a//b",
    "a/",
    "..",
    "../x",
    "a/../b",
    "a/./b",
    ".press/journal",
    "a/.hidden",
    ".htaccess",
    "a\\b",
    "..\\..\\x",
    "a\x00b",
    "a\nb",
    "a\r\nSet-Cookie: x",
    "a\x7f",
    "a\u202egnp.exe",
    "a\u200bb",
    "con",
    "a/NUL.txt",
    "a/com1.pdf",
    "a./b",
    "a /b",
    " a",
    "x" * 256,
    "明" * 86,
    ("明" * 84) + ".html",
    "a/" * 1500 + "b",
    "\udcff",
]


@pytest.mark.parametrize("path", HOSTILE)
def test_hostile_paths_are_refused_with_a_reason(path: str) -> None:
    with pytest.raises(paths.BadPathError, match="公开路径"):
        paths.check(path)


@pytest.mark.parametrize(
    "path",
    [
        "index.html",
        "records/12/index.html",
        "records/1/files/ab12/关于做好政务公开工作的通知（2019年）.pdf",
        "明" * 85,
        "a b/c",
        "a%20b",
    ],
)
def test_honest_paths_pass(path: str) -> None:
    assert paths.check(path) == path


@pytest.mark.parametrize(
    ("address", "path"),
    [("/", "index.html"), ("/x/", "x/index.html"), ("/feed.xml", "feed.xml"), ("/单位/", "单位/index.html")],
)
def test_addresses_and_paths_are_two_names_of_one_thing(address: str, path: str) -> None:
    assert paths.from_address(address) == path
    assert paths.to_address(path) == address


@pytest.mark.parametrize(
    "address", ["", "x/", "//evil.example/", "/../x", "/a/../../x", "/.press/lock", "/a\\b/", "/x\x00/"]
)
def test_hostile_addresses_are_no_paths(address: str) -> None:
    with pytest.raises(paths.BadPathError):
        paths.from_address(address)


def test_attachments_lie_below_files() -> None:
    assert paths.is_attachment("records/1/files/ab/x.pdf")
    assert paths.is_attachment("files/x.pdf")
    assert not paths.is_attachment("records/1/index.html")
    assert not paths.is_attachment("records/files")
    assert not paths.is_attachment("profiles/x.pdf")


@given(st.text(max_size=400))
def test_any_name_is_made_safe(name: str) -> None:
    safe = paths.safe_name(name)
    assert paths.fault(f"files/{safe}") is None, (name, safe)
    assert "/" not in safe
    assert len(safe.encode()) <= 201


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("附件1：目录.docx", "附件1：目录.docx"),
        ("../../etc/passwd", "_._etc_passwd"),
        ("a\u202egnp.exe", "agnp.exe"),
        ("CON.txt", "_CON.txt"),
        ("...", "附件"),
        (".pdf", "pdf"),
        ("x" * 300 + ".pdf", "x" * 196 + ".pdf"),
        ("明" * 100 + ".pdf", "明" * 65 + ".pdf"),
        ("a\nb\x00c.xlsx", "abc.xlsx"),
        ("\ud800.pdf", "pdf"),
    ],
)
def test_names_keep_their_meaning(name: str, safe: str) -> None:
    assert paths.safe_name(name) == safe


def test_addresses_are_percent_encoded_for_headers() -> None:
    assert paths.encoded("/单位/a b/") == "/%E5%8D%95%E4%BD%8D/a%20b/"
    assert "\r" not in paths.encoded("/x\r\ny")


def test_kinds_of_content() -> None:
    assert content_types.content_type("a/index.html") == "text/html; charset=utf-8"
    assert content_types.content_type("feed.xml").startswith("application/rss+xml")
    assert content_types.content_type("a.XLSX").endswith("spreadsheetml.sheet")
    assert content_types.content_type("a/readme") == "application/octet-stream"
    assert content_types.content_type("a/.html") == "application/octet-stream"
    assert content_types.same_kind("application/rss+xml", "feed.xml")
    assert content_types.same_kind("text/xml; charset=utf-8", "sitemap.xml")
    assert not content_types.same_kind("text/html", "record.json")
