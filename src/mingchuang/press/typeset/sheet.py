"""From the document to the sheet: every piece of text with the role of its font, ready for either typesetter.

A sheet is plain JSON. The typst template reads it as data, the DOCX writer walks it, and the glyph check counts its
characters, so that all three speak of the same text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from mingchuang.press.typeset import levels, title_lines
from mingchuang.press.typeset.blocks import Block, Image, Paragraph, Run, Table, flat, visible
from mingchuang.press.typeset.document import OfficialDocument, grid, picture_type, written
from mingchuang.press.typeset.fonts import Role

_FACE_OF_LEVEL = {1: Role.HEI, 2: Role.KAI}
#: In Chinese setting emphasis is another face, not a slant or a smear: 黑体 for strong, 楷体 for em.
_FACE_OF_STYLE = {"strong": Role.HEI, "em": Role.KAI}
#: A table narrower than this many columns is set at 12 pt, a wider one smaller.
_TABLE_SIZES = ((9, 12.0), (13, 10.5), (18, 9.0))
_LONGEST_ROW = 300


@dataclass(frozen=True)
class Sheet:
    """``data`` is JSON; ``pictures`` are the files that it names."""

    data: dict[str, Any]
    pictures: dict[str, bytes]


def compose(document: OfficialDocument) -> Sheet:
    """The sheet of a document that has passed `document.check`."""
    pictures: dict[str, bytes] = {}
    data = {
        "form": document.form,
        "sealed": document.sealed,
        "name": " ".join(title_lines.lines(document.title, 10_000)),
        "top": [_clean(t) for t in (document.copy_number, document.secrecy, document.urgency) if t.strip()],
        "copy_number": bool(document.copy_number.strip()),
        "mark": [_clean(name) for name in document.issuers] if document.form != "text" else [],
        "number": _clean(document.number),
        "signers": [_clean(name) for name in document.signers],
        "title": title_lines.lines(document.title),
        "addressees": _addressees(document.addressees),
        "body": _blocks(document.body, pictures, 1),
        "annex_list": [_clean(title).rstrip("。；，") for title in document.listed_annexes],
        "names": [_clean(name) for name in document.closing_names],
        "date": written(document.made_on) if document.made_on else "",
        "note": _note(document.note),
        "annexes": _annexes(document, pictures),
        "imprint": _imprint(document),
    }
    return Sheet(data, pictures)


def characters(sheet: Sheet) -> dict[Role, list[str]]:
    """Every text of the sheet by the role that sets it."""
    data = sheet.data
    labels = [annex["label"] for annex in data["annexes"]]
    titles = [line for annex in data["annexes"] for line in annex["title"]]
    body_faced = [data["number"], data["addressees"], *data["annex_list"], *data["names"], data["date"], data["note"]]
    if data["imprint"]:
        body_faced += [*data["imprint"].values(), "抄送印发：。"]
    used = {
        Role.TITLE: [*data["title"], *data["mark"], *titles, *(["文件"] if data["form"] == "document" else [])],
        Role.HEI: [*data["top"], *labels],
        Role.KAI: list(data["signers"]),
        Role.BODY: [*body_faced, *(["附件：．0123456789"] if data["annex_list"] else [])],
        Role.SONG: ["—0123456789"],
    }
    if data["signers"]:
        used[Role.BODY].append("签发人：")
    for blocks in (data["body"], *(annex["body"] for annex in data["annexes"])):
        for piece in _pieces(blocks):
            used[Role(piece["role"])].append(piece["text"])
    return used


def _pieces(blocks: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for block in blocks:
        yield from block.get("runs", ())
        if block["kind"] == "table":
            yield {"text": block["caption"], "role": Role.HEI.value}
            for cell in block["cells"]:
                for runs in cell["paragraphs"]:
                    yield from runs
        elif block["kind"] == "image":
            yield {"text": block["caption"], "role": Role.BODY.value}


def _clean(text: str) -> str:
    return visible(text).strip()


def _addressees(text: str) -> str:
    """Ends with a full-width colon, as 7.3.2 asks."""
    text = _clean(text).rstrip("：:。 ")
    return f"{text}：" if text else ""


def _note(text: str) -> str:
    """In full-width brackets, as 7.3.7 asks."""
    text = _clean(text)
    if not text or (text[0] in "（(" and text[-1] in "）)"):
        return f"（{text[1:-1]}）" if text else ""
    return f"（{text}）"


def _annexes(document: OfficialDocument, pictures: dict[str, bytes]) -> list[dict[str, Any]]:
    single = len(document.annexes) == 1
    return [
        {
            "label": "附件" if single else f"附件{number}",
            "title": title_lines.lines(annex.title),
            "body": _blocks(annex.body, pictures, 1),
        }
        for number, annex in enumerate(document.annexes, 1)
    ]


def _imprint(document: OfficialDocument) -> dict[str, str] | None:
    if not document.has_imprint:
        return None
    copies = _clean(document.copy_to).removeprefix("抄送：").rstrip("。；，,.;")
    printed = document.form == "document"
    return {
        "copy_to": f"{copies}。" if copies else "",
        "printed_by": _clean(document.printed_by) if printed else "",
        "printed_on": written(document.printed_on) if printed and document.printed_on else "",
    }


def _blocks(blocks: tuple[Block, ...], pictures: dict[str, bytes], deepest: int) -> list[dict[str, Any]]:
    """``deepest`` is the last heading level in the PDF's outline: levels there may not be left out (PDF/UA-1)."""
    out: list[dict[str, Any]] = []
    for block in flat(blocks):
        if isinstance(block, Table):
            out.append(_table(block))
        elif isinstance(block, Image):
            out.append(_picture(block, pictures))
        elif levels.is_heading(block) and visible(block.text).strip():
            level = levels.level_of(block)
            deepest = min(level + 1, deepest + 1)
            role = _FACE_OF_LEVEL.get(level, Role.BODY)
            out.append({"kind": "heading", "outline": deepest, "runs": _runs(block.runs, role), "align": block.align})
        elif visible(block.text).strip():
            out.append({"kind": "paragraph", "runs": _paragraph(block), "align": block.align})
    return out


