"""The generated nginx configuration, in a real nginx: the same bytes and headers as the byte layer, and no more."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote

import pytest
from tests.press.servers import free_port, get, running
from tests.press.wsgi_client import PAGE, ask, django

from mingchuang.press.layer import build
from mingchuang.press.nginx import Server, server_block, whole
from mingchuang.press.store import Store

NGINX = shutil.which("nginx") or "/usr/sbin/nginx"
OWN = {"server", "date", "connection", "etag", "last-modified", "accept-ranges", "content-disposition"}


class Behind(BaseHTTPRequestHandler):
    """The application behind nginx: says what it was asked."""

    def do_GET(self) -> None:
        said = f"{self.command} {self.path} {self.headers['Host']}".encode()
        self.send_response(404)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def do_POST(self) -> None:
        self.do_GET()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path / "public")
    with store.batch() as batch:
        batch.write("index.html", PAGE)
        batch.write("单位/index.html", PAGE)
        batch.write("feed.xml", b"<rss/>" * 100)
        batch.write("static/ui.abc.css", b"a{}" * 300)
        batch.write("records/1/files/ab/附件 1.pdf", b"%PDF" * 999)
    (store.root / ".secret").write_text("secret")
    return store


@pytest.fixture
def port(store: Store, tmp_path: Path) -> Iterator[int]:
    application = ThreadingHTTPServer(("127.0.0.1", 0), Behind)
    threading.Thread(target=application.serve_forever, daemon=True).start()
    port, folder = free_port(), tmp_path / "nginx"
    folder.mkdir()
    server = Server(store.root, f"127.0.0.1:{application.server_port}", f"127.0.0.1:{port}")
    (folder / "nginx.conf").write_text(whole(server, folder), "utf-8")
    try:
        with running([NGINX, "-c", str(folder / "nginx.conf"), "-p", str(folder)], port):
            yield port
    finally:
        application.shutdown()
        application.server_close()
    assert (folder / "error.log").read_text() == ""


def test_nginx_and_the_layer_say_the_same(store: Store, port: int) -> None:
    layer = build(store.root, django)
    for path in ("/", "/单位/", "/feed.xml", "/static/ui.abc.css", "/records/1/files/ab/附件 1.pdf"):
        for encoding in ("identity", "gzip"):
            status, headers, body = get(port, quote(path), Accept_Encoding=encoding)
            ours = ask(layer, path, accept_encoding=encoding)
            assert (status, body) == (ours.status, ours.body), path
            assert {k: v for k, v in headers.items() if k not in OWN} == {
                k: v for k, v in ours.headers.items() if k not in OWN
            }, path
            assert get(port, quote(path), Accept_Encoding=encoding, If_None_Match=headers["etag"])[0] == 304


def test_nginx_leaves_the_rest_to_the_application(port: int) -> None:
    for path, method in (("/search/?q=x", "GET"), ("/", "POST"), ("/records/1/", "GET"), ("/.secret", "GET")):
        status, _, body = get(port, path, method)
        assert (status, body.decode()) == (404, f"{method} {path} 127.0.0.1:{port}")
    for path in ("/.press/journal", "/records/../.press/journal", "/%2e%70ress/journal", "/records/1"):
        assert get(port, path)[2].startswith(b"GET "), path


def test_nginx_redirects_to_the_slash_and_names_downloads(port: int) -> None:
    status, headers, _ = get(port, quote("/单位"))
    assert status == 301
    assert headers["location"].encode("latin-1").decode() == "/单位/"
    disposition = get(port, quote("/records/1/files/ab/附件 1.pdf"))[1]["content-disposition"]
    assert disposition == "attachment; filename*=UTF-8''%E9%99%84%E4%BB%B6%201.pdf"


def test_values_that_would_break_the_configuration_are_refused(tmp_path: Path) -> None:
    for server in (
        Server(tmp_path / 'a"; x'),
        Server(tmp_path, application="x; include y"),
        Server(tmp_path, names=("a;b",)),
        Server(tmp_path, listen="80;\n"),
    ):
        with pytest.raises(ValueError, match="nginx"):
            server_block(server)
