"""How deeply the elements of a page nest, told from its tags before a tree is built.

The parser looks up through all open elements at many a tag, so that a hundred thousand nested elements would take it
minutes. One pass over the tags tells such a page at once.
"""

from __future__ import annotations

import re
from collections import Counter

from mingchuang.reading.formats import limits
from mingchuang.reading.formats.extract import Unreadable
from mingchuang.reading.formats.web.region import words

_TAG = re.compile(r"<(?P<closing>/?)(?P<name>[a-zA-Z][a-zA-Z0-9:-]{0,30})")
# Elements that hold nothing, or that the next of their kind closes: left open they do not nest.
_NEVER_DEEP = words(
    "area base br col embed hr img input link meta param source track wbr html head body p li dt dd option optgroup"
    " tr td th thead tbody tfoot colgroup caption rp rt h1 h2 h3 h4 h5 h6"
)


def check_depth(markup: str) -> None:
    """Raises ``Unreadable`` when more elements stand open within each other than ``limits.NESTED_ELEMENTS``."""
    open_elements: Counter[str] = Counter()
    depth = 0
    for tag in _TAG.finditer(markup):
        name = tag["name"].lower()
        if name in _NEVER_DEEP:
            continue
        if not tag["closing"]:
            open_elements[name] += 1
            depth += 1
            if depth > limits.NESTED_ELEMENTS:
                raise Unreadable(
                    "too_nested",
                    f"网页的元素嵌套超过 {limits.NESTED_ELEMENTS} 层，无法读取：请将正文另存为 DOCX、TXT 后上传。",
                )
        elif open_elements[name]:
            open_elements[name] -= 1
            depth -= 1
