"""A record before the public: published, corrected, taken down, marked as no longer in force, looked at again."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from mingchuang.desk.acting import actor_for, person_of
from mingchuang.desk.form_page import form_page
from mingchuang.desk.forms.records import SeenTextForm, ValidityForm, WithdrawForm
from mingchuang.desk.frame import desk_view, do_and_return
from mingchuang.desk.views.records import HERE, address, fetch
from mingchuang.norms.machine import load
from mingchuang.records import do, integrity, returning
from mingchuang.records.models import Record

PUBLISHED = "已公开。公众网站的页面、列表和检索随即更新。"


@desk_view
@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the approved text public for the first time."""
    record = fetch(request, pk, "publish")
    actor = actor_for(person_of(request), record, "publish")

    if done := _done_already(record):
        return _told_and_back(request, record, done)

    def perform() -> str:
        do.publish(record, actor, content_hash=request.POST.get("content_hash", ""))
        return PUBLISHED

    return do_and_return(request, perform, address(record))


@desk_view
@require_http_methods(["GET", "POST"])
def republish(request: HttpRequest, pk: int) -> HttpResponse:
    """Put an approved correction in the place of what is public, or bring back what was taken down."""
    record = fetch(request, pk, "publish")
    revision = record.current or record.published
    if record.published_id is None or revision is None:
        raise Http404("这条信息还没有公开过。")
    if done := _done_already(record):
        return _told_and_back(request, record, done)
    # The same text comes back only by those who decide it; for a new one any of the machine's roles will do.
    same = record.current is None
    actor = actor_for(person_of(request), record, "republish", roles=returning.DECIDING if same else None)

    def perform(given: dict[str, Any]) -> str:
        do.publish(record, actor, content_hash=given["content_hash"], note=given["note"])
        return PUBLISHED

    shown = f"第 {revision.ordinal} 稿（指纹 {integrity.short(revision.content_hash)}）"
    lead = [f"公开{shown}；公众页面会注明更正日期。索引号和地址不变。"]
    form = SeenTextForm.of(revision, request.POST or None, label="公开说明", hint="写明为什么更正或者恢复")
    return _page(request, record, form, perform, title="更正后重新公开", button="公开", lead=lead)


@desk_view
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a record down everywhere; a tombstone with the reason stays."""
    record = fetch(request, pk, "withdraw")
    actor = actor_for(person_of(request), record, "withdraw")
    form = WithdrawForm(request.POST or None)

    def perform(given: dict[str, Any]) -> str:
        told = form.told()
        do.withdraw(record, actor, reason=given["reason"], hide_title=given["hide_title"], **told)
        return "已撤下。原地址只留撤下说明。"

    return _page(request, record, form, perform, title="撤下", button="撤下", tone="alarm", lead=_sentence("withdraw"))


@desk_view
@require_http_methods(["GET", "POST"])
def validity(request: HttpRequest, pk: int) -> HttpResponse:
    """Say whether the document still holds."""
    record = fetch(request, pk, "set_validity")
    actor = actor_for(person_of(request), record, "set_validity")
    form = ValidityForm(record, request.POST or None)

    def perform(given: dict[str, Any]) -> str:
        do.set_validity(record, actor, given["validity"], **form.told())
        return f"有效性已改为“{Record.Validity(given['validity']).label}”。"

    now_is = f"现在标明为“{record.get_validity_display()}”。"
    return _page(request, record, form, perform, title="调整有效性", button="保存", lead=[now_is])


@desk_view
@require_http_methods(["GET", "POST"])
def second_look(request: HttpRequest, pk: int) -> HttpResponse:
    """Another person compares the public page with its source."""
    record = fetch(request, pk, "second_look")
    if record.published is None:
        raise Http404("这条信息还没有公开。")
    actor = actor_for(person_of(request), record, "second_look")

    def perform(given: dict[str, Any]) -> str:
        do.second_look(record, actor, content_hash=given["content_hash"], note=given["note"])
        return "复核结论已登记。"

    lead = ["请打开公众页面，与原件逐项对照后写明结论。"]
    form = SeenTextForm.of(record.published, request.POST or None, label="复核结论")
    told = {"context": {"public": f"/records/{record.pk}/"}, "template": "desk/records/second_look.html"}
    return _page(request, record, form, perform, title="公开后复核", button="登记复核结论", lead=lead, **told)


def _done_already(record: Record) -> str:
    """What to say to whoever presses a second time, or after somebody else: when this text became public; else ""."""
    if record.visibility != Record.Visibility.PUBLIC or record.current_id is not None:
        return ""
    day = record.corrected_on or record.published_on
    return f"这一稿已于{day:%Y}年{day.month}月{day.day}日公开，不必再办。" if day else ""


def _told_and_back(request: HttpRequest, record: Record, sentence: str) -> HttpResponse:
    messages.info(request, sentence)
    return redirect(address(record))


def _sentence(move: str) -> list[str]:
    return [load(Record.machine).moves[move].sentence]


def _page(request: HttpRequest, record: Record, form: forms.Form, perform: Any, **told: Any) -> HttpResponse:
    """A decision's page, inside the record's crumbs."""
    name = str(record.current or record.published or record)
    crumbs = (("信息公开", HERE), (name, address(record)))
    return form_page(request, form, perform, back=address(record), current=HERE, crumbs=crumbs, **told)
