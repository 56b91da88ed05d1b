"""The flow of a page: block elements part paragraphs, lists number them, data tables keep their grid."""

from __future__ import annotations

import re
from collections.abc import Generator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from mingchuang.reading.formats.extract import Alignment
from mingchuang.reading.formats.labels import gap
from mingchuang.reading.formats.numerals import render
from mingchuang.reading.formats.web.region import NOT_TEXT, words

BREAK = "\v"  # a line break inside a paragraph; vertical tabs of the page itself are made spaces
_BLOCKS = words(
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form"
    " h1 h2 h3 h4 h5 h6 header hr legend li main menu nav ol option p pre section summary table tbody td tfoot th thead"
    " tr ul"
)
_HAN = "\u2e80-\u303f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef\u2018-\u201d\u2014\u2026"
_SOURCE_BREAK = re.compile(rf"(?<=[{_HAN}])[ \t\r\f]*\n[ \t\r\n\f]*(?=[{_HAN}])")
_SPACES = re.compile(r"[ \t\r\n\f]+")
_PARAGRAPH_BREAK = re.compile(rf"{BREAK}(?:\s*{BREAK})+|{BREAK}(?=[ \t\r\n]*[\u3000\u00a0\u2002\u2003]{{2,}})")
_AROUND_BREAK = re.compile(rf"[ \t\r\n\f]*{BREAK}[ \t\r\n\f]*")
_HEADINGS = {"h1": 0, "h2": 1, "h3": 2, "h4": 3, "h5": 4, "h6": 5}
_LIST_FORMATS = {
    "1": "decimal",
    "a": "lowerLetter",
    "A": "upperLetter",
    "i": "lowerRoman",
    "I": "upperRoman",
    "decimal": "decimal",
    "decimal-leading-zero": "decimalZero",
    "lower-alpha": "lowerLetter",
    "lower-latin": "lowerLetter",
    "upper-alpha": "upperLetter",
    "upper-latin": "upperLetter",
    "lower-roman": "lowerRoman",
    "upper-roman": "upperRoman",
}
_CHINESE_LISTS = {
    "cjk-ideographic": "chineseCountingThousand",
    "simp-chinese-informal": "chineseCountingThousand",
    "trad-chinese-informal": "chineseCountingThousand",
    "cjk-decimal": "ideographDigital",
    "simp-chinese-formal": "chineseLegalSimplified",
    "trad-chinese-formal": "ideographLegalTraditional",
    "cjk-heavenly-stem": "ideographTraditional",
    "cjk-earthly-branch": "ideographZodiac",
}
_LIST_STYLE = re.compile(r"(?i)list-style(?:-type)?\s*:\s*([a-z-]+)")
_ALIGN = re.compile(r"(?i)text-align\s*:\s*(left|center|right)")
_ALIGNMENTS: dict[str, Alignment] = {"left": "left", "center": "center", "right": "right"}
_LARGEST = 1_000_000


@dataclass(frozen=True, slots=True)
class Piece:
    """One paragraph; ``text`` begins with ``numbering``; ``level`` for headings, 0 is h1."""

    text: str
    level: int | None = None
    numbering: str = ""
    align: Alignment = ""


@dataclass(slots=True)
class _List:
    next_number: int
    step: int
    style: str  # "" for a list that shows no numbers


