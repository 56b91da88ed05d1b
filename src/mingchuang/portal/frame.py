"""What every public page has: the navigation and its description, without a request, so that pages can be baked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from mingchuang.ui.context import Column, NavItem, public_page

NAV = (
    NavItem("首页", "/"),
    NavItem("按单位", "/units/"),
    NavItem("按年度", "/years/"),
    NavItem("公开事项", "/catalogue/"),
    NavItem("要点落实", "/ledger/"),
    NavItem("检索", "/search/"),
    NavItem("关于本站", "/about/"),
)
FEEDS = {"最新公开": "/feed.xml"}


def column(name: str, description: str, kind: str = "政务公开") -> Column:
    """A column of the site for the 网页标签; its keywords are its own name and the kind."""
    return Column(name=name, description=description, keywords=f"{name},{kind}", type=kind)


def show(
    request: HttpRequest,
    template: str,
    title: str,
    context: Mapping[str, Any],
    *,
    current: str = "",
    status: int = 200,
    **page: Any,
) -> HttpResponse:
    """Render a public page; `page` goes to `ui.context.public_page`. Sets no cookie and reads none."""
    described = public_page(request.path, title=title, nav=NAV, current=current, feeds=FEEDS, **page)
    return render(request, template, {"page": described, **context}, status=status)
