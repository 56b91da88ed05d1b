"""An official document as plain values: the 18 elements of GB/T 9704-2012, and what must be true before it is set.

Page numbers (element 18) and the place of the seal (13) are the typesetter's; all others are fields here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from mingchuang.norms.outcome import Issue, refuse_if
from mingchuang.press.typeset.blocks import Block, Cell, Image, Table, flat, images, paragraphs, visible

Form = Literal["document", "letter", "text"]
"""document: 文件 with the red head; letter: 信函; text: 公开文本, the title and text as published, without a head."""

FORM_TITLES: dict[Form, str] = {"document": "文件", "letter": "信函", "text": "公开文本"}
_URGENCIES = ("", "特急", "加急")
_SIGNATURES = {"png": b"\x89PNG\r\n\x1a\n", "jpg": b"\xff\xd8\xff", "gif": b"GIF8", "webp": b"RIFF"}


@dataclass(frozen=True, slots=True)
class Annex:
    """An annex (附件): its title and its blocks. The number comes from its place."""

    title: str
    body: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class OfficialDocument:
    """One official document. A field left empty is an element that the document does not have.

    ``issuers`` are the names for the red head (发文机关标志) without 文件, several for a joint document, the host
    first. ``signers`` (签发人) belong to a document sent upwards. ``signatures`` are the names at the end, ``issuers``
    when left empty. ``sealed`` leaves the place of a seal: the date four characters from the right, the name centred
    on it; else the date stands under the name. ``copy_to`` is the text after 抄送：. ``title`` may hold line
    breaks, which are then kept; else lines are broken between words. ``annex_titles`` (附件说明) come from
    ``annexes`` when left empty.
    """

    title: str
    body: tuple[Block, ...]
    form: Form = "document"
    issuers: tuple[str, ...] = ()
    number: str = ""
    addressees: str = ""
    signatures: tuple[str, ...] = ()
    made_on: date | None = None
    note: str = ""
    annexes: tuple[Annex, ...] = ()
    annex_titles: tuple[str, ...] = ()
    copy_to: str = ""
    printed_by: str = ""
    printed_on: date | None = None
    copy_number: str = ""
    secrecy: str = ""
    urgency: str = ""
    signers: tuple[str, ...] = ()
    sealed: bool = True

    @property
    def closing_names(self) -> tuple[str, ...]:
        """发文机关署名: as given; in the forms with a head the issuers."""
        return self.signatures or (self.issuers if self.made_on else ())

    @property
    def listed_annexes(self) -> tuple[str, ...]:
        """附件说明: as given, else the titles of the annexes, in one line each."""
        return self.annex_titles or tuple(visible(annex.title).strip() for annex in self.annexes)

    @property
    def has_imprint(self) -> bool:
        """Whether 版记 is set: never in a published text."""
        return self.form != "text" and bool(self.copy_to or (self.form == "document" and self.printed_by))


def written(day: date) -> str:
    """A date as the standard writes it: Arabic numerals, not padded with zeros."""
    return f"{day.year}年{day.month}月{day.day}日"


def picture_type(data: bytes) -> str | None:
    """``png``, ``jpg``, ``gif`` or ``webp`` by the first bytes, None for anything else."""
    found = next((name for name, start in _SIGNATURES.items() if data.startswith(start)), None)
    return None if found == "webp" and data[8:12] != b"WEBP" else found


def check(document: OfficialDocument, *, classified_system: bool = False) -> None:
    """Raise `norms.outcome.Refused` with every reason why the document cannot be set; return nothing when it can.

    ``classified_system``: only a system approved for state secrets may hold 份号 and 密级; this one is not, and a
    document that carries them must not be in it at all (保守国家秘密法).
    """
    refuse_if([*_secret(document, classified_system), *_elements(document), *_blocks(document)])


def _secret(document: OfficialDocument, allowed: bool) -> Iterator[Issue]:
    if allowed:
        return
    for name, title, value in (
        ("secrecy", "密级和保密期限", document.secrecy),
        ("copy_number", "份号", document.copy_number),
    ):
        if value.strip():
            yield Issue(
                f"typeset.{name}",
                f"本系统是非涉密系统，不得处理涉密公文：“{title}”必须为空。",
                field=name,
                rule="保守国家秘密法",
            )


def _elements(document: OfficialDocument) -> Iterator[Issue]:
    if not visible(document.title).strip():
        yield Issue("typeset.title", "公文没有标题，请填写标题。", field="title")
    if not document.body:
        yield Issue("typeset.body", "公文没有正文，请填写正文。", field="body")
    if document.form != "text" and not document.issuers:
        title = FORM_TITLES[document.form]
        yield Issue("typeset.issuers", f"“{title}”格式必须有发文机关标志，请填写发文机关。", field="issuers")
    if document.form == "letter" and len(document.issuers) > 1:
        yield Issue("typeset.letter_issuers", "“信函”格式的标志只写一个机关，联合行文时只写主办机关。", field="issuers")
    if document.urgency not in _URGENCIES:
        yield Issue("typeset.urgency", f"紧急程度只能是特急、加急或者空，不能是“{document.urgency}”。", field="urgency")
    if document.annexes and document.annex_titles and len(document.annexes) != len(document.annex_titles):
        yield Issue(
            "typeset.annexes",
            f"附件说明列了{len(document.annex_titles)}个附件，实际有{len(document.annexes)}个，请核对。",
            field="annex_titles",
        )
    for number, annex in enumerate(document.annexes, 1):
        if not visible(annex.title).strip():
            yield Issue("typeset.annex_title", f"附件{number}没有标题，请填写。", field=f"annexes.{number}")
    if bool(document.printed_by) != bool(document.printed_on) and document.form == "document":
        yield Issue("typeset.printed", "印发机关和印发日期应当同时填写。", field="printed_by")
    if document.number and not re.search(r"\d", document.number):
        yield Issue("typeset.number", f"发文字号“{document.number}”没有顺序号，请核对。", field="number")


def _blocks(document: OfficialDocument) -> Iterator[Issue]:
    parts = [("正文", document.body), *((f"附件{n}", annex.body) for n, annex in enumerate(document.annexes, 1))]
    for place, body in parts:
        for number, image in enumerate(images(body), 1):
            yield from _picture(place, number, image)
        for number, table in enumerate((block for block in flat(body) if isinstance(block, Table)), 1):
            problem = misfit(table)
            if problem:
                yield Issue("typeset.table", f"{place}第{number}个表格{problem}", field="body")
    has_text = any(visible(p.text).strip() for p in paragraphs(document.body))
    if document.body and not has_text and not any(images(document.body)):
        yield Issue("typeset.body", "正文没有文字也没有图片，请填写正文。", field="body")


def _picture(place: str, number: int, image: Image) -> Iterator[Issue]:
    if picture_type(image.data) is None:
        yield Issue("typeset.picture", f"{place}第{number}张图片不是PNG、JPEG、GIF或者WebP格式，请转换后再用。")
    if not visible(image.alt).strip():
        yield Issue("typeset.alt", f"{place}第{number}张图片没有替代文字，读屏软件读不出来，请写一句话说明图片内容。")


def misfit(table: Table) -> str:
    """Why the cells do not fill a rectangle, as the end of a sentence with row number; empty when they do."""
    open_until: dict[int, int] = {}
    width = 0
    for index, row in enumerate(table.rows):
        column = 0
        for cell in row:
            while open_until.get(column, 0) > index:
                column += 1
            for taken in range(column, column + cell.colspan):
                if open_until.get(taken, 0) > index:
                    return f"第{index + 1}行的合并单元格互相重叠，请修改表格。"
                open_until[taken] = index + cell.rowspan
            column += cell.colspan
        covered = sum(1 for end in open_until.values() if end > index)
        width = width or covered
        if covered != width:
            return f"第{index + 1}行有{covered}列，第1行有{width}列，请补齐或者修改合并单元格。"
    if any(end > len(table.rows) for end in open_until.values()):
        return "最后有合并单元格超出表格，请修改。"
    return "" if width else "没有单元格，请删去。"


def grid(table: Table) -> list[tuple[int, int, Cell]]:
    """Each cell with the row and column of its upper left corner, both from 0. The table must fit (`misfit`)."""
    placed: list[tuple[int, int, Cell]] = []
    open_until: dict[int, int] = {}
    for index, row in enumerate(table.rows):
        column = 0
        for cell in row:
            while open_until.get(column, 0) > index:
                column += 1
            placed.append((index, column, cell))
            for taken in range(column, column + cell.colspan):
                open_until[taken] = index + cell.rowspan
            column += cell.colspan
    return placed
