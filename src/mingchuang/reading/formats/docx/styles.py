"""Paragraph styles: what a paragraph inherits (list, outline level, alignment, hidden text)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mingchuang.reading.formats.docx.words import attribute, child, children, number, switched_on, value
from mingchuang.reading.formats.extract import Alignment
from mingchuang.reading.formats.markup import Element

_LONGEST_CHAIN = 30
_BODY_OUTLINE = 9
_HEADING = re.compile(r"(?:heading|标题) ?([1-9])")
_ALIGNMENTS: dict[str, Alignment] = {"center": "center", "right": "right", "end": "right", "left": "left"}


@dataclass(frozen=True, slots=True)
class ListUse:
    """A reference to a list: ``num_id`` "0" takes a paragraph out of its list; ``level`` None when not given."""

    num_id: str | None
    level: int | None


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """One style with what it inherits already folded in. ``list_style`` is the style that named the list."""

    outline: int | None = None
    align: Alignment = ""
    list_use: ListUse | None = None
    list_style: str = ""
    hidden: bool = False


class Styles:
    """The styles part of one document; an absent part gives plain styles."""

    def __init__(self, root: Element | None) -> None:
        self._elements: dict[str, Element] = {}
        self._folded: dict[str, ParagraphStyle] = {}
        self.default = ""
        for style in children(root, "style") if root is not None else ():
            identity = attribute(style, "styleId") or ""
            self._elements.setdefault(identity, style)
            if attribute(style, "type") == "paragraph" and attribute(style, "default") in {"1", "true", "on"}:
                self.default = identity

    def of(self, style_id: str | None) -> ParagraphStyle:
        """The style by id, the default style for None."""
        identity = style_id or self.default
        if identity not in self._folded:
            self._folded[identity] = self._fold(identity)
        return self._folded[identity]

    def hides(self, style_id: str | None) -> bool:
        """Whether a character style makes its text invisible."""
        return bool(style_id) and self.of(style_id).hidden

    def _chain(self, identity: str) -> list[Element]:
        chain: list[Element] = []
        while identity in self._elements and len(chain) < _LONGEST_CHAIN:
            element = self._elements[identity]
            if any(element is seen for seen in chain):
                break
            chain.append(element)
            identity = value(element, "basedOn") or ""
        return chain

    def _fold(self, identity: str) -> ParagraphStyle:
        outline: int | None = None
        align: Alignment = ""
        use: ListUse | None = None
        list_style = ""
        hidden = False
        for style in reversed(self._chain(identity)):
            properties = child(style, "pPr")
            outline = _outline(style, properties, outline)
            align = alignment(properties) or align
            found = list_use(properties)
            if found is not None:
                use = ListUse(
                    found.num_id if found.num_id is not None else use.num_id if use else None,
                    found.level if found.level is not None else None if found.num_id else use.level if use else None,
                )
                list_style = attribute(style, "styleId") or ""
            vanish = switched_on(child(style, "rPr"), "vanish")
            hidden = hidden if vanish is None else vanish
        return ParagraphStyle(outline, align, use, list_style, hidden)


def list_use(properties: Element | None) -> ListUse | None:
    """The list that paragraph properties name, None when they name none."""
    found = child(properties, "numPr")
    if found is None:
        return None
    return ListUse(value(found, "numId"), number(value(found, "ilvl")))


def outline_level(properties: Element | None) -> int | None:
    """1 … 9 for an outline level, 0 never; None for body text or not given."""
    level = number(value(properties, "outlineLvl"))
    return level + 1 if level is not None and 0 <= level < _BODY_OUTLINE else None


def alignment(properties: Element | None) -> Alignment:
    return _ALIGNMENTS.get(value(properties, "jc") or "", "")


def _outline(style: Element, properties: Element | None, inherited: int | None) -> int | None:
    name = (value(style, "name") or "").lower()
    if name == "title":
        return 0
    if match := _HEADING.fullmatch(name):
        return int(match[1])
    if value(properties, "outlineLvl") is not None:
        return outline_level(properties)
    return inherited
