"""Tracked changes of a DOCX accepted or rejected, all of them, as Word does it (ECMA-376 Part 1, 17.13.5)."""

from __future__ import annotations

from typing import Final

from mingchuang.reading.formats.markup import Element
from mingchuang.reading.gate.cleaning.cleaned import Choice
from mingchuang.reading.gate.cleaning.package import discard, unwrap
from mingchuang.reading.gate.hidden.package import local
from mingchuang.reading.gate.hidden.word_look import child

_ARRIVALS: Final = frozenset({"ins", "moveTo"})
_DEPARTURES: Final = frozenset({"del", "moveFrom"})
_RANGES: Final = frozenset(
    {f"{move}Range{edge}" for move in ("moveFrom", "moveTo") for edge in ("Start", "End")}
    | {f"customXml{kind}Range{edge}" for kind in ("Ins", "Del", "MoveFrom", "MoveTo") for edge in ("Start", "End")}
)
_KEPT_BY_CHANGE: Final = frozenset({"rPr", "sectPr", "pPr"})  # what w:pPrChange does not speak of
_TEXT_AGAIN: Final = {"delText": "t", "delInstrText": "instrText"}


def settle(root: Element, choice: Choice) -> int:
    """Settle every tracked change below ``root``; returns how many there were."""
    settled = 0
    doomed_marks: list[Element] = []
    for one in _elements(root):
        name = local(one)
        if one.getparent() is None and one is not root:
            continue  # went with its parent
        if name in _ARRIVALS | _DEPARTURES:
            settled += 1
            _settle_content(one, doomed_marks, gone=(name in _DEPARTURES) == (choice == "accept"))
        elif name.endswith("PrChange") or name == "tblGridChange":
            settled += 1
            _settle_properties(one, restore=choice == "reject")
        elif name in {"cellIns", "cellDel"}:
            settled += 1
            _settle_cell(one, gone=(name == "cellDel") == (choice == "accept"))
        elif name in _RANGES:
            discard(one)
        elif name in {"numberingChange", "cellMerge"}:
            settled += 1
            discard(one)
    for paragraph in doomed_marks:
        _join_next(paragraph)
    _mend_tables(root)
    return settled


def _elements(root: Element) -> list[Element]:
    return [one for one in root.iter() if isinstance(one.tag, str)]


def _settle_content(one: Element, doomed_marks: list[Element], *, gone: bool) -> None:
    parent = one.getparent()
    if parent is None:
        return
    if local(parent) in {"rPr", "ctrlPr", "numPr", "trPr"}:
        parent.remove(one)
        holder = parent.getparent()
        if not gone or holder is None:
            return
        if local(parent) == "trPr":
            discard(holder)
        elif local(holder) == "pPr" and holder.getparent() is not None:
            doomed_marks.append(holder.getparent())
        return
    if gone:
        parent.remove(one)
        return
    for text in _elements(one):
        if local(text) in _TEXT_AGAIN:
            text.tag = str(text.tag).replace(local(text), _TEXT_AGAIN[local(text)])
    unwrap(one)


def _settle_properties(change: Element, *, restore: bool) -> None:
    """``w:xPrChange`` stands in the new properties and holds the old ones."""
    properties = change.getparent()
    if properties is None:
        return
    properties.remove(change)
    if not restore:
        return
    old = next((one for one in change if isinstance(one.tag, str)), None)
    speaks_of_all = local(change) != "pPrChange"
    kept = [one for one in properties if not speaks_of_all and local(one) in _KEPT_BY_CHANGE]
    references = [one for one in properties if local(one) in {"headerReference", "footerReference"}]
    for one in list(properties):
        properties.remove(one)
    properties.extend(
        [*(references if local(change) == "sectPrChange" else []), *(old if old is not None else ()), *kept]
    )


def _settle_cell(mark: Element, *, gone: bool) -> None:
    properties = mark.getparent()
    cell = properties.getparent() if properties is not None else None
    discard(mark)
    if gone and cell is not None:
        discard(cell)


def _join_next(paragraph: Element) -> None:
    """A paragraph whose mark goes runs on into the next one, whose properties hold for both."""
    parent = paragraph.getparent()
    if parent is None:
        return
    following = paragraph.getnext()
    content = [one for one in paragraph if local(one) != "pPr"]
    if following is None or local(following) != "p":
        has_section = child(child(paragraph, "pPr"), "sectPr") is not None
        others = [one for one in parent if local(one) == "p" and one is not paragraph]
        if not content and not has_section and (others or local(parent) == "body"):
            parent.remove(paragraph)
        return
    at = 1 if child(following, "pPr") is not None else 0
    following[at:at] = content
    parent.remove(paragraph)


def _mend_tables(root: Element) -> None:
    """A row without cells and a table without rows go; a cell must end with a paragraph."""
    for name, needed in (("tr", "tc"), ("tbl", "tr")):
        for one in [one for one in _elements(root) if local(one) == name]:
            if not any(local(part) == needed for part in one.iter() if isinstance(part.tag, str)):
                discard(one)
    for cell in [one for one in _elements(root) if local(one) == "tc"]:
        held = [one for one in cell if isinstance(one.tag, str) and local(one) != "tcPr"]
        if not held or local(held[-1]) != "p":
            cell.append(cell.makeelement(str(cell.tag).replace("}tc", "}p")))
