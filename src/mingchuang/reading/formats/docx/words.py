"""The names of WordprocessingML that the reader meets (ECMA-376 Part 1, transitional and strict)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from mingchuang.reading.formats.markup import Element

_W_NAMESPACES = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
RELATIONSHIP_NAMESPACES = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)
_FALSE = {"0", "false", "off", "none"}


def local(element: Element) -> str:
    """``p`` for ``w:p``; other namespaces keep a telling prefix by their last path word: ``math:t`` for ``m:t``."""
    return _local(str(element.tag))


@lru_cache(maxsize=1_024)
def _local(tag: str) -> str:
    namespace, _, name = tag[1:].rpartition("}") if tag.startswith("{") else ("", "", tag)
    if namespace in _W_NAMESPACES:
        return name
    return f"{namespace.rsplit('/', 1)[-1].rsplit(':', 1)[-1]}:{name}"


def attribute(element: Element | None, name: str) -> str | None:
    """The value of ``w:name``, None when the element or the attribute is absent."""
    if element is None:
        return None
    for namespace in _W_NAMESPACES:
        value = element.get(f"{{{namespace}}}{name}")
        if value is not None:
            return str(value)
    return None


def child(element: Element | None, *path: str) -> Element | None:
    """The first child by local WordprocessingML names, step by step."""
    for name in path:
        if element is None:
            return None
        element = next(children(element, name), None)
    return element


def children(element: Element, name: str) -> Iterator[Element]:
    return (item for item in element if isinstance(item.tag, str) and local(item) == name)


def value(element: Element | None, *path: str) -> str | None:
    """``w:val`` of the child at the path."""
    return attribute(child(element, *path), "val")


def number(text: str | None, default: int | None = None) -> int | None:
    """An integer attribute; the default when it is absent or no number."""
    try:
        return int(text) if text is not None else default
    except ValueError:
        return default


def switched_on(element: Element | None, name: str) -> bool | None:
    """An on/off property: None when it is not given at all."""
    found = child(element, name)
    if found is None:
        return None
    return (attribute(found, "val") or "1").lower() not in _FALSE


ALTERNATE = "2006:AlternateContent"
CHOICE = "2006:Choice"
FALLBACK = "2006:Fallback"
MATH_TEXT = "math:t"
WORD_ART = "vml:textpath"

_WRAPPERS = {"sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", CHOICE}
"""Elements that only wrap what stands inside them, at block, row and cell level alike."""


def unwrapped(element: Element) -> Iterator[Element]:
    """The children with all mere wrappers (content controls, accepted insertions, alternates) opened."""
    for item in element:
        if not isinstance(item.tag, str):
            continue
        name = local(item)
        if name == ALTERNATE:
            chosen = chosen_alternate(item)
            if chosen is not None:
                yield from unwrapped(chosen)
        elif name in _WRAPPERS:
            yield from unwrapped(item)
        else:
            yield item


def chosen_alternate(element: Element) -> Element | None:
    """Of mc:AlternateContent the first choice; the fallback repeats the same content for old readers."""
    options = [item for item in element if isinstance(item.tag, str)]
    choices = [item for item in options if local(item) == CHOICE and len(item)]
    fallbacks = [item for item in options if local(item) == FALLBACK]
    return next(iter(choices + fallbacks), None)
