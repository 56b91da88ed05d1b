"""Scripts and actions of a PDF: JavaScript, programs, forms that send themselves, links to files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf

from mingchuang.reading.gate.finding import Place
from mingchuang.reading.gate.hidden.found import EXTERNAL, MACRO, Hidden, hidden_at

_SCRIPTS = {"/JavaScript", "/Rendition", "/RichMediaExecute", "/GoTo3DView", "/SetState"}
_PROGRAMS = {"/Launch", "/SubmitForm", "/ImportData", "/ResetForm", "/Movie", "/Sound"}
_FILES = {"/GoToR", "/GoToE", "/Thread"}
_WEB = ("http://", "https://", "mailto:", "tel:")
_DEEPEST = 20


def is_harmless(action: Any) -> bool:
    """Goes to a place of this file, to a web page or to a named page; and nothing follows that does more."""
    return not any(_kind(one) for one in chain(action))


def chain(action: Any, depth: int = 0) -> Iterator[Any]:
    """An action and those that follow it."""
    if depth > _DEEPEST:
        return
    if isinstance(action, pikepdf.Array):
        for one in action:
            yield from chain(one, depth + 1)
    elif isinstance(action, pikepdf.Dictionary):
        yield action
        if "/Next" in action:
            yield from chain(action["/Next"], depth + 1)


def _kind(action: Any) -> str:
    name = str(action.get("/S") or "")
    if name in _SCRIPTS or name in _PROGRAMS:
        return "program"
    if name in _FILES:
        return "file"
    if name == "/URI":
        return "" if str(action.get("/URI") or "").strip().lower().startswith(_WEB) else "file"
    return ""


def search_actions(document: pikepdf.Pdf) -> Iterator[Hidden]:
    """Every action that does more than turn to a page or open a web page; raises nothing."""
    places = list(_actions(document))
    for place, action in places:
        for one in chain(action):
            kind = _kind(one)
            if kind == "program":
                yield hidden_at(MACRO.id, "fail", place, f"{place.words}带有脚本或会启动程序、提交数据的动作。")
            elif kind == "file":
                texts = [str(one.get(key)) for key in ("/URI", "/F") if isinstance(one.get(key), pikepdf.String)]
                yield hidden_at(EXTERNAL.id, "fail", place, f"{place.words}有指向其他文件的链接，并暴露其路径。", texts)
    names = document.Root.get("/Names")
    if isinstance(names, pikepdf.Dictionary) and "/JavaScript" in names:
        yield hidden_at(MACRO.id, "fail", Place("整个文件"), "文件带有 JavaScript 脚本。")


def _actions(document: pikepdf.Pdf) -> Iterator[tuple[Place, Any]]:
    whole = Place("整个文件")
    yield whole, document.Root.get("/OpenAction")
    yield from _additional(whole, document.Root)
    form = document.Root.get("/AcroForm")
    if isinstance(form, pikepdf.Dictionary):
        for one in fields_of(form):
            yield from _additional(Place("表单域"), one)
            yield Place("表单域"), one.get("/A")
    for number, page in enumerate(document.pages, start=1):
        place = Place(f"第{number}页", page=number)
        yield from _additional(place, page.obj)
        for annotation in annotations_of(page):
            yield place, annotation.get("/A")
            yield from _additional(place, annotation)
    outlines = document.Root.get("/Outlines")
    for one in outline_items(outlines):
        yield Place("书签"), one.get("/A")


def _additional(place: Place, holder: Any) -> Iterator[tuple[Place, Any]]:
    held = holder.get("/AA")
    if isinstance(held, pikepdf.Dictionary):
        for key in held.keys():  # noqa: SIM118 - a pikepdf dictionary is no mapping
            yield place, held[key]


def annotations_of(page: pikepdf.Page) -> list[Any]:
    """The annotations of a page that are dictionaries."""
    held = page.obj.get("/Annots")
    return [one for one in held if isinstance(one, pikepdf.Dictionary)] if isinstance(held, pikepdf.Array) else []


def fields_of(form: Any) -> Iterator[Any]:
    """Every field of a form, inner ones after outer ones; a field that holds itself is met once."""
    waiting = list(form.get("/Fields") or []) if isinstance(form.get("/Fields"), pikepdf.Array) else []
    met: set[tuple[int, int]] = set()
    while waiting:
        one = waiting.pop()
        if not isinstance(one, pikepdf.Dictionary) or (one.objgen != (0, 0) and one.objgen in met):
            continue
        met.add(one.objgen)
        yield one
        kids = one.get("/Kids")
        waiting += list(kids) if isinstance(kids, pikepdf.Array) else []


def outline_items(outlines: Any) -> Iterator[Any]:
    """Every bookmark; a ring of them is walked once."""
    waiting = [outlines.get("/First")] if isinstance(outlines, pikepdf.Dictionary) else []
    met: set[tuple[int, int]] = set()
    while waiting:
        one = waiting.pop()
        if not isinstance(one, pikepdf.Dictionary) or one.objgen in met:
            continue
        met.add(one.objgen)
        yield one
        waiting += [one.get("/Next"), one.get("/First")]
