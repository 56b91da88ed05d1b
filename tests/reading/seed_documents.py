"""The real notice of 2019 in the formats in which offices send such notices, made from its text.

The source is the TXT as found (hard wraps, blank lines, letter-spaced red head). ``paragraphs`` puts it together by a
rule of its own, so that the reader is not tested against itself.
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from pathlib import Path

import docx
import typst
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import OxmlElement

SEED = Path(__file__).parent / "notices" / "qingtongxia_2019.txt"
_NUMBERED = re.compile(r"^(?:[一二三]、|（[一二三四五六七八九十]{1,3}）(?!是)|\d\. ?)")
_HEAD_LINES = 6
_TYPED = ((re.compile(r"^[一二三]、"), 0), (re.compile(r"^（[一二三四五六七八九十]{1,3}）"), 1), (re.compile(r"^\d\. ?"), 2))


def seed_bytes() -> bytes:
    """The notice as found."""
    return SEED.read_bytes()


def paragraphs() -> list[str]:
    """The notice's paragraphs, unwrapped. The title is one paragraph; spaces that the converter put in are gone."""
    lines = [re.sub(r"\s", "", line) for line in SEED.read_text(encoding="utf-8").split("\n")]
    lines = [line for line in lines if line]
    found = ["青铜峡市人民政府办公室文件", lines[2], "".join(lines[3:_HEAD_LINES])]
    open_paragraph = False
    for line in lines[_HEAD_LINES:]:
        starts = not open_paragraph or _NUMBERED.match(line) or line.startswith("各部门、单位要结合")
        if starts:
            found.append(line)
        else:
            found[-1] += line
        is_heading = bool(re.match(r"^[一二三]、|^（[一二三四]）", line)) and len(line) < 20
        open_paragraph = not (line.endswith(("公开发布）", "19日", "：")) or is_heading or line in _STANDING_ALONE)
    return found


_STANDING_ALONE = {"青铜峡市人民政府办公室", "青铜峡市2019年政务公开工作要点", "请结合工作实际，认真抓好贯彻落实。"}

# Two lists, so that （七） goes on in chapter 二: LibreOffice does not know w:lvlRestart.
_LISTS = (
    f"""<w:abstractNum {nsdecls("w")} w:abstractNumId="77"><w:multiLevelType w:val="multilevel"/>
  <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:suff w:val="nothing"/>
    <w:lvlText w:val="%1、"/><w:lvlJc w:val="left"/></w:lvl>
</w:abstractNum>""",
    f"""<w:abstractNum {nsdecls("w")} w:abstractNumId="78"><w:multiLevelType w:val="multilevel"/>
  <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:suff w:val="nothing"/>
    <w:lvlText w:val="（%1）"/><w:lvlJc w:val="left"/></w:lvl>
  <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:suff w:val="nothing"/>
    <w:lvlText w:val="%2."/><w:lvlJc w:val="left"/></w:lvl>
</w:abstractNum>""",
)
_LIST_AND_LEVEL = {0: ("77", "0"), 1: ("78", "0"), 2: ("78", "1")}


def as_docx() -> bytes:
    """A Word file with real automatic numbering: the numbers are not in the text."""
    document = docx.Document()
    _define_numbering(document)
    for text in paragraphs():
        _add(document, text)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _define_numbering(document: Document) -> None:
    numbering = document.part.numbering_part.element
    first = numbering.find(qn("w:num"))
    for xml in _LISTS:
        first.addprevious(parse_xml(xml))
    for number in ("77", "78"):
        numbering.append(
            parse_xml(f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>')
        )


def _add(document: Document, text: str) -> None:
    level = next((level for pattern, level in _TYPED if pattern.match(text)), None)
    if level is None:
        paragraph = document.add_paragraph(text)
        if text.endswith(("文件", "的通知", "工作要点")):
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        return
    paragraph = document.add_paragraph(_TYPED[level][0].sub("", text))
    properties = paragraph._p.get_or_add_pPr()
    num = OxmlElement("w:numPr")
    number, depth = _LIST_AND_LEVEL[level]
    for tag, value in (("w:ilvl", depth), ("w:numId", number)):
        child = OxmlElement(tag)
        child.set(qn("w:val"), value)
        num.append(child)
    properties.append(num)


def as_typst_pdf() -> bytes:
    """A PDF with hard wraps, page numbers, a letter-spaced red head and title, and indented paragraphs."""
    red, number, title, *rest = [_escaped(p) for p in paragraphs()]
    body = "\n\n".join(rest)
    source = f"""
#set page(paper: "a4", margin: (top: 37mm, bottom: 35mm, left: 28mm, right: 26mm),
  footer: context align(center)[— #counter(page).display() —])
#set text(font: "Noto Serif CJK SC", size: 16pt, lang: "zh")
#set par(first-line-indent: (amount: 2em, all: true), justify: true, leading: 1em)
#align(center)[#text(tracking: 0.8em, size: 26pt)[{red}]]
#align(center)[{number}]
#align(center)[#text(tracking: 0.3em, size: 22pt)[{title}]]

{body}
"""
    return bytes(typst.compile(source.encode("utf-8"), format="pdf"))


def _escaped(text: str) -> str:
    return re.sub(r"([\\#*_`$<>@=+\-\[\]~/])", r"\\\1", text)


def office_program() -> str | None:
    """LibreOffice, where it is installed."""
    return shutil.which("soffice")


def as_office_pdf(folder: Path) -> bytes:
    """The Word file printed to PDF by LibreOffice."""
    source = folder / "notice.docx"
    source.write_bytes(as_docx())
    program = office_program()
    assert program is not None
    subprocess.run(
        [program, "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", "pdf",
         "--outdir", str(folder), str(source)],
        check=True, capture_output=True, timeout=150,
    )  # fmt: skip
    return (folder / "notice.pdf").read_bytes()
