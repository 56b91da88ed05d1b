"""Search: answered from the index alone, so that it works while the database is away."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from mingchuang.portal.frame import show
from mingchuang.search.failures import IndexUnavailable
from mingchuang.search.index import Index
from mingchuang.search.query import Query, Results
from mingchuang.ui.pagination import Pages

_FACETS = (("kind", "类别", "kinds"), ("unit", "单位", "units"), ("year", "年度", "years"))


@lru_cache(maxsize=4)
def _index(folder: Path) -> Index:
    """One for each folder and process: it stays open and sees what any process commits."""
    return Index(folder)


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """`?q=&unit=&kind=&year=&sort=&page=`; anything may be typed. 503 in words when the index can't be read."""
    asked = Query.of(
        request.GET.get("q", "")[:200],
        units=request.GET.getlist("unit"),
        kinds=request.GET.getlist("kind"),
        years=request.GET.getlist("year"),
        sort=request.GET.get("sort", ""),
        page=request.GET.get("page", "1"),
    )
    try:
        found = _index(settings.MINGCHUANG_DATA / "index").query(asked)
    except IndexUnavailable:
        return _page(request, asked, None, status=503)
    return _page(request, asked, found)


def _page(request: HttpRequest, asked: Query, found: Results | None, status: int = 200) -> HttpResponse:
    title = f"检索：{asked.text}" if asked.text else "检索"
    context: dict[str, Any] = {"asked": asked, "found": found, "facets": [], "pages": None, "sorts": []}
    if found is not None:
        context["facets"] = [_facet(request, name, label, found) for name, label, _ in _FACETS]
        context["sorts"] = [
            (label, _address(request, sort=value, page=None), asked.sort == value)
            for value, label in (("relevance", "按相关"), ("date", "按日期"))
        ]
        if found.pages > 1:
            context["pages"] = Pages(found.page, found.pages, lambda number: _address(request, page=str(number)))
    return show(
        request,
        "portal/search.html",
        title,
        context,
        current="/search/",
        query=asked.text,
        noindex=True,
        status=status,
    )


def _facet(request: HttpRequest, name: str, label: str, found: Results) -> tuple[str, list[tuple[object, ...]], str]:
    """One facet: (label, [(value's name, count, address that toggles it, chosen)], address without it)."""
    choices: list[tuple[object, ...]] = []
    chosen = False
    for bucket in found.facets.get(name, ()):
        choices.append((bucket.label, bucket.count_text, _toggled(request, name, bucket.value), bucket.chosen))
        chosen = chosen or bucket.chosen
    return label, choices, _address(request, **{name: None, "page": None}) if chosen else ""


def _toggled(request: HttpRequest, name: str, value: str) -> str:
    values = request.GET.getlist(name)
    values = [kept for kept in values if kept != value] if value in values else [*values, value]
    pairs = [(key, text) for key, texts in request.GET.lists() if key not in {name, "page"} for text in texts]
    return "?" + urlencode(pairs + [(name, kept) for kept in values])


def _address(request: HttpRequest, **changes: str | None) -> str:
    """This search with some parameters replaced, or (None) taken out."""
    pairs = [(key, text) for key, texts in request.GET.lists() if key not in changes for text in texts]
    return "?" + urlencode(pairs + [(key, value) for key, value in changes.items() if value is not None])
