"""What machines read: the feed, the site map, robots.txt."""

from __future__ import annotations

import datetime
import html
from xml.sax.saxutils import escape

from django.http import HttpRequest, HttpResponse
from django.utils.feedgenerator import Rss201rev2Feed
from django.views.decorators.http import require_safe

from mingchuang.core import now
from mingchuang.records import queries as records
from mingchuang.ui.identity import current_site

FEED_ITEMS = 30
SITEMAP_ITEMS = 1000


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """RSS 2.0 of what was published last; an item's guid is its permanent address.

    Readers show a description as HTML (RSS 2.0, element description), so that a summary's own signs are escaped as HTML
    first, and like every other text for XML then.
    """
    site = current_site()
    made = Rss201rev2Feed(
        title=f"{site.name} 最新公开",
        link=site.absolute("/"),
        description=site.description,
        language="zh-CN",
        feed_url=site.absolute("/feed.xml"),
    )
    for row in records.newest(FEED_ITEMS):
        address = site.absolute(row.address)
        made.add_item(
            title=row.title,
            link=address,
            description=html.escape(row.summary, quote=False),
            author_name=row.unit_name,
            pubdate=row.published_at,
            updateddate=row.changed_at,
            unique_id=address,
            categories=[row.kind_title, row.unit_name],
        )
    return HttpResponse(made.writeString("utf-8"), content_type="application/rss+xml; charset=utf-8")


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """The newest records that search engines may keep and every year's list, from which the rest is reached; constant
    in size."""
    site = current_site()
    newest = records.rows(records.lasting().order_by("-published_at", "-id")[:SITEMAP_ITEMS])
    rows = [(row.address, row.changed_at.astimezone(now.BEIJING).date()) for row in newest]
    fixed: list[tuple[str, datetime.date | None]] = [
        ("/", None),
        ("/units/", None),
        ("/years/", None),
        ("/catalogue/", None),
        ("/ledger/", None),
    ]
    lists = [(f"/years/{year}/", None) for year, _ in records.years()]
    lines = [
        f"<url><loc>{escape(site.absolute(path))}</loc>{f'<lastmod>{day}</lastmod>' if day else ''}</url>"
        for path, day in [*fixed, *lists, *rows]
    ]
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    return HttpResponse("\n".join([head, *lines, "</urlset>\n"]), content_type="application/xml; charset=utf-8")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """A demonstration is closed to crawlers; a real site closes only what isn't a document."""
    site = current_site()
    if site.demo:
        text = "User-agent: *\nDisallow: /\n"
    else:
        closed = "".join(f"Disallow: {path}\n" for path in ("/desk/", "/accounts/", "/search/"))
        text = f"User-agent: *\n{closed}Sitemap: {site.absolute('/sitemap.xml')}\n"
    return HttpResponse(text, content_type="text/plain; charset=utf-8")
