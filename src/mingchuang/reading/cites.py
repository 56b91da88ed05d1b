"""Cited documents: 《…》 with the issue number behind it, if one stands there."""

from __future__ import annotations

import re

from mingchuang.norms import docnumber
from mingchuang.reading.model import Cite
from mingchuang.reading.projection import Projection

_PERIODICAL = re.compile(r"(?:政府公报|日报|晚报|早报|周刊|杂志|月刊|学报|时报)$")
_BEHIND = re.compile(r"（([^（）]{4,60})）")
_LONGEST = 200
_SHORT_NAME = re.compile("(?:简称|下称)为?：?《([^《》]{2,40})》")
_BY_NUMBER = re.compile(
    r"(?:根据|按照|依据|落实|执行|参照|[和与及、，])(?P<number>[\u4e00-\u9fff]{2,10}〔\d{4}〕\d{1,5}号)(?=文|通知|精神|要求|规定)"
)


def read_cites(projection: Projection, own_titles: list[str]) -> tuple[Cite, ...]:
    """Every document in book-title marks, once, in order: not the document itself, no newspapers."""
    folded = projection.folded
    own = {_key(title) for title in own_titles}
    found: dict[str, Cite] = {}
    short = {_key(match[1]) for match in _SHORT_NAME.finditer(folded)}
    for start, end in _marked(folded):
        title = projection.clean(start + 1, end)
        shape = folded[start + 1 : end]
        key = _key(shape)
        if (
            len(shape) < 2
            or _PERIODICAL.search(shape)
            or key in short
            or any(key == k or (len(key) > 5 and key in k and "印发" in k) for k in own)
        ):
            continue
        number = _number(folded, end + 1)
        known = found.get(key)
        if known is None or (known.number is None and number):
            found[key] = Cite(title, number, projection.span(start, end + 1))
    named = {cite.number for cite in found.values()}
    for cite in _bare_numbers(projection):
        if cite.number not in named:
            found[cite.number or ""] = cite
            named.add(cite.number)
    return tuple(sorted(found.values(), key=lambda cite: cite.span))


def _bare_numbers(projection: Projection) -> list[Cite]:
    """根据国办发〔2019〕14号文件: documents cited by their number alone."""
    found = []
    for match in _BY_NUMBER.finditer(projection.folded):
        number = docnumber.find(projection.clean(match.start("number"), match.end("number")))
        if number:
            found.append(Cite(None, str(number[0].number), projection.span(match.start("number"), match.end("number"))))
    return found


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
