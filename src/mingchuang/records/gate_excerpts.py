"""The place of a finding as a page shows it: a few characters around, the found ones lit.

Personal values are shown as asterisks here too: a page of findings is read by more people than the text itself.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from mingchuang.core import files, now
from mingchuang.reading import gate as reader
from mingchuang.reading.formats import Unreadable, extract
from mingchuang.records import gate_text
from mingchuang.records.gate import Found, Verdict, content_bytes
from mingchuang.records.kind import kind
from mingchuang.records.models import Revision

_AROUND = 24
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Words before, the lit ones, words after: of one line."""

    before: str
    lit: str
    after: str


def of_verdict(revision: Revision, verdict: Verdict) -> dict[str, Excerpt]:
    """Key of a finding → its place in the text or the attachment, for those that lie in words at all."""
    lying = [one for one in verdict.found if one.finding.place.span is not None and one.finding.result != "pass"]
    if not lying:
        return {}
    document = json.loads(content_bytes(revision))
    today = now.today()
    # Masked whole: a number that runs over the edge of an excerpt is a number still.
    text = reader.masked(gate_text.of(kind(document["kind"]), document).text, today)
    names = {entry["sha256"]: entry["name"] for entry in document["attachments"]}
    shown = {
        "": text,
        **{sha256: _attached(sha256, names[sha256], today) for sha256 in {one.file for one in lying} - {""}},
    }
    return {one.key: excerpt for one in lying if (excerpt := _excerpt(shown[one.file], one)) is not None}


def text_of(revision: Revision) -> str:
    """The text that the gate reads of a revision (not its attachments)."""
    document = json.loads(content_bytes(revision))
    return gate_text.of(kind(document["kind"]), document).text


def _excerpt(text: str, one: Found) -> Excerpt | None:
    span = one.finding.place.span
    if span is None or span[1] > len(text):
        return None
    start, end = span
    head = text[max(0, start - _AROUND) : start].rpartition("\n")[2]
    tail = text[end : end + _AROUND].partition("\n")[0]
    lit = text[start:end]
    if len(lit) > _LONGEST:
        lit = f"{lit[: _LONGEST // 2]}……{lit[-_LONGEST // 2 :]}"
    return Excerpt(head, lit, tail)


@lru_cache(maxsize=16)
def _attached(sha256: str, name: str, today: date) -> str:
    """The words of an attachment as the gate counts them, masked; none when they cannot be read."""
    try:
        return reader.masked(extract(files.read(sha256), name).text, today)
    except (Unreadable, FileNotFoundError, ValueError):
        return ""


def lit_pieces(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[str, bool]]:
    """A whole text in pieces, each lit or not; spans may overlap and stand in any order."""
    pieces: list[tuple[str, bool]] = []
    at = 0
    for start, end in _united(spans):
        pieces += [(text[at:start], False), (text[start:end], True)]
        at = end
    return [piece for piece in [*pieces, (text[at:], False)] if piece[0]]


def _united(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    united: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if united and start <= united[-1][1]:
            united[-1] = (united[-1][0], max(end, united[-1][1]))
        else:
            united.append((start, end))
    return united
