"""Tables of WordprocessingML, written row by row: merged cells, repeated header rows, rows that stay whole.

python-docx merges cells by walking the whole table each time; a table of thousands of rows needs this instead.
Source: ECMA-376 part 1, 17.4.
"""

from __future__ import annotations

from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from mingchuang.press.typeset.fonts import Fonts, Role
from mingchuang.press.typeset.word import paragraphs as setting

_WIDTH = 8844  # 156 mm in twips
_ALIGNS = ("left", "center", "right")


def add_table(document: Document, entry: dict[str, Any], fonts: Fonts) -> None:
    """Append the table of a sheet to the body."""
    _add_styles(document, entry["size"])
    table = element("w:tbl")
    total = sum(entry["columns"])
    widths = [round(_WIDTH * share / total) for share in entry["columns"]]
    table.append(_properties())
    layout = element("w:tblGrid")
    for width in widths:
        layout.append(element("w:gridCol", w=width))
    table.append(layout)
    for index, row in enumerate(_rows(entry)):
        table.append(_row(row, index, entry, widths, document, fonts))
    document.element.body.insert_element_before(table, "w:sectPr")


def element(name: str, **attributes: object) -> Any:
    """An element with attributes of the main namespace."""
    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), str(value))
    return made


def _properties() -> Any:
    properties = element("w:tblPr")
    properties.append(element("w:tblW", w=_WIDTH, type="dxa"))
    properties.append(element("w:jc", val="center"))
    borders = element("w:tblBorders")
    for edge in ("top", "left", "bottom", "right", "insideH", "insideV"):
        borders.append(element(f"w:{edge}", val="single", sz=4, space=0, color="000000"))
    properties.append(borders)
    properties.append(element("w:tblLayout", type="fixed"))
    margins = element("w:tblCellMar")
    for edge in ("left", "right"):
        margins.append(element(f"w:{edge}", w=60, type="dxa"))
    properties.append(margins)
    return properties


def _rows(entry: dict[str, Any]) -> list[dict[int, tuple[dict[str, Any], bool]]]:
    """For each row the cells by column; the flag tells a cell that goes on from a row above."""
    rows: list[dict[int, tuple[dict[str, Any], bool]]] = [{} for _ in range(entry["rows"])]
    for cell in entry["cells"]:
        for below in range(cell["rowspan"]):
            rows[cell["y"] + below][cell["x"]] = (cell, below > 0)
    return rows


def _row(  # noqa: PLR0917 - the cell, where it stands, and what it is written with
    row: dict[int, tuple[dict[str, Any], bool]],
    index: int,
    entry: dict[str, Any],
    widths: list[int],
    document: Document,
    fonts: Fonts,
) -> Any:
    made = element("w:tr")
    properties = element("w:trPr")
    if all(not cell["breakable"] or cell["rowspan"] > 1 for cell, _ in row.values()):
        properties.append(element("w:cantSplit"))
    if index < entry["header"]:
        properties.append(element("w:tblHeader"))
    made.append(properties)
    for column in sorted(row):
        cell, goes_on = row[column]
        made.append(_cell(cell, goes_on, sum(widths[column : column + cell["colspan"]]), entry, document, fonts))
    return made


def _cell(  # noqa: PLR0917 - as `_row`
    cell: dict[str, Any], goes_on: bool, width: int, entry: dict[str, Any], document: Document, fonts: Fonts
) -> Any:
    made = element("w:tc")
    properties = element("w:tcPr")
    properties.append(element("w:tcW", w=width, type="dxa"))
    if cell["colspan"] > 1:
        properties.append(element("w:gridSpan", val=cell["colspan"]))
    if cell["rowspan"] > 1:
        properties.append(element("w:vMerge", val="continue" if goes_on else "restart"))
    properties.append(element("w:vAlign", val="center"))
    made.append(properties)
    for runs in ([[]] if goes_on else cell["paragraphs"]) or [[]]:
        made.append(_paragraph(runs, cell["align"], entry["size"], document, fonts))
    return made


def _paragraph(runs: list[dict[str, Any]], align: str, size: float, document: Document, fonts: Fonts) -> Any:
    """A paragraph of a cell. How it looks stands in a style, so that thousands of cells stay small and quick."""
    inner = OxmlElement("w:p")
    paragraph = Paragraph(inner, document._body)
    properties = element("w:pPr")
    properties.append(element("w:pStyle", val=f"Cell{'left' if align == 'justify' else align}{size:g}"))
    inner.append(properties)
    for piece in runs:
        if piece["styles"] or "\n" in piece["text"] or piece["role"] != Role.BODY:
            setting.write_runs(paragraph, [piece], fonts, size)
        else:
            run, text = OxmlElement("w:r"), OxmlElement("w:t")
            text.text = piece["text"]
            text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            run.append(text)
            inner.append(run)
    return inner


def _add_styles(document: Document, size: float) -> None:
    """The paragraph styles for cells of this type size, one for each alignment; made once a document."""
    if f"Cell center {size:g}" in document.styles:
        return
    for align in _ALIGNS:
        style = document.styles.add_style(f"Cell {align} {size:g}", WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Normal"]
        style.font.size = Pt(size)
        setting.set_spacing(style.element.get_or_add_rPr(), 0)
        form = style.paragraph_format
        form.alignment = setting.ALIGNMENTS[align]
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(size * 1.45)
        style.element.get_or_add_pPr().insert_element_before(element("w:snapToGrid", val=0), "w:spacing", "w:jc")
