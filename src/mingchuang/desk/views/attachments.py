"""Attachments one by one: added as they are dropped, looked at before anybody is given them."""

from __future__ import annotations

from typing import BinaryIO, cast

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_GET, require_POST

from mingchuang.core import files
from mingchuang.desk.acting import actor_for, person_of
from mingchuang.desk.frame import desk_view, show
from mingchuang.desk.views.records import HERE, address, at_work, attachment_for
from mingchuang.norms.outcome import Refused
from mingchuang.reading.formats import Unreadable
from mingchuang.records import attachment_preview, attachments, do
from mingchuang.records.models import Attachment
from mingchuang.ui.figures import filesize


@desk_view
@require_POST
def add(request: HttpRequest, pk: int) -> JsonResponse:
    """Add one file (`file`) to a draft: what it became, or 422 with every reason against it. Others are not touched."""
    _, revision = at_work(request, pk)
    actor = actor_for(person_of(request), revision, "edit")
    upload = request.FILES.get("file")
    if upload is None:
        return JsonResponse({"reasons": ["没有收到文件，请重新选择。"]}, status=422)
    name = upload.name or ""
    try:
        stored = files.put(cast(BinaryIO, upload), name)
        added = do.attach(revision, actor, stored, title=name.rpartition(".")[0] or name, name=name)
    except Refused as refusal:
        return JsonResponse({"reasons": list(dict.fromkeys(refusal.reasons))}, status=422)
    return JsonResponse(_told(added, name))


def _told(added: Attachment, name: str) -> dict[str, object]:
    return {
        "id": added.pk,
        "name": added.name,
        "renamed": attachments.renamed(name, added.name),
        "kind": attachments.ALLOWED_TYPES.get(added.file.content_type, ""),
        "size": filesize(added.file.size),
        "sha256": added.file_id,
        "address": f"/desk/records/files/{added.pk}/",
        "preview": f"/desk/records/files/{added.pk}/preview/",
    }


@desk_view
@require_GET
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Type, size, fingerprint of an attachment, and its pages or words where they can be shown."""
    found = attachment_for(request, pk)
    record = found.revision.record
    context = {
        "attachment": found,
        "kind": attachments.ALLOWED_TYPES.get(found.file.content_type, found.file.content_type),
        "look": attachment_preview.of(found.file),
    }
    name = str(found.revision.title or "（未命名）")
    crumbs = (("信息公开", HERE), (name, address(record)))
    return show(request, "desk/records/attachment.html", found.name, context, current=HERE, crumbs=crumbs)


@desk_view
@require_GET
def page(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """A drawn page of an attachment, counted from 1: a PNG of pixels alone."""
    found = attachment_for(request, pk)
    try:
        drawn = attachment_preview.page(found.file, number)
    except (Unreadable, FileNotFoundError) as fault:
        raise Http404("没有这一页的预览。") from fault
    response = HttpResponse(drawn, content_type="image/png")
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
