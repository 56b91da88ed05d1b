"""Lists that stay still: by unit and year, and by year."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from mingchuang.core import now
from mingchuang.core.models import Unit
from mingchuang.core.units import Directory
from mingchuang.ledger import queries as ledger
from mingchuang.portal import duty_words
from mingchuang.portal.frame import column, show
from mingchuang.records import addresses
from mingchuang.records import queries as records
from mingchuang.records.queries import Listing

MOST_DUTIES = 60
COLUMN = column("政府信息公开目录", "按单位和年度排列的主动公开信息。")


@require_safe
def units(request: HttpRequest) -> HttpResponse:
    """The directory of units: those that publish lead to their lists."""
    directory = Directory(now.today())
    publishing = set(records.publishing_units())
    rows = [
        (unit.code, directory.name(unit), unit.code in publishing)
        for unit in directory.units.values()
        if unit.existence == "existing"
    ]
    return show(
        request,
        "portal/units.html",
        "按单位",
        {"rows": rows},
        current="/units/",
        crumbs=(("首页", "/"),),
        column=COLUMN,
    )


@require_safe
def unit(request: HttpRequest, code: str) -> HttpResponse:
    """A unit: its years, what it published last, what the notices ask of it."""
    found = _unit(code)
    today = now.today()
    directory = Directory(today)
    name = directory.name(found)
    years = records.unit_years(code)
    listing = records.unit_list(code, years[0][0]) if years else None
    duties = (ledger.owed_by(found, today) & ledger.public()).select_related("notice").order_by("-notice", "order")
    owed = [
        (notice, [(duty, duty_words.name(duty.heading, duty.text)) for duty in rows])
        for notice, rows in groupby(duties[:MOST_DUTIES], key=lambda duty: duty.notice)
    ]
    context = {
        "code": code,
        "years": years,
        "listing": listing,
        "owed": owed,
    }
    crumbs = (("首页", "/"), ("按单位", "/units/"))
    return show(request, "portal/unit.html", name, context, current="/units/", crumbs=crumbs, column=COLUMN)


@require_safe
def unit_year(request: HttpRequest, code: str, year: int, page: int = 0) -> HttpResponse:
    """A unit's list of a year, or one of its pages."""
    name = Directory(now.today()).name(_unit(code))
    listing = records.unit_list(code, year, page)
    crumbs = (("首页", "/"), ("按单位", "/units/"), (name, f"/units/{code}/"))
    return _listing(
        request, listing, f"{name}{year}年公开的信息", crumbs, lambda number: addresses.unit_list(code, year, number)
    )


@require_safe
def years(request: HttpRequest) -> HttpResponse:
    """The years in which anything was published."""
    context = {"years": records.years()}
    return show(
        request, "portal/years.html", "按年度", context, current="/years/", crumbs=(("首页", "/"),), column=COLUMN
    )


@require_safe
def year(request: HttpRequest, year: int, page: int = 0) -> HttpResponse:
    """The list of a year, or one of its pages."""
    crumbs = (("首页", "/"), ("按年度", "/years/"))
    listing = records.year_list(year, page)
    return _listing(request, listing, f"{year}年公开的信息", crumbs, lambda number: addresses.year_list(year, number))


def _listing(
    request: HttpRequest,
    listing: Listing | None,
    title: str,
    crumbs: tuple[tuple[str, str], ...],
    address: Callable[[int], str],
) -> HttpResponse:
    if listing is None:
        raise Http404("没有这一页。")
    if listing.page.number:
        title = f"{title}（第{listing.page.number}页）"
    newer = None if listing.page.newer is None else address(listing.page.newer)
    older = None if listing.page.older is None else address(listing.page.older)
    context = {"rows": listing.rows, "newer": newer, "older": older}
    return show(request, "portal/listing.html", title, context, crumbs=crumbs, column=COLUMN)


def _unit(code: str) -> Unit:
    found = Unit.objects.filter(code=code).first()
    if found is None:
        raise Http404("没有这个单位。")
    return found
