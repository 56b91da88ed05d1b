"""Page numbers and running heads: lines at the edge of the page that belong to the page and not to the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from statistics import median

from mingchuang.reading.formats.extract import DropReason
from mingchuang.reading.formats.pdf.lines import Line

_ZONE = 0.12  # of the page's height; GB/T 9704 sets the number 28 mm above the edge of 297 mm
_OUTERMOST = 2  # lines at each edge that are looked at
_SAME_PLACE = 4.0  # points
_FEWEST_PAGES = 3
_SHARE_OF_PAGES = 0.4
_SMALLER = 0.9

_DASHES = "—–\\-－─·•~～"
_DECORATED = re.compile(
    rf"[{_DASHES}]+\d{{1,4}}[{_DASHES}]+|第[\d一二三四五六七八九十百]{{1,5}}页(?:[,，/]?共[\d一二三四五六七八九十百]{{1,5}}页)?"
    r"|\d{1,4}/\d{1,4}|(?i:page)\d{1,4}(?:(?i:of)\d{1,4})?"
)
_BARE = re.compile(r"\d{1,4}")

Furniture = dict[tuple[int, int], DropReason]
"""(page, line) counted from 0, with the reason."""


class Page:
    """The lines of one page with the page's box; what ``find_furniture`` needs to know."""

    def __init__(self, lines: Sequence[Line], bottom: float, height: float) -> None:
        self.lines = lines
        order = sorted(range(len(lines)), key=lambda index: -lines[index].base)
        low, high = bottom + height * _ZONE, bottom + height * (1 - _ZONE)
        self.head = [index for index in order[:_OUTERMOST] if lines[index].base > high]
        self.foot = [index for index in order[-_OUTERMOST:] if lines[index].base < low]


def find_furniture(pages: Sequence[Page]) -> Furniture:
    found: Furniture = {}
    bare: list[tuple[int, int, int]] = []
    for number, page in enumerate(pages):
        for index in {*page.head, *page.foot}:
            text = "".join(page.lines[index].text.split())
            if _DECORATED.fullmatch(text):
                found[(number, index)] = "page_number"
            elif _BARE.fullmatch(text):
                bare.append((number, index, int(text)))
    _add_bare_numbers(bare, len(pages), found)
    for place in _repeated(pages, [page.head for page in pages]):
        found.setdefault(place, "running_header")
    for place in _repeated(pages, [page.foot for page in pages]):
        found.setdefault(place, "footer")
    return found


def _add_bare_numbers(bare: Sequence[tuple[int, int, int]], pages: int, found: Furniture) -> None:
    """A number without dashes is a page number when it counts with the pages."""
    offsets = Counter(value - number for number, _, value in bare)
    if not offsets:
        return
    offset, count = offsets.most_common(1)[0]
    if count >= 2 or (pages == 1 and offset == 1):
        found.update({(number, index): "page_number" for number, index, value in bare if value - number == offset})


def _repeated(pages: Sequence[Page], edges: Sequence[Sequence[int]]) -> list[tuple[int, int]]:
    """Lines whose text, digits aside, stands at the same place of page after page, around other text."""
    groups: dict[str, list[tuple[int, int]]] = {}
    for number, indexes in enumerate(edges):
        page = pages[number]
        if len({*page.head, *page.foot}) == len(page.lines):
            continue
        for index in indexes:
            key = re.sub(r"\d+", "#", "".join(page.lines[index].text.split()))
            groups.setdefault(key, []).append((number, index))
    found: list[tuple[int, int]] = []
    for places in groups.values():
        lines = [pages[number].lines[index] for number, index in places]
        usual = median(line.base for line in lines)
        steady = [place for place, line in zip(places, lines, strict=True) if abs(line.base - usual) <= _SAME_PLACE]
        if _often_enough(steady, lines, pages):
            found += steady
    return found


def _often_enough(places: Sequence[tuple[int, int]], lines: Sequence[Line], pages: Sequence[Page]) -> bool:
    seen = len({number for number, _ in places})
    if len(pages) == 2:
        body = median([line.em for page in pages for line in page.lines])
        return seen == 2 and median(line.em for line in lines) < body * _SMALLER
    return seen >= _FEWEST_PAGES and seen >= len(pages) * _SHARE_OF_PAGES
