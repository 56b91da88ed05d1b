"""Which part of a web page is the document, and which is the site around it.

The choice is cautious: a container is taken for the document only when it holds most of the page's text outside
links; without such a container the whole page is read, less what is certainly furniture (tags, roles and names that
mean menu, footer, side column). Whatever is left out is listed by the caller.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from mingchuang.reading.formats.extract import DropReason


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


NOT_TEXT = words("script style noscript template head iframe object svg canvas link meta map audio video embed base")
_FURNITURE_TAGS = words("nav aside footer form button select textarea input menu")
_FURNITURE_ROLES = words("navigation banner contentinfo complementary search menu menubar")
_FURNITURE_NAMES = re.compile(
    r"(?i)(?:^|[-_\s])(?:nav|navbar|menu|menubar|footer|foot|header|head|top|topbar|banner|crumbs?|breadcrumbs?|sidebar|side"
    r"|share|bdsharebuttonbox|copyright|search|login|toolbar|pagination|pager|related|friendlink|links?|qrcode|ewm"
    r"|location|position|dqwz|gotop|dibu|daohang)\d*(?:$|[-_\s])"
)
_FOOTER_NAMES = re.compile(r"(?i)foot|copyright|dibu")
_MAIN = (
    "#UCAP-CONTENT, .TRS_Editor, .TRS_UEDITOR, #zoom, #Zoom, #zoomcon, .article-content, .article_con,"
    " .pages_content, .news_content, .content_text, #article, #content, .content, .article, article, main, [role=main]"
)
_TITLE_NAMES = re.compile(r"(?i)(?:^|[-_\s])(?:title|tit|bt|headline|subtitle|biaoti)\d*(?:$|[-_\s])")
_HIDING = re.compile(r"(?i)display\s*:\s*none|visibility\s*:\s*hidden")
_MAIN_SHARE = 0.5
_LONGEST_TITLE = 120
_LINK_SHARE = 0.8
_FEWEST_LINKS = 3


@dataclass(slots=True)
class Weight:
    """Visible characters below a node, how many of them stand in links, and how many links there are."""

    text: int = 0
    linked: int = 0
    links: int = 0


class Region:
    """What the walk asks about each element. ``main`` is the container taken for the document, or None."""

    def __init__(self, body: LexborNode) -> None:
        self._weights = _weigh(body)
        self.main = self._choose(body)
        self._above_main = _ancestors(self.main)

    def is_main(self, node: LexborNode) -> bool:
        return self.main is not None and node.mem_id == self.main.mem_id

    def encloses_main(self, node: LexborNode) -> bool:
        return node.mem_id in self._above_main and not self.is_main(node)

    def left_out(self, node: LexborNode, *, inside_main: bool, past_main: bool) -> DropReason | None:
        """The reason for which this element and all below it is no part of the document; None when it is."""
        if _hidden(node):
            return "hidden"
        if node.mem_id in self._above_main:
            return None
        role = (node.attributes.get("role") or "").lower()
        if node.tag in _FURNITURE_TAGS or role in _FURNITURE_ROLES:
            return _kind_of_furniture(node)
        if inside_main and self.main is not None:
            return None
        if self.main is not None:
            furniture = past_main or not self._may_be_title(node)
        else:
            furniture = self._looks_like_furniture(node)
        return _kind_of_furniture(node) if furniture else None

    def _looks_like_furniture(self, node: LexborNode) -> bool:
        named = _FURNITURE_NAMES.search(_names(node)) is not None
        return named or self._site_header(node) or self._list_of_links(node)

    def _may_be_title(self, node: LexborNode) -> bool:
        """Titles often stand just before the container of the text: headings, or short elements named so."""
        weight = self._weights.get(node.mem_id, Weight())
        named = node.tag in {"h1", "h2", "h3"} or _TITLE_NAMES.search(_names(node)) is not None
        return named and 0 < weight.text <= _LONGEST_TITLE and not weight.links

    def _site_header(self, node: LexborNode) -> bool:
        return node.tag == "header" and node.css_first("h1") is None

    def _list_of_links(self, node: LexborNode) -> bool:
        weight = self._weights.get(node.mem_id, Weight())
        return (
            node.tag in {"ul", "ol", "dl", "div", "table", "td", "section"}
            and weight.links >= _FEWEST_LINKS
            and weight.linked >= weight.text * _LINK_SHARE
        )

    def _choose(self, body: LexborNode) -> LexborNode | None:
        whole = self._weights.get(body.mem_id, Weight())
        own = whole.text - whole.linked
        best: LexborNode | None = None
        for node in body.css(_MAIN):
            weight = self._weights.get(node.mem_id, Weight())
            if own and weight.text - weight.linked >= own * _MAIN_SHARE:
                best = node  # in document order a later match that still holds enough is the inner one
        return best


def _kind_of_furniture(node: LexborNode) -> DropReason:
    return "footer" if node.tag == "footer" or _FOOTER_NAMES.search(_names(node)) else "navigation"


def _names(node: LexborNode) -> str:
    attributes = node.attributes
    return f"{attributes.get('class') or ''} {attributes.get('id') or ''}"


def _hidden(node: LexborNode) -> bool:
    attributes = node.attributes
    return "hidden" in attributes or _HIDING.search(attributes.get("style") or "") is not None


def _ancestors(node: LexborNode | None) -> set[int]:
    found: set[int] = set()
    while node is not None:
        found.add(node.mem_id)
        node = node.parent
    return found


def _weigh(body: LexborNode) -> dict[int, Weight]:
    """One pass without recursion: pages nest as deep as they like."""
    weights: dict[int, Weight] = {}
    open_nodes: list[tuple[LexborNode, Weight, bool]] = [(body, Weight(), False)]
    cursor = [body.first_child]
    while open_nodes:
        node = cursor[-1]
        if node is None:
            cursor.pop()
            done, weight, _ = open_nodes.pop()
            weights[done.mem_id] = weight
            if open_nodes:
                _add(open_nodes[-1][1], weight)
            continue
        cursor[-1] = node.next
        linked = open_nodes[-1][2]
        if node.is_text_node:
            count = len("".join((node.text_content or "").split()))
            _add(open_nodes[-1][1], Weight(count, count if linked else 0))
        elif node.is_element_node and node.tag not in NOT_TEXT:
            is_link = node.tag == "a" and "href" in node.attributes
            open_nodes.append((node, Weight(links=int(is_link)), linked or is_link))
            cursor.append(node.first_child)
    return weights


def _add(target: Weight, more: Weight) -> None:
    target.text += more.text
    target.linked += more.linked
    target.links += more.links
