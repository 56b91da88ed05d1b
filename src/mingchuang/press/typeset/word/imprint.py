"""版记 of a DOCX: a table without sides that floats at the foot of the last page (7.4)."""

from __future__ import annotations

from typing import Any

from docx.document import Document
from docx.oxml import OxmlElement
from docx.shared import Mm, Pt
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.text.paragraph import Paragraph

from mingchuang.press.typeset.fonts import Fonts
from mingchuang.press.typeset.word.paragraphs import CHARACTER, SMALL, Indent, lay, pitch, write
from mingchuang.press.typeset.word.tables import element

_WIDTH = 8844
#: In ⅛ pt: 0.35 mm and 0.25 mm.
_THICK, _THIN = 8, 6


def add_imprint(document: Document, data: dict[str, Any], fonts: Fonts) -> None:
    """Append the imprint; a paragraph of no height after it carries it to the last page."""
    imprint = data["imprint"]
    table = element("w:tbl")
    table.append(_properties(ruled=data["form"] == "document"))
    layout = element("w:tblGrid")
    layout.append(element("w:gridCol", w=_WIDTH))
    table.append(layout)
    one = SMALL / CHARACTER
    if imprint["copy_to"]:
        paragraph = _row(table, document)
        lay(paragraph, Indent(left=4 * one, right=one, hanging=3 * one))
        write(paragraph, f"抄送：{imprint['copy_to']}", fonts, size=SMALL)
    if imprint["printed_by"]:
        paragraph = _row(table, document)
        lay(paragraph, Indent(left=one, right=one), "left")
        paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(156) - Pt(SMALL), WD_TAB_ALIGNMENT.RIGHT)
        write(paragraph, f"{imprint['printed_by']}\t{imprint['printed_on']}印发", fonts, size=SMALL)
    document.element.body.insert_element_before(table, "w:sectPr")
    pitch(document.add_paragraph(), 1)


def _properties(ruled: bool) -> Any:
    properties = element("w:tblPr")
    properties.append(
        element(
            "w:tblpPr",
            leftFromText=0,
            rightFromText=0,
            vertAnchor="margin",
            horzAnchor="margin",
            tblpXSpec="center",
            tblpYSpec="bottom",
        )
    )
    properties.append(element("w:tblW", w=_WIDTH, type="dxa"))
    if ruled:
        borders = element("w:tblBorders")
        for edge, size in (("top", _THICK), ("bottom", _THICK), ("insideH", _THIN)):
            borders.append(element(f"w:{edge}", val="single", sz=size, space=0, color="000000"))
        properties.append(borders)
    properties.append(element("w:tblLayout", type="fixed"))
    margins = element("w:tblCellMar")
    for edge in ("left", "right"):
        margins.append(element(f"w:{edge}", w=0, type="dxa"))
    properties.append(margins)
    return properties


def _row(table: Any, document: Document) -> Paragraph:
    row, cell = element("w:tr"), element("w:tc")
    properties = element("w:tcPr")
    properties.append(element("w:tcW", w=_WIDTH, type="dxa"))
    inner = OxmlElement("w:p")
    cell.extend([properties, inner])
    row.append(cell)
    table.append(row)
    return pitch(Paragraph(inner, document._body), 24)
