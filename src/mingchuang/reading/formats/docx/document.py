"""The body of a DOCX walked in document order."""

from __future__ import annotations

from dataclasses import dataclass, replace

from mingchuang.reading.formats import limits
from mingchuang.reading.formats.archive import Archive
from mingchuang.reading.formats.compose import Composer
from mingchuang.reading.formats.docx.furniture import drop_comments, drop_headers, note_texts
from mingchuang.reading.formats.docx.inline import InlineReader, Line
from mingchuang.reading.formats.docx.numbering import Label, Numbering
from mingchuang.reading.formats.docx.package import Package
from mingchuang.reading.formats.docx.styles import ListUse, ParagraphStyle, Styles, alignment, list_use, outline_level
from mingchuang.reading.formats.docx.tables import GridCell, grid
from mingchuang.reading.formats.docx.words import child, local, unwrapped, value
from mingchuang.reading.formats.extract import Alignment, Extract, Place, Span, Unreadable
from mingchuang.reading.formats.labels import gap
from mingchuang.reading.formats.markup import Element

_NO_LIST = "0"


def read_docx(archive: Archive) -> Extract:
    """Read a DOCX; raises ``Unreadable`` for a damaged or hostile one, or one without text."""
    package = Package(archive)
    composer = Composer("docx")
    reader = _Reader(package, composer)
    body = child(package.body, "body")
    if body is None:
        raise Unreadable("damaged", "文件已损坏：DOCX 里没有正文，请在 Word 或 WPS 中打开原件，另存后重新上传。")
    reader.read_body(body)
    reader.read_notes(package)
    if not composer.has_text:
        raise _without_text(reader.pictures)
    drop_headers(package, composer)
    drop_comments(package, composer)
    reader.warn(package)
    return composer.finish()


@dataclass(frozen=True, slots=True)
class _Paragraph:
    text: str  # the rebuilt number included
    numbering: str
    level: int | None
    align: Alignment
    notes: tuple[tuple[str, str], ...]


