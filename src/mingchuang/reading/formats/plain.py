"""TXT: the decoded file itself, character for character; its lines are the blocks."""

from __future__ import annotations

from mingchuang.reading.formats import limits
from mingchuang.reading.formats.encoding import decode
from mingchuang.reading.formats.extract import Block, Extract, Unreadable


def read_plain(data: bytes) -> Extract:
    """Line ends stay as they are; a byte order mark is no text. Raises ``Unreadable``."""
    decoded = decode(data)
    text = decoded.text
    if len(text) > limits.TEXT_CHARACTERS:
        raise Unreadable("too_long", "文件的文字过多，超出了可读取的上限：请拆分后重新上传。")
    blocks = tuple(_lines(text))
    if not blocks:
        raise Unreadable("empty", "文件里没有文字。")
    return Extract(text, blocks, (), "txt", decoded.encoding, decoded.warnings)


def _lines(text: str) -> list[Block]:
    blocks = []
    at = 0
    for line in text.splitlines(keepends=True):
        content = line.strip()
        if content:
            start = at + len(line) - len(line.lstrip())
            blocks.append(Block("line", (start, start + len(content)), opens=None))
        at += len(line)
    return blocks
