"""Makers of documents for the reading tests: the same paragraphs as DOCX (with real automatic numbers), PDF and HTML.

A document is a list of ``Paragraph``; ``paragraphs_of`` makes one from text with one paragraph a line, ``unwrapped``
from hard-wrapped text such as the notice. Every maker keeps the visible characters, so that what is read back,
without white space, must equal ``plain_text`` of the same paragraphs without white space.
"""

from __future__ import annotations

import html
import io
import json
import re
import subprocess
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import docx
import typst
import xlsxwriter
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph as WordParagraph

_CHINESE = "一二三四五六七八九十"
_LABELS = (
    (0, "chineseCounting", "%1、", re.compile(r"([一二三四五六七八九十]{1,3})、")),
    (1, "chineseCounting", "（%2）", re.compile(r"（([一二三四五六七八九十]{1,3})）")),
    (2, "decimal", "%3.", re.compile(r"(\d{1,2})\.(?!\d)")),
    (3, "decimal", "（%4）", re.compile(r"（(\d{1,2})）")),
)
_FULL_LINE_WIDTH = 44  # in half-width columns; the notice is set at some 56


@dataclass(frozen=True)
class Paragraph:
    """``role``: body, title (centred, large), number (centred), right (signature), flush (no indent)."""

    text: str
    role: str = "body"


def without_space(text: str) -> str:
    return "".join(text.split())


def plain_text(paragraphs: Iterable[Paragraph]) -> str:
    return "\n".join(paragraph.text for paragraph in paragraphs)


def paragraphs_of(text: str) -> list[Paragraph]:
    """One paragraph a line; empty lines are skipped."""
    return [Paragraph(line.strip()) for line in text.splitlines() if line.strip()]


def unwrapped(text: str) -> list[Paragraph]:
    """Paragraphs of hard-wrapped text: a line continues the one before when that was full and no number opens it."""
    joined: list[str] = []
    full = False
    for raw in text.splitlines():
        line = raw.strip()
        if not line:
            continue
        if joined and full and not any(pattern.match(line) for *_, pattern in _LABELS):
            joined[-1] += line
        else:
            joined.append(line)
        full = _columns(line) >= _FULL_LINE_WIDTH
    return [Paragraph(line, _role(line, index)) for index, line in enumerate(joined)]


def _columns(line: str) -> int:
    return sum(1 if character.isascii() else 2 for character in line)


def _role(line: str, index: int) -> str:
    if re.fullmatch(r"\S{2,8}〔\d{4}〕\s*\d+\s*号", line):
        return "number"
    if re.fullmatch(r"\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日", line):
        return "right"
    if line.endswith("："):
        return "flush"
    if index < 6 and not line.endswith("。"):
        return "title"
    return "body"


SAMPLE = (
    Paragraph("云岭县人民政府办公室文件", "title"),
    Paragraph("云政办发〔2021〕15 号", "number"),
    Paragraph("关于印发《云岭县 2021 年政务公开工作要点》的通知", "title"),
    Paragraph("各乡镇人民政府，县直各部门、单位：", "flush"),
    Paragraph("现将《云岭县 2021 年政务公开工作要点》印发给你们，请结合工作实际，认真抓好贯彻落实。"),
    Paragraph("2021 年 4 月 19 日", "right"),
    Paragraph("一、聚焦重点领域，深化公开内容"),
    Paragraph("（一）推进决策公开"),
    Paragraph(
        "1.健全会议公开制度。全面落实县人民政府工作规则，将全体会议、常务会议讨论决定的事项和制定的政策文件，除依法不予公开的外，"
        "及时通过政府网站、政务新媒体等渠道公开，促进依法行政，推动政策落实。（县政府办公室、融媒体中心负责落实）"
    ),
    Paragraph(
        "2.规范行政执法公示。行政许可、行政处罚 7个工作日内公开，政策解读达到 100%。（县司法局牵头，各部门配合）"
    ),
    Paragraph(
        "（二）加强“放管服”改革信息公开。图解达到 80%以上，分值权重不低于 4％。（县农业农村局（乡村振兴局）负责落实）"
    ),
    Paragraph("二、强化保障措施，提升公开水平"),
    Paragraph("（三）加强组织领导。各部门、单位要高度重视政务公开工作，年底前更新主动公开基本目录。"),
    Paragraph("各部门、单位要提出落实本要点的具体措施。"),
)
"""A notice of a county that does not exist: titles, number, addressee, date, three levels, sections that run on."""


# --- DOCX


def docx_of(paragraphs: Sequence[Paragraph], *, automatic: bool = True) -> bytes:
    """A DOCX; with ``automatic`` the leading numbers are taken off the text and made by Word's own lists."""
    document = docx.Document()
    lists = WordLists(document) if automatic else None
    for paragraph in paragraphs:
        text = paragraph.text
        label = lists.take(text) if lists and paragraph.role == "body" else None
        added = document.add_paragraph(label.rest if label else text)
        if label:
            set_numbering(added, label.num_id, label.level)
        if paragraph.role in {"title", "number"}:
            added.alignment = WD_ALIGN_PARAGRAPH.CENTER
        elif paragraph.role == "right":
            added.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    return saved(document)


