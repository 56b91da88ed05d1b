"""What a preview link opens, without an account: the text in the public template under a bar that says what it is."""

from __future__ import annotations

from collections.abc import Callable

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from mingchuang.core import files
from mingchuang.desk import preview, record_text
from mingchuang.records import do, previews
from mingchuang.records.models import PreviewLink
from mingchuang.records.previews import Dead
from mingchuang.ui.documents import Attachment
from mingchuang.ui.problems import Problem, page_of

#: Where a page that says no says it is: the address that does not open is repeated nowhere.
HERE = "/previews/"


def _shown(request: HttpRequest, token: str, answer: Callable[[PreviewLink], HttpResponseBase]) -> HttpResponseBase:
    """The answer for a link that opens, or the page that says why it doesn't; kept by nobody, told to nobody."""
    found = previews.opened(token)
    if isinstance(found, Dead):
        response: HttpResponseBase = page_of(Problem(found.title, (found.sentence,)), found.status, HERE)
    else:
        response = answer(found)
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response


@require_GET
def page(request: HttpRequest, token: str) -> HttpResponseBase:
    """The text as citizens will see it."""

    def answer(link: PreviewLink) -> HttpResponse:
        do.note_opening(link)
        context = preview.context(link.revision, request.path)
        context["attachments"] = [
            Attachment(one.name, reverse("public_preview_file", args=[token, number]), one.size, one.sha256)
            for number, one in enumerate(record_text.attachments(link.revision), 1)
        ]
        return render(request, "desk/records/public_preview.html", {**context, "link": link})

    return _shown(request, token, answer)


@require_GET
def file(request: HttpRequest, token: str, number: int) -> HttpResponseBase:
    """The bytes of an attachment of the text, by its place; always a download."""

    def answer(link: PreviewLink) -> HttpResponseBase:
        rows = list(link.revision.attachments.order_by("order")[:number])
        if number < 1 or len(rows) < number:
            return page_of(Problem("没有这个附件", ("请回到预览页面，点附件的名称。",)), 404, HERE)
        row = rows[-1]
        response = FileResponse(files.path(row.file_id).open("rb"), as_attachment=True, filename=row.name)
        response["Content-Security-Policy"] = "sandbox"
        return response

    return _shown(request, token, answer)
