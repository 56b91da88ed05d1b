"""Cited documents: 《…》 with the issue number behind it, if one stands there."""

from __future__ import annotations

import re

from mingchuang.norms import docnumber
from mingchuang.reading.model import Cite
from mingchuang.reading.projection import Projection

_PERIODICAL = re.compile(r"(?:政府公报|日报|晚报|早报|周刊|杂志|月刊|学报|时报)$")
_BEHIND = re.compile(r"（([^（）]{4,60})）")
_LONGEST = 200


def read_cites(projection: Projection, own_titles: list[str]) -> tuple[Cite, ...]:
    """Every document in book-title marks, once, in order: not the document itself, no newspapers."""
    folded = projection.folded
    own = {_key(title) for title in own_titles}
    found: dict[str, Cite] = {}
    for start, end in _marked(folded):
        title = projection.clean(start + 1, end)
        shape = folded[start + 1 : end]
        key = _key(shape)
        if (
            len(shape) < 2
            or _PERIODICAL.search(shape)
            or any(key == k or (len(key) > 5 and key in k and "印发" in k) for k in own)
        ):
            continue
        number = _number(folded, end + 1)
        known = found.get(key)
        if known is None or (known.number is None and number):
            found[key] = Cite(title, number, projection.span(start, end + 1))
    return tuple(sorted(found.values(), key=lambda cite: cite.span))


def _number(folded: str, at: int) -> str | None:
    behind = _BEHIND.match(folded, at)
    found = docnumber.find(behind[1]) if behind else []
    return str(found[0].number) if found else None


def _marked(folded: str) -> list[tuple[int, int]]:
    """Outermost 《 》; one that is not closed within reach is left."""
    found, depth, opened = [], 0, 0
    for match in re.finditer("[《》]", folded):
        at = match.start()
        if depth and at - opened > _LONGEST:
            depth = 0
        if folded[at] == "《":
            opened = at if depth == 0 else opened
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                found.append((opened, at))
    return found


def _key(title: str) -> str:
    return re.sub(r"[《》（）]", "", title)
