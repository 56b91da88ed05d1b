"""A record's page, the bytes that were approved, and its files."""

from __future__ import annotations

import datetime
from pathlib import PurePosixPath

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from mingchuang.core import files, now
from mingchuang.ledger import queries as ledger
from mingchuang.portal.frame import column, show
from mingchuang.records import public_page
from mingchuang.records.kind import kind
from mingchuang.records.public_page import PublicFile, PublicPage, Tombstone
from mingchuang.ui.context import Article
from mingchuang.ui.documents import Attachment

COLUMN = column("政策文件", "主动公开的政策文件。")


@require_safe
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """The article, or the tombstone of what was taken down (200: it is a page, and it says why)."""
    found = public_page.page(pk)
    if found is None:
        raise Http404("没有这条信息，或者它还没有公开。")
    return _tombstone(request, found) if isinstance(found, Tombstone) else _article(request, found)


def _article(request: HttpRequest, found: PublicPage) -> HttpResponse:
    crumbs = (("首页", "/"), (found.unit_name, f"/units/{found.unit_code}/"))
    article = Article(
        title=found.title,
        published=_moment(found.published_on),
        source=found.unit_name,
        keywords=str(found.values.get("keywords", "")).replace("；", ","),
        description=str(found.values.get("summary", "")),
    )
    attachments = [Attachment(_shown(file), file.address, file.size, file.sha256) for file in found.files]
    context = {"record": found, "attachments": attachments, "related": _related(found)}
    return show(
        request,
        found.template,
        found.title,
        context,
        crumbs=crumbs,
        column=column(found.kind_title, f"主动公开的{found.kind_title}。"),
        article=article,
        record=found.json_address,
        noindex=_shown_until_a_day(found),
    )


def _shown_until_a_day(found: PublicPage) -> bool:
    """Whether the page comes down by itself (a 公示 with people in it): no search engine shall keep it longer."""
    until = kind(found.kind).until
    return bool(until and found.values.get(until))


def _shown(file: PublicFile) -> str:
    """The title by which the document calls its attachment, with the ending that tells what kind of file it is."""
    ending = PurePosixPath(file.name).suffix
    return file.name if not file.title else file.title if file.title.endswith(ending) else f"{file.title}{ending}"


def _related(found: PublicPage) -> list[tuple[str, str]]:
    """(words, address) of what belongs to a record: the ledger that was made of it."""
    notices = ledger.public_notices().filter(record_id=found.id).values_list("pk", flat=True)
    return [("这份文件的落实情况", f"/ledger/{pk}/") for pk in notices]


def _moment(day: datetime.date) -> datetime.datetime:
    """PubDate wants a time of day; only the day is decided, so it is the day's beginning in Beijing."""
    return datetime.datetime.combine(day, datetime.time(), now.BEIJING)


def _tombstone(request: HttpRequest, found: Tombstone) -> HttpResponse:
    crumbs = (("首页", "/"), (found.unit_name, f"/units/{found.unit_code}/"))
    title = found.title or "这条信息已撤下"
    return show(request, "portal/tombstone.html", title, {"record": found}, crumbs=crumbs, noindex=True)


@require_safe
def record_json(request: HttpRequest, pk: int) -> HttpResponse:
    """Byte for byte what was approved; its hash is the one that people signed."""
    data = public_page.frozen_json(pk)
    if data is None:
        raise Http404("没有这条信息的原始记录。")
    return HttpResponse(data, content_type="application/json")


@require_safe
def record_file(request: HttpRequest, pk: int, digits: str, name: str) -> HttpResponse | FileResponse:
    """An attachment; baked sites serve it without coming here."""
    sha256 = public_page.public_file(pk, digits, name)
    if sha256 is None:
        raise Http404("没有这个附件，或者它已随信息撤下。")
    response = FileResponse(files.path(sha256).open("rb"), as_attachment=True, filename=name)
    response["Content-Security-Policy"] = "sandbox"
    return response
