"""版记 of a DOCX: paragraphs in one frame at the foot of the last page, with rules of full width between them (7.4)."""

from __future__ import annotations

from typing import Any

from docx.document import Document
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from mingchuang.press.typeset.fonts import Fonts
from mingchuang.press.typeset.word.paragraphs import CHARACTER, SMALL, Indent, border, lay, off_grid, pitch, write
from mingchuang.press.typeset.word.tables import element

#: In ⅛ pt: 0.35 mm and 0.25 mm.
_THICK, _THIN = 8, 6
_LINE = 22.0
_SIDE = SMALL / CHARACTER


def add_imprint(document: Document, data: dict[str, Any], fonts: Fonts) -> None:
    """Append the imprint; a paragraph of no height before it carries the frame to the last page."""
    imprint, ruled = data["imprint"], data["form"] == "document"
    pitch(document.add_paragraph(), 1)
    if ruled:
        _rule(document, _THICK)
    if imprint["copy_to"]:
        copies = _framed(document, _LINE)
        lay(copies, Indent(left=4 * _SIDE, right=_SIDE, hanging=3 * _SIDE))
        write(copies, f"抄送：{imprint['copy_to']}", fonts, size=SMALL)
    if ruled and imprint["copy_to"] and imprint["printed_by"]:
        _rule(document, _THIN)
    if imprint["printed_by"]:
        printed = _framed(document, _LINE)
        lay(printed, Indent(left=_SIDE, right=_SIDE), "left")
        printed.paragraph_format.tab_stops.add_tab_stop(Mm(156) - Pt(SMALL), WD_TAB_ALIGNMENT.RIGHT)
        write(printed, f"{imprint['printed_by']}\t{imprint['printed_on']}印发", fonts, size=SMALL)
    if ruled:
        _rule(document, _THICK)


def _framed(document: Document, height: float) -> Paragraph:
    """A paragraph of the frame; neighbours with the same properties are one frame (ECMA-376 part 1, 17.3.1.11)."""
    paragraph = off_grid(pitch(document.add_paragraph(), height))
    paragraph.paragraph_format.keep_with_next = True
    frame = element(
        "w:framePr", w=8844, hSpace=0, wrap="notBeside", vAnchor="margin", hAnchor="margin", xAlign="left",
        yAlign="bottom",
    )  # fmt: skip
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(
        frame, "w:widowControl", "w:numPr", "w:pBdr", "w:shd", "w:tabs", "w:snapToGrid", "w:spacing", "w:ind", "w:jc"
    )
    return paragraph


def _rule(document: Document, eighths: int) -> None:
    border(_framed(document, 2), "top", "single", eighths, 0, color="000000")
