"""How a duty is called and begun on a public page: its heading or first words, and a beginning that can be scanned."""

from __future__ import annotations

import re

SHORT = 140  # characters that are shown whole
BEGINNING = 90
NAME = 22
_NUMBER = re.compile(r"^(?:[（(]?[0-9０-９一二三四五六七八九十]{1,3}[）).．、]\s*)+")
_CLAUSE = re.compile(r"[^，。；：]{6,22}(?=[，。；：])")
_CUT = "……"


def name(heading: str, text: str) -> str:
    """The heading; of a duty without one, the first words of its text."""
    if heading:
        return heading
    words = _NUMBER.sub("", text)
    first = _CLAUSE.match(words)
    if first and first[0] != words:
        return first[0]
    return words if len(words) <= NAME else words[:NAME].rstrip("，、；。") + _CUT


def gist(heading: str, text: str) -> tuple[str, bool]:
    """(what is shown at once, whether the text itself is to be folded away beside it).

    A long text's beginning, its number and heading left out because they stand above it; a short text itself.
    """
    if len(text) <= SHORT:
        return text, False
    words = _NUMBER.sub("", text)
    if heading and words.startswith(heading):
        words = words[len(heading) :].lstrip("。：: ")
    if len(words) <= BEGINNING:
        return words, True
    end = max(words.rfind(mark, BEGINNING // 2, BEGINNING) for mark in "。；，、")
    return words[: end if end > 0 else BEGINNING] + _CUT, True
