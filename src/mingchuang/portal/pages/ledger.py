"""要点落实: how far each duty of a notice has come, with the evidence."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from mingchuang.core import now
from mingchuang.ledger import queries
from mingchuang.ledger.models import Notice
from mingchuang.portal import duty_words
from mingchuang.portal.frame import column, show

COLUMN = column("要点落实", "工作要点每一项任务由谁负责、做到哪一步、有什么凭证。")


@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """All published notices, newest first, each with its counts."""
    today = now.today()
    rows = [(notice, _public_counts(notice, queries.counts(notice, today))) for notice in queries.public_notices()]
    return show(request, "portal/notices.html", "要点落实", {"rows": rows}, current="/ledger/", column=COLUMN)


@require_safe
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """One notice: duties by what has been reached, or 404 when it isn't published."""
    found = queries.public_notices().select_related("record").filter(pk=pk).first()
    if found is None:
        raise Http404("没有这份要点，或者它的落实情况还没有公开。")
    today = now.today()
    rows = queries.rows_of(queries.public().filter(notice=found), today, shows_lateness=found.lateness == "public")
    for row in rows:
        row["gist"], row["folded"] = duty_words.gist(row["heading"], row["text"])
    context = {
        "notice": found,
        "counts": _public_counts(found, queries.counts(found, today)),
        "rows": rows,
        "record": found.record_id if found.record and found.record.visibility == "public" else None,
    }
    title = f"{found.title}落实情况"
    crumbs = (("首页", "/"), ("要点落实", "/ledger/"))
    return show(request, "portal/notice.html", title, context, current="/ledger/", crumbs=crumbs, column=COLUMN)


def _public_counts(notice: Notice, counts: dict[str, int]) -> dict[str, int]:
    """Lateness is told only where the leading group has decided so."""
    return counts if notice.lateness == "public" else {**counts, "overdue": 0}
