"""The page of a DOCX: A4, margins, line grid, default font, and page numbers outside on odd and even pages."""

from __future__ import annotations

import docx
from docx.document import Document
from docx.enum.text import WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from mingchuang.press.typeset.fonts import Fonts, Role
from mingchuang.press.typeset.word import paragraphs as setting
from mingchuang.press.typeset.word.paragraphs import Indent
from mingchuang.press.typeset.word.tables import element


def blank(title: str, fonts: Fonts) -> Document:
    """An empty document on the grid of the standard, without author or dates."""
    document = docx.Document()
    _properties(document, title)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header_distance = Mm(15)
    # The middle of the page number stands 7 mm below the text area.
    section.footer_distance = Mm(35 - 7) - Pt(setting.SMALL / 2)
    for shipped in section._sectPr.findall(qn("w:docGrid")):
        section._sectPr.remove(shipped)
    section._sectPr.append(element("w:docGrid", type="lines", linePitch=round(setting.PITCH * 20)))
    _styles(document, fonts)
    document.settings.odd_and_even_pages_header_footer = True
    _number(section.footer.paragraphs[0], "right", fonts)
    _number(section.even_page_footer.paragraphs[0], "left", fonts)
    return document


def silent_first_page(section: Section) -> None:
    """The first page of a letter: no number, and the lower double line 20 mm above the paper's edge (10.1)."""
    section.different_first_page_header_footer = True
    section.header_distance = Mm(30)
    paragraph = section.first_page_footer.paragraphs[0]
    setting.pitch(setting.lay(paragraph), 8 / 25.4 * 72 - 7)
    sides = Indent(left=-8 / 25.4 * 72 / setting.CHARACTER, right=-6 / 25.4 * 72 / setting.CHARACTER)
    setting.set_indent(paragraph, sides)
    setting.border(paragraph, "bottom", "thinThickSmallGap", 24, 0)


def _number(paragraph: Paragraph, side: str, fonts: Fonts) -> None:
    inward = setting.SMALL / setting.CHARACTER
    setting.off_grid(setting.pitch(paragraph, setting.SMALL))
    setting.lay(paragraph, Indent(**{side: inward}), side)
    setting.write(paragraph, "— ", fonts, Role.SONG, setting.SMALL)
    setting.field(paragraph, "PAGE", fonts, setting.SMALL)
    setting.write(paragraph, " —", fonts, Role.SONG, setting.SMALL)


def _properties(document: Document, title: str) -> None:
    core = document.core_properties
    core.title = title[:255]
    core.author = core.last_modified_by = core.comments = core.keywords = core.subject = ""
    core.language = "zh-CN"
    for name in ("dcterms:created", "dcterms:modified"):
        stamp = core._element.find(qn(name))
        if stamp is not None:
            core._element.remove(stamp)


def _styles(document: Document, fonts: Fonts) -> None:
    normal = document.styles["Normal"]
    normal.font.size = Pt(setting.SIZE)
    properties = normal.element.get_or_add_rPr()
    setting.set_face(properties, fonts.word_name(Role.BODY))
    setting.set_spacing(properties, setting.TIGHTER)
    properties.append(element("w:lang", val="zh-CN", eastAsia="zh-CN"))
    # No blank of its own between Han characters and digits: 2021年 is found, and counted, as written.
    paragraph = normal.element.get_or_add_pPr()
    paragraph.append(element("w:autoSpaceDE", val=0))
    paragraph.append(element("w:autoSpaceDN", val=0))
    form = normal.paragraph_format
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(setting.PITCH)
    form.space_before = form.space_after = Pt(0)
    # Every page holds its 22 lines: a single last line may begin a page.
    form.widow_control = False
    for level, role in ((1, Role.TITLE), (2, Role.HEI), (3, Role.KAI), (4, Role.BODY), (5, Role.BODY)):
        style = document.styles[f"Heading {level}"]
        setting.set_face(style.element.get_or_add_rPr(), fonts.word_name(role))
        style.font.bold = style.font.italic = False
        style.font.color.rgb = RGBColor(0, 0, 0)
        style.font.size = Pt(22 if level == 1 else setting.SIZE)
        style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(0)
        style.paragraph_format.keep_with_next = True
