"""The characters of one paragraph: runs, fields, breaks, revisions, hidden text, references, text boxes."""

from __future__ import annotations

from dataclasses import dataclass, field

from mingchuang.reading.formats.docx.styles import Styles
from mingchuang.reading.formats.docx.words import (
    ALTERNATE,
    MATH_TEXT,
    WORD_ART,
    attribute,
    child,
    chosen_alternate,
    local,
    switched_on,
    value,
)
from mingchuang.reading.formats.extract import DropReason
from mingchuang.reading.formats.markup import Element

_CHARACTERS = {
    "tab": "\t",
    "ptab": "\t",
    "br": "\n",
    "cr": "\n",
    "noBreakHyphen": "-",
    "softHyphen": "",
}
_TEXTS = {"t", "delText", MATH_TEXT}
_LETTERS = {*_CHARACTERS, *_TEXTS, "sym"}
_DELETIONS = {"del", "moveFrom"}
_NOTES = {"footnoteReference": "footnote", "endnoteReference": "endnote"}
_SILENT = {"pPr", "rPr", "rt", "sdtPr", "sdtEndPr", "tblPr", "proofErr", "instrText", "delInstrText", "fldData"}
# Symbol fonts keep their characters in a private area; these are the ones that stand in official forms.
_SYMBOLS = {0x52: "☑", 0x53: "☒", 0x54: "☒", 0x6F: "□", 0x71: "□", 0xA3: "□", 0xA8: "□", 0xFC: "✓", 0xFE: "☑"}
_BASIC_SYMBOL_AREA = range(0xF000, 0xF100)


@dataclass(slots=True)
class Line:
    """What a paragraph's inline content came to."""

    parts: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)  # w:txbxContent
    notes: list[tuple[str, str]] = field(default_factory=list)  # ("footnote", id)
    left_out: list[tuple[str, DropReason]] = field(default_factory=list)
    pictures: int = 0
    objects: int = 0

    @property
    def text(self) -> str:
        return "".join(self.parts)


class InlineReader:
    """Reads paragraphs one after another: complex fields may begin in one paragraph and end in a later one."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._fields: list[bool] = []  # per open field: True while its result (not its instruction) is read
        self.page_fields = False

    def read(self, element: Element, line: Line, *, hidden: bool = False) -> None:
        """Append the inline content of ``element`` to ``line``. ``hidden``: the paragraph style hides its text."""
        for item in element:
            if isinstance(item.tag, str):
                self._read_item(item, line, hidden)

    def _read_item(self, item: Element, line: Line, hidden: bool) -> None:
        name = local(item)
        if name in _SILENT:
            self._note_page_field(item, name)
        elif name == "r":
            self._read_run(item, line, hidden)
        elif name in _DELETIONS:
            self._read_deleted(item, line)
        elif name in _LETTERS:
            self._write(_characters(item, name), line)
        elif name in _NOTES:
            line.notes.append((_NOTES[name], attribute(item, "id") or ""))
        elif name in {"drawing", "pict", "object"}:
            self._read_drawing(item, name, line)
        else:
            self._read_wrapper(item, name, line, hidden)

    def _read_wrapper(self, item: Element, name: str, line: Line, hidden: bool) -> None:
        if name == "fldChar":
            self._turn_field(attribute(item, "fldCharType"))
        elif name == ALTERNATE:
            chosen = chosen_alternate(item)
            if chosen is not None:
                self.read(chosen, line, hidden=hidden)
        else:
            if name == "fldSimple" and "PAGE" in (attribute(item, "instr") or ""):
                self.page_fields = True
            self.read(item, line, hidden=hidden)

    def _read_run(self, run: Element, line: Line, hidden: bool) -> None:
        properties = child(run, "rPr")
        vanish = switched_on(properties, "vanish")
        if vanish is None:
            vanish = hidden or self._styles.hides(value(properties, "rStyle"))
        if not vanish:
            self.read(run, line)
            return
        aside = Line()
        self.read(run, aside)
        if aside.text.strip():
            line.left_out.append((aside.text, "hidden"))

    def _read_deleted(self, item: Element, line: Line) -> None:
        aside = Line()
        self.read(item, aside)
        if aside.text.strip():
            line.left_out.append((aside.text, "deleted"))

    def _read_drawing(self, item: Element, name: str, line: Line) -> None:
        boxes = _outermost_boxes(item)
        line.boxes += boxes
        for art in item.iter("{urn:schemas-microsoft-com:vml}textpath"):
            if local(art) == WORD_ART and art.get("string"):
                line.left_out.append((str(art.get("string")), "watermark"))
        if name == "object":
            line.objects += 1
        elif not boxes and _holds_picture(item):
            line.pictures += 1

    def _turn_field(self, kind: str | None) -> None:
        if kind == "begin":
            self._fields.append(False)
        elif kind == "separate" and self._fields:
            self._fields[-1] = True
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _write(self, text: str, line: Line) -> None:
        if all(self._fields):
            line.parts.append(text)

    def _note_page_field(self, item: Element, name: str) -> None:
        if name == "instrText" and "PAGE" in (item.text or ""):
            self.page_fields = True


def _outermost_boxes(item: Element) -> list[Element]:
    """Text boxes of a drawing; of alternates only the chosen one, of nested boxes only the outer."""
    found: list[Element] = []
    waiting = [item]
    while waiting:
        element = waiting.pop()
        if local(element) == "txbxContent":
            found.append(element)
            continue
        if local(element) == ALTERNATE:
            chosen = chosen_alternate(element)
            waiting += [chosen] if chosen is not None else []
            continue
        waiting += [part for part in reversed(element) if isinstance(part.tag, str)]
    return found


def _holds_picture(item: Element) -> bool:
    return any(
        isinstance(part.tag, str) and part.tag.rpartition("}")[2] in {"blip", "imagedata"} for part in item.iter()
    )


def _characters(item: Element, name: str) -> str:
    if name in _TEXTS:
        return item.text or ""
    return _symbol(item) if name == "sym" else _CHARACTERS[name]


def _symbol(item: Element) -> str:
    try:
        code = int(attribute(item, "char") or "", 16)
    except ValueError:
        return ""
    if code in _BASIC_SYMBOL_AREA:
        return _SYMBOLS.get(code - _BASIC_SYMBOL_AREA.start, "")
    return chr(code) if 0x20 <= code < 0xD800 else ""
