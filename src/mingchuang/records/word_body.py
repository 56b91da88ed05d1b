"""A body out of a Word file (DOCX), and everything of the file that is not in it, said before anything is saved.

The reader of `reading.formats` is the only converter there is: automatic numbers become characters, merged cells, head
rows and alignment stay, tracked changes are read as accepted, hidden text and comments are left out and told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from mingchuang.reading import read_extract
from mingchuang.reading.formats import DropReason, Extract, Unreadable
from mingchuang.reading.formats.child import extract_in_child
from mingchuang.reading.formats.detect import detect, wrong_extension
from mingchuang.records import markup
from mingchuang.records.structured import structured

#: What was left out, by what a clerk calls it; `{}` is how many pieces.
_LEFT_OUT: Final[Mapping[DropReason, str]] = {
    "running_header": "页眉（{}处）没有放进正文",
    "footer": "页脚（{}处）没有放进正文",
    "page_number": "页码没有放进正文",
    "hidden": "隐藏的文字（{}处）没有放进正文",
    "deleted": "修订中删去的文字（{}处）没有放进正文",
    "comment": "批注（{}条）没有放进正文",
    "watermark": "水印没有放进正文",
}
_SAID_BY_COUNT: Final = frozenset({"hidden_text", "comments"})
_MOST_QUOTED: Final = 3
_LONGEST_QUOTE: Final = 30


@dataclass(frozen=True, slots=True)
class WordBody:
    """`html` as `markup.clean` leaves it; `told` are sentences about what is not in it, or should be looked at.

    `elsewhere` are the lines that belong into fields of their own: title, issuer, number.
    """

    html: str
    told: tuple[str, ...]
    elsewhere: tuple[str, ...]
    paragraphs: int
    tables: int


def of_file(data: bytes, name: str) -> WordBody:
    """Read a DOCX in a bounded process. Raises `Unreadable` with one Chinese sentence, for anything else too."""
    found = detect(data)
    if found != "docx":
        raise Unreadable("no_word", "这不是 Word（DOCX）文件：请选 DOCX 文件，或者把文字直接粘贴到正文里。")
    source = extract_in_child("docx", data)
    body = structured(source, read_extract(source))
    cleaned = markup.clean(body.html)
    warning = wrong_extension(name, found)
    told = [
        *([warning.message] if warning else []),
        *(w.message for w in source.warnings if w.code not in _SAID_BY_COUNT),
        *_left_out(source),
        "字体、字号、颜色、加粗和分栏不带入，由系统统一排版。",
    ]
    shown = cleaned.html
    return WordBody(
        shown,
        tuple(dict.fromkeys(told)),
        body.left_out,
        shown.count("<p") + shown.count("<h"),
        shown.count("<table"),
    )


def _left_out(source: Extract) -> Iterator[str]:
    """One sentence for each sort of thing that is in the file and not in the body, with its first words."""
    for reason, words in _LEFT_OUT.items():
        pieces = [" ".join(item.text.split()) for item in source.dropped if item.reason == reason]
        if not pieces:
            continue
        quoted = "、".join(f"“{_short(piece)}”" for piece in pieces[:_MOST_QUOTED])
        more = "等" if len(pieces) > _MOST_QUOTED else ""
        yield f"{words.format(len(pieces))}：{quoted}{more}。" if reason != "page_number" else f"{words}。"


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_QUOTE else f"{text[:_LONGEST_QUOTE]}…"
