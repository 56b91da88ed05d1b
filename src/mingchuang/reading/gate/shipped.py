"""The words that the gate itself seeks: the anchors of secrecy marks and the table of outdated words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mingchuang.reading.gate import secrecy, wording


@dataclass(frozen=True, slots=True)
class SecrecyAnchor:
    """A word of a secrecy mark, to be judged on its line."""

    word: str


def entries() -> Iterator[tuple[str, SecrecyAnchor | wording.Outdated]]:
    """Each word with what it means."""
    for word in secrecy.ANCHORS:
        yield word, SecrecyAnchor(word)
    for row in wording.table():
        yield row.old, row
