"""Remarks, form fields and hidden annotations of a PDF."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf

from mingchuang.reading.gate.finding import Place
from mingchuang.reading.gate.hidden.found import COMMENT, COVERED, EMBEDDED, FIELD, Hidden, hidden_at, only_text
from mingchuang.reading.gate.hidden.pdf_actions import annotations_of, fields_of

ORDINARY = frozenset({"/Link", "/PrinterMark", "/TrapNet", "/Watermark"})
FILES = frozenset({"/FileAttachment", "/Sound", "/Movie", "/Screen", "/RichMedia", "/3D"})
PAINTED = frozenset({"/FreeText", "/Stamp", "/Highlight", "/Underline", "/StrikeOut", "/Squiggly", "/Line", "/Square"})
DRAWN = PAINTED | {"/Circle", "/Polygon", "/PolyLine", "/Ink", "/Caret"}
UNSEEN_FLAGS = 1 | 2 | 32  # invisible, hidden, no view
_VALUES = ("/V", "/DV", "/TU")
_WORDS = ("/Contents", "/Subj", "/T", "/RC", "/OverlayText")


def is_unseen(annotation: Any) -> bool:
    """Whether its flags keep it off the screen."""
    flags = annotation.get("/F")
    return bool(int(flags or 0) & UNSEEN_FLAGS) if isinstance(flags, int) or flags is None else False


def search_notes(document: pikepdf.Pdf) -> Iterator[Hidden]:
    """Every remark, hidden annotation, media annotation and form field."""
    for number, page in enumerate(document.pages, start=1):
        place = Place(f"第{number}页", page=number)
        for one in annotations_of(page):
            yield from _annotation(one, place)
    form = document.Root.get("/AcroForm")
    if not isinstance(form, pikepdf.Dictionary):
        return
    texts = [str(one[key]) for one in fields_of(form) for key in _VALUES if isinstance(one.get(key), pikepdf.String)]
    if "/XFA" in form:
        yield hidden_at(FIELD.id, "fail", Place("表单域"), "文件带有 XFA 动态表单，内容与看到的可能不同。")
    if any(text.strip() for text in texts):
        yield hidden_at(FIELD.id, "uncertain", Place("表单域"), "表单域里填有内容，可能多于页面上看到的。", texts)


def _annotation(one: Any, place: Place) -> Iterator[Hidden]:
    kind = str(one.get("/Subtype") or "")
    texts = [str(one[key]) for key in _WORDS if isinstance(one.get(key), pikepdf.String)]
    if kind == "/Popup":
        return
    if kind in FILES:
        yield hidden_at(EMBEDDED.id, "fail", place, f"{place.words}附有文件或媒体，读者可以取出。", texts)
    elif kind == "/Redact":
        message = f"{place.words}有尚未执行的涂黑标记，下面的内容还在。"
        yield hidden_at(COVERED.id, "fail", place, message, texts)
    elif is_unseen(one) and kind not in {"/Link"}:
        texts += [str(one[key]) for key in _VALUES if isinstance(one.get(key), pikepdf.String)]
        yield hidden_at(
            FIELD.id if kind == "/Widget" else COMMENT.id, "fail", place, f"{place.words}有隐藏的批注或表单域。", texts
        )
    elif kind in ORDINARY or kind == "/Widget":
        yield only_text(place, *texts)
    elif kind in DRAWN and not str(one.get("/Contents") or "").strip():
        yield hidden_at(COMMENT.id, "uncertain", place, f"{place.words}有批注软件添加的图形或标记，可以移开。", texts)
    else:
        yield hidden_at(COMMENT.id, "fail", place, f"{place.words}有批注。", texts)
