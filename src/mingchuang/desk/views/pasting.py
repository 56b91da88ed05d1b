"""What was pasted into a body, taken apart on the server: one cleaner for the editor and for what is saved."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_POST

from mingchuang.desk.forms.body import MOST_CELLS
from mingchuang.desk.frame import desk_view
from mingchuang.reading.formats import Unreadable, limits
from mingchuang.records import clipboard

_TOO_MANY = (
    "粘贴的表格有{rows}行、{cells}格，正文里最多放{most}格，没有放进正文，剪贴板里的内容还在："
    "请把表格存为 XLSX 作为附件上传，或者分成几件办理。"
)


@desk_view
@require_POST
def paste(request: HttpRequest) -> JsonResponse:
    """The clipboard (`html` and `text`, each as a file so that its length is no matter of form fields) as clean markup.

    Answers {html, removed: [sentences], rows, cells}, or 422 with {refused: sentence}. Nothing is kept.
    """
    try:
        found = _read(_told(request, "html"), _told(request, "text"))
    except Unreadable as fault:
        return JsonResponse({"refused": fault.message}, status=422)
    if found.cells > MOST_CELLS:
        message = _TOO_MANY.format(rows=found.rows, cells=found.cells, most=MOST_CELLS)
        return JsonResponse({"refused": message}, status=422)
    return JsonResponse({"html": found.html, "removed": list(found.removed), "rows": found.rows, "cells": found.cells})


def _told(request: HttpRequest, name: str) -> str:
    file = request.FILES.get(name)
    if file is None:
        return ""
    if (file.size or 0) > limits.MARKUP_BYTES:
        raise clipboard.too_large()
    return str(file.read(), "utf-8", "replace")


def _read(html: str, text: str) -> clipboard.Pasted:
    """The markup where there is any in it, else the text."""
    found = clipboard.of_html(html) if html.strip() else None
    return found if found is not None and found.html else clipboard.of_text(text)
