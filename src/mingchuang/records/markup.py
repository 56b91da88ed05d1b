"""HTML that may stand on a public page: cleaned on the server, whatever an editor, Word or an attacker sent.

Tables keep their merged cells; text keeps its structure and alignment (as classes: the content security policy refuses
inline styles). Scripts, handlers, office junk, comments and anything that loads from another host go, and what went
is said, so that a clerk is not surprised. Cleaning twice changes nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import nh3
from selectolax.lexbor import LexborHTMLParser, LexborNode

_BLOCKS = {"p", "div", "h2", "h3", "h4", "blockquote", "ul", "ol", "li", "hr", "br", "pre"}
_TABLE = {"table", "caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "th", "td"}
_INLINE = {"strong", "b", "em", "i", "u", "s", "sub", "sup", "a", "img", "span"}
_ALIGNMENT = {"align-center", "align-right", "align-justify"}
_ALIGNED = {"p", "div", "h2", "h3", "h4", "td", "th", "li"}
_GONE_WITH_CONTENT = {
    "script", "style", "iframe", "object", "embed", "applet", "form", "template", "noscript", "svg", "math", "head",
    "title", "xml", "audio", "video", "select", "textarea", "button",
}  # fmt: skip
#: What is named when it is removed; office namespaces (o:p, w:…) are caught by their colon.
_SAID = (
    ("script", "脚本"),
    ("handler", "事件处理代码"),
    ("address", "可执行的链接地址"),
    ("foreign", "从其他网站加载的图片、视频等内容"),
    ("embedded", "嵌入的对象、表单或者网页"),
    ("office", "文字处理软件留下的样式代码"),
)
_EMBEDDED = {"iframe", "object", "embed", "applet", "form", "svg", "math", "audio", "video", "frame", "base", "meta"}
#: Elements with a near kin that pages use; renamed after parsing and before cleaning, so that nothing can hide in it.
_KIN = {
    **dict.fromkeys(("section", "article", "center", "main", "header", "footer", "address", "dl", "dt", "dd"), "div"),
    "h1": "h2",
    "h5": "h4",
    "h6": "h4",
}
_KIN_TAG = re.compile(rf"<(/?)({'|'.join(_KIN)})(?=[\s>/])")
_SCHEMES = {"http", "https", "mailto", "tel"}
_SCHEME = re.compile(r"^[\s\x00-\x20]*([a-zA-Z][a-zA-Z0-9+.\-]*)\s*:")
#: Pictures inside a text are attachments of the same record, addressed relative to its page.
_OWN_PICTURE = re.compile(r"^files/[0-9a-f]{12}/[^/\\?#]+$")
_OFFICE_STYLE = re.compile(r"mso-|MsoNormal|WordSection|urn:schemas-microsoft", re.IGNORECASE)
_TEXT_ALIGN = re.compile(r"text-align\s*:\s*(center|right|justify)", re.IGNORECASE)
_BLOCK_END = re.compile(r"</(?:p|div|h[1-6]|li|tr|table|blockquote|pre|caption)>|<br\s*/?>|<hr\s*/?>", re.IGNORECASE)
_CELL_END = re.compile(r"</t[dh]>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Markup that may be shown, and one sentence for each sort of thing that was taken out."""

    html: str
    removed: tuple[str, ...]


def clean(html: str) -> Cleaned:
    """Clean a fragment of HTML. Text is never lost, except inside elements that are no text (script, style, forms)."""
    if "<" not in html and "&" not in html:
        return Cleaned(html.strip(), ())
    tree = LexborHTMLParser(html)
    counts: Counter[str] = Counter()
    if tree.body is not None:
        for node in list(tree.body.traverse(include_text=False)):
            _inspect(node, counts)
    counts["office"] += len(re.findall(r"<!--\[if|<\?xml", html, re.IGNORECASE))
    counts["script"] += max(0, len(re.findall(r"<script\b", html, re.IGNORECASE)) - counts["script"])
    body = tree.body.inner_html if tree.body is not None else html
    body = _KIN_TAG.sub(lambda match: f"<{match.group(1)}{_KIN[match.group(2)]}", body or "")
    cleaned = _CLEANER.clean(body).strip()
    removed = tuple(f"已去掉{title}（{counts[code]}处）。" for code, title in _SAID if counts[code])
    return Cleaned(cleaned, removed)


