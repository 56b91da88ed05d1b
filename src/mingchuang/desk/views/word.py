"""A body filled from a Word file: read, shown with all that is not in it, saved only when the clerk says so."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from mingchuang.desk import record_text
from mingchuang.desk.acting import actor_for, person_of
from mingchuang.desk.form_page import put_into
from mingchuang.desk.forms.word import APPEND, WordBodyForm, WordFileForm
from mingchuang.desk.frame import desk_view, show, tell
from mingchuang.desk.views.records import HERE, address, at_work
from mingchuang.norms.outcome import Issue, Refused
from mingchuang.reading.formats import Unreadable, limits
from mingchuang.records import do, word_body
from mingchuang.records.do import Conflict
from mingchuang.records.kind import Field, kind
from mingchuang.records.models import Record, Revision
from mingchuang.records.word_body import WordBody


@desk_view
@require_http_methods(["GET", "POST"])
def fill(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Ask for the file; show what was read; put it where the clerk says. `name` is a field of markup."""
    record, revision = at_work(request, pk)
    field = kind(record.kind).field(name)
    if field is None or field.type != "html":
        raise Http404("没有这一栏。")
    if revision.progress != Revision.Progress.DRAFT:
        return redirect(address(record))
    standing = str(record_text.values(revision)[name] or "")
    if "html" in request.POST:
        return _put(request, record, revision, field, standing)
    form = WordFileForm(request.POST or None, request.FILES or None)
    if request.method == "GET" or not form.is_valid():
        return _page(request, record, field, form, status=422 if form.is_bound else 200)
    try:
        upload = form.cleaned_data["file"]
        if upload.size > limits.FILE_BYTES:
            raise Unreadable(
                "too_large", f"文件超过 {limits.FILE_BYTES // limits.MEBIBYTE} MB，不能读取：请拆分后上传。"
            )
        read = word_body.of_file(upload.read(), upload.name or "")
    except Unreadable as fault:
        put_into(form, [Issue("desk.unreadable", fault.message, field="file")])
        return _page(request, record, field, form, status=422)
    start = {"html": read.html, "version": revision.version}
    body = WordBodyForm(standing, initial=start, label=field.label)
    return _page(request, record, field, body, read=read, standing=standing, called=upload.name or "")


def _put(request: HttpRequest, record: Record, revision: Revision, field: Field, standing: str) -> HttpResponse:
    """Save what was shown; the other fields of the draft stay as they are."""
    form = WordBodyForm(standing, request.POST, label=field.label)
    if not form.is_valid():
        return _page(request, record, field, form, standing=standing, status=422)
    given = form.cleaned_data
    html = standing + given["html"] if given["how"] == APPEND else given["html"]
    try:
        actor = actor_for(person_of(request), revision, "edit")
        saved = do.save_draft(revision, actor, {field.name: html}, version=given["version"])
    except Refused as refusal:
        put_into(form, refusal.issues)
        return _page(request, record, field, form, standing=standing, status=422)
    if isinstance(saved, Conflict):
        message = (
            f"在您核对期间，{saved.who}保存的稿件改动了{field.label}，这次没有填入。请看过下面现有的文字，再决定一次。"
        )
        put_into(form, [Issue("records.conflict", message, field="how")])
        form.data = {**{key: form.data[key] for key in form.data}, "version": str(saved.revision.version)}
        return _page(request, record, field, form, standing=standing, status=409)
    tell(request, f"已把 Word 文件里的文字放进{field.label}，请核对后再保存或者送审。")
    return redirect(f"{address(record)}edit/")


def _page(
    request: HttpRequest,
    record: Record,
    field: Field,
    form: WordFileForm | WordBodyForm,
    *,
    read: WordBody | None = None,
    standing: str = "",
    called: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "record": record,
        "field": field,
        "form": form,
        "read": read,
        "standing": standing,
        "called": called,
        "asks": isinstance(form, WordBodyForm),
    }
    title = str(record.current or "（未命名）")
    crumbs = (("信息公开", HERE), (title, address(record)), ("草稿", f"{address(record)}edit/"))
    title = f"从 Word 文件填入{field.label}"
    return show(request, "desk/records/word.html", title, context, current=HERE, crumbs=crumbs, status=status)
