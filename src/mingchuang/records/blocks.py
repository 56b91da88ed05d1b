"""The blocks of a body of cleaned markup, in order: paragraphs, headings, lists, and each table as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from selectolax.lexbor import LexborHTMLParser, LexborNode

from mingchuang.records import markup


@dataclass(frozen=True, slots=True)
class Block:
    """One block as it stands (`html`); joined again, the blocks of a body are the body."""

    html: str

    @property
    def is_table(self) -> bool:
        return self.html.startswith("<table")

    @property
    def text(self) -> str:
        """Its words; cells of a table parted by tabs."""
        return markup.plain_text(self.html)


@lru_cache(maxsize=8)
def split(html: str) -> tuple[Block, ...]:
    """The top elements of a fragment; text outside all of them is a block of its own."""
    tree = LexborHTMLParser(html)
    if tree.body is None:
        return ()
    nodes = tree.body.iter(include_text=True)
    return tuple(Block(node.html or "") for node in nodes if (node.html or "").strip())


def join(blocks: tuple[Block, ...] | list[Block]) -> str:
    """The body of these blocks."""
    return "".join(block.html for block in blocks)


def rows(table: Block) -> list[tuple[str, ...]]:
    """The words of a table's cells, row by row, as they stand (a merged cell counts once); its caption comes first."""
    tree = LexborHTMLParser(table.html)
    caption = tree.css_first("caption")
    found = [tuple(_words(cell) for cell in row.css("th, td")) for row in tree.css("tr")]
    return [(_words(caption),), *found] if caption is not None else found


def _words(node: LexborNode) -> str:
    return " ".join(node.text(separator=" ").split())