def _inspect(node: LexborNode, counts: Counter[str]) -> None:
    """Count what will go, and say alignment as a class before the style that says it goes."""
    tag = (node.tag or "").lower()
    attributes = dict(node.attributes)
    if tag == "script":
        counts["script"] += 1
    elif tag in _EMBEDDED:
        counts["embedded"] += 1
    elif ":" in tag:
        counts["office"] += 1
    for name, value in attributes.items():
        _inspect_attribute(tag, name.lower(), value or "", counts)
    _align(node, tag, attributes)
    if tag == "img" and not _OWN_PICTURE.match(attributes.get("src") or ""):
        node.decompose()


def _inspect_attribute(tag: str, name: str, value: str, counts: Counter[str]) -> None:
    if name.startswith("on"):
        counts["handler"] += 1
    elif name in {"href", "src", "action", "formaction", "data", "xlink:href", "background", "srcset", "poster"}:
        scheme = _SCHEME.match(value)
        if scheme and scheme.group(1).lower() not in _SCHEMES | {"data"}:
            counts["address"] += 1
        elif name != "href" and tag not in {"script", *_EMBEDDED} and not _OWN_PICTURE.match(value):
            counts["foreign"] += 1
    elif (name == "style" and "url(" in value.lower()) or name == "background":
        counts["foreign"] += 1
    elif name in {"style", "class", "lang"} and _OFFICE_STYLE.search(value):
        counts["office"] += 1


def _align(node: LexborNode, tag: str, attributes: Mapping[str, str | None]) -> None:
    if tag not in _ALIGNED:
        return
    styled = _TEXT_ALIGN.search(attributes.get("style") or "")
    where = styled.group(1).lower() if styled else (attributes.get("align") or "").lower()
    kept = [name for name in (attributes.get("class") or "").split() if name in _ALIGNMENT]
    if not kept and f"align-{where}" in _ALIGNMENT:
        kept = [f"align-{where}"]
    if kept:
        node.attrs["class"] = kept[0]
    elif "class" in attributes:
        del node.attrs["class"]


def _attribute(tag: str, name: str, value: str) -> str | None:
    if name in {"colspan", "rowspan", "span", "start"}:
        return value if value.isdecimal() and 0 < int(value) <= 1000 else None
    if tag == "img" and name == "src":
        return value if _OWN_PICTURE.match(value) else None
    if tag == "th" and name == "scope":
        return value if value in {"row", "col", "rowgroup", "colgroup"} else None
    return value


_CLEANER = nh3.Cleaner(
    tags=_BLOCKS | _TABLE | _INLINE,
    clean_content_tags=_GONE_WITH_CONTENT,
    attributes={
        "a": {"href", "title"},
        "img": {"src", "alt"},
        "td": {"colspan", "rowspan"},
        "th": {"colspan", "rowspan", "scope"},
        "col": {"span"},
        "colgroup": {"span"},
        "ol": {"start"},
    },
    attribute_filter=_attribute,
    allowed_classes=dict.fromkeys(_ALIGNED, _ALIGNMENT),
    url_schemes=_SCHEMES,
    link_rel="noopener noreferrer",
    strip_comments=True,
)


def plain_text(html: str) -> str:
    """The words of cleaned markup: blocks on lines of their own, cells parted by tabs; for the index and for checks."""
    if not html:
        return ""
    marked = _BLOCK_END.sub(lambda match: match.group(0) + "\n", _CELL_END.sub(lambda match: match.group(0) + "\t", html))
    tree = LexborHTMLParser(marked)
    text = tree.body.text(separator="") if tree.body is not None else ""
    lines = (re.sub(r"[ \u00a0\u3000]+", " ", line).strip(" ") for line in text.split("\n"))
    return "\n".join(line for line in (line.rstrip("\t") for line in lines) if line.strip())
