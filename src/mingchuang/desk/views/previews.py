"""The text as citizens will see it, on a wide screen and on a telephone; and links for those without an account."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from mingchuang.core import access
from mingchuang.core.now import now
from mingchuang.desk.acting import actor_for, person_of
from mingchuang.desk.frame import desk_view, do_and_return, show, tell
from mingchuang.desk.views.records import HERE, address, fetch
from mingchuang.norms.outcome import Issue, Refused, errors
from mingchuang.records import do, gate, previews
from mingchuang.records.models import PreviewLink, Record, Revision
from mingchuang.ui.identity import current_site


@desk_view
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Both frames, the links that were made; POST `make` makes one and shows it once, `revoke` takes all back."""
    record = fetch(request, pk)
    if record.current is None:
        raise Http404("没有正在办理的稿件。")
    revision = access.fetch(person_of(request), Revision, record.current_id)
    if request.method == "GET":
        return _page(request, record, revision)
    if "revoke" in request.POST:
        return do_and_return(request, lambda: _revoke(request, revision), f"{address(record)}previews/")
    try:
        _, token = do.link_preview(revision, actor_for(person_of(request), record, "link_preview"))
    except Refused as refusal:
        return _page(request, record, revision, refused=list(errors(refusal.issues)))
    tell(request, "预览链接已生成。")
    return _page(request, record, revision, made=current_site().absolute(reverse("public_preview", args=[token])))


def _revoke(request: HttpRequest, revision: Revision) -> str:
    do.revoke_previews(revision, actor_for(person_of(request), revision.record, "revoke_previews"))
    return "已收回这条信息的全部预览链接。"


def _page(
    request: HttpRequest, record: Record, revision: Revision, *, made: str = "", refused: list[Issue] | None = None
) -> HttpResponse:
    generation = previews.generation(record.pk)
    links = PreviewLink.objects.filter(record=record).select_related("made_by", "revision")[:20]
    context = {
        "record": record,
        "revision": revision,
        "made": made,
        "refused": refused or [],
        "barred": [] if refused else errors(previews.issues(revision, gate.of_revision(revision))),
        "links": [(link, _state(link, generation)) for link in links],
        "live": any(_state(link, generation) == "有效" for link in links),
        "hours": settings.MINGCHUANG_PREVIEW_HOURS,
    }
    crumbs = (("信息公开", HERE), (revision.title or "（未命名）", address(record)))
    status = 422 if refused else 200
    return show(request, "desk/records/previews.html", "预览", context, current=HERE, crumbs=crumbs, status=status)


def _state(link: PreviewLink, generation: int) -> str:
    if link.generation != generation:
        return "已收回"
    return "已过期" if link.until <= now() else "有效"
