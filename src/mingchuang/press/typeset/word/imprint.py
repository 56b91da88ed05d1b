"""版记 of a DOCX: a ruled table in a text box that is anchored to the foot of the last page's text area (7.4).

A floating table or a frame would be simpler; programs other than Word put those elsewhere or lose their rules.
Sources: ECMA-376 part 1, 17.4 and 20.4; [MS-ODRAWXML] wordprocessingShape.
"""

from __future__ import annotations

from typing import Any

from docx.document import Document
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement, parse_xml
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from mingchuang.press.typeset import title_lines
from mingchuang.press.typeset.fonts import Fonts
from mingchuang.press.typeset.word.paragraphs import CHARACTER, SMALL, Indent, lay, off_grid, pitch, write
from mingchuang.press.typeset.word.tables import element

_WIDTH = 8844
#: In ⅛ pt: 0.35 mm and 0.25 mm.
_RULES = (("top", 8), ("bottom", 8), ("insideH", 6))
_LINE = 24.0
_SIDE = SMALL / CHARACTER
_DRAWING = """
<w:drawing xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
 xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
 xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">
<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1" behindDoc="0" locked="0"
 layoutInCell="1" allowOverlap="0"><wp:simplePos x="0" y="0"/>
<wp:positionH relativeFrom="margin"><wp:align>left</wp:align></wp:positionH>
<wp:positionV relativeFrom="margin"><wp:align>bottom</wp:align></wp:positionV>
<wp:extent cx="{width}" cy="{height}"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapTopAndBottom/>
<wp:docPr id="9000" name="版记"/><wp:cNvGraphicFramePr/>
<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>
<wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>
<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln></wps:spPr>
<wps:txbx><w:txbxContent/></wps:txbx>
<wps:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="b"><a:noAutofit/></wps:bodyPr>
</wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>
"""


def add_imprint(document: Document, data: dict[str, Any], fonts: Fonts) -> None:
    """Append the imprint, anchored to a last paragraph of no height."""
    imprint = data["imprint"]
    table = _table(ruled=data["form"] == "document")
    lines = 0
    if imprint["copy_to"]:
        copies = lay(_row(table, document), Indent(left=4 * _SIDE, right=_SIDE, hanging=3 * _SIDE), "left")
        write(copies, f"抄送：{imprint['copy_to']}", fonts, size=SMALL)
        lines += -int(-title_lines.width(imprint["copy_to"]) // (156 / 25.4 * 72 / SMALL - 5))
    if imprint["printed_by"]:
        printed = lay(_row(table, document), Indent(left=_SIDE, right=_SIDE), "left")
        printed.paragraph_format.tab_stops.add_tab_stop(Mm(156) - Pt(SMALL), WD_TAB_ALIGNMENT.RIGHT)
        write(printed, f"{imprint['printed_by']}\t{imprint['printed_on']}印发", fonts, size=SMALL)
        lines += 1
    drawing = parse_xml(_DRAWING.format(width=int(Mm(156)), height=int(Pt(lines * _LINE + 6))))
    [content] = drawing.xpath(".//w:txbxContent")
    after = OxmlElement("w:p")
    content.extend([table, after])
    off_grid(pitch(Paragraph(after, document._body), 1))
    off_grid(pitch(document.add_paragraph(), 1)).add_run()._r.append(drawing)


def _table(ruled: bool) -> Any:
    table, properties = element("w:tbl"), element("w:tblPr")
    properties.append(element("w:tblW", w=_WIDTH, type="dxa"))
    if ruled:
        borders = element("w:tblBorders")
        for edge, eighths in _RULES:
            borders.append(element(f"w:{edge}", val="single", sz=eighths, space=0, color="000000"))
        properties.append(borders)
    properties.append(element("w:tblLayout", type="fixed"))
    margins = element("w:tblCellMar")
    for edge in ("left", "right"):
        margins.append(element(f"w:{edge}", w=0, type="dxa"))
    properties.append(margins)
    layout = element("w:tblGrid")
    layout.append(element("w:gridCol", w=_WIDTH))
    table.extend([properties, layout])
    return table


def _row(table: Any, document: Document) -> Paragraph:
    row, cell, properties = element("w:tr"), element("w:tc"), element("w:tcPr")
    properties.append(element("w:tcW", w=_WIDTH, type="dxa"))
    inner = OxmlElement("w:p")
    cell.extend([properties, inner])
    row.append(cell)
    table.append(row)
    return off_grid(pitch(Paragraph(inner, document._body), _LINE))
