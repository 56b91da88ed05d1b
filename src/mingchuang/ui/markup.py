"""Markup made from plain values: paragraphs, highlights, lit-up source text, QR codes, icons, cleaned bodies.

The only module that trusts markup, because it has escaped or cleaned every byte that came from outside.
Spans are `[start, end)` in code points of the text, as `reading` gives them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

import nh3
import segno
from markupsafe import Markup, escape

from mingchuang.ui.icons import ICONS

PARAGRAPHS = re.compile(r"\s*\n\s*")
OPENING = set("《〈“‘（〔［【「『(<[")
CLOSING = set("》〉”’）〕］】」』)>]、，。；：！？,.;:!?％%")
NUMERALS = set("〇零一二三四五六七八九十百千万两第年月日号0123456789")
KEY = re.compile(r"^[A-Za-z0-9_-]+$")
BODY_TAGS = {
    *("p", "br", "h2", "h3", "h4", "strong", "em", "u", "s", "sub", "sup", "blockquote", "ol", "ul", "li", "a"),
    *("table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "hr"),
}
BODY_ATTRIBUTES = {
    "a": {"href", "title"},
    "th": {"colspan", "rowspan", "scope"},
    "td": {"colspan", "rowspan"},
    "ol": {"start"},
}
BODY_ALIGNMENTS = {"align-center", "align-right", "align-justify"}
BODY_ALIGNED = ("p", "h2", "h3", "h4", "td", "th", "li")


def nl2p(text: str) -> Markup:
    """Plain text as paragraphs, one a line; blank lines fall away."""
    lines = [line for line in PARAGRAPHS.split(text.strip()) if line]
    return Markup("\n").join(Markup("<p>{}</p>").format(line) for line in lines)


def phrased(title: str) -> Markup:
    """A heading that breaks between words only: 回行词意完整 (GB/T 9704—2012). Its element has the class `phrased`."""
    import rjieba  # noqa: PLC0415 – loads 0.1 s of dictionary, which few processes need

    words = list(rjieba.cut(title))
    out = escape("".join(words[:1]))
    for before, word in pairwise(words):
        out += Markup("<wbr>") + escape(word) if _may_break(before[-1], word[0]) else escape(word)
    return out


def _may_break(before: str, after: str) -> bool:
    """Whether a line may end between two characters: not inside brackets' edges, a year or a number."""
    return before not in OPENING and after not in CLOSING and not (before in NUMERALS and after in NUMERALS)


def cleaned(html: str) -> Markup:
    """A body from an editor or a converted file, reduced to what a document needs: no scripts, styles, pictures."""
    return Markup(  # noqa: S704 - nh3 has just cleaned it
        nh3.clean(
            html,
            tags=BODY_TAGS,
            attributes=BODY_ATTRIBUTES,
            allowed_classes=dict.fromkeys(BODY_ALIGNED, BODY_ALIGNMENTS),
            url_schemes={"http", "https", "mailto"},
        )
    )


def highlight(text: str, spans: Iterable[tuple[int, int]]) -> Markup:
    """The text with every span in a `<mark>`; spans may touch or overlap and are merged."""
    out, done = Markup(""), 0
    for start, end in _merged(spans):
        out += escape(text[done:start]) + Markup("<mark>{}</mark>").format(text[start:end])
        done = max(done, min(end, len(text)))
    return out + escape(text[done:])


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans sorted, empty ones dropped, overlapping ones joined."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def lit(text: str, spans: Sequence[tuple[str, int, int]]) -> Markup:
    """Source text cut where fields point at it, so that a field can light its characters up.

    `spans` are `(key, start, end)`; they may overlap and a key may have several. Each piece carries its keys in
    `data-keys`; the first piece of a key is the target `#src-<key>`, which works without a script.
    Raises ValueError for a key that can't stand in an id, or a span outside the text.
    """
    edges: dict[int, list[tuple[bool, str]]] = {}
    for key, start, end in spans:
        if not KEY.match(key) or not 0 <= start <= end <= len(text):
            raise ValueError(f"span {key!r} [{start}, {end}) in a text of {len(text)}")
        edges.setdefault(start, []).append((True, key))
        edges.setdefault(end, []).append((False, key))
    pieces, active, named, done = [], list[str](), set[str](), 0
    for place in sorted(edges):
        pieces.append(_piece(text[done:place], active, named))
        for opens, key in edges[place]:
            if opens:
                active.append(key)
        for opens, key in edges[place]:
            if not opens:
                active.remove(key)
        done = place
    pieces.append(_piece(text[done:], active, named))
    return Markup("").join(pieces)


def _piece(text: str, keys: Sequence[str], named: set[str]) -> Markup:
    """One piece of lit text; an id for each key that is met for the first time (inner anchors after the first)."""
    if not text or not keys:
        return escape(text)
    unique = list(dict.fromkeys(keys))
    fresh = [key for key in unique if key not in named]
    named.update(fresh)
    own = Markup(' id="src-{}"').format(fresh[0]) if fresh else ""
    anchors = Markup("").join(Markup('<a id="src-{}"></a>').format(key) for key in fresh[1:])
    return Markup('{}<span class="src"{} data-keys="{}">{}</span>').format(anchors, own, " ".join(unique), text)


@lru_cache(maxsize=512)
def qr(address: str, size: int = 4) -> Markup:
    """A QR code (error correction M) of an address as inline SVG; decorative, because the address stands beside it.

    Nothing for an address that no code holds (over some 2,300 bytes): a page is asked for with whatever query.
    """
    try:
        code = segno.make(address, error="m")
    except segno.DataOverflowError:
        return Markup("")
    svg = code.svg_inline(
        scale=size, border=2, dark="#000", light="#fff", svgclass="qr__code", lineclass=None, omitsize=True
    )
    return Markup(svg.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1))  # noqa: S704 - segno's own


@lru_cache(maxsize=256)
def icon(name: str, label: str = "") -> Markup:
    """An icon of the set as inline SVG; silent for screen readers unless it has a `label`. KeyError if unknown."""
    drawing = Markup(ICONS[name])  # noqa: S704 - our own drawings
    voice = Markup('role="img" aria-label="{}"').format(label) if label else Markup('aria-hidden="true"')
    return Markup('<svg class="icon" viewBox="0 0 24 24" focusable="false" {}>{}</svg>').format(voice, drawing)
