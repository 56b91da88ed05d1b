"""The levels of an official document's text: 一、 （一） 1. （1）, and which characters carry the level's face.

Source: GB/T 9704-2012, 7.3.3: first level 黑体, second 楷体, third and fourth 仿宋.
"""

from __future__ import annotations

import re
from dataclasses import replace

from mingchuang.press.typeset.blocks import Paragraph, Run

_MARKS = (
    re.compile(r"^[一二三四五六七八九十百]{1,5}、|^第[一二三四五六七八九十百]{1,5}[章节]"),
    re.compile(r"^[（(][一二三四五六七八九十百]{1,5}[）)]"),
    re.compile(r"^\d{1,3}[.．、](?!\d)"),
    re.compile(r"^[（(]\d{1,3}[）)]"),
)
_END = re.compile(r"[。！？；]")
#: A longer paragraph that begins with a mark is text, not a heading.
_LONGEST_HEADING = 45
_LONGEST_LEAD = 36


def mark_level(text: str) -> int | None:
    """1–4 when the text begins with that level's mark, else None."""
    return next((level for level, mark in enumerate(_MARKS, 1) if mark.match(text)), None)


def is_heading(paragraph: Paragraph) -> bool:
    """Whether the whole paragraph is a heading: said so, or marked, short and without a full stop inside."""
    if paragraph.level is not None:
        return True
    text = paragraph.text
    if paragraph.align in {"center", "right"} or mark_level(text) is None or len(text) > _LONGEST_HEADING:
        return False
    return not _END.search(text[:-1]) and text[-1] not in "：，、；。"


def level_of(paragraph: Paragraph) -> int:
    """The level of a heading: by its mark, else as it was said."""
    return mark_level(paragraph.text) or paragraph.level or 1


def lead(paragraph: Paragraph) -> tuple[int, tuple[Run, ...], tuple[Run, ...]] | None:
    """``（二）规范程序。具体要求…``: level, the runs of the leading sentence, the runs of the rest; None without one.

    Only the first and second level have a face of their own; the third and fourth are set as text.
    """
    level = mark_level(paragraph.text)
    if level is None or level > 2 or is_heading(paragraph):
        return None
    end = _END.search(paragraph.text)
    if end is None or end.end() > _LONGEST_LEAD or paragraph.text[end.start()] == "；":
        return None
    return level, *_cut(paragraph.runs, end.end())


def _cut(runs: tuple[Run, ...], at: int) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    before: list[Run] = []
    after: list[Run] = []
    for run in runs:
        if at > 0:
            before.append(replace(run, text=run.text[:at]))
        if len(run.text) > at:
            after.append(replace(run, text=run.text[max(at, 0) :]))
        at -= len(run.text)
    return tuple(before), tuple(after)
