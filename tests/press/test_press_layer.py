"""The byte layer: what a browser, a proxy, a crawler and an attacker get."""

from __future__ import annotations

import gzip
import os
import threading
import time
from pathlib import Path
from wsgiref.validate import validator

import pytest
from tests.press.wsgi_client import PAGE, ask, django, send

from mingchuang.press import layer as layer_module
from mingchuang.press import negotiation, resident
from mingchuang.press.layer import BakedLayer, build
from mingchuang.press.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path / "public")
    with store.batch() as batch:
        batch.write("index.html", PAGE)
        batch.write("records/1/index.html", PAGE + b"1")
        batch.write("单位/index.html", PAGE + b"2")
        batch.write("feed.xml", b"<rss/>" * 100)
        batch.write("short.txt", b"short")
        batch.write("static/ui.abc123.css", b"a{}" * 200)
        batch.write("records/1/files/ab/附件 1.pdf", bytes(range(256)) * 4000)
    return store


@pytest.fixture
def app(store: Store, monkeypatch: pytest.MonkeyPatch) -> BakedLayer:
    monkeypatch.setattr(layer_module, "LOOK_EVERY", 0.0)
    return build(store.root, django)


def test_a_page_in_both_encodings(app: BakedLayer) -> None:
    for _ in range(2):  # from the folder, then from memory
        plain = ask(app, "/records/1/")
        assert (plain.status, plain.body) == (200, PAGE + b"1")
        assert plain.headers["content-type"] == "text/html; charset=utf-8"
        assert plain.headers["content-length"] == str(len(PAGE) + 1)
        assert plain.headers["vary"] == "accept-encoding"
        assert plain.headers["x-content-type-options"] == "nosniff"
        assert "frame-ancestors 'none'" in plain.headers["content-security-policy"]
        assert plain.headers["cache-control"] == "no-cache"
        assert "content-encoding" not in plain.headers
        packed = ask(app, "/records/1/", accept_encoding="gzip, deflate, br")
        assert packed.headers["content-encoding"] == "gzip"
        assert packed.headers["content-length"] == str(len(packed.body))
        assert gzip.decompress(packed.body) == PAGE + b"1"
        assert packed.headers["etag"] != plain.headers["etag"]


def test_the_layer_is_valid_wsgi(app: BakedLayer) -> None:
    for path in ("/", "/records/1/files/ab/附件 1.pdf", "/records/1"):
        assert ask(validator(app), path).status in {200, 301}


@pytest.mark.parametrize(
    ("header", "packed"),
    [
        ("gzip", True),
        ("GZIP", True),
        ("x-gzip", True),
        ("*", True),
        ("br, gzip;q=0.5", True),
        ("gzip; q=0.001", True),
        ("identity", False),
        ("", False),
        ("gzip;q=0", False),
        ("gzip;q=0.000, *", False),
        ("*;q=0", False),
        ("br", False),
        ("gzip;q=nan", False),
        ("gzip;q=-1", False),
        ("gzip;q=much", False),
        ("gzipped", False),
        ("," * 5000, False),
        (";;;q=,=;", False),
    ],
)
def test_encodings_are_negotiated(app: BakedLayer, header: str, packed: bool) -> None:
    assert ("content-encoding" in ask(app, "/", accept_encoding=header).headers) == packed


def test_many_different_headers_do_not_fill_the_memory(app: BakedLayer) -> None:
    for number in range(2000):
        ask(app, "/", accept_encoding=f"gzip;q=0.{number}")
    assert len(negotiation._gzip_by_header) <= 256


def test_head_says_the_same_without_the_body(app: BakedLayer) -> None:
    for path in ("/", "/records/1/files/ab/附件 1.pdf"):
        for _ in range(2):
            full, head = ask(app, path), ask(app, path, "HEAD")
            assert head.body == b""
            assert head.headers == full.headers


