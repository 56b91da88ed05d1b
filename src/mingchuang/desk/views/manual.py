"""帮助: the manual's pages and pictures."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from mingchuang.desk import manual
from mingchuang.desk.frame import desk_view, show

HERE = "/desk/help/"


@desk_view
@require_GET
def contents(request: HttpRequest) -> HttpResponse:
    """All pages, each with what it is about."""
    return show(request, "desk/help/contents.html", "帮助", {"pages": manual.pages()}, current=HERE)


@desk_view
@require_GET
def page(request: HttpRequest, name: str) -> HttpResponse:
    """One page."""
    found = manual.page(name)
    if found is None:
        raise Http404("没有这一页帮助。")
    context = {"found": found, "pages": manual.pages()}
    return show(request, "desk/help/page.html", found.title, context, current=HERE, crumbs=(("帮助", HERE),))


@desk_view
@require_GET
def image(request: HttpRequest, name: str) -> FileResponse:
    """A picture of the manual."""
    found = manual.image(name)
    if found is None:
        raise Http404("没有这张图。")
    return FileResponse(found.open("rb"), content_type="image/png")
