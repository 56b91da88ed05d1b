"""The byte layer: public files in front of Django, as WSGI, without a database, a template or a lock on the hot path.

A request for a held page is one dictionary look-up. What isn't held is read from the public folder; what isn't there
is Django's. Nothing is remembered about paths that are not there. Publications of any process are seen by the
generation file, looked at 20 times a second at most; the journal then tells which pages to forget.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from mingchuang.press import content_types, journal, paths, resident
from mingchuang.press.headers import PAGE_CSP, Header, Headers
from mingchuang.press.negotiation import (
    Unsatisfiable,
    accepts_gzip,
    byte_range,
    http_date,
    is_current,
    range_applies,
)

LOOK_EVERY = 0.05  # seconds between two looks at the generation file
MEMORY = 256 << 20
_CHUNK = 256 << 10
_EMPTY: tuple[Header, ...] = (("content-type", "text/plain; charset=utf-8"), ("content-length", "0"))


class BakedLayer:
    """Serves GET and HEAD for what lies in the public folder `root`, and hands everything else to `inner`.

    `headers` are those of each file; `memory` the bytes held at most. Safe under any number of threads.
    """

    def __init__(
        self, root: Path | str, inner: WSGIApplication, *, headers: Headers | None = None, memory: int = MEMORY
    ) -> None:
        self.root = str(root).rstrip("/")
        self.inner = inner
        self.headers = headers or Headers()
        self.resident = resident.Resident(memory)
        self._pages = self.resident.pages
        self._looking = threading.Lock()
        self._generation_file = f"{self.root}/{paths.INTERNAL}/generation"
        self._generation = self._read_generation()
        self._reader = self._reader_at_end()
        self._look_at = 0.0

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer from memory, from the folder, or by the inner application."""
        method = environ["REQUEST_METHOD"]
        if method not in {"GET", "HEAD"}:
            return self.inner(environ, start_response)
        now = time.monotonic()
        if now >= self._look_at:
            self._look(now)
        page = self._pages.get(environ.get("PATH_INFO", ""))
        if page is None:
            return self._from_folder(environ, start_response, now)
        page.used = now
        return _answer(page, environ, start_response, method)

    # Seeing other processes' publications

    def _look(self, now: float) -> None:
        """Forget what has changed since the last look; one thread looks, the others go on."""
        if not self._looking.acquire(blocking=False):
            return
        try:
            generation = self._read_generation()
            if generation != self._generation:
                self._forget_changes()
                self._generation = generation
            if not generation:
                # Pages were taken away on a full disk (Store.uncover), and no journal says which: hold none of them.
                self.resident.forget(None)
            self._look_at = now + LOOK_EVERY
        finally:
            self._looking.release()

    def _forget_changes(self) -> None:
        try:
            news = self._reader.poll()
        except (journal.DamagedError, OSError):
            self._reader = self._reader_at_end()
            self.resident.forget(None)
            return
        everything = None if news.restarted else {path for batch in news.batches for path in batch.paths()}
        self.resident.forget(everything)

    def _read_generation(self) -> bytes:
        try:
            descriptor = os.open(self._generation_file, os.O_RDONLY | os.O_CLOEXEC)
        except OSError:
            return b""
        try:
            return os.read(descriptor, 32)
        finally:
            os.close(descriptor)

    def _reader_at_end(self) -> journal.Reader:
        reader = journal.Reader(Path(self.root) / paths.INTERNAL / "journal")
        reader.skip()
        return reader

    # What isn't held

    def _from_folder(self, environ: WSGIEnvironment, start_response: StartResponse, now: float) -> Iterable[bytes]:
        address = environ.get("PATH_INFO", "")
        epoch = self.resident.epoch
        try:
            path = paths.from_address(address.encode("latin-1").decode("utf-8"))
        except ValueError:  # not UTF-8, or no path of ours
            return self.inner(environ, start_response)
        found = resident.open_public(self.root, path)
        if found is None:
            redirected = self._redirect(path, environ, start_response)
            return self.inner(environ, start_response) if redirected is None else redirected
        descriptor, status = found
        if not resident.is_held(path, status.st_size):
            return self._stream(path, os.fdopen(descriptor, "rb"), status, environ, start_response)
        page = resident.load(self.root, path, descriptor, status, self.headers)
        self.resident.put(address, page, epoch, now)
        return _answer(page, environ, start_response, environ["REQUEST_METHOD"])

    def _redirect(self, path: str, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes] | None:
        """`/x` is an old habit for `/x/`: say so, when there is one."""
        if path.endswith(paths.INDEX) or not os.path.isfile(f"{self.root}/{path}/{paths.INDEX}"):  # noqa: PTH113
            return None
        query = environ.get("QUERY_STRING", "")
        location = paths.encoded(f"/{path}/") + (
            f"?{query}" if query.isascii() and query.isprintable() and query else ""
        )
        headers = [("location", location), ("cache-control", "no-cache"), *_EMPTY]
        start_response("301 Moved Permanently", headers)
        return []

    def _stream(
        self,
        path: str,
        file: BinaryIO,
        status: os.stat_result,
        environ: WSGIEnvironment,
        start_response: StartResponse,
    ) -> Iterable[bytes]:
        """An attachment or a large file, straight from the disk, whole or in part."""
        encoding: list[Header] = []
        if content_types.compressible(path) and not paths.is_attachment(path):
            packed = resident.open_public(self.root, f"{path}.gz")
            if packed is not None and accepts_gzip(environ.get("HTTP_ACCEPT_ENCODING", "")):
                file.close()
                file, status, encoding = os.fdopen(packed[0], "rb"), packed[1], [("content-encoding", "gzip")]
            elif packed is not None:
                os.close(packed[0])
        answer = _FileAnswer(file, status, [*self.headers.of(path), *encoding])
        return answer.send(environ, start_response, ranges=not encoding)


