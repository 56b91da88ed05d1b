"""A record on paper: as PDF to print and file, as DOCX to go on working with."""

from __future__ import annotations

import io

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from mingchuang.core import access
from mingchuang.desk.acting import person_of
from mingchuang.desk.frame import desk_view, tell_refusal
from mingchuang.desk.views.records import address, fetch
from mingchuang.norms.outcome import Refused
from mingchuang.records import official
from mingchuang.records.models import Revision

TYPES = {
    "pdf": ("application/pdf", official.pdf),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", official.docx),
}


@desk_view
@require_GET
def document(request: HttpRequest, pk: int, ending: str) -> HttpResponse | FileResponse:
    """The text at work, or the public one; with `?form=document` under the red head of its issuer."""
    record = fetch(request, pk, "see")
    revision = record.current or record.published
    if revision is None or ending not in TYPES or not access.may(person_of(request), revision, "see"):
        raise Http404("没有可以排版的稿件。")
    found = Revision.objects.select_related("record__unit").get(pk=revision.pk)
    content_type, made = TYPES[ending]
    try:
        data = made(found, "document" if request.GET.get("form") == "document" else "text")
    except Refused as refusal:
        tell_refusal(request, refusal)
        return redirect(address(record))
    name = f"{found.title[:60] or '文件'}.{ending}"
    return FileResponse(io.BytesIO(data), as_attachment=ending == "docx", filename=name, content_type=content_type)
