"""公开事项目录: what is made public, by whom, until when, on what basis; and what is public under each item."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from mingchuang.core import now
from mingchuang.portal.frame import column, show
from mingchuang.records import queries as records
from mingchuang.records.catalogue import queries

COLUMN = column("公开事项目录", "每个领域公开哪些事项、由谁公开、依据什么、什么时候公开。")


@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """The catalogue in force, by field; under each item the records that are public."""
    found = queries.public(now.today())
    live: dict[int, list[records.Row]] = {}
    filed = records.public().filter(item__isnull=False).order_by("-published_at", "-id")
    for row, item_id in zip(records.rows(filed), filed.values_list("item_id", flat=True), strict=True):
        live.setdefault(item_id, []).append(row)
    fields = queries.by_field(queries.entries(found)) if found else {}
    context = {
        "catalogue": found,
        "fields": [(name or "其他", f"field-{number}", rows) for number, (name, rows) in enumerate(fields.items())],
        "live": live,
    }
    return show(request, "portal/catalogue.html", "公开事项目录", context, current="/catalogue/", column=COLUMN)
