"""An XLSX without what it hides. Hidden rows and columns keep their place, empty: nothing that refers to a cell moves.

Formulas become the values they last had: what they were computed from may be gone. A formula that was never computed
stays, unless it speaks of a sheet that goes or of another file. Meant to run in the child process.
"""

from __future__ import annotations

from copy import deepcopy

from mingchuang.reading.formats.extract import Unreadable
from mingchuang.reading.formats.markup import Element
from mingchuang.reading.gate.cleaning.cleaned import Cleaned, Tally
from mingchuang.reading.gate.cleaning.package import Rewriting, discard
from mingchuang.reading.gate.hidden.package import get, local, text_of
from mingchuang.reading.gate.hidden.sheet_look import Box, Cell, Formats, Strings, box_of, cells_of
from mingchuang.reading.gate.hidden.word_look import child
from mingchuang.reading.gate.hidden.xlsx import (
    CACHE_KINDS,
    COMMENT_KINDS,
    HISTORY_KINDS,
    LINK_KINDS,
    Book,
    Sheet,
    hidden_shapes,
    is_unseen_name,
    speaks_of,
)

_UNLINKED = (COMMENT_KINDS - {"legacyDrawing", "vmlDrawing"}) | CACHE_KINDS | LINK_KINDS | HISTORY_KINDS | {"calcChain"}
_NOTED = {"pivotCacheDefinition": "数据透视表缓存", "externalLink": "外部工作簿链接", "connections": "数据连接"}
_OF_WORKBOOK = frozenset({"customWorkbookViews", "fileSharing", "externalReferences", "pivotCaches", "webPublishing"})
_OF_SHEET = frozenset(
    {"legacyDrawing", "controls", "oleObjects", "customProperties", "customSheetViews", "filterColumn", "sortState"}
)
_RELATIONSHIPS = ("/officeDocument/2006/relationships}", "/officeDocument/relationships}")
_KEPT_WITHOUT_LINK = frozenset({"pageSetup", "blip"})


class _Rewriting(Rewriting, Book):
    """A workbook that is written anew."""


def strip_xlsx(data: bytes) -> Cleaned:
    """The workbook as its reader sees it, formulas as values; raises ``Unreadable``."""
    tally = Tally()
    book = _Rewriting(data, tally)
    unseen = Formats(book.companion("styles"))
    hidden = [sheet for sheet in book.sheets if sheet.state != "visible"]
    shown = [sheet for sheet in book.sheets if sheet.state == "visible" and book.has(sheet.part)]
    if not shown:
        raise Unreadable(
            "no_visible_sheet", "工作簿的工作表全部是隐藏的，清除后什么也不剩：请先在 Excel 或 WPS 中取消隐藏。"
        )
    gone_names = {sheet.name for sheet in hidden}
    _clean_workbook(book, gone_names)
    for sheet in shown:
        cleared = _clear_cells(book, sheet, unseen)
        _clean_sheet(book, sheet, gone_names, cleared)
    for name in list(book.reachable()):
        _clean_links(book, name)
    _rebuild_strings(book, shown)
    return Cleaned(book.write(), tally.removed())


def _elements(root: Element) -> list[Element]:
    return [one for one in root.iter() if isinstance(one.tag, str)]


def _clean_workbook(book: _Rewriting, gone_names: set[str]) -> None:
    root = book.tree(book.main)
    for one in list(_elements(root)):
        if local(one) == "absPath":
            holder = next((up for up in one.iterancestors() if local(up) == "AlternateContent"), one)
            discard(holder)
            book.tally.add("制作者电脑上的路径")
        elif local(one) in _OF_WORKBOOK:
            discard(one)
        elif local(one) == "workbookView":
            for key in ("activeTab", "firstSheet"):
                one.attrib.pop(key, None)
    _clean_names(book, root, gone_names)
    gone_ids = set()
    for sheet in [sheet for sheet in book.sheets if sheet.state != "visible"]:
        gone_ids.add(get(sheet.entry, "id"))
        discard(sheet.entry)
        book.tally.add("隐藏的工作表")
    for one in book.relations(book.main):
        if one.id in gone_ids:
            discard(one.element)
    _discard_extensions(root, gone_names, set())


def _clean_names(book: _Rewriting, root: Element, gone_names: set[str]) -> None:
    """Names that are hidden or lead to what goes; the others of one sheet follow it to its new number."""
    numbers = [index for index, sheet in enumerate(book.sheets) if sheet.state == "visible"]
    renumbered = {str(old): str(new) for new, old in enumerate(numbers)}
    listed = child(root, "definedNames")
    for one in list(listed) if listed is not None else []:
        scope = get(one, "localSheetId")
        if is_unseen_name(one, gone_names) or (scope is not None and scope not in renumbered):
            discard(one)
            book.tally.add("隐藏的名称定义")
        elif scope is not None:
            one.set("localSheetId", renumbered[scope])
    if listed is not None and not len(listed):
        discard(listed)


def _clear_cells(book: _Rewriting, sheet: Sheet, formats: Formats) -> list[Cell]:
    look = book.look(sheet, formats)
    if not look.may_hide:
        return []
    cleared = [(row, cell, look.why_hidden(cell)) for row, cell in cells_of(look.sheet)]
    cleared = [one for one in cleared if one[2]]
    for row, cell in list(cells_of(look.sheet)):  # a cell may leave its address to those before it
        row.set("r", str(cell.row))
        cell.element.set("r", cell.address)
    for row, cell, _ in cleared:
        row.remove(cell.element)
    book.tally.add("隐藏行里的内容（行）", len({cell.row for _, cell, how in cleared if how == "row"}))
    book.tally.add("隐藏列里的内容（列）", len({cell.column for _, cell, how in cleared if how == "column"}))
    book.tally.add("看不见的文字（单元格）", len([cell for _, cell, how in cleared if how == "white"]))
    return [cell for _, cell, _ in cleared]


