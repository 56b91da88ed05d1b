"""Any record as an official document on paper: from its text as it stands to what the typesetter takes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from django.conf import settings

from mingchuang.core import now, units
from mingchuang.press.typeset import Fonts, OfficialDocument
from mingchuang.press.typeset import docx as set_docx
from mingchuang.press.typeset import pdf as set_pdf
from mingchuang.press.typeset.blocks import Block, Cell, Paragraph, Run, Style, Table
from mingchuang.press.typeset.document import Form
from mingchuang.press.typeset.from_html import blocks
from mingchuang.records import freezing, public_page
from mingchuang.records.kind import Kind, kind
from mingchuang.records.models import Revision
from mingchuang.records.terms import Disclosure

_STRONG: frozenset[Style] = frozenset({"strong"})
#: The fields that stand on paper in places of their own.
_PLACED = frozenset({"名称", "文号", "成文日期", "制发机关", "内容概述", "公开方式", "关键词", "主题分类"})


@lru_cache(maxsize=1)
def fonts() -> Fonts:
    """The fonts of the system and of `fonts/` in the data folder, looked through once for each process."""
    folder = settings.MINGCHUANG_DATA / "fonts"
    return Fonts.installed([folder] if folder.is_dir() else [])


def of_revision(revision: Revision, form: Form = "text") -> OfficialDocument:
    """The text as it is to be set: `text` as published, `document` under the red head of its issuer."""
    declared = kind(revision.record.kind)
    values = freezing.values_of(declared, revision, freezing.content_of(revision))
    issuer = values.get("issuer") or units.name_of(revision.record.unit, revision.formed_on or now.today())
    attached = tuple(revision.attachments.order_by("order").values_list("title", flat=True))
    open_to_all = declared.channel == "web" and values.get("disclosure", Disclosure.PROACTIVE) == Disclosure.PROACTIVE
    return OfficialDocument(
        title=values["title"],
        body=tuple(_body(declared, values)),
        form=form,
        issuers=(issuer,) if form == "document" else (),
        number=values.get("doc_number", ""),
        signatures=(issuer,),
        made_on=values["formed_on"],
        note="（此件公开发布）" if open_to_all and form == "document" else "",
        annex_titles=attached,
        sealed=False,
    )


def _body(declared: Kind, values: Mapping[str, Any]) -> Iterator[Block]:
    """What is written, before it what forms hold in short fields, after it the tables."""
    bodies = [field for field in declared.fields if field.type == "html"]
    if not any(field.name == "body" for field in bodies):
        for label, text in declared.public_rows(values):
            if label not in _PLACED:
                yield Paragraph((Run(f"{label}：{text}"),))
    for field in bodies:
        yield from blocks(values[field.name]).blocks
    if not bodies and values["summary"]:
        yield Paragraph((Run(values["summary"]),))
    for table in declared.tables:
        if values[table.name]:
            yield _table(public_page.public_table(table, values[table.name]))


def _table(shown: public_page.PublicTable) -> Table:
    def row(cells: tuple[str, ...], *, head: bool = False) -> tuple[Cell, ...]:
        return tuple(
            Cell(
                (Paragraph((Run(text, _STRONG if head else frozenset()),)),),
                align="right" if place in shown.figures and not head else "left",
            )
            for place, text in enumerate(cells)
        )

    return Table((row(shown.heads, head=True), *(row(cells) for cells in shown.rows)), 1, shown.label)


def pdf(revision: Revision, form: Form = "text") -> bytes:
    """The text as PDF. Raises Refused: an element is missing, or `MissingGlyphs` with characters and package."""
    return set_pdf(of_revision(revision, form), fonts())


def docx(revision: Revision, form: Form = "text") -> bytes:
    """The text as DOCX. Raises Refused with every reason."""
    return set_docx(of_revision(revision, form), fonts())
