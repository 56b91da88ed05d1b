"""What the form of a draft tells while it is open: what has been typed, and that it is still there."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from mingchuang.core.now import BEIJING
from mingchuang.desk.acting import person_of
from mingchuang.desk.draft_saving import TAB
from mingchuang.desk.frame import desk_view, tell
from mingchuang.desk.views.records import address, at_work
from mingchuang.norms.outcome import Refused
from mingchuang.records import do, editing

#: What a form carries beside the fields of its kind.
_BESIDE = {"csrfmiddlewaretoken", "version", "opened", "both", "detach", "added", TAB}


@desk_view
@require_POST
def autosave(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what has been typed: `{"at": "14:02"}`, or 409 with `{"reasons": […]}` when it can't be kept.

    Typing is work, so this prolongs the session like any page does.
    """
    _, revision = at_work(request, pk)
    version = request.POST.get("version", "")
    values = {name: str(text) for name, text in request.POST.items() if name not in _BESIDE}
    try:
        row = do.autosave(
            revision,
            person_of(request),
            values,
            opened_version=int(version) if version.isdecimal() else 0,
            opened=request.POST.get("opened", ""),
        )
    except Refused as refusal:
        return JsonResponse({"reasons": list(refusal.reasons)}, status=409)
    return JsonResponse({"at": f"{row.saved_at.astimezone(BEIJING):%H:%M}"})


@desk_view
@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """The person wants nothing of what was kept."""
    record, _ = at_work(request, pk)
    do.drop_autosave(record, person_of(request))
    tell(request, "已丢弃自动保存的内容。")
    return redirect(f"{address(record)}edit/")


@desk_view
@require_POST
def heartbeat(request: HttpRequest, pk: int) -> HttpResponse:
    """`{"others": [{"words", "own"}], "version": n}`: who else has the form open, and the draft's version by now.

    With `leave` the page says that it goes. An open page is no work: the session is taken off the request, so that an
    empty chair is not kept signed in (see `ui.session`).
    """
    record, revision = at_work(request, pk)
    person, tab = person_of(request), request.POST.get(TAB, "")
    if "leave" in request.POST:
        do.close_form(record, person, tab)
        found = []
    else:
        do.open_form(record, person, tab)
        found = editing.others(record, person, tab)
    told = [{"words": one.sentence, "own": one.own} for one in found]
    answer = JsonResponse({"others": told, "version": revision.version})
    del request.session
    return answer