def saved(document: Document) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


@dataclass(frozen=True)
class Label:
    num_id: int
    level: int
    rest: str


class WordLists:
    """One multi-level list 一、（一）1.（1）as offices define it: sections （一） run on through the chapters."""

    def __init__(self, document: Document) -> None:
        self._root = document.part.numbering_part.element
        levels = [
            {"fmt": number_format, "text": text, "restart": 0 if level == 1 else None}
            for level, number_format, text, _ in _LABELS
        ]
        self._abstract = add_abstract(self._root, levels)
        self._num = add_num(self._root, self._abstract)
        self._counters: list[int] = [0, 0, 0, 0]
        self._starts: dict[int, int] = {}  # of the current instance: a restarted level begins there again

    def take(self, text: str) -> Label | None:
        """Take the leading number off; a number out of sequence gets a list instance that starts there."""
        for level, _, _, pattern in _LABELS:
            match = pattern.match(text)
            if match is None:
                continue
            value = int(match[1]) if match[1].isdigit() else _value(match[1])
            if value != self._counters[level] + 1:
                self._starts = {level: value}
                self._num = add_num(self._root, self._abstract, self._starts)
            self._counters[level] = value
            for lower in range(level + 1, len(_LABELS)):
                if lower != 1:
                    self._counters[lower] = self._starts.get(lower, 1) - 1
            return Label(self._num, level, text[match.end() :])
        return None


def _value(chinese: str) -> int:
    tens, found, ones = chinese.partition("十")
    if not found:
        return _CHINESE.index(chinese) + 1
    return (_CHINESE.index(tens) + 1 if tens else 1) * 10 + (_CHINESE.index(ones) + 1 if ones else 0)


def add_abstract(root: object, levels: Sequence[dict[str, object]], **marks: str) -> int:
    """Append a w:abstractNum. Level keys: fmt, text, start, suff, restart, style, legal. Marks: link, style_link."""
    identity = max((int(item.get(qn("w:abstractNumId"))) for item in root.findall(qn("w:abstractNum"))), default=0) + 1
    abstract = _element("w:abstractNum", abstractNumId=identity)
    if "style_link" in marks:
        abstract.append(_element("w:styleLink", val=marks["style_link"]))
    if "link" in marks:
        abstract.append(_element("w:numStyleLink", val=marks["link"]))
    for at, level in enumerate(levels):
        item = _element("w:lvl", ilvl=at)
        item.append(_element("w:start", val=level.get("start", 1)))
        item.append(_element("w:numFmt", val=level.get("fmt", "decimal")))
        for key, name in (("restart", "w:lvlRestart"), ("style", "w:pStyle"), ("suff", "w:suff")):
            if level.get(key) is not None:
                item.append(_element(name, val=level[key]))
        if level.get("legal"):
            item.append(_element("w:isLgl"))
        item.append(_element("w:lvlText", val=level["text"]))
        abstract.append(item)
    first_num = root.find(qn("w:num"))
    if first_num is None:
        root.append(abstract)
    else:
        first_num.addprevious(abstract)
    return identity


def add_num(root: object, abstract: int, starts: dict[int, int] | None = None) -> int:
    """Append a w:num over the abstract list, with start overrides by level; returns its id."""
    identity = max((int(item.get(qn("w:numId"))) for item in root.findall(qn("w:num"))), default=0) + 1
    num = _element("w:num", numId=identity)
    num.append(_element("w:abstractNumId", val=abstract))
    for level, start in (starts or {}).items():
        override = _element("w:lvlOverride", ilvl=level)
        override.append(_element("w:startOverride", val=start))
        num.append(override)
    root.append(num)
    return identity


def set_numbering(paragraph: WordParagraph, num_id: int, level: int | None) -> None:
    properties = _element("w:numPr")
    if level is not None:
        properties.append(_element("w:ilvl", val=level))
    properties.append(_element("w:numId", val=num_id))
    paragraph._p.get_or_add_pPr().append(properties)


def _element(tag: str, **attributes: object) -> object:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), str(value))
    return element


# --- PDF

_TYPST = r"""
#let paragraphs = json(bytes(sys.inputs.paragraphs))
#set page(paper: "a4", margin: (top: 37mm, bottom: 35mm, left: 28mm, right: 26mm),
  header: if sys.inputs.header != "" { align(center, text(size: 10pt, sys.inputs.header)) },
  footer: if sys.inputs.numbers == "yes" { context align(center, text(size: 14pt)[— #counter(page).display() —]) })
#set text(font: "Noto Serif CJK SC", size: 16pt, lang: "zh", region: "cn", cjk-latin-spacing: none)
#set par(justify: true, leading: 12.5pt, spacing: 12.5pt, first-line-indent: (amount: 2em, all: true))
#for item in paragraphs {
  if item.role == "title" {
    align(center, text(size: 22pt, tracking: float(sys.inputs.tracking) * 1em, par(first-line-indent: 0em, item.text)))
  } else if item.role == "number" {
    align(center, par(first-line-indent: 0em, item.text))
  } else if item.role == "right" {
    align(right, par(first-line-indent: 0em, item.text))
  } else if item.role == "flush" {
    par(first-line-indent: 0em, item.text)
  } else {
    par(item.text)
  }
}
"""