def _answer(
    page: resident.Page, environ: WSGIEnvironment, start_response: StartResponse, method: str
) -> Iterable[bytes]:
    form = page.plain
    if page.packed is not None and accepts_gzip(environ.get("HTTP_ACCEPT_ENCODING", "")):
        form = page.packed
    if "HTTP_IF_NONE_MATCH" in environ or "HTTP_IF_MODIFIED_SINCE" in environ:
        none_match, since = environ.get("HTTP_IF_NONE_MATCH"), environ.get("HTTP_IF_MODIFIED_SINCE")
        if is_current(none_match, since, form.etag, page.modified):
            start_response("304 Not Modified", form.headers_unchanged.copy())
            return []
    # A copy: WSGI lets a server change the list that it is given.
    start_response("200 OK", form.headers.copy())
    return [form.body] if method == "GET" else []


class _FileAnswer:
    """One answer from an open file; the file is closed when it has been sent, or when the server closes the answer."""

    def __init__(self, file: BinaryIO, status: os.stat_result, headers: list[Header]) -> None:
        self._file = file
        self._size = self._left = status.st_size
        self._modified = int(status.st_mtime)
        self._etag = f'"{status.st_mtime_ns:x}-{status.st_size:x}-{status.st_ino:x}"'
        self._headers = [*headers, ("etag", self._etag), ("last-modified", http_date(status.st_mtime))]

    def send(self, environ: WSGIEnvironment, start_response: StartResponse, *, ranges: bool) -> Iterable[bytes]:
        """Choose among 200, 206, 304 and 416, send the headers, return the body."""
        none_match, since = environ.get("HTTP_IF_NONE_MATCH"), environ.get("HTTP_IF_MODIFIED_SINCE")
        if is_current(none_match, since, self._etag, self._modified):
            self.close()
            start_response("304 Not Modified", self._headers)
            return []
        try:
            part = self._part(environ) if ranges else None
        except Unsatisfiable:
            self.close()
            refused = [("content-range", f"bytes */{self._size}"), *_EMPTY]
            start_response("416 Range Not Satisfiable", refused)
            return []
        headers = [*self._headers, ("accept-ranges", "bytes")] if ranges else self._headers
        if part is not None:
            first, last = part
            headers.append(("content-range", f"bytes {first}-{last}/{self._size}"))
            self._file.seek(first)
            self._left = last - first + 1
        headers.append(("content-length", str(self._left)))
        start_response("200 OK" if part is None else "206 Partial Content", headers)
        if environ["REQUEST_METHOD"] == "HEAD":
            self.close()
            return []
        return self

    def _part(self, environ: WSGIEnvironment) -> tuple[int, int] | None:
        asked = environ.get("HTTP_RANGE")
        if asked is None or not range_applies(environ.get("HTTP_IF_RANGE"), self._etag, self._modified):
            return None
        return byte_range(asked, self._size)

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        chunk = self._file.read(min(_CHUNK, self._left)) if self._left else b""
        if not chunk:
            self.close()
            raise StopIteration
        self._left -= len(chunk)
        return chunk

    def close(self) -> None:
        """Give the file back."""
        self._left = 0
        self._file.close()


def build(root: Path | str, application: WSGIApplication, *, csp: str = PAGE_CSP, memory: int = MEMORY) -> BakedLayer:
    """The layer as the site wires it: the public folder, the Django application behind it, the pages' CSP."""
    return BakedLayer(root, application, headers=Headers(csp), memory=memory)
