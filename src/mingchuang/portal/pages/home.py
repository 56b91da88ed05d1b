"""The home page and the page about the site."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from mingchuang.core import now
from mingchuang.core.units import Directory
from mingchuang.ledger import queries as ledger
from mingchuang.portal.frame import show
from mingchuang.records import queries as records
from mingchuang.ui.identity import current_site

NEWEST = 10
HOME_UNITS = 12


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Search first; what was published last; how the notice is carried out; ways in by unit and year."""
    today = now.today()
    notice = ledger.public_notices().first()
    directory = Directory(today)
    codes = set(records.publishing_units())
    units = [(unit.code, directory.short_name(unit)) for unit in directory.units.values() if unit.code in codes]
    context = {
        "newest": records.newest(NEWEST),
        "notice": notice,
        "counts": ledger.counts(notice, today) if notice else None,
        "years": records.years(),
        "units": units[:HOME_UNITS],
    }
    return show(request, "portal/home.html", current_site().name, context, current="/")


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Who runs the site, what its promises are, how to check a page."""
    return show(request, "portal/about.html", "关于本站", {}, current="/about/", crumbs=(("首页", "/"),))