@pytest.mark.parametrize("encoding", ["", "gzip"])
def test_unchanged_pages_are_not_sent_again(app: BakedLayer, encoding: str) -> None:
    first = ask(app, "/", accept_encoding=encoding)
    etag, date = first.headers["etag"], first.headers["last-modified"]
    for condition in (etag, f"W/{etag}", f'"other", {etag}', "*"):
        again = ask(app, "/", accept_encoding=encoding, if_none_match=condition)
        assert (again.status, again.body) == (304, b"")
        assert again.headers["etag"] == etag
        assert "content-length" not in again.headers
    assert ask(app, "/", if_modified_since=date).status == 304
    assert ask(app, "/", accept_encoding=encoding, if_none_match='"other"', if_modified_since=date).status == 200
    for bad in ("yesterday", "", "Thu, 99 Foo 2019", "Wed, 25 Sep 99999 00:00:00 GMT", "\x00"):
        assert ask(app, "/", if_modified_since=bad).status == 200
    assert ask(app, "/", if_modified_since="Wed, 25 Sep 2019 00:00:00 GMT").status == 200


def test_chinese_addresses(app: BakedLayer) -> None:
    assert ask(app, "/单位/").body == PAGE + b"2"
    assert ask(app, "/单位").headers["location"] == "/%E5%8D%95%E4%BD%8D/"


def test_an_address_without_its_slash_is_redirected_and_keeps_its_query(app: BakedLayer) -> None:
    answer = ask(app, "/records/1", query="from=qr")
    assert (answer.status, answer.headers["location"]) == (301, "/records/1/?from=qr")
    assert ask(app, "/records/1", query="a\r\nSet-Cookie: x").headers["location"] == "/records/1/"
    assert ask(app, "/records").status == 404, "a folder without a page of its own"
    assert ask(app, "/records/").status == 404


@pytest.mark.parametrize(
    "path",
    [
        "/../secret",
        "/records/../../secret",
        "/..%2fsecret",
        "/.press/journal",
        "/.press/generation",
        "/records/1/.hidden",
        "//evil.example/..",
        "//evil.example",
        "/\\evil",
        "/index.html\x00.png",
        "/" + "a" * 70_000,
        "/" + "a/" * 3000,
        "/index.html/",
        "/index.html/x",
        "",
        "*",
        "http://evil.example/",
    ],
)
def test_hostile_paths_are_djangos(app: BakedLayer, store: Store, path: str) -> None:
    (store.root.parent / "secret").write_text("secret")
    (store.root / "records/1/.hidden").write_text("secret")
    answer = ask(app, path)
    assert answer.headers.get("X-By") == "django"


def test_bytes_that_are_no_utf8_are_djangos(app: BakedLayer) -> None:
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/\xff\xfe/", "QUERY_STRING": ""}
    assert send(app, environ).headers["X-By"] == "django"
    environ["PATH_INFO"] = "/\u660e/"  # not even WSGI
    assert send(app, environ).headers["X-By"] == "django"


def test_links_out_of_the_folder_and_pipes_are_not_followed(app: BakedLayer, store: Store) -> None:
    (store.root.parent / "secret").write_text("secret")
    (store.root / "link.txt").symlink_to(store.root.parent / "secret")
    os.mkfifo(store.root / "pipe.txt")
    assert ask(app, "/link.txt").status == 404
    assert ask(app, "/pipe.txt").status == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "get"])
def test_other_methods_are_djangos(app: BakedLayer, method: str) -> None:
    assert ask(app, "/", method).headers["X-By"] == "django"


def test_styles_with_a_hash_are_kept_for_ever(app: BakedLayer) -> None:
    assert "immutable" in ask(app, "/static/ui.abc123.css").headers["cache-control"]


def test_attachments_are_downloads_that_may_do_nothing(app: BakedLayer) -> None:
    answer = ask(app, "/records/1/files/ab/附件 1.pdf", accept_encoding="gzip")
    assert answer.body == bytes(range(256)) * 4000
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert answer.headers["content-disposition"] == (
        "attachment; filename=\"__ 1.pdf\"; filename*=UTF-8''%E9%99%84%E4%BB%B6%201.pdf"
    )
    assert app.resident.held == 0, "streamed, not held"
    assert ask(app, "/records/1/files/ab/附件 1.pdf", if_none_match=answer.headers["etag"]).status == 304


