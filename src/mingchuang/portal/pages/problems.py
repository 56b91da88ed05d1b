"""An address that leads nowhere: with the navigation, without the database; also a page of its own, to be baked."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from mingchuang.portal.frame import show
from mingchuang.ui.problems import NOT_FOUND

TEMPLATE = "ui/problem.html"


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The 404 of every address (handler404)."""
    return show(request, TEMPLATE, NOT_FOUND.title, {"problem": NOT_FOUND}, noindex=True, status=404)


@require_safe
def not_found_page(request: HttpRequest) -> HttpResponse:
    """/404.html: what a web server in front of the public folder shows for a file that isn't there."""
    return show(request, TEMPLATE, NOT_FOUND.title, {"problem": NOT_FOUND}, noindex=True)
