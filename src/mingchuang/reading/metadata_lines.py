"""Lines of metadata above a web page's text, several fields on one line: 发文机关：…  成文日期：….

Each field becomes a paragraph of its own. Where a site's table lost its colons (发布机构 政府服务中心 生成日期 …) label
and value become one each, as they stand on pages that put them on lines of their own.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from mingchuang.reading import shapes
from mingchuang.reading.paragraphs import Paragraph
from mingchuang.reading.projection import Projection

_FIRST_PARAGRAPHS = 40
_LONGEST = 400


def parted_fields(paragraphs: list[Paragraph], projection: Projection) -> list[Paragraph]:
    """The paragraphs; among the first ones, lines of metadata parted into fields."""
    found: list[Paragraph] = []
    for at, paragraph in enumerate(paragraphs):
        is_line = at < _FIRST_PARAGRAPHS and paragraph.place is None and paragraph.end - paragraph.start <= _LONGEST
        found += _fields(paragraph, projection) if is_line else [paragraph]
    return found


def _fields(paragraph: Paragraph, projection: Projection) -> list[Paragraph]:
    folded, start, end = projection.folded, paragraph.start, paragraph.end
    if not shapes.FIELD_LABEL.match(folded, start, end):
        return [paragraph]
    cuts = [start]
    has_colons = shapes.METADATA.match(folded[start:end]) is not None
    at = start
    while at < end:
        label = shapes.FIELD_LABEL.match(folded, at, end) if at == start or projection.gap(at) else None
        if label is None:
            at += 1
            continue
        behind = label.end()
        has_colon = folded[behind : min(behind + 1, end)] == "："
        if not has_colon and behind < end and (has_colons or not projection.gap(behind)):
            at += 1
            continue
        cuts.append(at)
        if not has_colon and behind < end:
            cuts.append(behind)
        at = max(behind, at + 1)
    edges = sorted({*cuts, end})
    if len(edges) < 3:
        return [paragraph]
    return [replace(paragraph, start=a, end=b, lines=[a], numbering="") for a, b in pairwise(edges)]
