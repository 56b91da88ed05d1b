"""Notice boards in the desk: the print for the board, where it hangs, and that it was taken down."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from mingchuang.core import access, now
from mingchuang.desk.acting import actor_for, person_of
from mingchuang.desk.form_page import form_page
from mingchuang.desk.forms.kept_file import stored
from mingchuang.desk.forms.posting import PostForm, TakeDownForm
from mingchuang.desk.frame import desk_view
from mingchuang.desk.views.records import HERE, address, at_work
from mingchuang.records import do, freezing
from mingchuang.records.kind import kind
from mingchuang.records.models import Posting, Revision


@desk_view
@require_http_methods(["GET", "POST"])
def post(request: HttpRequest, pk: int) -> HttpResponse:
    """Register that the approved text hangs on a board."""
    record, revision = at_work(request, pk)
    declared = kind(record.kind)
    if declared.channel != "board" or revision.progress != Revision.Progress.APPROVED:
        raise Http404("没有可以登记张贴的稿件。")
    until = freezing.values_of(declared, revision, freezing.content_of(revision))[declared.until]
    start = {"content_hash": revision.content_hash, "posted_on": now.today(), "until": until}
    form = PostForm(request.POST or None, request.FILES or None, initial=start)

    def perform(given: dict[str, Any]) -> str:
        told = {name: given[name] for name in ("content_hash", "place", "posted_on", "until", "late_reason")}
        actor = actor_for(person_of(request), Posting, "post")
        posting = do.post(revision, actor, photo=stored(given["file"]), **told)
        return f"已登记在“{posting.place}”张贴，公示至{posting.until:%Y-%m-%d}。"

    lead = [
        "先打印公示件，到公示栏张贴后再登记。这类名单只给有关群众看，不上网。",
        f"张贴的须是内容指纹 {revision.content_hash.partition(':')[2][:12]} 的这一稿。",
    ]
    crumbs = (("信息公开", HERE), (revision.title, address(record)))
    return form_page(
        request,
        form,
        perform,
        title="登记张贴",
        button="登记",
        back=address(record),
        current=HERE,
        crumbs=crumbs,
        lead=lead,
    )


@desk_view
@require_http_methods(["GET", "POST"])
def take_down(request: HttpRequest, pk: int) -> HttpResponse:
    """Register that a print is off its board."""
    person = person_of(request)
    posting = access.fetch(person, Posting, pk, "take_down")
    record = posting.revision.record
    form = TakeDownForm(request.POST or None, request.FILES or None)

    def perform(given: dict[str, Any]) -> str:
        told = {name: given[name] for name in ("happened_on", "note", "late_reason")}
        do.take_down(posting, actor_for(person, posting, "take_down"), photo=stored(given["file"]), **told)
        return f"已登记从“{posting.place}”取下。"

    lead = [f"“{posting.place}”，{posting.posted_on:%Y-%m-%d}张贴，公示至{posting.until:%Y-%m-%d}。"]
    crumbs = (("信息公开", HERE), (posting.revision.title, address(record)))
    return form_page(
        request,
        form,
        perform,
        title="登记取下",
        button="登记",
        back=address(record),
        current=HERE,
        crumbs=crumbs,
        lead=lead,
    )
