"""What an XLSX hides: sheets, rows, columns, unseen letters, comments, names, caches, links, people, macros.

Meant to run in the child process, for a sheet may be large.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mingchuang.reading.formats.extract import Unreadable
from mingchuang.reading.formats.markup import Element
from mingchuang.reading.gate.finding import Place
from mingchuang.reading.gate.hidden.asides import asides
from mingchuang.reading.gate.hidden.found import (
    CACHE,
    COLUMNS,
    COMMENT,
    EXTERNAL,
    NAME,
    PERSON,
    PROPERTY,
    ROWS,
    SHEET,
    TEXT,
    VERSION,
    Hidden,
    Piece,
    hidden_at,
    only_text,
    shown,
)
from mingchuang.reading.gate.hidden.package import Package, Relation, get, local, search_package, text_of
from mingchuang.reading.gate.hidden.sheet_look import (
    Box,
    Cell,
    Formats,
    SheetLook,
    Strings,
    Why,
    box_of,
    cells_of,
    is_on,
    ranges,
)
from mingchuang.reading.gate.hidden.word_look import child

COMMENT_KINDS = frozenset({"comments", "threadedComment", "legacyDrawing", "vmlDrawing", "person"})
CACHE_KINDS = frozenset(
    {"pivotCacheDefinition", "pivotCacheRecords", "pivotTable", "slicer", "slicerCache", "timelineCache"}
)
LINK_KINDS = frozenset(
    {"externalLink", "connections", "queryTable", "volatileDependencies", "xmlMaps", "customProperty"}
)
HISTORY_KINDS = frozenset({"revisionHeaders", "revisionLog", "usernames"})
_ORDINARY_NAMES = re.compile(r"_xlnm\.(?:_FilterDatabase|Print_Area|Print_Titles)\Z")
_STATES = {"hidden": "隐藏", "veryHidden": "深度隐藏（界面上无法取消）"}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of the workbook: ``entry`` is its element in the workbook's list, ``part`` its own part."""

    name: str
    state: str
    part: str
    entry: Element


class Book(Package):
    """A workbook with its parts found."""

    def __init__(self, data: bytes) -> None:
        super().__init__(data)
        main = self.of_kind("officeDocument")
        if not main or not self.is_markup(main[0]):
            raise Unreadable("binary_workbook", "工作簿是 XLSB（二进制）格式，不能检查：请另存为 XLSX 后重新上传。")
        self.main = main[0]
        leads = {one.id: one for one in self.relations(self.main)}
        self.sheets = list(_sheets(self.tree(self.main), leads))

    @property
    def strings(self) -> Strings:
        """The shared strings."""
        return Strings(self.companion("sharedStrings"))

    def companion(self, kind: str) -> Element | None:
        """The root of a part that the workbook leads to."""
        found = [one.target for one in self.relations(self.main) if one.kind == kind and self.has(one.target)]
        return self.tree(found[0]) if found else None

    def look(self, sheet: Sheet, formats: Formats) -> SheetLook:
        """Which cells of the sheet are seen."""
        return SheetLook(self.tree(sheet.part), formats.unseen, self.table_headers(sheet))

    def table_headers(self, sheet: Sheet) -> list[Box]:
        """The header rows of its tables."""
        boxes = []
        for one in self.relations(sheet.part):
            box = box_of(get(self.tree(one.target), "ref") or "") if one.kind == "table" else None
            if box:
                boxes.append(box._replace(bottom=box.top))
        return boxes


def _sheets(workbook: Element, leads: dict[str, Relation]) -> Iterator[Sheet]:
    for entry in child(workbook, "sheets") if child(workbook, "sheets") is not None else ():  # type: ignore[union-attr]
        relation = leads.get(get(entry, "id") or "")
        if relation is not None and not relation.external:
            yield Sheet(get(entry, "name") or "", get(entry, "state") or "visible", relation.target, entry)


def search_xlsx(data: bytes) -> list[Hidden]:
    """All that the workbook hides; raises ``Unreadable``."""
    book = Book(data)
    strings, formats = book.strings, Formats(book.companion("styles"))
    found = search_package(book)
    for sheet in book.sheets:
        if not book.has(sheet.part):
            continue
        if sheet.state != "visible":
            found.append(_hidden_sheet(book, sheet, strings))
        else:
            found += _cells(book.look(sheet, formats), sheet, strings)
        found += _companions(book, sheet)
    return [*found, *_workbook(book), *asides(book)]