def _clean_sheet(book: _Rewriting, sheet: Sheet, gone_names: set[str], cleared: list[Cell]) -> None:
    root = book.tree(sheet.part)
    _freeze(book, root, gone_names)
    _drop_tables(book, sheet, cleared)
    addresses = {(cell.row, cell.column) for cell in cleared}
    vml = {get(one, "id") for one in root if local(one) == "legacyDrawing"}
    for one in book.relations(sheet.part):
        if one.kind == "vmlDrawing" and one.id in vml:
            discard(one.element)
        elif one.kind in {"comments"}:
            book.tally.add("批注", len([o for o in _elements(book.tree(one.target)) if local(o) == "comment"]))
        elif one.kind == "drawing" and book.has(one.target):
            for anchor in hidden_shapes(book.tree(one.target)):
                discard(anchor)
                book.tally.add("隐藏的图形")
    for one in _elements(root):
        name = local(one)
        if name in _OF_SHEET or (name in {"cfRule", "dataValidation"} and _speaks(one, gone_names)):
            discard(one)
        elif name == "hyperlink":
            box = box_of(get(one, "ref") or "")
            inner = any(speaks_of(get(one, "location") or "", gone) for gone in gone_names)
            if inner or (box and (box.top, box.left) in addresses):
                discard(one)
    _discard_extensions(root, gone_names, set())
    _discard_empty(root)


def _speaks(element: Element, names: set[str]) -> bool:
    text = text_of(element)
    return any(speaks_of(text, name) for name in names)


def _discard_extensions(root: Element, gone_names: set[str], gone_ids: set[str]) -> None:
    for one in [one for one in _elements(root) if local(one) == "ext"]:
        linked = any(value in gone_ids for part in _elements(one) for value in part.attrib.values())
        if (
            linked
            or _speaks(one, gone_names)
            or "slicer" in _names_of(one).lower()
            or "timeline" in _names_of(one).lower()
        ):
            discard(one)


def _names_of(element: Element) -> str:
    return " ".join(local(one) for one in _elements(element))


def _discard_empty(root: Element) -> None:
    for one in _elements(root):
        if local(one) in {"hyperlinks", "dataValidations", "conditionalFormatting", "tableParts", "extLst"} and not len(
            one
        ):
            discard(one)
        elif get(one, "count") is not None and local(one) in {"dataValidations", "tableParts"}:
            one.set("count", str(len(one)))


def _freeze(book: _Rewriting, root: Element, gone_names: set[str]) -> None:
    frozen = 0
    for _, cell in cells_of(root):
        formula, value = child(cell.element, "f"), child(cell.element, "v")
        if formula is None:
            continue
        computed = value is not None and (value.text or "") != ""
        if computed or "[" in (formula.text or "") or _speaks(formula, gone_names):
            cell.element.remove(formula)
            frozen += 1
    book.tally.add("公式（已改为数值）", frozen)


def _drop_tables(book: _Rewriting, sheet: Sheet, cleared: list[Cell]) -> None:
    """A table whose cells were cleared would be refused by Excel: its cells stay, the frame goes."""
    for one in book.relations(sheet.part):
        if one.kind != "table" or not book.has(one.target):
            continue
        table = book.tree(one.target)
        box = box_of(get(table, "ref") or "")
        if box and any(box.meets(Box(cell.row, cell.column, cell.row, cell.column)) for cell in cleared):
            discard(one.element)
            _discard_linked(book.tree(sheet.part), {one.id})
            book.tally.add("表格框（套用的表格样式）")
            continue
        for part in _elements(table):
            if local(part) in {"calculatedColumnFormula", "totalsRowFormula", "filterColumn", "sortState"}:
                discard(part)


def _clean_links(book: _Rewriting, name: str) -> None:
    for one in book.relations(name):
        if one.kind in _NOTED:
            book.tally.add(_NOTED[one.kind])
    gone = book.unlink_hidden(name) | book.unlink(name, _UNLINKED)
    if gone and name and book.is_markup(name):
        _discard_linked(book.tree(name), gone)
        _discard_extensions(book.tree(name), set(), gone)


def _discard_linked(root: Element, gone: set[str]) -> None:
    for one in _elements(root):
        keys = [
            key for key, value in one.attrib.items() if any(r in str(key) for r in _RELATIONSHIPS) and value in gone
        ]
        if keys and local(one) in _KEPT_WITHOUT_LINK:
            for key in keys:
                del one.attrib[key]
        elif keys:
            discard(one)
    _discard_empty(root)


def _rebuild_strings(book: _Rewriting, shown: list[Sheet]) -> None:
    """Shared strings that no cell uses any more go, and with them their numbers."""
    root = book.companion("sharedStrings")
    if root is None:
        return
    items = Strings(root).items
    order: dict[int, int] = {}
    for sheet in shown:
        for _, cell in cells_of(book.tree(sheet.part)):
            value = child(cell.element, "v")
            if get(cell.element, "t") == "s" and value is not None and (value.text or "").strip().isdigit():
                index = int(value.text or "0")
                value.text = str(order.setdefault(index, len(order)))
    kept = [deepcopy(items[index]) for index in order if index < len(items)]
    for one in list(root):
        root.remove(one)
    for item in kept:
        for aid in [part for part in item if local(part) in {"rPh", "phoneticPr"}]:
            item.remove(aid)
    root.extend(kept)
    root.attrib.pop("count", None)
    root.attrib.pop("uniqueCount", None)
