"""The body of a document in a plain text area: a line a paragraph, and markup for what lines can't say.

A clerk who types or pastes text never sees a tag; one who pastes a table as HTML keeps it, between plain lines too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from selectolax.lexbor import LexborHTMLParser, LexborNode

from mingchuang.records import markup, structured

#: A tag has a name of its own: 做好<工作, <zhang@example.com> and 1<2 are text.
_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9:_-]*(?:\s[^<>]*|/)?>|<![^>]*>")
_TEXT_MARK = re.compile(r"<(?!/?[A-Za-z][A-Za-z0-9:_-]*[\s/>]|!)")
_INLINE = {
    *("a", "abbr", "b", "big", "cite", "code", "del", "em", "font", "i", "img", "ins", "kbd", "label", "mark", "q"),
    *("s", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "o:p", "-text"),
}  # fmt: skip
_BLOCKS_INSIDE = "p, div, h1, h2, h3, h4, h5, h6, table, ul, ol, dl, blockquote, pre, hr, section, article, center"


def to_edit(html: str) -> str:
    """What the text area shows: a line for each paragraph that a line says fully, the markup of the others."""
    blocks = list(_blocks(html))
    for shown in ("\n\n".join(map(_as_line, blocks)), "\n\n".join(blocks)):
        if from_edit(shown) == html:
            return shown
    return "\n".join(blocks)


def from_edit(text: str) -> str:
    """Markup for `records.do`: HTML as it was typed (it is cleaned there), lines of text as paragraphs and headings.

    Lines outside all blocks follow the rules of `structured.from_text`, whether or not there is markup beside them.
    """
    typed = text.replace("\r\n", "\n")
    return "".join(_blocks(typed)) if _TAG.search(typed) else structured.from_text(typed)


def _as_line(block: str) -> str:
    line = markup.plain_text(block)
    return line if structured.from_text(line) == block else block


def _blocks(text: str) -> Iterator[str]:
    """The blocks of a text with markup, in order: those that have a tag as they are, each line between them as one."""
    tree = LexborHTMLParser(_TEXT_MARK.sub("&lt;", text))
    if tree.head is not None and (early := tree.head.inner_html):
        yield early  # scripts and styles before any text: `markup.clean` removes them and says so
    line: list[str] = []
    for node in tree.body.iter(include_text=True) if tree.body is not None else ():
        if node.tag == "-text":
            first, *others = (node.html or "").split("\n")
            line.append(first)
            for other in others:
                yield from _line("".join(line))
                line = [other]
        elif _is_inline(node):
            line.append(node.html or "")
        else:
            yield from _line("".join(line))
            line = []
            if node.tag != "br":
                yield node.html or ""
    yield from _line("".join(line))


def _is_inline(node: LexborNode) -> bool:
    """A part of a line; the commonest tags may hold whole blocks in what other programs write."""
    return node.tag in _INLINE and all(inner.mem_id == node.mem_id for inner in node.css(_BLOCKS_INSIDE))


def _line(html: str) -> Iterator[str]:
    """One line outside all blocks, given as markup; nothing for a blank one."""
    if not _TAG.search(html):
        yield from filter(None, [structured.from_text(unescape(html).replace("\n", " "))])
    elif html.strip():
        tag = structured.tag_of(structured.tidy(unescape(_TAG.sub("", html))))
        yield f"<{tag}>{html.strip()}</{tag}>"