@pytest.mark.parametrize(
    ("asked", "status", "content_range", "slice_"),
    [
        ("bytes=0-99", 206, "bytes 0-99/1024000", slice(0, 100)),
        ("bytes=1023999-", 206, "bytes 1023999-1023999/1024000", slice(1023999, None)),
        ("bytes=-10", 206, "bytes 1023990-1023999/1024000", slice(-10, None)),
        ("bytes=5-9999999999", 206, "bytes 5-1023999/1024000", slice(5, None)),
        ("bytes=-99999999", 206, "bytes 0-1023999/1024000", slice(None)),
        ("bytes=1024000-", 416, "bytes */1024000", None),
        ("bytes=-0", 416, "bytes */1024000", None),
        ("bytes=9-5", 200, None, slice(None)),
        ("bytes=0-1,5-6", 200, None, slice(None)),
        ("bytes=", 200, None, slice(None)),
        ("bytes=-", 200, None, slice(None)),
        ("items=0-5", 200, None, slice(None)),
        ("bytes=٠-٩", 200, None, slice(None)),
        ("bytes=" + "9" * 5000 + "-", 200, None, slice(None)),
    ],
)
def test_ranges(app: BakedLayer, asked: str, status: int, content_range: str | None, slice_: slice | None) -> None:
    answer = ask(app, "/records/1/files/ab/附件 1.pdf", range=asked)
    assert (answer.status, answer.headers.get("content-range")) == (status, content_range)
    whole = bytes(range(256)) * 4000
    assert answer.body == (whole[slice_] if slice_ else b"")
    assert answer.headers["content-length"] == str(len(answer.body))


def test_a_range_of_another_version_is_the_whole_file(app: BakedLayer) -> None:
    path = "/records/1/files/ab/附件 1.pdf"
    first = ask(app, path)
    assert ask(app, path, range="bytes=0-9", if_range=first.headers["etag"]).status == 206
    assert ask(app, path, range="bytes=0-9", if_range=first.headers["last-modified"]).status == 206
    assert ask(app, path, range="bytes=0-9", if_range='"other"').status == 200
    assert ask(app, path, range="bytes=0-9", if_range="nonsense").status == 200


def test_a_large_page_is_streamed_compressed(app: BakedLayer, store: Store) -> None:
    big = b"<p>row</p>" * 200_000
    store.write("big/index.html", big)
    assert gzip.decompress(ask(app, "/big/", accept_encoding="gzip").body) == big
    assert ask(app, "/big/").body == big
    assert app.resident.held == 0


def test_publications_and_withdrawals_of_another_process_are_seen(app: BakedLayer, store: Store) -> None:
    assert ask(app, "/").body == PAGE
    assert ask(app, "/new/").status == 404
    other = Store(store.root)
    with other.batch() as batch:
        batch.write("index.html", PAGE + b"changed")
        batch.write("new/index.html", PAGE + b"new")
        batch.remove("records/1/index.html")
    assert ask(app, "/").body == PAGE + b"changed"
    assert ask(app, "/new/").body == PAGE + b"new"
    assert ask(app, "/records/1/").status == 404


def test_only_what_changed_is_forgotten(app: BakedLayer, store: Store) -> None:
    for path in ("/", "/records/1/", "/单位/"):
        ask(app, path)
    store.write("index.html", PAGE + b"changed")
    ask(app, "/short.txt")
    assert set(app.resident.pages) == {"/records/1/", "/单位/".encode().decode("latin-1"), "/short.txt"}


