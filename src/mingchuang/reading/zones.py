"""Which paragraph is what: head, title, addressees, letter, preamble, body, signature, annex, imprint.

One pass, front to back, with a state: above the text (``head``), between title and first number (``opening``), in the
numbered text (``body``), behind the signature (``behind``). A part is a document within the document: the covering
letter, the 要点 it sends, each annex.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from mingchuang.reading import shapes
from mingchuang.reading.flattened import BARS
from mingchuang.reading.issue_numbers import number_line
from mingchuang.reading.markers import Marker, marker_at
from mingchuang.reading.outline import confirmed_firsts
from mingchuang.reading.paragraphs import ENDS_SENTENCE, Paragraph
from mingchuang.reading.projection import Projection

Zone = Literal[
    "head", "title", "addressees", "letter", "preamble", "contents", "body", "signature", "note", "attachments",
    "annex", "imprint", "table",
]  # fmt: skip
_State = Literal["head", "opening", "body", "behind"]
_LONGEST_TITLE_LINE = 60
_LONGEST_ORGANS = 6
_LONGEST_SHOWN = 4000


@dataclass(slots=True)
class Part:
    """A document within the document. ``zones`` runs beside ``paragraphs``. ``annex`` is 附件1 … or empty.

    ``is_named``: the covering letter names this document beside another that it sends.
    """

    annex: str = ""
    is_named: bool = False
    paragraphs: list[Paragraph] = field(default_factory=list)
    zones: list[Zone] = field(default_factory=list)

    def of(self, *zones: Zone) -> list[Paragraph]:
        """The paragraphs of these zones, in order."""
        return [p for p, zone in zip(self.paragraphs, self.zones, strict=True) if zone in zones]


def _shown(projection: Projection, paragraph: Paragraph) -> str:
    """The folded text of a paragraph; of a very long one its beginning and its last character."""
    if paragraph.end - paragraph.start <= _LONGEST_SHOWN:
        return projection.folded[paragraph.start : paragraph.end]
    beginning = projection.folded[paragraph.start : paragraph.start + _LONGEST_SHOWN]
    return beginning + projection.folded[paragraph.end - 1]


class Zoner:
    """Walks over the paragraphs once; ``parts`` holds the outcome."""

    def __init__(self, paragraphs: list[Paragraph], projection: Projection) -> None:
        self._paragraphs = paragraphs
        self._projection = projection
        self._texts = [_shown(projection, p) for p in paragraphs]
        self._misread_firsts = confirmed_firsts(projection, paragraphs, only="misread")
        self._state: _State = "head"
        self._names: set[str] = set()
        self.parts = [Part()]

    def run(self) -> list[Part]:
        """The parts, in order; every paragraph is in exactly one."""
        at = 0
        while at < len(self._paragraphs):
            at = self._step(at)
        self.parts = [part for part in self.parts if part.paragraphs] or self.parts[:1]
        return self.parts

    def _put(self, at: int, zone: Zone) -> int:
        self.parts[-1].paragraphs.append(self._paragraphs[at])
        self.parts[-1].zones.append(zone)
        if zone in {"title", "letter"} and len(self.parts) == 1:
            self._names.update(re.findall("《([^《》]{4,60})》", self._texts[at]))
        return at + 1

    def _step(self, at: int) -> int:
        """Place the paragraph at ``at`` (and those that hang on it); the index of the next one."""
        if self._paragraphs[at].place is not None:
            return self._put(at, self._zone_of_cell(at))
        text = self._texts[at]
        if self._is_caption(at) or BARS.match(text):
            return self._put(at, "table")
        if shapes.CONTENTS_HEAD.match(text):
            return self._contents(at)
        if self._is_annex_start(at):
            return self._annex(at)
        for zone, found in (
            ("attachments", self._attachments(at)),
            ("signature", self._signature(at)),
            ("note", at + 1 if shapes.PROPERTY.match(text) or shapes.CONTACT.match(text) else at),
            ("imprint", at + 1 if self._state != "opening" and shapes.IMPRINT.match(text) else at),
        ):
            if found > at:
                return self._run_of(at, found, zone)  # type: ignore[arg-type]
        return getattr(self, f"_in_{self._state}")(at)  # type: ignore[no-any-return]

    def _run_of(self, at: int, end: int, zone: Zone) -> int:
        while at < end:
            at = self._put(at, zone)
        if zone in {"signature", "imprint"} and self._state != "head":
            self._state = "behind"
        return at

    # --- the four states

    def _in_head(self, at: int) -> int:
        text = self._texts[at]
        if shapes.METADATA.match(text) or number_line(text) or shapes.RED_HEAD.match(text) or self._is_value(at):
            return self._put(at, "head")
        if shapes.addressees_like(text):
            self._state = "opening"
            return self._put(at, "addressees")
        if self.marker(at) is not None:
            self._state = "body"
            return self._in_body(at)
        calls = self._calls_units(at)
        if calls > at:
            self._state = "opening"
            return self._run_of(at, calls, "addressees")
        if self._is_sentence(text):
            self._state = "opening"
            return self._in_opening(at)
        return self._put(at, "title")

    def _in_opening(self, at: int) -> int:
        text = self._texts[at]
        part = self.parts[-1]
        if self.marker(at) is not None:
            self._state = "body"
            return self._in_body(at)
        if shapes.addressees_like(text) and "addressees" not in part.zones and len(part.of("letter", "preamble")) == 0:
            return self._put(at, "addressees")
        if "letter" in part.zones and self._is_title_line(text) and shapes.title_complete(text):
            return self._new_part(at)
        return self._put(at, "letter" if self._is_letter(text) else "preamble")

    def _in_body(self, at: int) -> int:
        return self._new_part(at) if self._texts[at] in self._names else self._put(at, "body")

    def _in_behind(self, at: int) -> int:
        if shapes.METADATA.match(self._texts[at]):
            return self._put(at, "imprint")
        return self._new_part(at)

    def _new_part(self, at: int, annex: str = "") -> int:
        self.parts.append(Part(annex, is_named=self._texts[at] in self._names))
        self._state = "head"
        return self._in_head(at) if not annex else at

    # --- shapes that need their neighbours

    def marker(self, at: int) -> Marker | None:
        """The list number with which the paragraph begins, if it is one that may open a list."""
        paragraph = self._paragraphs[at]
        found = marker_at(self._projection, paragraph.start, paragraph.end)
        if found is None or not found.is_damaged or found.start in self._misread_firsts:
            return found
        return found if self._heads_decimals(at, found) else None

    def _heads_decimals(self, at: int, found: Marker) -> bool:
        """1 公开 without a point, above 1.1: the chapters of a document that numbers by decimals."""
        if found.fault != "lost_point" or at + 1 >= len(self._paragraphs):
            return False
        below = self._paragraphs[at + 1]
        first = marker_at(self._projection, below.start, below.end)
        return first is not None and first.level == "decimal" and first.token == f"{found.value}.1"

    def _is_value(self, at: int) -> bool:
        """The line below a label that stands alone: 发布机构 / 某县人民政府."""
        if not at:
            return False
        above = self._texts[at - 1]
        paragraph, label = self._paragraphs[at], self._paragraphs[at - 1]
        on_own_line = label.start == 0 or "\n" in self._projection.gap(label.start)
        if "\n" in self._projection.gap(paragraph.start) and not on_own_line:
            return False  # the last field of a line of several is empty
        is_label = shapes.METADATA.match(above) is not None and ("：" not in above or above.endswith("："))
        is_title = shapes.title_complete(self._texts[at]) and not re.match("标题|名称|信息名称|内容概述", above)
        return is_label and not is_title

    def _is_letter(self, text: str) -> bool:
        has_annex_later = "letter" in self.parts[-1].zones
        return has_annex_later or (self.parts[-1].annex == "" and shapes.letter_like(text))

    def _is_sentence(self, text: str) -> bool:
        return (
            "。" in text[:-1]
            or text.endswith("。")
            or len(text) > 2 * _LONGEST_TITLE_LINE
            or (len(text) > 40 and "，" in text)
            or shapes.letter_like(text)
        )

    def _is_title_line(self, text: str) -> bool:
        return len(text) <= _LONGEST_TITLE_LINE and text[-1] not in "。；，：！？"

    def _calls_units(self, at: int) -> int:
        """Addressees broken over several paragraphs: 各…、 / …单位："""
        text = self._texts[at]
        if not (text.startswith("各") and text[-1] in "、，位门府局处" and "《" not in text):
            return at
        for later in range(at + 1, min(at + 4, len(self._texts))):
            if self._texts[later].endswith("："):
                return later + 1 if shapes.addressees_like(self._texts[later]) else at
            if "。" in self._texts[later] or self.marker(later) is not None:
                break
        return at

    def _zone_of_cell(self, at: int) -> Zone:
        if self._state == "head" and (shapes.METADATA.match(self._texts[at]) or self._is_value(at)):
            return "head"
        return "title" if self._is_title_cell(at) else "table"

    def _is_title_cell(self, at: int) -> bool:
        """A cell alone in one of the first rows of a table with nothing above it: the title, inside the grid."""
        place, text = self._paragraphs[at].place, self._texts[at]
        if place is None or self._state != "head" or place.row > 1 or not self._is_title_line(text):
            return False
        following = self._paragraphs[at + 1].place if at + 1 < len(self._paragraphs) else None
        is_alone = following is None or following.row > place.row
        return is_alone and (shapes.title_complete(text) or text.endswith("表")) and "title" not in self.parts[-1].zones

    def _is_caption(self, at: int) -> bool:
        """A short line right above a table, below some text: its title."""
        if self._state == "head" or at + 1 >= len(self._paragraphs) or self._paragraphs[at + 1].place is None:
            return False
        text = self._texts[at]
        return self._is_title_line(text) and self.marker(at) is None and len(text) > 2 and not self._is_annex_start(at)

    def _signature(self, at: int) -> int:
        """Organs and the date below them; returns the index behind, or ``at`` when this is no signature."""
        if self._state == "head" and not self._is_date(at) and not self._is_below_table():
            return at
        end = at
        while end < min(at + _LONGEST_ORGANS, len(self._texts)):
            if self._is_date(end):
                return end + 1
            if self._paragraphs[end].place is not None or not shapes.organisation_like(self._texts[end]):
                return at
            end += 1
        return at

    def _is_below_table(self) -> bool:
        """The title is told and a table stands below it: what follows is no part of the head, even without a text."""
        zones = self.parts[-1].zones
        return "title" in zones and "table" in zones[zones.index("title") :]

    def _is_date(self, at: int) -> bool:
        return self._paragraphs[at].place is None and shapes.signature_date(self._texts[at]) is not None

    def _is_annex_start(self, at: int) -> bool:
        text = self._texts[at]
        if shapes.ANNEX_ALONE.match(text):
            return True
        if not shapes.ANNEX_TITLED.match(text) or (shapes.title_complete(text) and self._state == "head"):
            return False
        return self._state in {"behind", "head"} or not self._announces(at)

    def _announces(self, at: int) -> bool:
        """附件：1.… stands above a signature, or names annexes that begin later."""
        for later in range(at, min(at + 14, len(self._texts))):
            if later > at and (self._is_date(later) or shapes.ANNEX_ALONE.match(self._texts[later])):
                return True
            if later > at and self._texts[later][-1] in "。；":
                return False  # a list of annexes has no sentences
            if len(self._texts[later]) > 2 * _LONGEST_TITLE_LINE or self._paragraphs[later].place is not None:
                return False
        return at + 3 >= len(self._texts)

    def _attachments(self, at: int) -> int:
        """附件：1.… 2.…: the list of annexes; returns the index behind it."""
        text = self._texts[at]
        if self._state not in {"opening", "body"} or not re.match(r"附件(?:\d|：|[一二三])", text) or len(text) > 400:
            return at
        if text[-1] in "。；":
            return at
        end = at + 1
        while end < len(self._texts) and self._lists_annex(end):
            end += 1
        return end

    def _lists_annex(self, at: int) -> bool:
        found, text = self.marker(at), self._texts[at]
        if self._paragraphs[at].place is not None or len(text) > _LONGEST_TITLE_LINE or text[-1] in ENDS_SENTENCE[:6]:
            return False
        return (found is not None and found.level == "arabic" and found.value > 1) or text.startswith("附件")

    def _annex(self, at: int) -> int:
        match = shapes.ANNEX_ALONE.match(self._texts[at]) or shapes.ANNEX_TITLED.match(self._texts[at])
        number = (match["n"] if match else None) or ""
        self._new_part(at, annex=f"附件{number}")
        return self._put(at, "annex")

    def _contents(self, at: int) -> int:
        """目录 and its entries: they end where the first of them is said again, as the heading itself."""
        at = self._put(at, "contents")
        first = ""
        while at < len(self._texts) and self._paragraphs[at].place is None:
            entry = re.sub(r"[.…·\-]*\d{0,4}$", "", self._texts[at]).rstrip(".…·")
            has_page = bool(re.search(r"[^\d]\d{1,4}$", self._texts[at]))
            is_entry = self.marker(at) is not None or has_page
            if (
                len(self._texts[at]) > 80
                or self._texts[at].endswith("。")
                or not is_entry
                or (entry and entry == first)
            ):
                break
            first = first or entry
            at = self._put(at, "contents")
        return at
