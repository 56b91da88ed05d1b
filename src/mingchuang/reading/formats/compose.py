"""Puts the text together so that the invariants of ``extract.py`` hold by construction."""

from __future__ import annotations

import re
from collections.abc import Iterable

from mingchuang.reading.formats import limits
from mingchuang.reading.formats.extract import (
    Alignment,
    Block,
    BlockKind,
    Dropped,
    DropReason,
    Extract,
    FormatWarning,
    Place,
    SourceFormat,
    Span,
    Unreadable,
)

# Characters that no reader sees and that would part words from each other: soft hyphen, zero-width spaces and
# joiners, direction marks, byte order mark inside text, and controls that are no white space.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\x00-\x08\x0e-\x1b\x7f]")


def visible(text: str) -> str:
    """The text without format characters that have no shape of their own."""
    return _INVISIBLE.sub("", text)


class Composer:
    """Collects blocks in reading order; ``finish`` gives the extract."""

    def __init__(self, source_format: SourceFormat) -> None:
        self._format = source_format
        self._parts: list[str] = []
        self._length = 0
        self._blocks: list[Block] = []
        self._dropped: dict[Dropped, None] = {}
        self._warnings: list[FormatWarning] = []
        self._last_place: Place | None = None

    @property
    def has_text(self) -> bool:
        return bool(self._blocks)

    def add(
        self,
        kind: BlockKind,
        content: str,
        *,
        level: int | None = None,
        numbering: str = "",
        opens: bool | None = True,
        align: Alignment = "",
        page: int | None = None,
        place: Place | None = None,
    ) -> Span | None:
        """Append a block; its span, or None when nothing of the content is visible.

        ``content`` begins with ``numbering``. Cells of one row are parted by a tab, everything else by a line break.
        """
        content = visible(content).strip()
        if not content:
            return None
        if self._parts:
            self._write("\t" if self._same_row(place) else "\n")
        start = self._length
        self._write(content)
        if self._length > limits.TEXT_CHARACTERS:
            raise Unreadable("too_long", "文件的文字过多，超出了可读取的上限：请拆分后重新上传。")
        span = (start, self._length)
        self._blocks.append(
            Block(kind, span, level=level, numbering=numbering, opens=opens, align=align, page=page, place=place)
        )
        self._last_place = place
        return span

    def drop(self, text: str, reason: DropReason, page: int | None = None) -> None:
        """List text that is left out; the same text for the same reason on the same page stands once."""
        text = visible(text).strip()
        if text:
            self._dropped[Dropped(text, reason, page)] = None

    def warn(self, code: str, message: str, span: Span | None = None) -> None:
        self._warnings.append(FormatWarning(code, message, span))

    def finish(self, *, encoding: str | None = None, warnings: Iterable[FormatWarning] = ()) -> Extract:
        return Extract(
            text="".join(self._parts),
            blocks=tuple(self._blocks),
            dropped=tuple(self._dropped),
            source_format=self._format,
            encoding=encoding,
            warnings=(*warnings, *self._warnings),
        )

    def _same_row(self, place: Place | None) -> bool:
        last = self._last_place
        return place is not None and last is not None and (place.table, place.row) == (last.table, last.row)

    def _write(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)
