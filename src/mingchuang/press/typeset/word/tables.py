"""Tables of WordprocessingML, written row by row: merged cells, repeated header rows, rows that stay whole.

python-docx merges cells by walking the whole table each time; a table of thousands of rows needs this instead.
Source: ECMA-376 part 1, 17.4.
"""

from __future__ import annotations

from typing import Any

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from mingchuang.press.typeset.fonts import Fonts
from mingchuang.press.typeset.word import paragraphs as setting

_WIDTH = 8844  # 156 mm in twips


def add_table(document: Document, entry: dict[str, Any], fonts: Fonts) -> None:
    """Append the table of a sheet to the body."""
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
        inner = OxmlElement("w:p")
        made.append(inner)
        paragraph = Paragraph(inner, document._body)
        align = "left" if cell["align"] == "justify" else cell["align"]
        setting.off_grid(setting.pitch(setting.lay(paragraph, align=align), entry["size"] * 1.45))
        setting.write_runs(paragraph, runs, fonts, entry["size"])
    return made
