"""What stands in the body of an official document: blocks of runs, as plain values that know no markup.

The typesetters take these values as data; nothing in a text is ever read as markup of typst, XML or HTML.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

Align = Literal["justify", "left", "center", "right"]
Style = Literal["strong", "em", "u", "s", "sub", "sup"]

#: Marks that have no shape of their own: zero-width, direction, soft hyphen, variation; and control characters.
#: A direction mark may show another order than the one that was approved, so none reaches paper.
_SHAPELESS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    "\ud800-\udfff\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
_SPACES = re.compile(r"[ \t\r\n\u00a0\u2002-\u200a\u202f]+")


def visible(text: str) -> str:
    """The text as it can be printed: marks without a shape are gone, runs of blanks are one space.

    The full-width space U+3000 stays: it is used to set names apart.
    """
    return _SPACES.sub(" ", _SHAPELESS.sub("", text))


@dataclass(frozen=True, slots=True)
class Run:
    """Characters in one style. ``text`` is printed as it is; a line break inside a paragraph is ``\\n``."""

    text: str
    styles: frozenset[Style] = frozenset()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, or with ``level`` 1–4 a heading (一、 （一） 1. （1）)."""

    runs: tuple[Run, ...]
    align: Align = "justify"
    level: int | None = None

    @property
    def text(self) -> str:
        """The characters without their styles."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Listing:
    """A list whose source leaves the numbering to the reader; the marks are written out when it is set."""

    items: tuple[tuple[Block, ...], ...]
    ordered: bool = False
    start: int = 1


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell; ``colspan`` and ``rowspan`` count the columns and rows that it covers, itself included."""

    paragraphs: tuple[Paragraph, ...] = ()
    colspan: int = 1
    rowspan: int = 1
    align: Align = "left"

    @property
    def text(self) -> str:
        """The characters of all paragraphs, a line each."""
        return "\n".join(paragraph.text for paragraph in self.paragraphs)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; the first ``header_rows`` rows are repeated on each page that the table reaches."""

    rows: tuple[tuple[Cell, ...], ...]
    header_rows: int = 0
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Image:
    """A picture (PNG, JPEG, GIF or WebP bytes) with the words that stand for it (``alt``)."""

    data: bytes = field(repr=False)
    alt: str
    caption: str = ""


Block = Paragraph | Listing | Table | Image


def text_of(text: str) -> tuple[Paragraph, ...]:
    """Plain text as paragraphs, one a line; empty lines are left out."""
    lines = (visible(line).strip(" ") for line in text.splitlines())
    return tuple(Paragraph((Run(line),)) for line in lines if line)


def paragraphs(blocks: tuple[Block, ...]) -> Iterator[Paragraph]:
    """Every paragraph in reading order, those inside lists and cells too."""
    for block in blocks:
        match block:
            case Paragraph():
                yield block
            case Listing():
                for item in block.items:
                    yield from paragraphs(item)
            case Table():
                for row in block.rows:
                    for cell in row:
                        yield from cell.paragraphs
            case Image():
                pass


def images(blocks: tuple[Block, ...]) -> Iterator[Image]:
    """Every picture in reading order."""
    for block in blocks:
        if isinstance(block, Image):
            yield block
        elif isinstance(block, Listing):
            for item in block.items:
                yield from images(item)


def numbered(listing: Listing) -> tuple[Block, ...]:
    """A list as paragraphs with its marks in their text, so that mark and words are found together."""
    out: list[Block] = []
    for number, item in enumerate(listing.items, listing.start):
        mark = f"{number}．" if listing.ordered else "•"
        head, rest = (item[0], item[1:]) if item else (Paragraph(()), ())
        if isinstance(head, Paragraph):
            out.append(replace(head, runs=(Run(mark), *head.runs)))
        else:
            out += [Paragraph((Run(mark),)), head]
        out += rest
    return tuple(out)


def flat(blocks: tuple[Block, ...]) -> tuple[Paragraph | Table | Image, ...]:
    """Blocks with every list written out as paragraphs."""
    out: list[Paragraph | Table | Image] = []
    for block in blocks:
        if isinstance(block, Listing):
            out += flat(numbered(block))
        else:
            out.append(block)
    return tuple(out)
