"""A web page read: decoded, its document found, its flow composed."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from mingchuang.reading.formats import limits
from mingchuang.reading.formats.compose import Composer
from mingchuang.reading.formats.encoding import decode
from mingchuang.reading.formats.extract import BlockKind, Extract, Place, Unreadable
from mingchuang.reading.formats.web.depth import check_depth
from mingchuang.reading.formats.web.flow import Flow, Piece, pieces_of, walk
from mingchuang.reading.formats.web.region import Region
from mingchuang.reading.formats.web.tables import data_table, grid

_HEAD = 4_096
_CHARSET = re.compile(rb"(?i)<(?:meta\b[^>]*?charset|\?xml\b[^>]*?encoding)\s*=\s*[\"']?\s*([\w.:-]+)")


def read_web(data: bytes) -> Extract:
    """Read an HTML file; raises ``Unreadable``.

    Meant to run in the child process, like all that native code parses.
    """
    if len(data) > limits.MARKUP_BYTES:
        raise Unreadable("too_large", f"网页超过 {limits.MARKUP_BYTES // limits.MEBIBYTE} MB，不能读取。")
    match = _CHARSET.search(data[:_HEAD])
    decoded = decode(data, match[1].decode("ascii", "ignore") if match else None)
    check_depth(decoded.text)
    body = LexborHTMLParser(decoded.text).body
    composer = Composer("html")
    if body is not None:
        _Page(body, composer).read()
    if not composer.has_text:
        raise Unreadable("empty", "网页里没有正文文字：请确认保存的是网页全文，或将正文另存为 DOCX、TXT 后上传。")
    return composer.finish(encoding=decoded.encoding, warnings=decoded.warnings)


class _Page:
    """Walks the body once. Text counts only inside a kept element: the document's container, or a title before it."""

    def __init__(self, body: LexborNode, composer: Composer) -> None:
        self._body = body
        self._composer = composer
        self._region = Region(body)
        self._flow = Flow()
        self._tables = 0
        self._depth = 0
        self._kept_from: int | None = 0 if self._region.main is None else None  # depth of the kept element
        self._past_main = False
        self._skipped: set[int] = set()

    def read(self) -> None:
        steps = walk(self._body)
        skip: bool | None = None
        while True:
            try:
                event, node = steps.send(skip)
            except StopIteration:
                break
            skip = None
            if event == "text":
                self._text(node)
            elif event == "enter":
                self._depth += 1
                skip = self._enter(node)
            else:
                self._leave(node)
                self._depth -= 1
        self._settle()

    def _text(self, node: LexborNode) -> None:
        if self._kept_from is not None:
            self._flow.text(node.text_content or "")
        else:
            self._composer.drop(" ".join((node.text_content or "").split()), "navigation")

    def _enter(self, node: LexborNode) -> bool:
        """True when what is below the element has been dealt with."""
        inside = self._kept_from is not None
        reason = self._region.left_out(node, inside_main=inside, past_main=self._past_main)
        if reason is not None:
            self._composer.drop("\n".join(piece.text for piece in pieces_of(node)), reason)
        elif inside and node.tag == "table" and (rows := data_table(node)) is not None:
            self._flow.flush()
            self._settle()
            self._add_table(rows)
        else:
            if not inside and not self._region.encloses_main(node):
                self._kept_from = self._depth
            self._flow.enter(node)
            return False
        self._skipped.add(node.mem_id)
        return True

    def _leave(self, node: LexborNode) -> None:
        if node.mem_id in self._skipped:
            return
        self._flow.leave(node)
        if self._kept_from == self._depth:
            self._flow.flush()
            self._kept_from = None
            self._past_main = self._past_main or self._region.is_main(node)

    def _settle(self) -> None:
        """Hand the finished paragraphs over."""
        self._flow.flush()
        for piece in self._flow.pieces:
            self._add(piece)
        self._flow.pieces.clear()

    def _add(self, piece: Piece) -> None:
        kind: BlockKind = "paragraph" if piece.level is None else "heading"
        self._composer.add(kind, piece.text, level=piece.level, numbering=piece.numbering, align=piece.align)

    def _add_table(self, rows: list[list[LexborNode]]) -> None:
        for cell in grid(rows):
            pieces = pieces_of(cell.node)
            self._composer.add(
                "cell",
                "\n".join(piece.text for piece in pieces),
                numbering=pieces[0].numbering if pieces else "",
                align=pieces[0].align if pieces else "",
                place=Place(self._tables, cell.row, cell.col, cell.rowspan, cell.colspan),
            )
        self._tables += 1
