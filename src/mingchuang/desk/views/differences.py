"""Any two texts of a record against each other."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from mingchuang.core import access
from mingchuang.desk import differences
from mingchuang.desk.acting import person_of
from mingchuang.desk.frame import desk_view, show
from mingchuang.desk.views.records import HERE, address, fetch
from mingchuang.records.models import Record, Revision


@desk_view
@require_GET
def between(request: HttpRequest, pk: int) -> HttpResponse:
    """`?from=1&to=3`: ordinals of two texts; by default the last one and the one before it, or what is public."""
    record = fetch(request, pk)
    person = person_of(request)
    texts = list(access.visible(person, Revision).filter(record=record).order_by("ordinal"))
    if len(texts) < 2:
        raise Http404("这条记录只有一稿，没有可以比较的。")
    for text in texts:
        text.record = record
    by_ordinal = {text.ordinal: text for text in texts}
    new = _chosen(request, "to", by_ordinal, texts[-1])
    earlier = [text for text in texts if text.ordinal < new.ordinal] or [text for text in texts if text is not new]
    old = _chosen(request, "from", by_ordinal, _usual(record, earlier))
    context = {
        "record": record,
        "texts": [(text, _called(record, text)) for text in texts],
        "before": old,
        "after": new,
        "found": differences.between(old, new),
        "most": differences.MOST_SHOWN,
    }
    crumbs = (("信息公开", HERE), (new.title or "（未命名）", address(record)))
    title = f"第 {old.ordinal} 稿与第 {new.ordinal} 稿的不同"
    return show(request, "desk/records/differences.html", title, context, current=HERE, crumbs=crumbs)


def _chosen(request: HttpRequest, name: str, by_ordinal: dict[int, Revision], usual: Revision) -> Revision:
    text = request.GET.get(name, "")
    if not text:
        return usual
    found = by_ordinal.get(int(text)) if text.isascii() and text.isdecimal() and len(text) < 10 else None
    if found is None:
        raise Http404("没有这一稿。")
    return found


def _usual(record: Record, earlier: list[Revision]) -> Revision:
    return next((text for text in earlier if text.pk == record.published_id), earlier[-1])


def _called(record: Record, text: Revision) -> str:
    public = "，现在公开的" if text.pk == record.published_id else ""
    return f"第 {text.ordinal} 稿（{text.get_progress_display()}{public}）"
