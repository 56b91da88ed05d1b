"""Puts the pieces in their places: every paragraph into a node, every number into the tree, the closing text apart.

The nodes tile the text: each piece runs from its first character to the first character of the next piece, so that
nothing can be lost by construction.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from mingchuang.reading import shapes
from mingchuang.reading.clauses import is_clause_line
from mingchuang.reading.formats import Span
from mingchuang.reading.markers import ordinal_at
from mingchuang.reading.model import Node, NodeKind, ReadWarning
from mingchuang.reading.outline import Item, Outline, confirmed_firsts
from mingchuang.reading.paragraphs import Paragraph
from mingchuang.reading.projection import Projection
from mingchuang.reading.zones import Part, Zone

_CLOSING = re.compile(
    r"^(?:请?各|望各|以上|本(?:要点|方案|通知|意见|办法|计划|细则|规定)|对?贯彻落实(?:本|情况|中)|执行(?:中|过程)|特此|附：|此前|"
    r"[市县区省州旗镇乡]?[^。，]{0,14}(?:办公室|办公厅|公开办|政府办|人民政府|领导小组)[^。，]{0,8}(?:将|要对|适时|会同))"
)
_KIND: dict[Zone, NodeKind] = {
    "head": "head", "title": "title", "addressees": "addressees", "letter": "letter", "preamble": "preamble",
    "contents": "contents", "signature": "signature", "note": "note", "attachments": "attachments", "annex": "annex",
    "imprint": "imprint", "table": "table", "body": "preamble",
}  # fmt: skip


@dataclass(slots=True, eq=False)
class Section:
    """A part with its tree. ``closing`` are places of the unnumbered text behind the last number."""

    part: Part
    outline: Outline
    closing: list[tuple[int, int]] = field(default_factory=list)
    roots: list[Node] = field(default_factory=list)

    @property
    def items(self) -> list[Item]:
        return self.outline.items


class Tiles:
    """Collects where pieces begin and gives each node its spans of the text."""

    def __init__(self, projection: Projection, furniture: list[Span]) -> None:
        self._projection = projection
        self._furniture = furniture
        self._cuts: list[tuple[int, Node]] = []

    def begin(self, place: int, node: Node) -> None:
        """From this place on the text belongs to ``node``."""
        self._cuts.append((self._projection.offsets[place], node))

    def finish(self) -> list[Node]:
        """Give out the spans; the nodes of page numbers, if any."""
        text_end = len(self._projection.text)
        cuts = sorted(self._cuts, key=lambda cut: cut[0])
        if cuts:
            cuts[0] = (0, cuts[0][1])
        pages: list[Node] = []
        edges = [*(at for at, _ in cuts[1:]), text_end]
        at = 0
        for (start, node), end in zip(cuts, edges, strict=True):
            first = start
            while at < len(self._furniture) and self._furniture[at][0] < end:
                page = Node("furniture", spans=[self._furniture[at]])
                pages.append(page)
                _extend(node, first, page.spans[0][0])
                first = page.spans[0][1]
                at += 1
            _extend(node, first, end)
        return pages


def _extend(node: Node, start: int, end: int) -> None:
    if start >= end:
        return
    if node.spans and node.spans[-1][1] == start:
        node.spans[-1] = (node.spans[-1][0], end)
    else:
        node.spans.append((start, end))


def build(part: Part, projection: Projection, tiles: Tiles, warnings: list[ReadWarning]) -> Section:
    """The tree of one part; announces every piece to ``tiles``."""
    _body_by_ordinals(part, projection)
    body = part.of("body")
    outline = Outline(
        projection, warnings, ordinals=_uses_ordinals(part, projection), firsts=confirmed_firsts(projection, body)
    )
    for paragraph in body:
        outline.add(paragraph)
    section = Section(part, outline)
    if outline.items:
        section.closing = _take_closing(outline, projection)
    _place_zones(section, tiles)
    _place_items(section, tiles)
    return section


def _place_zones(section: Section, tiles: Tiles) -> None:
    loose = {p.start for p in section.outline.loose}
    last: Node | None = None
    for paragraph, zone in zip(section.part.paragraphs, section.part.zones, strict=True):
        if zone == "body" and paragraph.start not in loose:
            last = None
            continue
        kind = _KIND[zone]
        if last is None or last.kind != kind:
            last = Node(kind)
            section.roots.append(last)
        tiles.begin(paragraph.start, last)


def _place_items(section: Section, tiles: Tiles) -> None:
    for item in section.items:
        item.node.kind = "chapter" if item.children else "item"
        item.node.children = [child.node for child in item.children]
        for start, _ in item.ranges:
            tiles.begin(start, item.node)
    section.roots += [item.node for item in section.outline.roots]
    if section.closing:
        closing = Node("closing")
        section.roots.append(closing)
        for start, _ in section.closing:
            tiles.begin(start, closing)


def _take_closing(outline: Outline, projection: Projection) -> list[tuple[int, int]]:
    """Cut the closing paragraphs off the last numbered node.

    A node whose text stands behind its heading in one paragraph has no further paragraphs of its own; a bare heading
    has as many as its like before it had, and one at least. A closing formula (各单位要…, 本要点…) ends it sooner.
    """
    last = outline.items[-1]
    folded = projection.folded
    spoken = _last_clause_line(last, projection)
    own = max(1 + _own_paragraphs(outline, projection), spoken + 1)
    for at in range(1, len(last.ranges)):
        start, end = last.ranges[at]
        text = folded[start : min(end, start + 200)]
        if at <= spoken:
            continue
        minimum = 1 if _has_text(projection, last) else 2
        if at >= own or (at >= minimum and _CLOSING.match(text)):
            closing = last.ranges[at:]
            last.ranges = last.ranges[:at]
            return closing
    return []


def _last_clause_line(last: Item, projection: Projection) -> int:
    """The last paragraph that is nothing but a clause, before any closing formula; 0 when there is none.

    It speaks of the node, and so do the paragraphs above it.
    """
    found = 0
    for at, (start, end) in enumerate(last.ranges[1:], 1):
        if is_clause_line(projection, start, end):
            found = at
        elif _CLOSING.match(projection.folded[start : min(end, start + 200)]):
            break
    return found


def _own_paragraphs(outline: Outline, projection: Projection) -> int:
    """How many paragraphs below its first one the last node may claim."""
    last = outline.items[-1]
    alike = [item for item in outline.items[:-1] if item.marker.level == last.marker.level and not item.children]
    most = max((len(item.ranges) - 1 for item in alike), default=0)
    if _has_text(projection, last):
        return most if most and all(len(item.ranges) > 1 for item in alike) else 0
    return max(1, most)


def _has_text(projection: Projection, item: Item) -> bool:
    """The first paragraph says more than a heading: it comes to a full stop."""
    start, end = item.marker.end, item.ranges[0][1]
    return "。" in projection.folded[start:end] or end - start > 60


def _uses_ordinals(part: Part, projection: Projection) -> bool:
    """一是, 二是 at the beginning of paragraphs, and no other number in the whole part."""
    body = part.of("body")
    return bool(body) and ordinal_at(projection, body[0].start, body[0].end) is not None


def _body_by_ordinals(part: Part, projection: Projection) -> None:
    """Where a document numbers its paragraphs by 一是, 二是 alone, the text from the first of them on is its body."""
    if part.of("body"):
        return
    values = [
        (at, marker.value)
        for at, (p, zone) in enumerate(zip(part.paragraphs, part.zones, strict=True))
        if zone in {"letter", "preamble"} and (marker := ordinal_at(projection, p.start, p.end)) is not None
    ]
    if len(values) < 2 or [value for _, value in values[:2]] != [1, 2]:
        return
    for at in range(values[0][0], len(part.zones)):
        if part.zones[at] in {"letter", "preamble"}:
            part.zones[at] = "body"


def is_covering(part: Part, projection: Projection) -> bool:
    """The part is a covering letter: it only sends another document."""
    return any(shapes.letter_like(projection.folded[p.start : p.end]) for p in part.of("letter"))


def first_words(projection: Projection, paragraph: Paragraph, most: int = 30) -> str:
    """The beginning of a paragraph, for a message."""
    said = projection.clean(paragraph.start, min(paragraph.end, paragraph.start + most))
    return said + ("…" if paragraph.end - paragraph.start > most else "")
