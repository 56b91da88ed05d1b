"""The body of a document in a plain text area: as paragraphs while it is nothing but paragraphs, else as markup.

A clerk who types or pastes text never sees a tag; one who pastes a table as HTML keeps it.
"""

from __future__ import annotations

import re

from mingchuang.records import markup, structured

_TAG = re.compile(r"<[A-Za-z/!][^>]*>")
_BLOCK_END = re.compile(r"</(?:p|h2|h3)>")


def to_edit(html: str) -> str:
    """What the text area shows: one line a paragraph when that gives the same markup back, else the markup itself."""
    plain = markup.plain_text(html)
    if from_edit(plain) == html:
        return plain.replace("\n", "\n\n")
    return _BLOCK_END.sub(lambda match: match.group(0) + "\n", html).strip()


def from_edit(text: str) -> str:
    """Markup for `records.do`: HTML as it was typed (it is cleaned there), plain text as paragraphs and headings."""
    if _TAG.search(text):
        return text
    return structured.from_text(text.replace("\r\n", "\n"))
