"""Masking personal data of a draft: every place before and after, then one click; the gate judges the new words."""

from __future__ import annotations

from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from mingchuang.desk.acting import actor_for, person_of
from mingchuang.desk.form_page import form_page
from mingchuang.desk.forms.gate_masking import USES, MaskForm
from mingchuang.desk.frame import desk_view
from mingchuang.desk.views.records import HERE, address, at_work
from mingchuang.reading.gate.cleaning.text import Use
from mingchuang.records import do, gate, gate_excerpts, gate_masking
from mingchuang.records.gate_masking import Masking
from mingchuang.records.kind import kind
from mingchuang.records.models import Revision


@desk_view
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def mask(request: HttpRequest, pk: int) -> HttpResponse:
    """GET shows what would change (`?only=` the finding that it is about, `?use=` the way); POST writes it."""
    record, revision = at_work(request, pk)
    if revision.progress != Revision.Progress.DRAFT:
        raise Http404("只有草稿可以遮蔽。")
    asked = request.POST.get("use") or request.GET.get("use", "")
    use = cast(Use, asked if asked in dict(USES) else gate_masking.usual(kind(record.kind)))
    offered = gate_masking.maskings(revision, use)
    only = request.GET.get("only", "")
    ticked = [one.key for one in (_about(revision, only, offered) if only else offered)]
    initial = {"chosen": ticked, "use": use, "version": revision.version}
    form = MaskForm(offered, request.POST or None, initial=initial)

    def perform(given: dict[str, Any]) -> str:
        actor = actor_for(person_of(request), revision, "edit")
        chosen = set(given["chosen"])
        do.mask(revision, actor, chosen=chosen, use=use, version=given["version"])
        return f"已遮蔽{sum(one.times for one in offered if one.key in chosen)}处，检查已按新的内容重做。"

    back = f"{address(record)}gate/"
    shown = set(form.data.getlist("chosen")) if form.is_bound else set(ticked)  # type: ignore[attr-defined]
    context = {
        "offered": [(one, one.key in shown) for one in offered],
        "uses": [(value, label, value == use, _other(value, only)) for value, label in USES],
    }
    crumbs = (("信息公开", HERE), (revision.title or "（未命名）", address(record)), ("发布前检查", back))
    return form_page(
        request, form, perform, title="遮蔽个人信息", button="遮蔽勾选的内容", back=back, current=HERE, crumbs=crumbs,
        template="desk/records/mask.html", context=context,
    )  # fmt: skip


def _other(use: str, only: str) -> str:
    return f"?use={use}{f'&only={only}' if only.isalnum() else ''}"


def _about(revision: Revision, key: str, offered: list[Masking]) -> list[Masking]:
    """What one finding is about; everything when that finding is no more."""
    found = next((one for one in gate.of_revision(revision).found if one.key == key), None)
    named = gate_masking.named_by(found, gate_excerpts.text_of(revision), offered) if found else []
    return named or offered
