"""An official document of 40 pages as a tagged PDF: ours (typst, after GB/T 9704) beside WeasyPrint.

Method: both sides get the same title, paragraphs and table, the same fonts, A4 with the same text area and line pitch,
and write tagged PDF/UA-1. Rounds alternate in one process, and each round has other text, so that nothing can be taken
from a cache of the round before. Figures are CPU seconds of all threads, so that a busy machine tells
the same. Every paragraph must be found in the text extracted from both files, and both files
must be tagged. The first round of each side is not counted: it reads the fonts. `cold` is a new process, counted whole.
"""

from __future__ import annotations

import html
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date

import pypdfium2

from benchmarks.report import Row, show
from mingchuang.press.typeset import Fonts, OfficialDocument, Role, docx, pdf
from mingchuang.press.typeset.blocks import Cell, Paragraph, Run, Table

ROUNDS = 4
GOAL = 4.0
PARAGRAPHS = 97
ROWS = 60
_WORDS = (
    *("政务公开", "工作要点", "重大决策", "预公开", "政策解读", "回应关切", "依法行政", "主动公开", "依申请公开"),
    *("各部门", "各镇", "街道办事处", "要", "应当", "及时", "认真", "落实", "推进", "规范", "完善", "加强", "健全"),
    *("机制", "制度", "平台", "建设", "监督", "检查", "群众", "企业", "服务", "事项", "清单", "目录", "标准", "流程"),
)


def main() -> list[Row]:
    """All rows; prints nothing."""
    fonts = Fonts.installed()
    ours: list[float] = []
    theirs: list[float] = []
    pages = 0
    for number in range(ROUNDS + 1):
        texts, table = _content(number)
        taken, made = _timed(lambda texts=texts, table=table: pdf(_official(texts, table), fonts))
        peer_taken, peer_made = _timed(lambda texts=texts, table=table: _weasyprint(texts, table, fonts))
        pages = _verified(made, texts)
        _verified(peer_made, texts)
        if number:
            ours.append(taken)
            theirs.append(peer_taken)
    texts, table = _content(99)
    word, _ = _timed(lambda: docx(_official(texts, table), fonts))
    return [
        (f"{pages} pages, tagged PDF/UA-1, warm", min(ours), "s", "weasyprint, tagged PDF/UA-1", min(theirs), GOAL),
        ("one page of it", min(ours) / pages * 1000, "ms", "weasyprint", min(theirs) / pages * 1000, None),
        ("the same, new process", _cold("ours"), "s", "weasyprint, new process", _cold("theirs"), None),
        ("the same as DOCX", word, "s", "the PDF by WeasyPrint", min(theirs), None),
    ]


def _timed(make: Callable[[], bytes]) -> tuple[float, bytes]:
    start = time.process_time()
    made = make()
    return time.process_time() - start, made


def _cold(side: str) -> float:
    """The best of two new processes, from start to exit, interpreter and imports included."""
    best = float("inf")
    for _ in range(2):
        start = _children()
        subprocess.run([sys.executable, "-m", "benchmarks.bench_typesetting", side], check=True)
        best = min(best, _children() - start)
    return best


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _content(seed: int) -> tuple[list[str], list[list[str]]]:
    chance = random.Random(seed)
    texts = [
        f"第{n}段。" + "，".join("".join(chance.choices(_WORDS, k=4)) for _ in range(19)) + "。"
        for n in range(PARAGRAPHS)
    ]
    table = [[str(n), *("".join(chance.choices(_WORDS, k=3)) for _ in range(3))] for n in range(ROWS)]
    return texts, table


def _official(texts: list[str], rows: list[list[str]]) -> OfficialDocument:
    cells = [
        tuple(Cell((Paragraph((Run(text),)),)) for text in row) for row in (["序号", "任务", "单位", "时限"], *rows)
    ]
    body = (*(Paragraph((Run(text),)) for text in texts), Table(tuple(cells), 1))
    return OfficialDocument(
        title="示例市人民政府办公室关于印发政务公开工作要点的通知",
        body=body,
        issuers=("示例市人民政府办公室",),
        number="示政办发〔2021〕35号",
        made_on=date(2021, 5, 10),
    )


def _weasyprint(texts: list[str], rows: list[list[str]], fonts: Fonts) -> bytes:
    import weasyprint  # not in the process that measures ours

    body, bold = (", ".join(f'"{name}"' for name in fonts.families(role)) for role in (Role.BODY, Role.TITLE))
    style = (
        "@page{size:A4;margin:37mm 26mm 35mm 28mm;@bottom-right{content:'— ' counter(page) ' —';font-size:14pt}}"
        f"body{{font:16pt/29.6pt {body};margin:0}}p{{margin:0;text-indent:2em;text-align:justify}}"
        f"h1{{font:700 22pt/29.6pt {bold};text-align:center}}table{{border-collapse:collapse;width:100%;"
        "font-size:12pt;line-height:17pt}td,th{border:.5pt solid;padding:4pt}"
    )
    head = "".join(f"<th>{title}</th>" for title in ("序号", "任务", "单位", "时限"))
    table = "".join("<tr>" + "".join(f"<td>{html.escape(text)}</td>" for text in row) + "</tr>" for row in rows)
    title = "示例市人民政府办公室<br>关于印发政务公开工作要点的通知"
    page = (
        f"<html lang=zh-CN><title>通知</title><style>{style}</style><h1>{title}</h1>"
        + "".join(f"<p>{html.escape(text)}</p>" for text in texts)
        + f"<table><thead><tr>{head}</tr></thead>{table}</table></html>"
    )
    made = weasyprint.HTML(string=page).write_pdf(pdf_variant="pdf/ua-1", pdf_tags=True)
    assert isinstance(made, bytes)
    return made


def _verified(made: bytes, texts: list[str]) -> int:
    """Pages; both sides must be tagged, and every paragraph must come out of the file as it went in."""
    with pypdfium2.PdfDocument(made) as document:
        assert document.is_tagged()
        found = "".join(page.get_textpage().get_text_range() for page in document)
        count = len(document)
    found = "".join(found.split()).replace("—", "")
    missing = sum(text not in found for text in texts)
    # A paragraph that runs over a page has that page's number inside it.
    assert missing <= count, missing
    return count


if __name__ == "__main__":
    if sys.argv[1:] == ["ours"]:
        pdf(_official(*_content(7)), Fonts.installed())
    elif sys.argv[1:] == ["theirs"]:
        _weasyprint(*_content(7), Fonts.installed())
    else:
        sys.exit(show(main()))