def cell_place(sheet: Sheet, cell: Cell) -> Place:
    """Where a cell stands."""
    return Place(f"工作表“{sheet.name}”{cell.address}", sheet=sheet.name, cell=cell.address, member=sheet.part)


def _hidden_sheet(book: Book, sheet: Sheet, strings: Strings) -> Hidden:
    pieces = tuple(
        Piece(cell_place(sheet, cell), text)
        for _, cell in cells_of(book.tree(sheet.part))
        if (text := strings.text(cell.element)).strip()
    )
    message = f"工作表“{sheet.name}”是{_STATES.get(sheet.state, '隐藏')}的，有 {len(pieces)} 个单元格的内容。"
    place = Place(f"工作表“{sheet.name}”", sheet=sheet.name, member=sheet.part)
    return Hidden(SHEET.id, "fail", place, message, pieces)


def _cells(look: SheetLook, sheet: Sheet, strings: Strings) -> Iterator[Hidden]:
    if not look.may_hide:
        return
    groups: dict[Why, list[tuple[Cell, Piece]]] = {"row": [], "column": [], "white": []}
    for _, cell in cells_of(look.sheet):
        why = look.why_hidden(cell)
        if why and (text := strings.text(cell.element)).strip():
            groups[why].append((cell, Piece(cell_place(sheet, cell), text)))
    if groups["row"]:
        filtered = "（有筛选：可能是筛选后没有显示的行）" if child(look.sheet, "autoFilter") is not None else ""
        told = ranges({cell.row for cell, _ in groups["row"]})
        yield _group(ROWS.id, sheet, groups["row"], told, f"是隐藏的，里面有内容{filtered}。", unit="行")
    if groups["column"]:
        told = ranges({cell.column for cell, _ in groups["column"]}, name=True)
        yield _group(COLUMNS.id, sheet, groups["column"], told, "是隐藏的，里面有内容。", unit="列")
    if groups["white"]:
        told = [cell.address for cell, _ in groups["white"]]
        yield _group(TEXT.id, sheet, groups["white"], told, "的文字看不见（白色、极小或格式为 ;;;）。")


def _group(
    rule: str, sheet: Sheet, held: list[tuple[Cell, Piece]], told: list[str], message: str, *, unit: str = ""
) -> Hidden:
    phrases = [_phrase(one, unit) for one in told] if unit else told
    where = f"工作表“{sheet.name}”{shown(phrases)}"
    place = Place(where, sheet=sheet.name, cell=told[0], member=sheet.part)
    return Hidden(rule, "fail", place, f"{where}{message}", tuple(piece for _, piece in held))


def _phrase(span: str, unit: str) -> str:
    first, _, last = span.partition(":")
    return f"第{first}{unit}" if first == last else f"第{first}至{last}{unit}"


def _companions(book: Book, sheet: Sheet) -> Iterator[Hidden]:
    for one in book.relations(sheet.part):
        if one.external or not book.has(one.target) or not book.is_markup(one.target):
            continue
        if one.kind in {"comments", "threadedComment"}:
            yield from _comments(book.tree(one.target), sheet, one.target)
        elif one.kind == "drawing":
            yield from _shapes(book.tree(one.target), sheet, one.target)
    place = Place(f"工作表“{sheet.name}”", sheet=sheet.name, member=sheet.part)
    aside = [
        get(one, name) or ""
        for one in book.tree(sheet.part).iter()
        if isinstance(one.tag, str) and local(one) in {"hyperlink", "dataValidation"}
        for name in ("tooltip", "display", "location", "prompt", "error", "promptTitle", "errorTitle")
    ]
    if any(aside):
        yield only_text(place, *aside)


def _comments(root: Element, sheet: Sheet, member: str) -> Iterator[Hidden]:
    held = [one for one in root.iter() if isinstance(one.tag, str) and local(one) in {"comment", "threadedComment"}]
    if not held:
        return
    pieces = []
    for one in held:
        cell = get(one, "ref") or ""
        text = "".join(text_of(part) for part in one if isinstance(part.tag, str) and local(part) == "text")
        place = Place(f"工作表“{sheet.name}”{cell}的批注", sheet=sheet.name, cell=cell or None, member=member)
        pieces.append(Piece(place, text))
    cells = shown(dict.fromkeys(get(one, "ref") or "" for one in held))
    authors = [text_of(one) for one in root.iter() if isinstance(one.tag, str) and local(one) == "author"]
    whole = Place(f"工作表“{sheet.name}”的批注", sheet=sheet.name, cell=get(held[0], "ref"), member=member)
    pieces += [Piece(whole, author) for author in authors]
    message = f"工作表“{sheet.name}”有 {len(held)} 条批注（{cells}）。"
    yield Hidden(COMMENT.id, "fail", whole, message, tuple(piece for piece in pieces if piece.text.strip()))


