"""The store's journal: what the public folder holds, as an append-only file that a crash can't tear.

Every line is `crc32 json\\n`. The first line names the file (`start`); then each batch is one line that says what will
be put in place (`batch`, durable before anything is), and one that says it has been (`done`). So whoever reads the
file knows the state of the folder, and, from where he stopped last time, what has changed since: the manifest, the
recovery and the byte layer of every process read the same lines.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, Self

_VERSION = 1


class Entry(NamedTuple):
    """One public file: SHA-256 (hex) and size of its bytes, size of the `.gz` beside it (0: none), Content-Type,
    and the moment it was written (ISO 8601, UTC)."""

    sha256: str
    size: int
    gzip_size: int
    content_type: str
    written_at: str


class Placed(NamedTuple):
    """One file of a batch: its path, what it will be, and the name of its bytes in the batch's temporary folder."""

    path: str
    entry: Entry
    temporary: str


@dataclass(frozen=True, slots=True)
class Batch:
    """What one batch puts in place and takes away."""

    generation: int
    placed: tuple[Placed, ...] = ()
    removed: tuple[str, ...] = ()

    def to_line(self) -> bytes:
        """The batch as a line of the journal."""
        placed = [[p.path, *p.entry, p.temporary] for p in self.placed]
        return line(["batch", self.generation, placed, list(self.removed)])

    @classmethod
    def from_json(cls, generation: int, placed: Iterable[list[Any]], removed: Iterable[str]) -> Self:
        """The batch of a parsed line."""
        return cls(generation, tuple(Placed(p[0], Entry(*p[1:6]), p[6]) for p in placed), tuple(removed))

    def paths(self) -> set[str]:
        """Every path that this batch touches."""
        return {p.path for p in self.placed} | set(self.removed)


class DamagedError(Exception):
    """A line in the middle of the journal can't be read: the manifest must be derived from the files."""


def line(value: object) -> bytes:
    """A value as one line of the journal."""
    text = json.dumps(value, ensure_ascii=True, separators=(",", ":")).encode("ascii")
    return b"%08x %s\n" % (zlib.crc32(text), text)


def start_line(name: str) -> bytes:
    """The first line: `name` differs for each file, so that a reader notices when the journal was written anew."""
    return line(["start", _VERSION, name])


def done_line(generation: int) -> bytes:
    """The line that closes a batch."""
    return line(["done", generation])


def _parse(raw: bytes) -> list[Any] | None:
    """The value of a line without its newline; None when the line is torn or foreign."""
    crc, space, text = raw.partition(b" ")
    try:
        if not space or int(crc, 16) != zlib.crc32(text):
            return None
        value = json.loads(text)
    except ValueError:
        return None
    return value if isinstance(value, list) and value else None


@dataclass(slots=True)
class News:
    """What a reader has not seen before: finished batches in order; `restarted` when all that was known is void."""

    restarted: bool = False
    batches: list[Batch] = field(default_factory=list)


class Reader:
    """Follows one journal file. Not safe for threads: the owner locks.

    `pending` is the batch that was begun and not finished; `offset` where the next line starts; `torn` whether
    bytes follow that are no whole line.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.name: str | None = None
        self.offset = 0
        self.pending: Batch | None = None
        self.torn = False
        self.generation = 0

    def poll(self) -> News:
        """Read on. A missing file is an empty journal; raises `DamagedError` for a bad line with good ones after it."""
        news = News()
        try:
            with self.path.open("rb") as file:
                first = file.readline()
                name = _name(first)
                if name is None or name != self.name:
                    news.restarted = self.name is not None or self.offset > 0
                    self._restart(name, len(first))
                file.seek(self.offset)
                rest = file.read()
        except FileNotFoundError:
            news.restarted = self.name is not None
            self._restart(None, 0)
            return news
        self._take(rest, news)
        return news

    def skip(self) -> None:
        """Go to the end without taking the history in: for a reader that knows nothing yet and wants only changes."""
        try:
            data = self.path.read_bytes()
        except FileNotFoundError:
            return
        end = data.rfind(b"\n") + 1
        name = _name(data[: data.find(b"\n") + 1])
        if name is None:
            return
        self._restart(name, end)
        match _parse(data[data.rfind(b"\n", 0, end - 1) + 1 : end - 1]):
            case ["batch", int() as generation, list() as placed, list() as removed]:
                self.pending = Batch.from_json(generation, placed, removed)
            case ["done", int() as generation]:
                self.generation = generation

    def _restart(self, name: str | None, offset: int) -> None:
        self.name, self.offset, self.pending, self.torn, self.generation = name, 0, None, False, 0
        if name is not None:
            self.offset = offset

    def _take(self, rest: bytes, news: News) -> None:
        lines = rest.split(b"\n")
        tail = lines.pop()
        self.torn = bool(tail)
        for index, raw in enumerate(lines):
            value = _parse(raw)
            if value is None:
                if index < len(lines) - 1 or self.name is None:
                    raise DamagedError(f"{self.path}: byte {self.offset}")
                self.torn = True
                return
            self.offset += len(raw) + 1
            self._apply(value, news)

    def _apply(self, value: list[Any], news: News) -> None:
        match value:
            case ["batch", int() as generation, list() as placed, list() as removed] if self.pending is None:
                self.pending = Batch.from_json(generation, placed, removed)
            case ["done", int() as generation] if self.pending and self.pending.generation == generation:
                news.batches.append(self.pending)
                self.generation = max(self.generation, generation)
                self.pending = None
            case _:
                raise DamagedError(f"{self.path}: unexpected {value[0]!r}")


def _name(first: bytes) -> str | None:
    """The name in a first line; None when it is missing, torn or of another version."""
    value = _parse(first[:-1]) if first.endswith(b"\n") else None
    match value:
        case ["start", int() as version, str() as name] if version == _VERSION:
            return name
    return None
