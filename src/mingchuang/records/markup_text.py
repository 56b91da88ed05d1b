"""Cleaned markup as characters that know where they stand, so that a piece of its words can be put otherwise.

A value may run across tags (``138<strong>1234</strong>5678``) or hold entities; it is found in the words and replaced
in the markup, whose tags all stay.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass

_TOKEN = re.compile(
    r"""(?P<tag><(?:[^"'>]|"[^"]*"|'[^']*')*>)|(?P<entity>&(?:#[0-9]+|#x[0-9a-fA-F]+|[A-Za-z]+);)|.""", re.DOTALL
)
_CELL = re.compile(r"</t[dh]\s*>", re.IGNORECASE)
_BLOCK = re.compile(
    r"</?(?:p|h[2-4]|li|ul|ol|table|thead|tbody|tfoot|tr|td|th|blockquote|caption|br|hr)[\s/>]", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a piece of markup. `text` has a tab behind each cell and a line break at the edge of each block;
    `places` says, character by character, where in the markup it stands (nowhere for those breaks)."""

    markup: str
    text: str
    places: tuple[tuple[int, int] | None, ...]


def words_of(markup: str) -> Words:
    """The words of cleaned markup, with their places."""
    text: list[str] = []
    places: list[tuple[int, int] | None] = []
    for match in _TOKEN.finditer(markup):
        if match["tag"]:
            if _BLOCK.match(match["tag"]):
                text.append("\t" if _CELL.match(match["tag"]) else "\n")
                places.append(None)
            continue
        shown = html.unescape(match.group())
        text.append(shown if len(shown) == 1 else " ")
        places.append(match.span())
    return Words(markup, "".join(text), tuple(places))


def replaced(words: Words, changes: Sequence[tuple[int, int, str]]) -> str:
    """The markup with `[start, end)` of its words put as told; in order, none overlapping. Every tag stays."""
    edits: list[tuple[int, int, str]] = []
    for start, end, shown in changes:
        written = html.escape(shown, quote=False)
        for place in words.places[start:end]:
            if place is not None:
                edits.append((*place, written))
                written = ""
    parts: list[str] = []
    at = 0
    for start, end, written in edits:
        parts += (words.markup[at:start], written)
        at = end
    return "".join([*parts, words.markup[at:]])