def hidden_shapes(root: Element) -> list[Element]:
    """The anchors of a drawing whose shape is switched off."""
    anchors = [one for one in root if isinstance(one.tag, str) and local(one).endswith("Anchor")]
    return [
        anchor
        for anchor in anchors
        if any(isinstance(one.tag, str) and local(one) == "cNvPr" and is_on(one, "hidden") for one in anchor.iter())
    ]


def _shapes(root: Element, sheet: Sheet, member: str) -> Iterator[Hidden]:
    place = Place(f"工作表“{sheet.name}”的图形", sheet=sheet.name, member=member)
    for anchor in hidden_shapes(root):
        yield hidden_at(TEXT.id, "fail", place, f"工作表“{sheet.name}”有隐藏的图形。", [text_of(anchor)])
    names = [get(one, "descr") or "" for one in root.iter() if isinstance(one.tag, str) and local(one) == "cNvPr"]
    if any(names):
        yield only_text(place, *names)


def _workbook(book: Book) -> Iterator[Hidden]:
    root = book.tree(book.main)
    place = Place("工作簿", member=book.main)
    for one in root.iter():
        if isinstance(one.tag, str) and local(one) == "absPath":
            message = "工作簿记着它在制作者电脑上的文件夹路径。"
            yield hidden_at(PROPERTY.id, "uncertain", place, message, [get(one, "url") or ""])
    yield from _names(book, root, place)
    for name in sorted(set(book.of_kind("pivotCacheDefinition")) | set(book.of_kind("pivotCacheRecords"))):
        values = (get(one, "v") or "" for one in book.tree(name).iter() if isinstance(one.tag, str))
        message = "数据透视表缓存着全部源数据，删去源表后仍可查看。"
        yield hidden_at(CACHE.id, "fail", Place("数据透视表缓存", member=name), message, values)
    for kind in sorted(LINK_KINDS - {"xmlMaps", "customProperty"}):
        for name in book.of_kind(kind):
            texts = [text_of(book.tree(name))] if book.is_markup(name) else []
            yield hidden_at(
                EXTERNAL.id, "fail", Place("外部数据", member=name), "工作簿带有外部工作簿或数据连接。", texts
            )
    if book.of_kind("revisionHeaders"):
        yield hidden_at(VERSION.id, "fail", place, "共享工作簿保存着修订历史。", _history(book))
    for name in book.of_kind("person"):
        people = [get(one, "displayName") or "" for one in book.tree(name)]
        if any(people):
            yield hidden_at(PERSON.id, "uncertain", Place("文件属性", member=name), "工作簿里留有批注者名单。", people)


def _history(book: Book) -> list[str]:
    return [text_of(book.tree(name)) for name in book.of_kind("revisionLog") if book.is_markup(name)]


def is_unseen_name(one: Element, hidden_sheets: set[str]) -> bool:
    """A defined name that is hidden, or points at a hidden sheet or another file, or holds a value itself."""
    name, target = get(one, "name") or "", text_of(one).strip()
    if _ORDINARY_NAMES.match(name):
        return any(speaks_of(target, sheet) for sheet in hidden_sheets)
    quoted = target.startswith(('="', '"'))
    outside = re.search(r"\[[^\]]+\]", target) is not None and "!" in target
    return is_on(one, "hidden") or quoted or outside or any(speaks_of(target, sheet) for sheet in hidden_sheets)


def speaks_of(formula: str, sheet: str) -> bool:
    """Whether a formula refers to the sheet."""
    quoted = "'" + sheet.replace("'", "''") + "'!"
    return quoted in formula or re.search(rf"(?<![\w.']){re.escape(sheet)}!", formula) is not None


def _names(book: Book, root: Element, place: Place) -> Iterator[Hidden]:
    hidden_sheets = {sheet.name for sheet in book.sheets if sheet.state != "visible"}
    listed = child(root, "definedNames")
    unseen = [one for one in listed if is_unseen_name(one, hidden_sheets)] if listed is not None else []
    if unseen:
        message = f"有 {len(unseen)} 个名称是隐藏的，或指向隐藏的工作表、外部文件。"
        texts = [f"{get(one, 'name') or ''} {text_of(one)}" for one in unseen]
        yield hidden_at(NAME.id, "fail", place, message, texts)
