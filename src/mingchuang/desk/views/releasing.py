"""Timed release: set, altered, called off; what failed is dealt with."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from mingchuang.desk.acting import actor_for, person_of
from mingchuang.desk.form_page import form_page
from mingchuang.desk.forms.records import NoteForm
from mingchuang.desk.forms.releasing import ReleaseForm
from mingchuang.desk.frame import desk_view, do_and_return, tell
from mingchuang.desk.views.records import HERE, address, fetch
from mingchuang.records import do, releases
from mingchuang.records.models import Record, Release, Revision
from mingchuang.ui import wording


@desk_view
@require_http_methods(["GET", "POST"])
def schedule(request: HttpRequest, pk: int) -> HttpResponse:
    """Set the time, or another one; a time after a deadline only with a tick under the warning."""
    record = fetch(request, pk, "publish")
    revision = record.current
    if revision is None or revision.progress != Revision.Progress.APPROVED:
        messages.error(request, "没有已经审定、等待公开的稿件，不能定时公开。")
        return redirect(address(record))
    revision.record = record
    standing = releases.waiting_of(record)
    form = ReleaseForm.of(revision, standing, request.POST or None)

    def perform(given: dict[str, Any]) -> HttpResponse:
        return _set(request, record, standing, given)

    return _page(request, record, form, perform, standing)


def _set(request: HttpRequest, record: Record, standing: Release | None, given: dict[str, Any]) -> HttpResponse:
    person, at, late = person_of(request), given["at"], given["late"]
    if standing is None:
        actor = actor_for(person, record, "publish")
        told = {"content_hash": given["content_hash"], "note": given.get("note", "")}
        do.schedule(record, actor, at=at, despite_deadline=late, **told)
    else:
        do.alter(standing, actor_for(person, standing, "alter"), at=at, note=given["note"], despite_deadline=late)
    tell(request, f"已定于 {wording.moment(at)}（北京时间）公开。到时间由系统再检查一遍，通过才公开。")
    return redirect(address(record))


def _page(
    request: HttpRequest, record: Record, form: ReleaseForm, perform: Any, standing: Release | None
) -> HttpResponse:
    lead = [
        "时间一到，系统重新核对签署、内容指纹和发布前检查，全部通过才公开；有一项不通过就不公开，并在待办里列出全部原因。"
    ]
    if standing is not None:
        lead.insert(0, f"现在定于 {wording.moment(standing.at)}（北京时间）公开，由{standing.person.name}决定。")
    owed = releases.open_deadlines(record)
    lead += [f"{row.title or '公开'}的期限：{row.due:%Y-%m-%d}。" for row in owed if row.due is not None]
    crumbs = (("信息公开", HERE), (str(record.current or record), address(record)))
    told: dict[str, Any] = {
        "title": "更改公开时间" if standing else "定时公开",
        "button": "保存" if standing else "定时公开",
    }
    return form_page(request, form, perform, back=address(record), current=HERE, crumbs=crumbs, lead=lead, **told)


@desk_view
@require_http_methods(["GET", "POST"])
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Nothing happens by itself any more, with the reason."""
    record = fetch(request, pk, "publish")
    standing = releases.waiting_of(record)
    if standing is None:
        messages.info(request, "这条信息没有定时公开，不用取消。")
        return redirect(address(record))
    actor = actor_for(person_of(request), standing, "cancel")

    def perform(given: dict[str, Any]) -> str:
        do.cancel(standing, actor, note=given["note"])
        return "已取消定时公开。这一稿仍是已审定，可以直接公开或者另定时间。"

    crumbs = (("信息公开", HERE), (str(record.current or record), address(record)))
    lead = [f"现在定于 {wording.moment(standing.at)}（北京时间）公开。"]
    form = NoteForm(request.POST or None, label="取消理由")
    told: dict[str, Any] = {"title": "取消定时公开", "button": "取消定时公开", "tone": "alarm"}
    return form_page(request, form, perform, back=address(record), current=HERE, crumbs=crumbs, lead=lead, **told)


@desk_view
@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """The failure is known; it leaves the inboxes."""
    record = fetch(request, pk, "publish")
    failed = releases.failed_of(record)
    if failed is None:
        raise Http404("没有未能定时公开的事项。")

    def perform() -> str:
        do.close(failed, actor_for(person_of(request), failed, "close"))
        return "已登记知悉。"

    return do_and_return(request, perform, address(record))
