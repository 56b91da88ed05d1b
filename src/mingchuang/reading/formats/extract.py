"""What every format reader hands to the grammar: one text, its blocks, and what was left out.

Invariants (tests/reading/test_formats_invariants.py holds every reader to them):

- all spans are ``[start, end)`` in code points of ``Extract.text``;
- blocks are ordered and do not overlap; each holds at least one visible character, its first and last
  characters are visible;
- the blocks' text, joined, equals ``text`` without white space, once both are stripped of white space:
  nothing visible stands outside a block;
- page furniture (page numbers, running headers …) is never in ``text``; it is listed in ``dropped``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Span = tuple[int, int]

BlockKind = Literal["line", "paragraph", "heading", "cell"]
Alignment = Literal["", "left", "center", "right"]
DropReason = Literal[
    "page_number",
    "running_header",  # a line that stands at the head of page after page, or a DOCX header
    "footer",
    "navigation",  # HTML: menus, breadcrumbs, site header, side column
    "hidden",  # text that no reader of the document sees (w:vanish, display:none)
    "deleted",  # a tracked deletion (修订) that was not accepted
    "comment",  # 批注
    "watermark",
]
SourceFormat = Literal["txt", "docx", "pdf", "html", "xlsx"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a cell stands. All counts from 0; ``row``/``col`` are grid positions, spans included.

    ``table`` numbers the tables of one document in reading order; an XLSX sheet is one table. ``head``: the document
    says that the row is a head, repeated on every page.
    """

    table: int
    row: int
    col: int
    rowspan: int = 1
    colspan: int = 1
    head: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of the text as the document itself divides it.

    kind
        ``line``: a line as laid out (TXT, PDF): a paragraph may run over several of them, see ``opens``;
        ``paragraph``: a whole paragraph (DOCX, HTML; a soft break inside it is ``\\n`` in the text);
        ``heading``: a paragraph that the document marks as heading or title (``level`` 0 is the title, 1 … 9);
        ``cell``: one table cell (``place`` says where); its paragraphs are parted by ``\\n``.
    span
        ``[start, end)`` in code points of ``Extract.text``.
    numbering
        The automatic number rebuilt from the document's list definitions (``一、``, ``（三）``, ``2.``) with which the
        block's text begins; empty when the number, if any, was typed.
    opens
        For lines of a PDF: True when the layout (indent, gap, short line before, centring) says that a paragraph
        begins here, False when the line continues the one before. None where the format knows no layout (TXT).
        Always True for paragraphs, headings and cells.
    """

    kind: BlockKind
    span: Span
    level: int | None = None
    numbering: str = ""
    opens: bool | None = True
    align: Alignment = ""
    page: int | None = None  # 1 … n, PDF only
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Dropped:
    """Text that was in the file and is not in ``Extract.text``, with the reason. ``page`` counts from 1."""

    text: str
    reason: DropReason
    page: int | None = None


@dataclass(frozen=True, slots=True)
class FormatWarning:
    """Something a clerk should know about how the file was read: ``message`` is one Chinese sentence."""

    code: str
    message: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Extract:
    """The readable text of one file.

    ``encoding`` is the character encoding used (``utf-8``, ``gb18030``, ``utf-16-le``, ``utf-16-be``) for TXT and
    HTML, None for formats that carry their own.
    """

    text: str
    blocks: tuple[Block, ...]
    dropped: tuple[Dropped, ...] = ()
    source_format: SourceFormat = "txt"
    encoding: str | None = None
    warnings: tuple[FormatWarning, ...] = ()

    def text_of(self, block: Block) -> str:
        """The block's text, rebuilt number included."""
        return self.text[block.span[0] : block.span[1]]


class Unreadable(Exception):  # noqa: N818 - a verdict on the file, named as the contract names it
    """The file cannot be read. ``message`` is one Chinese sentence that says why and what to do; ``code`` is stable."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
