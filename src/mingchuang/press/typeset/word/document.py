"""The DOCX of an official document: the sheet walked element by element; the same bytes for the same input."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from docx.document import Document
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.image.exceptions import UnrecognizedImageError
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from mingchuang.norms.outcome import Issue, Refused
from mingchuang.press.typeset import sheet as sheets
from mingchuang.press.typeset import title_lines
from mingchuang.press.typeset.document import OfficialDocument, check
from mingchuang.press.typeset.fonts import Fonts, Role
from mingchuang.press.typeset.word import page
from mingchuang.press.typeset.word.imprint import add_imprint
from mingchuang.press.typeset.word.paragraphs import (
    CHARACTER,
    PITCH,
    SIZE,
    SMALL,
    Indent,
    border,
    lay,
    off_grid,
    pitch,
    set_indent,
    write,
    write_runs,
)
from mingchuang.press.typeset.word.tables import add_table

_LINE = 28  # characters
_MM = 72 / 25.4
_EPOCH = (1980, 1, 1, 0, 0, 0)


def docx(document: OfficialDocument, fonts: Fonts) -> bytes:
    """The document as DOCX on the grid of `pdf`: 22 lines of 28 characters, page numbers outside.

    Fonts go by the standard's names, which offices have installed; so no glyph is missing for this process to know of.
    版记 stands at the foot of the last page; whether that page is an even one only the program that opens it knows.
    Raises `norms.outcome.Refused` with every reason.
    """
    check(document)
    return Writer(sheets.compose(document), fonts).bytes()


class Writer:
    """One DOCX being written."""

    def __init__(self, sheet: sheets.Sheet, fonts: Fonts) -> None:
        self.data, self.pictures, self.fonts = sheet.data, sheet.pictures, fonts
        self.out: Document = page.blank(self.data["name"], fonts)

    def bytes(self) -> bytes:
        """Write all elements in the order of the standard."""
        if self.data["form"] == "document":
            self._document_head()
        elif self.data["form"] == "letter":
            self._letter_head()
        self._title(self.data["title"], 0 if self.data["form"] == "text" else 2 * PITCH)
        if self.data["form"] == "text" and self.data["number"]:
            self._line(self.data["number"], align="center")
        self._empty()
        if self.data["addressees"]:
            self._line(self.data["addressees"])
        self._flow(self.data["body"])
        # A signature does not stand on a page without text.
        self.out.paragraphs[-1].paragraph_format.keep_with_next = True
        self._annex_list()
        self._closing()
        for annex in self.data["annexes"]:
            self._annex(annex)
        if self.data["imprint"]:
            add_imprint(self.out, self.data, self.fonts)
        return _steady(self.out)

    # --- lines

    def _line(self, text: str, indent: Indent | None = None, role: Role = Role.BODY, **how: Any) -> Paragraph:
        paragraph = lay(self.out.add_paragraph(), indent, **how)
        write(paragraph, text, self.fonts, role)
        return paragraph

    def _empty(self, height: float = PITCH, keep: bool = False) -> None:
        paragraph = self.out.add_paragraph()
        paragraph.paragraph_format.keep_with_next = keep or None
        if height != PITCH:
            pitch(paragraph, height)

    # --- 版头

    def _top_lines(self) -> int:
        for index, entry in enumerate(self.data["top"]):
            first = index == 0 and self.data["copy_number"]
            self._line(entry, role=Role.BODY if first else Role.HEI, align="left")
        return len(self.data["top"])

    def _document_head(self) -> None:
        self._empty(35 * _MM - self._top_lines() * PITCH)
        self._mark("文件")
        rows = ["　".join(self.data["signers"][n : n + 2]) for n in range(0, len(self.data["signers"]), 2)]
        number = lay(self.out.add_paragraph(), align="center" if not rows else "left", before=2 * PITCH)
        for index, names in enumerate(rows):
            self._signers(number, names, first=index == 0, last=index == len(rows) - 1)
            if index < len(rows) - 1:
                number = lay(self.out.add_paragraph(), align="left")
        if not rows:
            write(number, self.data["number"], self.fonts)
        border(off_grid(pitch(self.out.add_paragraph(), 4 * _MM)), "bottom", "single", 12, 0)

    def _signers(self, line: Paragraph, names: str, first: bool, last: bool) -> None:
        """签发人 on the right, two names a line; 发文字号 on the left of the last line (7.2.6)."""
        line.paragraph_format.tab_stops.add_tab_stop(Mm(156) - Pt(CHARACTER), WD_TAB_ALIGNMENT.RIGHT)
        set_indent(line, Indent(left=1))
        write(line, f"{self.data['number'] if last else ''}\t{'签发人：' if first else ''}", self.fonts)
        write(line, names, self.fonts, Role.KAI)

    def _letter_head(self) -> None:
        """The mark 30 mm below the paper's edge, above the text area: it stands in the head of the first page."""
        section = self.out.sections[0]
        page.silent_first_page(section)
        for head in (section.header, section.even_page_header):
            # No taller than a point, or it would push down the text of the other pages.
            pitch(head.paragraphs[0], 1)
        mark = self._mark("", section.first_page_header.paragraphs[0])
        set_indent(mark, Indent(left=-8 * _MM / CHARACTER, right=-6 * _MM / CHARACTER))
        border(mark, "bottom", "thickThinSmallGap", 24, round(4 * _MM))
        paragraph = lay(self.out.add_paragraph(), align="left", before=SIZE * 7 / 8)
        paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(156), WD_TAB_ALIGNMENT.RIGHT)
        write(paragraph, "　".join(self.data["top"]), self.fonts, Role.HEI)
        write(paragraph, f"\t{self.data['number']}", self.fonts)

    def _mark(self, suffix: str, into: Paragraph | None = None) -> Paragraph:
        names = self.data["mark"]
        words = f"{names[0]}{suffix}" if len(names) == 1 else names[0]
        longest = max(title_lines.width(name) for name in (words, *names))
        size = min(50.0 if len(names) == 1 else 36.0, 156 * _MM / longest)
        size = int(size * 2) / 2
        for name in [words] if len(names) == 1 else [*names[:-1], f"{names[-1]}{suffix}"]:
            paragraph = off_grid(pitch(lay(into or self.out.add_paragraph(), align="center"), size * 1.2))
            write(paragraph, name, self.fonts, Role.TITLE, size, red=True)
        return paragraph

    # --- 主体

    def _title(self, lines: list[str], before: float) -> None:
        paragraph = off_grid(lay(self.out.add_paragraph(style="Heading 1"), align="center", before=before))
        write(paragraph, "\n".join(lines), self.fonts, Role.TITLE, 22)

    def _flow(self, blocks: list[dict[str, Any]]) -> None:
        for entry in blocks:
            match entry["kind"]:
                case "table":
                    self._table(entry)
                case "image":
                    self._picture(entry)
                case kind:
                    self._paragraph(entry, kind == "heading")

    def _paragraph(self, entry: dict[str, Any], heading: bool) -> None:
        style = f"Heading {min(entry['outline'], 5)}" if heading else None
        indent = None if entry["align"] in {"center", "right"} else Indent(first=2)
        paragraph = lay(self.out.add_paragraph(style=style), indent, entry["align"])
        write_runs(paragraph, entry["runs"], self.fonts)

    def _table(self, entry: dict[str, Any]) -> None:
        if entry["caption"]:
            self._line(entry["caption"], role=Role.HEI, align="center").paragraph_format.keep_with_next = True
        add_table(self.out, entry, self.fonts)
        # Word joins two tables that touch; a low paragraph keeps them apart.
        self._empty(SMALL / 2)

    def _picture(self, entry: dict[str, Any]) -> None:
        paragraph = lay(self.out.add_paragraph(), align="center")
        paragraph.paragraph_format.line_spacing = 1.0
        try:
            shape = paragraph.add_run().add_picture(io.BytesIO(self.pictures[entry["file"]]))
        except UnrecognizedImageError as error:
            message = f"图片“{entry['alt']}”的格式不能放进DOCX，请改用PNG或者JPEG格式。"
            raise Refused([Issue("typeset.picture", message, field="body")]) from error
        share = min(1.0, Mm(156) / shape.width, Mm(190) / shape.height)
        shape.width, shape.height = round(shape.width * share), round(shape.height * share)
        shape._inline.docPr.set("descr", entry["alt"])
        if entry["caption"]:
            write(lay(self.out.add_paragraph(), align="center"), entry["caption"], self.fonts, Role.BODY, SMALL)

    def _annex_list(self) -> None:
        names = self.data["annex_list"]
        if names:
            self._empty(keep=True)
        for number, name in enumerate(names, 1):
            mark = f"{number}．" if len(names) > 1 else ""
            hanging = title_lines.width(mark) + (3 if number == 1 else 0)
            left = 5 + title_lines.width(mark)
            self._line(
                f"{'附件：' if number == 1 else ''}{mark}{name}", Indent(left=left, hanging=hanging)
            ).paragraph_format.keep_with_next = True

    def _closing(self) -> None:
        data = self.data
        day = title_lines.width(data["date"])
        longest = max((title_lines.width(name) for name in data["names"]), default=0.0)
        if data["names"] or data["date"]:
            self._empty(keep=True)
        lines = []
        for name in data["names"]:
            wide = title_lines.width(name)
            if not data["date"] or (not data["sealed"] and day <= longest):
                left = _LINE - 2 - (longest if data["date"] else wide)
            elif data["sealed"]:
                left = min(_LINE - 4 - day / 2 - wide / 2, _LINE - wide)
            else:
                left = _LINE - 4 - day
            lines.append((name, left))
        if data["date"]:
            lines.append((data["date"], _LINE - 4 - day if data["sealed"] else _LINE - max(longest, day + 2)))
        for text, left in lines:
            paragraph = self._line(text, Indent(left=max(left, 0.0)), align="left")
            paragraph.paragraph_format.keep_with_next = text != data["date"]
        if data["note"]:
            self._line(data["note"], Indent(left=2))

    def _annex(self, annex: dict[str, Any]) -> None:
        label = self._line(annex["label"], role=Role.HEI, align="left")
        label.paragraph_format.page_break_before = True
        self._empty()
        self._title(annex["title"], 0)
        self._empty()
        self._flow(annex["body"])


def _steady(document: Document) -> bytes:
    """The package with fixed times and order, so that equal documents are equal bytes."""
    made = io.BytesIO()
    document.save(made)
    out = io.BytesIO()
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for item in source.infolist():
            entry = zipfile.ZipInfo(item.filename, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(item))
    return out.getvalue()