def _paragraph(paragraph: Paragraph) -> list[dict[str, Any]]:
    led = levels.lead(paragraph)
    if led is None:
        return _runs(paragraph.runs, Role.BODY)
    level, head, rest = led
    return [*_runs(head, _FACE_OF_LEVEL[level]), *_runs(rest, Role.BODY)]


def _runs(runs: tuple[Run, ...], role: Role) -> list[dict[str, Any]]:
    """Pieces: characters, the role of their font, and lines or position (u, s, sub, sup)."""
    out: list[dict[str, Any]] = []
    for run in runs:
        text = "\n".join(visible(line) for line in run.text.split("\n"))
        face = next((_FACE_OF_STYLE[style] for style in ("strong", "em") if style in run.styles), role)
        drawn = tuple(style for style in ("u", "s", "sub", "sup") if style in run.styles)
        if text:
            out.append({"text": text, "role": face.value, "styles": drawn})
    if out:
        # A paragraph is indented by its setting, not by blanks typed before it.
        out[0]["text"] = out[0]["text"].lstrip(" \u3000\n")
    return [piece for piece in out if piece["text"]]


def _picture(image: Image, pictures: dict[str, bytes]) -> dict[str, Any]:
    name = f"picture-{len(pictures)}.{picture_type(image.data)}"
    pictures[name] = image.data
    return {"kind": "image", "file": name, "alt": _clean(image.alt), "caption": _clean(image.caption)}


def _table(table: Table) -> dict[str, Any]:
    placed = grid(table)
    columns = max(x + cell.colspan for _, x, cell in placed)
    header = _closed_header(table)
    size = next((size for most, size in _TABLE_SIZES if columns <= most), 7.5)
    cells = [
        {
            "x": x,
            "y": y,
            "colspan": cell.colspan,
            "rowspan": cell.rowspan,
            "align": "center" if y < header else cell.align,
            # A row stays on one page, unless it could fill one.
            "breakable": cell.rowspan > 1 or len(cell.text) > _LONGEST_ROW,
            "paragraphs": [_runs(p.runs, Role.HEI if y < header else Role.BODY) for p in cell.paragraphs],
        }
        for y, x, cell in placed
    ]
    return {
        "kind": "table",
        "caption": _clean(table.caption),
        "columns": _widths(columns, [(x, cell) for _, x, cell in placed]),
        "rows": len(table.rows),
        "header": header,
        "size": size,
        "cells": cells,
    }


def _closed_header(table: Table) -> int:
    """Rows to repeat: as said, stretched over cells that reach out of them; none when that is the whole table."""
    header = table.header_rows
    row = 0
    while row < min(header, len(table.rows)):
        header = max([header, *(row + cell.rowspan for cell in table.rows[row])])
        row += 1
    return header if header < len(table.rows) else 0


def _widths(columns: int, cells: list[tuple[int, Any]]) -> list[float]:
    """A share for each column: what its widest cell wants, within bounds, so that a serial number takes little."""
    wants = [2.0] * columns
    for x, cell in cells:
        if cell.colspan == 1:
            longest = max((title_lines.width(line) for line in cell.text.split("\n")), default=0.0)
            wants[x] = max(wants[x], min(longest, 16.0) + 1)
    return wants
