"""A policy document from a file: what the reader found becomes the form's values, for a clerk to look over.

Nothing is invented: a field that the text does not give stays empty and is asked for before submission.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mingchuang.reading import Reading, Unreadable, read_extract
from mingchuang.reading.formats import extract
from mingchuang.records import markup
from mingchuang.records.structured import structured
from mingchuang.records.terms import Disclosure

_MOST_SUMMARY = 200
#: What a sentence says that decides something; a purpose (为了…) or what is to follow (…通知如下：) does not.
_DECIDES = re.compile(
    "决定|同意|批准|印发|转发|公布|予以|废止|宣布|定于|设立|撤销|任命|任免|免去|授予|应当|必须|不得|严禁"
    "|自.{1,20}起.{0,4}(?:施行|执行|实施|生效)|请.{0,40}(?:落实|执行|报送|参加)"
)
_FOLLOWS = re.compile("如下|特此|以下(?:事项|通知|意见)")
_CITED = re.compile("《[^》]*》")
_SENTENCE = re.compile("[^。！？]+[。！？][”’）】]*")
_NUMBERED = re.compile(r"^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d{1,2}[.．、](?!\d))")
#: Warnings for whoever checks a draft; those about duties and owners are for the ledger.
_FOR_DRAFTERS = {
    "annex_missing", "comments", "contents_missing", "damaged_text", "date_missing", "date_unreadable",
    "deadline_unreadable", "embedded_chunk", "embedded_objects", "hidden_sheet", "hidden_text", "inexact_number",
    "issuer_missing", "macros", "mislabelled_encoding", "number_doubled", "number_gap", "number_lost_brackets",
    "number_lost_point", "number_misread", "number_missing", "number_repeated", "number_restarted",
    "number_unreadable", "number_variant", "page_without_text", "pictures", "title_missing", "tracked_changes",
    "truncated_end", "unclosed_mark", "unknown_number_format", "unmapped_glyphs", "wrong_extension",
}  # fmt: skip
_SHEET_NAMES = (".csv", ".tsv")
_MOST_UNTOLD = 5
_PROPERTIES = {
    "主动公开": Disclosure.PROACTIVE,
    "依申请公开": Disclosure.ON_REQUEST,
    "不予公开": Disclosure.NONE,
}


@dataclass(frozen=True, slots=True)
class Imported:
    """Values for `do.create`, the warnings for a drafter (sentences), and what was left out of the body."""

    values: Mapping[str, Any]
    warnings: tuple[str, ...]
    left_out: tuple[str, ...]


def from_file(data: bytes, name: str) -> Imported:
    """Read a file (TXT, DOCX, PDF, HTML). Raises `reading.Unreadable` with one Chinese sentence."""
    if name.strip().lower().endswith(_SHEET_NAMES):
        raise Unreadable(
            "sheet",
            "文件是 CSV 数据表，不是成文的文件，不能从它起草：请选文件的正文（DOCX、PDF、TXT、HTML）；"
            "数据表可以在起草后作为附件添加。",
        )
    source = extract(data, name)
    reading = read_extract(source)
    body = structured(source, reading)
    html = markup.clean(body.html).html
    summary = _summary(html)
    values = {
        "title": reading.title or "",
        "doc_number": reading.number or "",
        "formed_on": reading.date,
        "issuer": reading.issuer or "",
        "disclosure": _PROPERTIES[reading.property].value if reading.property else "",
        "summary": summary,
        "body": html,
    }
    return Imported(values, tuple(_warnings(reading, body.untold, summary)), body.left_out)


def _warnings(reading: Reading, untold: tuple[str, ...], summary: str) -> list[str]:
    found = list(dict.fromkeys(w.message for w in reading.warnings if w.code in _FOR_DRAFTERS))
    if untold:
        more = "等" if len(untold) > _MOST_UNTOLD else ""
        found.append(f"标题以上的{''.join(f'“{line}”' for line in untold[:_MOST_UNTOLD])}{more}没有放进正文。")
    if not summary:
        found.append("没有找到可以作内容概述的句子，请填写。")
    return found


def _summary(html: str) -> str:
    """The first whole sentence of the body that says what is decided, in its own words; else nothing, to be written."""
    for line in markup.plain_text(html).split("\n"):
        for sentence in _SENTENCE.findall("" if "\t" in line else line):
            words = _NUMBERED.sub("", sentence.strip())
            if _DECIDES.search(_CITED.sub("", words)) and not _FOLLOWS.search(words):
                return words if len(words) <= _MOST_SUMMARY else f"{words[: _MOST_SUMMARY - 1]}…"
    return ""
