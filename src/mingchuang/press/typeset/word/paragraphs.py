"""Paragraphs and runs of WordprocessingML: fonts by role, exact line pitch, indents in characters.

Word counts differently from the standard: with an exact pitch the distance lies above the first line too, so that 22
lines fill the text area at 28.95 pt (225 mm ÷ 22) and not at 29.6 pt. Sources: GB/T 9704-2012; ECMA-376 part 1, 17.3.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from mingchuang.press.typeset.fonts import Fonts, Role

SIZE = 16.0
SMALL = 14.0
PITCH = 28.95
#: A 3号 character drawn together by 0.25 pt, so that 28 of them (441 pt) stand in 156 mm (442.2 pt).
TIGHTER = -5
CHARACTER = SIZE + TIGHTER / 20
RED = RGBColor(0xFF, 0x00, 0x00)
ALIGNMENTS = {
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}


@dataclass(frozen=True, slots=True)
class Indent:
    """Indents in characters of the body size: from the left, from the right, of the first line, or hanging."""

    left: float = 0
    right: float = 0
    first: float = 0
    hanging: float = 0


def set_face(properties: Any, name: str) -> None:
    """The font of a run or style, for Chinese, Latin and digits alike: the standard sets all in one face."""
    fonts = properties.get_or_add_rFonts()
    for slot in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(slot), name)
    fonts.set(qn("w:hint"), "eastAsia")


def set_spacing(properties: Any, twentieths: int) -> None:
    """The distance between characters, in twentieths of a point."""
    spacing = OxmlElement("w:spacing")
    spacing.set(qn("w:val"), str(twentieths))
    properties.insert_element_before(
        spacing, "w:w", "w:kern", "w:position", "w:sz", "w:szCs", "w:highlight", "w:u", "w:vertAlign", "w:lang"
    )


def lay(paragraph: Paragraph, indent: Indent | None = None, align: str = "justify", before: float = 0) -> Paragraph:
    """Give a paragraph its indents, alignment and the points above it."""
    form = paragraph.paragraph_format
    form.alignment = ALIGNMENTS[align]
    form.space_before = Pt(before)
    if indent is not None:
        set_indent(paragraph, indent)
    return paragraph


def set_indent(paragraph: Paragraph, indent: Indent) -> None:
    """Write the indent twice: in hundredths of a character for Word and WPS, in twips for other readers."""
    element = paragraph._p.get_or_add_pPr().get_or_add_ind()
    for name, value in (
        ("left", indent.left),
        ("right", indent.right),
        ("firstLine", indent.first),
        ("hanging", indent.hanging),
    ):
        if value:
            element.set(qn(f"w:{name}Chars"), str(round(value * 100)))
            element.set(qn(f"w:{name}"), str(round(value * CHARACTER * 20)))


def pitch(paragraph: Paragraph, points: float) -> Paragraph:
    """An exact line height that differs from the grid's."""
    paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    paragraph.paragraph_format.line_spacing = Pt(points)
    return paragraph


def write(  # noqa: PLR0917 - text, then how it looks
    paragraph: Paragraph, text: str, fonts: Fonts, role: Role = Role.BODY, size: float = SIZE, red: bool = False
) -> Run:
    """Add characters in the role's font; a line break in the text is one in the paragraph."""
    run = paragraph.add_run(text)
    set_face(run._r.get_or_add_rPr(), fonts.word_name(role))
    if size != SIZE:
        run.font.size = Pt(size)
        set_spacing(run._r.get_or_add_rPr(), 0)
    if red:
        run.font.color.rgb = RED
    return run


def write_runs(paragraph: Paragraph, pieces: Iterable[dict[str, Any]], fonts: Fonts, size: float = SIZE) -> None:
    """Add the pieces of a sheet."""
    for piece in pieces:
        properties = write(paragraph, piece["text"], fonts, Role(piece["role"]), size)
        for style in piece["styles"]:
            _draw(properties, style)


def _draw(run: Run, style: str) -> None:
    match style:
        case "u":
            run.font.underline = True
        case "s":
            run.font.strike = True
        case "sub":
            run.font.subscript = True
        case "sup":
            run.font.superscript = True


def off_grid(paragraph: Paragraph) -> Paragraph:
    """Take a paragraph off the line grid of the page: small or large type keeps the pitch that it is given."""
    snap = OxmlElement("w:snapToGrid")
    snap.set(qn("w:val"), "0")
    paragraph._p.get_or_add_pPr().insert_element_before(
        snap, "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:outlineLvl", "w:rPr"
    )
    return paragraph


def border(  # noqa: PLR0917 - the five values of one OOXML border
    paragraph: Paragraph, edge: str, kind: str, eighths: int, space: int, color: str = "FF0000"
) -> None:
    """A rule along an edge of the paragraph: kind of line, thickness in ⅛ pt, distance in pt."""
    properties = paragraph._p.get_or_add_pPr()
    box = OxmlElement("w:pBdr")
    line = OxmlElement(f"w:{edge}")
    for name, value in (("val", kind), ("sz", eighths), ("space", space), ("color", color)):
        line.set(qn(f"w:{name}"), str(value))
    box.append(line)
    properties.insert_element_before(
        box, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:snapToGrid", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def field(paragraph: Paragraph, instruction: str, fonts: Fonts, size: float) -> None:
    """A field that Word works out, as PAGE."""
    for kind in ("begin", "instruction", "end"):
        run = write(paragraph, "", fonts, Role.SONG, size)
        if kind == "instruction":
            element = OxmlElement("w:instrText")
            element.set(qn("xml:space"), "preserve")
            element.text = f" {instruction} "
        else:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        run._r.append(element)
