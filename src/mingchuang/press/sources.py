"""Where public pages come from: each room says which addresses it has, and which of them a change touches.

A room registers two functions, in `site/wiring.py`:

- `pages_for(change)`: what one event touches: the page, the lists and feeds it stands in, its attachments. After a
  withdrawal the same addresses are named again: the application then answers 404 or 410 for what is gone.
- `all_pages()`: everything that is public now.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Change:
    """One event as the press sees it: what happened (`move`) to which subject, and its place in the sequence."""

    subject_kind: str
    subject_id: int
    event_seq: int
    move: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """A stored file to be public at `address` (percent-decoded, below a `files` folder); `sha256` in hex."""

    address: str
    stored: Path
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Gone:
    """An address that is public no longer; when it ends in `/`, everything below it as well."""

    address: str


Item = str | Attachment | Gone
"""An address (percent-decoded, `/records/12/`) to be asked for, an attachment, or what is gone."""


@dataclass(frozen=True, slots=True)
class Source:
    """One room's answers."""

    name: str
    pages_for: Callable[[Change], Iterable[Item]]
    all_pages: Callable[[], Iterable[Item]]


_sources: dict[str, Source] = {}


def register(name: str, pages_for: Callable[[Change], Iterable[Item]], all_pages: Callable[[], Iterable[Item]]) -> None:
    """Add a source, or replace the one of the same name."""
    _sources[name] = Source(name, pages_for, all_pages)


def unregister(name: str) -> None:
    """Remove a source; one that isn't there is no error."""
    _sources.pop(name, None)


def registered() -> list[Source]:
    """Every source, in the order of registration."""
    return list(_sources.values())


def all_items() -> Iterator[Item]:
    """Everything that is public now, as every source tells; an address told twice comes twice."""
    for source in registered():
        yield from source.all_pages()
