"""A page with one form and one deed: shown, carried out, or refused with all reasons and everything that was typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from mingchuang.desk.forms.kept_file import KeepsFile
from mingchuang.desk.frame import Crumbs, show, tell
from mingchuang.norms.outcome import Issue, Refused, errors
from mingchuang.ui.forms import Statute

Perform = Callable[[dict[str, Any]], str | HttpResponse]


def put_into(form: forms.BaseForm, issues: Sequence[Issue]) -> None:
    """Every reason onto the field that it names, or onto the form; the summary above links each to its place."""
    for issue in errors(issues):
        form.add_error(issue.field if issue.field in form.fields else None, issue.message)


def show_required(form: forms.BaseForm) -> None:
    """Mark the fields that only the deed itself demands, once the form has been read."""
    for name in getattr(form, "shown_required", ()):
        form.fields[name].required = True


def carried_out(form: forms.BaseForm, perform: Perform) -> str | HttpResponse | None:
    """What the deed says when the form is complete and nothing speaks against it; None when something does."""
    if not form.is_valid():
        return None
    try:
        return perform(form.cleaned_data)
    except Refused as refusal:
        put_into(form, refusal.issues)
        return None


def _posted(request: HttpRequest, form: forms.BaseForm, perform: Perform, back: str) -> HttpResponse | None:
    """Where a form that was sent leads; None when it is to be shown again, with its file kept."""
    said = carried_out(form, perform)
    if isinstance(said, str):
        tell(request, said)
        return redirect(back)
    if said is None and isinstance(form, KeepsFile):
        form.keep_file()
    return said


def form_page(
    request: HttpRequest,
    form: forms.BaseForm,
    perform: Perform,
    *,
    title: str,
    button: str,
    back: str,
    current: str,
    crumbs: Crumbs = (),
    lead: Sequence[str] = (),
    statutes: Mapping[str, Statute | None] | None = None,
    tone: str = "",
    template: str = "desk/form.html",
    context: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """GET shows the form; POST carries `perform` out and goes `back` with what it says, or shows all again (422).

    `lead` are sentences above the form; `tone` "alarm" for what takes something away. `perform` may answer itself.
    """
    answer = _posted(request, form, perform, back) if request.method == "POST" else None
    if answer is not None:
        return answer
    show_required(form)
    given = {name: statute for name, statute in (statutes or {}).items() if statute is not None}
    shown = {"form": form, "button": button, "back": back, "lead": lead, "statutes": given, "tone": tone}
    shown["multipart"] = form.is_multipart()
    status = 422 if form.is_bound else 200
    return show(request, template, title, {**shown, **(context or {})}, current=current, crumbs=crumbs, status=status)