class _Reader:
    def __init__(self, package: Package, composer: Composer) -> None:
        self._composer = composer
        self._styles = Styles(package.part("styles"))
        self._numbering = Numbering(package.part("numbering"))
        self._inline = InlineReader(self._styles)
        self._carried = Line()  # text of paragraphs whose mark was deleted: it joins the next paragraph
        self._notes: list[tuple[str, str, Span]] = []
        self._tables = 0
        self._objects = 0
        self._reasons: set[str] = set()
        self._chunks = False
        self.pictures = 0

    def read_body(self, body: Element) -> None:
        for item in unwrapped(body):
            name = local(item)
            if name == "p":
                self._add_paragraph(item)
            elif name == "tbl":
                self._add_table(item)
            elif name == "altChunk":
                self._chunks = True

    def read_notes(self, package: Package) -> None:
        """Foot- and endnotes stand after the text, in the order of their references, with their numbers."""
        texts = note_texts(package, self._styles)
        for place, (kind, identity, span) in enumerate(self._notes, start=1):
            text = texts.get((kind, identity))
            if text:
                label = f"[{place}]"
                self._composer.add("paragraph", f"{label} {text}", numbering=label)
                self._composer.warn("note", f"此处有注释 {label}，注释文字列在正文之后。", span)

    # --- paragraphs

    def _add_paragraph(self, element: Element) -> None:
        for paragraph in self._paragraphs(element, depth=0):
            span = self._composer.add(
                "paragraph" if paragraph.level is None else "heading",
                paragraph.text,
                level=paragraph.level,
                numbering=paragraph.numbering,
                align=paragraph.align,
            )
            self._keep_notes(paragraph.notes, span)

    def _paragraphs(self, element: Element, depth: int) -> list[_Paragraph]:
        """The paragraph, after the paragraphs of the text boxes anchored in it (they float above or beside it)."""
        properties = child(element, "pPr")
        style_id = value(properties, "pStyle")
        style = self._styles.of(style_id)
        line, self._carried = self._carried, Line()
        self._inline.read(element, line, hidden=style.hidden)
        self._settle(line)
        boxed = [item for box in line.boxes for item in self._contents(box, depth + 1)]
        line.boxes = []
        if child(properties, "rPr", "del") is not None:
            self._carried = line
            return boxed
        label = self._label(properties, style, style_id)
        text = f"{label.text}{gap(label.text, line.text, label.suffix)}{line.text}" if label else line.text
        outline = style.outline if value(properties, "outlineLvl") is None else outline_level(properties)
        align = alignment(properties) or style.align
        return [*boxed, _Paragraph(text, label.text if label else "", outline, align, tuple(line.notes))]

    def _settle(self, line: Line) -> None:
        for text, reason in line.left_out:
            self._composer.drop(text, reason)
            self._reasons.add(reason)
        self.pictures += line.pictures
        self._objects += line.objects
        line.left_out, line.pictures, line.objects = [], 0, 0

    def _label(self, properties: Element | None, style: ParagraphStyle, style_id: str | None) -> Label | None:
        direct = list_use(properties)
        use = direct or style.list_use
        if use is None:
            return None
        if direct and direct.num_id is None and style.list_use:
            use = ListUse(style.list_use.num_id, direct.level)
        elif direct and direct.level is None and direct.num_id and child(properties, "pStyle") is None:
            use = replace(direct, level=0)
        if use.num_id in {None, _NO_LIST}:
            return None
        return self._numbering.next_label(use, style.list_style if not direct else style_id or "")

    def _keep_notes(self, notes: tuple[tuple[str, str], ...], span: Span | None) -> None:
        if span is not None:
            self._notes += [(kind, identity, span) for kind, identity in notes]

    # --- tables

    def _add_table(self, table: Element) -> None:
        cells, deleted = grid(table)
        identity = self._tables
        self._tables += 1
        for row in deleted:
            self._drop_row(row)
        for cell in cells:
            self._add_cell(cell, identity)

    def _add_cell(self, cell: GridCell, table: int) -> None:
        paragraphs = self._contents(cell.element, depth=1)
        for covered in cell.covered:
            for paragraph in self._contents(covered, depth=1):
                self._composer.drop(paragraph.text, "hidden")
        shown = [paragraph for paragraph in paragraphs if paragraph.text.strip()]
        span = self._composer.add(
            "cell",
            "\n".join(paragraph.text.strip() for paragraph in shown),
            numbering=shown[0].numbering if shown else "",
            align=shown[0].align if shown else "",
            place=Place(table, cell.row, cell.col, cell.rowspan, cell.colspan, cell.head),
        )
        for paragraph in shown:
            self._keep_notes(paragraph.notes, span)

    def _contents(self, container: Element, depth: int) -> list[_Paragraph]:
        """Paragraphs of a cell or text box; tables inside give one paragraph a row, cells parted by tabs."""
        if depth > limits.NESTED_TABLES:
            raise Unreadable("too_nested", "文件里的表格或文本框嵌套过深，无法读取：请在 Word 中简化后重新上传。")
        found: list[_Paragraph] = []
        for item in unwrapped(container):
            name = local(item)
            if name == "p":
                found += self._paragraphs(item, depth)
            elif name == "tbl":
                found += self._rows_as_paragraphs(item, depth)
        return found

    def _rows_as_paragraphs(self, table: Element, depth: int) -> list[_Paragraph]:
        rows: dict[int, list[str]] = {}
        notes: dict[int, list[tuple[str, str]]] = {}
        for cell in grid(table)[0]:
            inside = self._contents(cell.element, depth + 1)
            rows.setdefault(cell.row, []).append("\n".join(item.text.strip() for item in inside if item.text.strip()))
            notes.setdefault(cell.row, []).extend(note for item in inside for note in item.notes)
        return [
            _Paragraph("\t".join(text for text in texts if text), "", None, "", tuple(notes[row]))
            for row, texts in rows.items()
        ]

    def _drop_row(self, row: Element) -> None:
        line = Line()
        self._inline.read(row, line)
        self._composer.drop(line.text, "deleted")
        self._reasons.add("deleted")

    # --- what the clerk should know

    def warn(self, package: Package) -> None:
        warn = self._composer.warn
        if "deleted" in self._reasons:
            warn("tracked_changes", "文件里有未接受的修订：已按接受修订后的文字读取，被删去的文字另行列出。")
        if "hidden" in self._reasons:
            warn("hidden_text", "文件里有隐藏文字，未读入正文，已另行列出。")
        if self.pictures:
            warn("pictures", f"文件里有 {self.pictures} 张图片，图片里的文字没有读取。")
        if self._objects:
            warn("embedded_objects", f"文件里嵌入了 {self._objects} 个对象（如 Excel 表格），其中的内容没有读取。")
        if self._chunks:
            warn("embedded_chunk", "文件里嵌入了另一份文档，其中的内容没有读取：请在 Word 中另存为 DOCX 后重新上传。")
        for number_format in sorted(self._numbering.unknown_formats):
            warn("unknown_number_format", f"自动编号的格式 {number_format} 不常见，已按阿拉伯数字还原。")
        if package.has("vbaProject"):
            warn("macros", "文件带有宏，宏没有运行。")


def _without_text(pictures: int) -> Unreadable:
    if pictures:
        return Unreadable("no_text", "文件里只有图片、没有文字，需要先做文字识别（OCR）后再上传。")
    return Unreadable("empty", "文件里没有文字。")
