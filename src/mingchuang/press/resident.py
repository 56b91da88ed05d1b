"""Pages held in memory, ready to be sent: bytes, headers, both encodings; the least recently asked for leave first."""

from __future__ import annotations

import hashlib
import os
import stat
import threading
from dataclasses import dataclass, field

from mingchuang.press import content_types, paths
from mingchuang.press.headers import Header, Headers
from mingchuang.press.negotiation import http_date

# A larger file is read from the disk for each request: it would push hundreds of pages out.
LARGEST_HELD = 1 << 20
_OVERHEAD = 6_000  # of one page: headers, strings and dictionary slots, measured with tracemalloc
_FREE_DOWN_TO = 0.9


@dataclass(slots=True)
class Representation:
    """One encoding of a page: its bytes, its ETag, and the headers of 200 and of 304."""

    body: bytes
    etag: str
    headers: list[Header]
    headers_unchanged: list[Header]


@dataclass(slots=True)
class Page:
    """A page as it is held. `modified` in seconds since 1970; `used` in the layer's monotonic seconds."""

    path: str
    plain: Representation
    packed: Representation | None
    modified: int
    used: float = 0.0
    size: int = field(init=False)

    def __post_init__(self) -> None:
        self.size = len(self.plain.body) + (len(self.packed.body) if self.packed else 0) + _OVERHEAD


def open_public(root: str, path: str) -> tuple[int, os.stat_result] | None:
    """A descriptor of the regular file at a checked store path, and its status; None when there is none."""
    try:
        descriptor = os.open(f"{root}/{path}", os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK)
    except OSError:
        return None
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        os.close(descriptor)
        return None
    return descriptor, status


def is_held(path: str, size: int) -> bool:
    """Whether a file of this path and size is kept in memory: a page, not an attachment."""
    return size <= LARGEST_HELD and not paths.is_attachment(path)


def load(root: str, path: str, descriptor: int, status: os.stat_result, headers: Headers) -> Page:
    """Read an open page and the `.gz` beside it. Closes the descriptor."""
    with os.fdopen(descriptor, "rb") as file:
        body = file.read()
    common = headers.of(path)
    modified = int(status.st_mtime)
    plain = _representation(body, common, modified, "")
    packed = None
    if content_types.compressible(path):
        beside = open_public(root, f"{path}.gz")
        if beside is not None:
            with os.fdopen(beside[0], "rb") as file:
                packed = _representation(file.read(), common, modified, "gzip")
    return Page(path, plain, packed, modified)


def _representation(body: bytes, common: list[Header], modified: int, encoding: str) -> Representation:
    # From the very bytes that are sent: while a batch is being put in place the journal may be a moment ahead.
    etag = f'"{hashlib.sha256(body).hexdigest()[:24]}"'
    identity = [("etag", etag), ("last-modified", http_date(modified))]
    full = [*common, *identity, ("content-length", str(len(body)))]
    if encoding:
        full.append(("content-encoding", encoding))
    kept = [pair for pair in common if pair[0] in {"cache-control", "vary", "content-security-policy"}]
    return Representation(body, etag, full, [*kept, *identity])


class Resident:
    """Address (as WSGI gives it) → `Page`, at most `limit` bytes. `get` is a dictionary's, without a lock.

    `epoch` grows whenever pages were dropped because they changed: what was read from the disk before must not be
    put here afterwards.
    """

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.pages: dict[str, Page] = {}
        self.epoch = 0
        self.held = 0
        self._by_path: dict[str, set[str]] = {}
        self._lock = threading.Lock()

    def put(self, address: str, page: Page, epoch: int, now: float) -> None:
        """Hold a page that was read while `epoch` was current; a page that alone exceeds the limit is not held."""
        page.used = now
        with self._lock:
            if epoch != self.epoch or page.size > self.limit:
                return
            self._drop(address)
            self.pages[address] = page
            self._by_path.setdefault(page.path, set()).add(address)
            self.held += page.size
            if self.held > self.limit:
                self._make_room()

    def forget(self, changed: set[str] | None) -> None:
        """Drop the pages at these store paths; all of them for None."""
        with self._lock:
            self.epoch += 1
            if changed is None:
                self.pages.clear()
                self._by_path.clear()
                self.held = 0
                return
            for path in changed & self._by_path.keys():
                for address in list(self._by_path[path]):
                    self._drop(address)

    def _make_room(self) -> None:
        """Drop the least recently used until a tenth is free, so that this sort is rare."""
        oldest = sorted(self.pages.items(), key=lambda item: item[1].used)
        for address, _ in oldest:
            if self.held <= self.limit * _FREE_DOWN_TO:
                return
            self._drop(address)

    def _drop(self, address: str) -> None:
        page = self.pages.pop(address, None)
        if page is None:
            return
        self.held -= page.size
        addresses = self._by_path[page.path]
        addresses.discard(address)
        if not addresses:
            del self._by_path[page.path]
