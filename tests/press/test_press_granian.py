"""The byte layer under the server that it is made for: what goes over the wire."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.press.servers import free_port, get, running
from tests.press.wsgi_client import PAGE

from mingchuang.press.store import Store

APPLICATION = """
import os
from mingchuang.press.layer import build

def inner(environ, start_response):
    start_response("404 Not Found", [("content-type", "text/plain"), ("x-by", "django")])
    return [environ["REQUEST_METHOD"].encode()]

application = build(os.environ["PUBLIC"], inner)
"""
PDF = bytes(range(256)) * 8000


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path / "public")
    store.write("单位/index.html", PAGE)
    store.write("records/1/files/ab/附件.pdf", PDF)
    return store


@pytest.fixture
def port(store: Store, tmp_path: Path) -> Iterator[int]:
    (tmp_path / "layer_application.py").write_text(APPLICATION)
    port = free_port()
    command = [str(Path(sys.executable).with_name("granian")), "--interface", "wsgi", "--port", str(port)]
    command += ["--blocking-threads", "4", "--log-level", "error", "layer_application:application"]
    with running(command, port, {"PUBLIC": str(store.root), "PYTHONPATH": str(tmp_path)}):
        yield port


def test_over_the_wire(store: Store, port: int) -> None:
    page, file = "/%E5%8D%95%E4%BD%8D/", "/records/1/files/ab/%E9%99%84%E4%BB%B6.pdf"
    status, headers, body = get(port, page)
    assert (status, body, headers["content-length"]) == (200, PAGE, str(len(PAGE)))
    assert get(port, page, "HEAD")[1]["content-length"] == str(len(PAGE))
    assert get(port, page, If_None_Match=headers["etag"])[0] == 304
    assert get(port, page.rstrip("/"))[1]["location"] == page
    status, headers, body = get(port, file)
    assert (status, len(body), body == PDF) == (200, len(PDF), True)
    assert get(port, file, "HEAD")[1]["content-length"] == str(len(PDF))
    status, headers, body = get(port, file, Range="bytes=1000-1999")
    assert (status, headers["content-range"], body) == (206, f"bytes 1000-1999/{len(PDF)}", PDF[1000:2000])
    assert get(port, file, Range=f"bytes={len(PDF)}-")[0] == 416
    assert get(port, page, "POST")[2] == b"POST"
    assert get(port, "/.press/journal")[1]["x-by"] == "django"


def test_a_publication_is_seen_within_moments_while_many_read(store: Store, port: int) -> None:
    page = "/%E5%8D%95%E4%BD%8D/"
    stop, wrong = threading.Event(), []

    def read() -> None:
        while not stop.is_set():
            status, headers, body = get(port, page)
            if status != 200 or int(headers["content-length"]) != len(body) or not body.startswith(PAGE):
                wrong.append((status, len(body)))

    threads = [threading.Thread(target=read) for _ in range(3)]
    for thread in threads:
        thread.start()
    for number in range(10):
        text = PAGE + b"%d" % number
        store.write("单位/index.html", text)
        limit = time.monotonic() + 10
        while get(port, page)[2] != text:
            assert time.monotonic() < limit
    store.remove("单位/index.html")
    stop.set()
    for thread in threads:
        thread.join()
    while get(port, page)[0] != 404:
        assert time.monotonic() < limit
    assert [each for each in wrong if each[0] != 404] == []
