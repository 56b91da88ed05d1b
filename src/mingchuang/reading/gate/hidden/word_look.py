"""Whether a run of a DOCX can be seen: hidden by its format or style, white on white, or far too small.

Which colour lies behind a text is asked of the run, the paragraph, the cell, the table and its style, the shape and
the page, in this order: whoever fills it with anything but white makes white letters visible.
"""

from __future__ import annotations

from functools import cache

from mingchuang.reading.formats.markup import Element
from mingchuang.reading.gate.hidden.package import get, local

_TINY_HALF_POINTS = 4
_NEAR_WHITE = 0xF0
_OFF = {"0", "false", "off"}
_NO_FILL = {"", "auto", "none", "nil", "white", "transparent"}
_LETTERS = {"t", "tab", "sym", "br", "cr", "noBreakHyphen", "ptab", "delText"}


def child(element: Element | None, name: str) -> Element | None:
    """The first child of that local name."""
    if element is None:
        return None
    return next((one for one in element if isinstance(one.tag, str) and local(one) == name), None)


def run_text(run: Element) -> str:
    """The letters that the run itself shows."""
    return "".join(one.text or "" for one in run if isinstance(one.tag, str) and local(one) in {"t", "delText"})


class Look:
    """Looks of the runs of one document; ``styles`` is the root of its styles part, None when it has none."""

    def __init__(self, styles: Element | None, background: Element | None = None) -> None:
        held = [one for one in styles if local(one) == "style"] if styles is not None else []
        self._styles = {get(one, "styleId") or "": one for one in held}
        self._usual = next(
            (get(o, "styleId") for o in held if get(o, "type") == "paragraph" and get(o, "default")), None
        )
        defaults = child(child(styles, "docDefaults"), "rPrDefault")
        self._defaults = child(defaults, "rPr")
        self._dark_page = background is not None and not _white(get(background, "color"))
        self._styled = cache(self._find_styled)
        self._filled_style = cache(self._find_filled_style)

    def hides(self, run: Element) -> str:
        """How the run is hidden, in Chinese; empty when it can be seen or holds no letter."""
        if not run_text(run).strip():
            return ""
        vanish = self._property(run, "vanish")
        if vanish is not None and (get(vanish, "val") or "").lower() not in _OFF:
            return "隐藏文字"
        size = self._property(run, "sz")
        if size is not None and _number(get(size, "val")) <= _TINY_HALF_POINTS:
            return "极小的文字"
        color = self._property(run, "color")
        if color is not None and _is_white_ink(color) and not self._stands_on_fill(run):
            return "与底色相同的文字"
        return ""

    def _property(self, run: Element, name: str) -> Element | None:
        own = child(run, "rPr")
        found = child(own, name)
        if found is not None:
            return found
        found = self._styled(_style(own, "rStyle"), name)
        if found is not None:
            return found
        paragraph = next((one for one in run.iterancestors() if local(one) == "p"), None)
        found = self._styled(_style(child(paragraph, "pPr"), "pStyle") or self._usual or "", name)
        return found if found is not None else child(self._defaults, name)

    def _find_styled(self, style: str, name: str) -> Element | None:
        seen: set[str] = set()
        while style and style not in seen and style in self._styles:
            seen.add(style)
            found = child(child(self._styles[style], "rPr"), name)
            if found is not None:
                return found
            style = _style(self._styles[style], "basedOn")
        return None

    def _find_filled_style(self, style: str) -> bool:
        seen: set[str] = set()
        while style and style not in seen and style in self._styles:
            seen.add(style)
            if any(
                local(one) == "shd" and _fills(one) for one in self._styles[style].iter() if isinstance(one.tag, str)
            ):
                return True
            style = _style(self._styles[style], "basedOn")
        return False

    def _stands_on_fill(self, run: Element) -> bool:
        own = child(run, "rPr")
        highlight = child(own, "highlight")
        if highlight is not None and (get(highlight, "val") or "none") not in _NO_FILL:
            return True
        if _shaded(own) or self._filled_style(_style(own, "rStyle")):
            return True
        return self._dark_page or any(
            self._fills_behind(one) for one in run.iterancestors() if isinstance(one.tag, str)
        )

    def _fills_behind(self, element: Element) -> bool:
        name = local(element)
        if name == "p":
            properties = child(element, "pPr")
            return _shaded(properties) or self._filled_style(_style(properties, "pStyle"))
        if name in {"tc", "tbl"}:
            properties = child(element, f"{name}Pr")
            return _shaded(properties) or self._filled_style(_style(properties, "tblStyle"))
        if name == "wsp":
            return _filled_shape(element)
        if name in {"shape", "rect", "roundrect", "oval"}:
            return get(element, "filled") not in {"f", "false"} and not _white(get(element, "fillcolor") or "white")
        return False


def _style(properties: Element | None, name: str) -> str:
    found = child(properties, name)
    return (get(found, "val") or "") if found is not None else ""


def _number(text: str | None) -> float:
    try:
        return float(text or "")
    except ValueError:
        return float("inf")


def _white(color: str | None) -> bool:
    """Near white, or none at all."""
    text = (color or "").lstrip("#").split(" ")[0]
    if text.lower() in _NO_FILL:
        return True
    if text.lower() == "fff":
        return True
    try:
        value = int(text[:6], 16)
    except ValueError:
        return False
    return min(value >> 16, value >> 8 & 0xFF, value & 0xFF) >= _NEAR_WHITE


def _is_white_ink(color: Element) -> bool:
    value = get(color, "val") or "auto"
    return value.lower() != "auto" and _white(value)


def _fills(shading: Element) -> bool:
    """Whether a shading covers white: by its fill, or by a pattern such as solid."""
    pattern = get(shading, "val") or "clear"
    theme = get(shading, "themeFill") or ""
    if theme and not theme.startswith("background1"):
        return True
    return not _white(get(shading, "fill")) or (pattern == "solid" and not _white(get(shading, "color") or "000000"))


def _shaded(properties: Element | None) -> bool:
    found = child(properties, "shd")
    return found is not None and _fills(found)


def _filled_shape(shape: Element) -> bool:
    properties = child(shape, "spPr")
    if child(properties, "noFill") is not None:
        return False
    solid = child(properties, "solidFill")
    if solid is not None:
        color = next((one for one in solid if isinstance(one.tag, str)), None)
        value = get(color, "val") if color is not None else None
        return value not in {"bg1", "lt1", "window"} and not _white(value)
    if any(child(properties, name) is not None for name in ("gradFill", "pattFill", "blipFill")):
        return True
    reference = child(child(shape, "style"), "fillRef")
    return reference is not None and get(reference, "idx") != "0"