@dataclass(slots=True)
class Flow:
    """Turns the events of a walk into pieces. ``enter`` and ``leave`` for elements, ``text`` for text nodes."""

    pieces: list[Piece] = field(default_factory=list)
    _parts: list[str] = field(default_factory=list)
    _lists: list[_List] = field(default_factory=list)
    _aligns: list[Alignment] = field(default_factory=lambda: [""])
    _level: int | None = None
    _number: str = ""
    _preformatted: int = 0

    def text(self, content: str) -> None:
        content = content.replace(BREAK, " ")
        self._parts.append(content.replace("\n", BREAK) if self._preformatted else content)

    def enter(self, node: LexborNode) -> None:
        tag = node.tag
        if tag == "br":
            self._parts.append(BREAK)
        if tag not in _BLOCKS:
            return
        self.flush()
        self._aligns.append(_alignment(node) or self._aligns[-1])
        if tag in {"ol", "ul"}:
            self._lists.append(_list(node))
        elif tag == "li" and self._lists:
            self._number = self._next_number(node)
        elif tag in _HEADINGS:
            self._level = _HEADINGS[tag]
        elif tag == "pre":
            self._preformatted += 1

    def leave(self, node: LexborNode) -> None:
        tag = node.tag
        if tag not in _BLOCKS:
            return
        self.flush()
        if len(self._aligns) > 1:
            self._aligns.pop()
        if tag in {"ol", "ul"} and self._lists:
            self._lists.pop()
        elif tag == "li":
            self._number = ""
        elif tag in _HEADINGS:
            self._level = None
        elif tag == "pre":
            self._preformatted -= 1

    def flush(self) -> None:
        """End the paragraph."""
        if not self._parts:
            return
        raw = "".join(self._parts)
        self._parts.clear()
        for part in _PARAGRAPH_BREAK.split(raw):
            text = _AROUND_BREAK.sub("\n", _SPACES.sub(" ", _SOURCE_BREAK.sub("", part))).strip()
            if not text:
                continue
            number, self._number = self._number, ""
            shown = f"{number}{gap(number, text, 'tab')}{text}" if number else text
            self.pieces.append(Piece(shown, self._level, number, self._aligns[-1]))

    def _next_number(self, item: LexborNode) -> str:
        current = self._lists[-1]
        given = _integer(item.attributes.get("value"))
        number = given if given is not None else current.next_number
        current.next_number = number + current.step
        style = _list_style(item) or current.style
        if style in _CHINESE_LISTS:
            return f"{render(_CHINESE_LISTS[style], number)}、" if number > 0 else f"{number}、"
        if style in _LIST_FORMATS:
            return f"{render(_LIST_FORMATS[style], number)}." if number > 0 else f"{number}."
        return ""


def walk(node: LexborNode) -> Generator[tuple[str, LexborNode], bool | None, None]:
    """("enter" | "text" | "leave", node) below ``node`` in document order, without recursion.

    Sending True after "enter" skips what is below the element; "leave" still comes.
    """
    stack = [node]
    cursor = [node.first_child]
    while stack:
        item = cursor[-1]
        if item is None:
            cursor.pop()
            done = stack.pop()
            if stack:
                yield "leave", done
            continue
        cursor[-1] = item.next
        if item.is_text_node:
            yield "text", item
        elif item.is_element_node and item.tag not in NOT_TEXT:
            skip = yield "enter", item
            stack.append(item)
            cursor.append(None if skip else item.first_child)


def pieces_of(node: LexborNode) -> list[Piece]:
    """All paragraphs below an element, for a table cell."""
    flow = Flow()
    for event, item in walk(node):
        if event == "text":
            flow.text(item.text_content or "")
        elif event == "enter":
            flow.enter(item)
        else:
            flow.leave(item)
    flow.flush()
    return flow.pieces


def _list(node: LexborNode) -> _List:
    style = _list_style(node)
    if node.tag == "ul":
        return _List(1, 1, style if style in _CHINESE_LISTS or style in _LIST_FORMATS else "")
    kind = node.attributes.get("type") or "1"
    backwards = "reversed" in node.attributes
    start = _integer(node.attributes.get("start"))
    if start is None:
        start = len([item for item in node.iter() if item.tag == "li"]) if backwards else 1
    return _List(start, -1 if backwards else 1, style or (kind if kind in _LIST_FORMATS else "1"))


def _list_style(node: LexborNode) -> str:
    match = _LIST_STYLE.search(node.attributes.get("style") or "")
    return match[1].lower() if match else ""


def _integer(text: str | None) -> int | None:
    if text is None or not re.fullmatch(r"\s*-?\d{1,7}\s*", text):
        return None
    return max(-_LARGEST, min(int(text), _LARGEST))


def _alignment(node: LexborNode) -> Alignment:
    attributes = node.attributes
    if node.tag == "center":
        return "center"
    match = _ALIGN.search(attributes.get("style") or "")
    value = (match[1] if match else attributes.get("align") or "").lower()
    return _ALIGNMENTS.get(value, "")