def test_a_rewritten_or_damaged_journal_makes_the_layer_forget_everything(app: BakedLayer, store: Store) -> None:
    ask(app, "/records/1/")
    store._recovery.write_anew()
    store.write("index.html", PAGE + b"changed")
    assert ask(app, "/").body == PAGE + b"changed"
    assert "/records/1/" not in app.resident.pages
    ask(app, "/records/1/")
    with (store.inside / "journal").open("ab") as file:
        file.write(b"garbage\ngarbage\n")
    (store.inside / "generation").write_bytes(b"999\n")
    ask(app, "/")
    assert "/records/1/" not in app.resident.pages
    assert ask(app, "/records/1/").status == 200


def test_a_folder_that_comes_later_is_served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layer_module, "LOOK_EVERY", 0.0)
    app = build(tmp_path / "public", django)
    assert ask(app, "/").status == 404
    Store(tmp_path / "public").write("index.html", PAGE)
    assert ask(app, "/").body == PAGE
    Store(tmp_path / "public").write("index.html", PAGE + b"2")
    assert ask(app, "/").body == PAGE + b"2"


def test_the_generation_file_is_looked_at_twenty_times_a_second_at_most(
    app: BakedLayer, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(layer_module, "LOOK_EVERY", 0.05)
    ask(app, "/")
    looks = []
    monkeypatch.setattr(app, "_read_generation", lambda: looks.append(1) or app._generation)
    end = time.monotonic() + 0.3
    while time.monotonic() < end:
        ask(app, "/")
    assert 1 <= len(looks) <= 7


def test_memory_stays_below_the_limit_and_the_least_used_leave(store: Store) -> None:
    with store.batch() as batch:
        for number in range(60):
            batch.write(f"p/{number}/index.html", PAGE + b"%d" % number)
    one = resident.load(
        str(store.root),
        "p/0/index.html",
        *resident.open_public(str(store.root), "p/0/index.html"),
        build("/", django).headers,
    )  # type: ignore[misc]
    app = build(store.root, django, memory=one.size * 20)
    for number in range(60):
        assert ask(app, f"/p/{number}/").body == PAGE + b"%d" % number
        ask(app, "/p/0/")  # in constant use
        assert app.resident.held <= one.size * 20
        assert app.resident.held == sum(page.size for page in app.resident.pages.values())
    assert "/p/0/" in app.resident.pages
    assert "/p/59/" in app.resident.pages
    assert "/p/5/" not in app.resident.pages
    assert ask(app, "/p/5/").body == PAGE + b"5", "served from its file"


def test_a_page_read_before_a_change_is_not_held_after_it(app: BakedLayer, store: Store) -> None:
    ask(app, "/short.txt")
    epoch = app.resident.epoch
    page = app.resident.pages["/short.txt"]
    store.write("short.txt", b"changed")
    ask(app, "/")
    app.resident.put("/short.txt", page, epoch, 0.0)
    assert ask(app, "/short.txt").body == b"changed"


@pytest.mark.parametrize("encoding", ["", "gzip"])
def test_readers_never_see_a_torn_page_and_soon_the_newest(app: BakedLayer, store: Store, encoding: str) -> None:
    stop = threading.Event()
    wrong: list[object] = []
    seen: set[bytes] = set()

    def read() -> None:
        while not stop.is_set():
            answer = ask(app, "/p/", accept_encoding=encoding)
            body = gzip.decompress(answer.body) if "content-encoding" in answer.headers else answer.body
            if answer.status != 200 or len(body) != 30_000 or len(set(body)) != 1:
                wrong.append((answer.status, len(body)))
            if answer.headers["content-length"] != str(len(answer.body)):
                wrong.append("length")
            seen.add(body[:1])

    store.write("p/index.html", b"a" * 30_000)
    threads = [threading.Thread(target=read) for _ in range(2)]
    for thread in threads:
        thread.start()
    letters = [bytes([97 + number % 26]) for number in range(40)]
    for letter in letters:
        store.write("p/index.html", letter * 30_000)
    stop.set()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert len(seen) > 3
    assert ask(app, "/p/").body == letters[-1] * 30_000
