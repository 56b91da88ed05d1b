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

_TAGS = {
    *("p", "h2", "h3", "h4", "blockquote", "ul", "ol", "li", "hr", "br"),
    *("table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"),
    *("strong", "em", "u", "s", "sub", "sup", "a"),
}  # fmt: skip
_ALIGNMENT = {"align-center", "align-right", "align-justify"}
_ALIGNED = {"p", "h2", "h3", "h4", "td", "th", "li"}
_GONE_WITH_CONTENT = {
    "script", "style", "iframe", "object", "embed", "applet", "form", "template", "noscript", "svg", "math", "head",
    "title", "xml", "audio", "video", "select", "textarea", "button",
}  # fmt: skip
#: What is named when it is removed; office namespaces (o:p, w:…) are caught by their colon.
_SAID = (
    ("script", "脚本"),
    ("handler", "事件处理代码"),
    ("address", "可执行的链接地址"),
    ("foreign", "从其他网站加载的内容"),
    ("picture", "正文中的图片，请作为附件上传"),
    ("embedded", "嵌入的对象、表单或者网页"),
    ("office", "文字处理软件留下的样式代码"),
)
_EMBEDDED = {"iframe", "object", "embed", "applet", "form", "svg", "math", "audio", "video", "frame", "base", "meta"}
#: Elements with a near kin that pages use; renamed after parsing and before cleaning, so that nothing can hide in it.
_KIN = {
    **dict.fromkeys(("section", "article", "center", "main", "header", "footer", "address", "dl", "dt", "dd"), "div"),
    "pre": "div", "h1": "h2", "h5": "h4", "h6": "h4", "b": "strong", "i": "em", "strike": "s", "del": "s",
}  # fmt: skip
_KIN_TAG = re.compile(rf"<(/?)({'|'.join(_KIN)})(?=[\s>/])")
_INSIDE_BLOCK = "p, div, h2, h3, h4, table, ul, ol, blockquote, hr"
_LEAF = re.compile(r'<div data-leaf=""( class="[a-z-]+")?>(.*?)</div>', re.DOTALL)
_SCHEMES = {"http", "https", "mailto"}
_SCHEME = re.compile(r"^[\s\x00-\x20]*([a-zA-Z][a-zA-Z0-9+.\-]*)\s*:")
_LOADING = {"src", "action", "formaction", "data", "xlink:href", "background", "srcset", "poster"}
_OFFICE_STYLE = re.compile(r"mso-|MsoNormal|WordSection|urn:schemas-microsoft", re.IGNORECASE)
_TEXT_ALIGN = re.compile(r"text-align\s*:\s*(center|right|justify)", re.IGNORECASE)
_BLOCK_EDGE = re.compile(r"</?(?:p|h[2-4]|li|ul|ol|tr|table|blockquote|caption|br|hr)(?: [^>]*)?/?>")
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
    counts: Counter[str] = Counter()
    tree = LexborHTMLParser(html)
    for node in _elements(tree):
        _inspect(node, counts)
        _unlink(node)
    # A script may stand where no body is yet: the parser puts it into the head.
    counts["script"] = max(counts["script"], len(re.findall(r"<script\b", html, re.IGNORECASE)))
    counts["office"] += len(re.findall(r"<!--\[if|<\?xml", html, re.IGNORECASE))
    cleaned = _CLEANER.clean(_paragraphs(_inner(tree))).strip()
    removed = tuple(f"已去掉{title}（{counts[code]}处）。" for code, title in _SAID if counts[code])
    return Cleaned(cleaned, removed)


def _inner(tree: LexborHTMLParser) -> str:
    return (tree.body.inner_html or "") if tree.body is not None else ""


def _elements(tree: LexborHTMLParser) -> list[LexborNode]:
    """All elements of the body, as a list: they may be changed while it is walked."""
    return list(tree.body.traverse(include_text=False))[1:] if tree.body is not None else []


