"""版记 of a DOCX: the lines of one frame at the foot of the last page, ruled above, between and below (7.4).

Word draws one box around neighbours whose borders and indents are equal, and reaches as far as their indents: so both
lines have the same hanging indent from the edge of the text area, and the blank before the words is a character.
"""

from __future__ import annotations

from typing import Any

from docx.document import Document
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from mingchuang.press.typeset.fonts import Fonts
from mingchuang.press.typeset.word.paragraphs import CHARACTER, SMALL, Indent, lay, off_grid, pitch, write
from mingchuang.press.typeset.word.tables import element

#: In ⅛ pt: 0.35 mm and 0.25 mm.
_RULES = (("top", 8), ("bottom", 8), ("between", 6))
_LINE = 24.0
_SIDE = SMALL / CHARACTER


def add_imprint(document: Document, data: dict[str, Any], fonts: Fonts) -> None:
    """Append the imprint; a paragraph of no height before it carries the frame to the last page."""
    imprint, ruled = data["imprint"], data["form"] == "document"
    pitch(document.add_paragraph(), 1)
    texts = []
    if imprint["copy_to"]:
        texts.append(f"抄送：{imprint['copy_to']}")
    if imprint["printed_by"]:
        texts.append(f"{imprint['printed_by']}\t{imprint['printed_on']}印发")
    for text in texts:
        line = lay(_framed(document, ruled), Indent(left=4 * _SIDE, hanging=4 * _SIDE), "left")
        line.paragraph_format.tab_stops.add_tab_stop(Mm(156) - Pt(SMALL), WD_TAB_ALIGNMENT.RIGHT)
        write(line, f"\u3000{text}", fonts, size=SMALL)


def _framed(document: Document, ruled: bool) -> Paragraph:
    """A paragraph of the frame; neighbours with the same properties are one frame (ECMA-376 part 1, 17.3.1.11)."""
    paragraph = off_grid(pitch(document.add_paragraph(), _LINE))
    paragraph.paragraph_format.keep_with_next = True
    properties = paragraph._p.get_or_add_pPr()
    frame = element(
        "w:framePr", w=8844, hSpace=0, wrap="notBeside", vAnchor="margin", hAnchor="margin", xAlign="left",
        yAlign="bottom",
    )  # fmt: skip
    following = ["w:shd", "w:tabs", "w:snapToGrid", "w:spacing", "w:ind", "w:jc"]
    if ruled:
        box = element("w:pBdr")
        for edge, eighths in _RULES:
            box.append(element(f"w:{edge}", val="single", sz=eighths, space=1, color="000000"))
        properties.insert_element_before(box, *following)
    properties.insert_element_before(frame, "w:widowControl", "w:numPr", "w:pBdr", *following)
    return paragraph