def pdf_of(
    paragraphs: Sequence[Paragraph],
    *,
    tracking: float = 0.5,
    header: str = "",
    numbers: bool = True,
    spaced_title: bool = False,
) -> bytes:
    """A PDF by typst in the form of GB/T 9704: hard wraps, page numbers — 1 —, titles letter-spaced by ``tracking`` em.

    ``spaced_title`` types real spaces between the letters of titles instead (青 铜 峡 市).
    """
    items = [
        {"text": " ".join(item.text) if spaced_title and item.role == "title" else item.text, "role": item.role}
        for item in paragraphs
    ]
    inputs = {
        "paragraphs": json.dumps(items, ensure_ascii=False),
        "tracking": "0" if spaced_title else str(tracking),
        "header": header,
        "numbers": "yes" if numbers else "no",
    }
    return typst_pdf(_TYPST, inputs)


def typst_pdf(source: str, inputs: dict[str, str] | None = None) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "document.typ"
        path.write_text(source, encoding="utf-8")
        return bytes(typst.compile(str(path), sys_inputs=inputs or {}))


def pdf_by_libreoffice(document: bytes) -> bytes:
    """The DOCX printed to PDF by LibreOffice, with a profile of its own."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "document.docx"
        source.write_bytes(document)
        command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf"]
        subprocess.run([*command, "--outdir", folder, str(source)], check=True, capture_output=True, timeout=150)
        return source.with_suffix(".pdf").read_bytes()


# --- HTML

_PAGE = """<!DOCTYPE html>
<html><head><meta charset="{charset}"><title>{title}</title><style>.a{{color:red}}</style>
<script>var 菜单 = "不是正文";</script></head>
<body><div class="header"><a href="/">某网站首页</a> <a href="/zw">政务公开</a></div>
<div class="nav"><ul><li><a href="/1">要闻</a></li><li><a href="/2">公告</a></li>
<li><a href="/3">服务</a></li></ul></div>
<div class="main"><div class="article-content" id="zoom">
{body}
</div></div>
<div class="footer">主办单位：某办公室 备案号：00000000</div><script>count();</script></body></html>"""


def html_of(paragraphs: Sequence[Paragraph], *, charset: str = "utf-8", encoding: str | None = None) -> bytes:
    """A web page with menu, script and footer around the text; ``encoding`` may differ from the declared charset."""
    lines = []
    for item in paragraphs:
        tag = "h1" if item.role == "title" else "p"
        style = ' style="text-align:center"' if item.role in {"title", "number"} else ""
        lines.append(f"<{tag}{style}>{html.escape(item.text)}</{tag}>")
    title = html.escape(paragraphs[0].text) if paragraphs else ""
    page = _PAGE.format(charset=charset, title=title, body="\n".join(lines))
    return page.encode(encoding or charset)


# --- tables

Rows = Sequence[Sequence[str]]


def docx_table(rows: Rows, before: Sequence[Paragraph] = ()) -> bytes:
    document = docx.Document()
    for paragraph in before:
        document.add_paragraph(paragraph.text)
    table = document.add_table(rows=len(rows), cols=max(map(len, rows)))
    table.style = "Table Grid"
    for row, values in enumerate(rows):
        for col, value in enumerate(values):
            table.cell(row, col).text = value
    return saved(document)


def xlsx_table(rows: Rows, merges: Sequence[tuple[int, int, int, int]] = ()) -> bytes:
    """A workbook with one sheet; ``merges`` are (first row, first col, last row, last col)."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet("任务分工")
        for row, values in enumerate(rows):
            for col, value in enumerate(values):
                sheet.write_string(row, col, value)
        for first_row, first_col, last_row, last_col in merges:
            sheet.merge_range(first_row, first_col, last_row, last_col, rows[first_row][first_col])
    return stream.getvalue()


def html_table(rows: Rows) -> bytes:
    body = "".join("<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return _PAGE.format(charset="utf-8", title="任务分工", body=f"<table>{body}</table>").encode()


def pdf_table(rows: Rows, *, before: str = "") -> bytes:
    """A ruled table by typst."""
    source = r"""
#let rows = json(bytes(sys.inputs.rows))
#set page(paper: "a4", margin: 25mm)
#set text(font: "Noto Serif CJK SC", size: 11pt, lang: "zh", region: "cn", cjk-latin-spacing: none)
#sys.inputs.before

#table(columns: rows.at(0).map(_ => 1fr), ..rows.flatten())
"""
    return typst_pdf(source, {"rows": json.dumps([list(row) for row in rows], ensure_ascii=False), "before": before})