def _paragraphs(html: str) -> str:
    """One kind of element for one meaning: headings from h2 on, and paragraphs for boxes that hold nothing but text."""
    tree = LexborHTMLParser(_KIN_TAG.sub(lambda match: f"<{match.group(1)}{_KIN[match.group(2)]}", html))
    for node in reversed(_elements(tree)):
        if node.tag != "div":
            continue
        if all(inner.mem_id == node.mem_id for inner in node.css(_INSIDE_BLOCK)):
            align = node.attributes.get("class")
            for name in list(node.attributes):
                del node.attrs[name]
            node.attrs["data-leaf"] = ""
            if align in _ALIGNMENT:
                node.attrs["class"] = align
        else:
            node.unwrap()
    return _LEAF.sub(r"<p\1>\2</p>", _inner(tree))


def _inspect(node: LexborNode, counts: Counter[str]) -> None:
    """Count what will go, and say alignment as a class before the style that says it goes."""
    tag = (node.tag or "").lower()
    attributes = dict(node.attributes)
    if tag == "script":
        counts["script"] += 1
    elif tag == "img":
        counts["picture"] += 1
    elif tag in _EMBEDDED:
        counts["embedded"] += 1
    elif ":" in tag:
        counts["office"] += 1
    for name, value in attributes.items():
        _inspect_attribute(tag, name.lower(), value or "", counts)
    _align(node, tag, attributes)


def _as_browsers_read(address: str) -> str:
    """An address without the white space and control characters that browsers pass over, wherever they stand."""
    return re.sub(r"[\x00-\x20]+", "", address)


def _unlink(node: LexborNode) -> None:
    """A link whose address goes, or that has none, is its words: citizens are offered nothing that leads nowhere."""
    if (node.tag or "").lower() != "a":
        return
    address = _as_browsers_read(node.attributes.get("href") or "")
    scheme = _SCHEME.match(address)
    if not address or (scheme and scheme.group(1).lower() not in _SCHEMES):
        node.unwrap()


def _inspect_attribute(tag: str, name: str, value: str, counts: Counter[str]) -> None:
    scheme = _SCHEME.match(_as_browsers_read(value)) if name in {"href", *_LOADING} else None
    if name.startswith("on"):
        counts["handler"] += 1
    elif tag == "img" and name in _LOADING:
        return  # the picture has been counted, wherever it lies
    elif scheme and scheme.group(1).lower() not in _SCHEMES | {"data"}:
        counts["address"] += 1
    elif (name in _LOADING and tag not in {"script", "img", *_EMBEDDED}) or "url(" in value.lower():
        counts["foreign"] += 1
    elif name in {"style", "class", "lang"} and _OFFICE_STYLE.search(value):
        counts["office"] += 1


def _align(node: LexborNode, tag: str, attributes: Mapping[str, str | None]) -> None:
    if tag not in _ALIGNED | {"div", "center", "h1", "h5", "h6"}:
        return
    styled = _TEXT_ALIGN.search(attributes.get("style") or "")
    where = styled.group(1).lower() if styled else (attributes.get("align") or "").lower()
    where = "center" if tag == "center" else where
    kept = [name for name in (attributes.get("class") or "").split() if name in _ALIGNMENT]
    if not kept and f"align-{where}" in _ALIGNMENT:
        kept = [f"align-{where}"]
    if kept:
        node.attrs["class"] = kept[0]
    elif "class" in attributes:
        del node.attrs["class"]


def _attribute(tag: str, name: str, value: str) -> str | None:
    if name in {"colspan", "rowspan", "start"}:
        return value if value.isascii() and value.isdecimal() and 0 < int(value) <= 1000 else None
    if name == "scope":
        return value if value in {"row", "col", "rowgroup", "colgroup"} else None
    if name in {"title", "lang"} and tag != "a":  # the cleaner lets these pass on every element
        return None
    return value


_CLEANER = nh3.Cleaner(
    tags=_TAGS,
    clean_content_tags=_GONE_WITH_CONTENT,
    attributes={
        "a": {"href", "title"},
        "td": {"colspan", "rowspan"},
        "th": {"colspan", "rowspan", "scope"},
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
    cells = _CELL_END.sub(lambda match: match.group(0) + "\t", html)
    marked = _BLOCK_EDGE.sub(lambda match: f"\n{match.group(0)}\n", cells)
    tree = LexborHTMLParser(marked)
    text = tree.body.text(separator="") if tree.body is not None else ""
    lines = (re.sub(r"[ \u00a0\u3000]+", " ", line).strip(" ").rstrip("\t") for line in text.split("\n"))
    return "\n".join(line for line in lines if line.strip())
