"""What a base template needs to know of a page. Public pages are described without a request, so that they bake.

A portal view: `render(request, "portal/home.html", {"page": public_page("/", title="…", nav=NAV), …})`;
a desk view: `render(request, "desk/inbox.html", {"page": desk_page(request, title="…", nav=NAV, …), …})`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest

from mingchuang.ui.identity import Site, current_site
from mingchuang.ui.wording import moment

MOST_DESK_ENTRIES = 8


@dataclass(frozen=True)
class NavItem:
    """An entry of a navigation: its words, its address, an icon of the set (desk), how much waits there."""

    label: str
    address: str
    icon: str = ""
    count: int | None = None


@dataclass(frozen=True)
class Column:
    """The column a public page belongs to, for the meta tags of 国办发〔2017〕47号 (ColumnName …)."""

    name: str
    description: str
    keywords: str
    type: str


@dataclass(frozen=True)
class Article:
    """What a content page adds to the meta tags: ArticleTitle, PubDate, ContentSource, Keywords, Description."""

    title: str
    published: datetime
    source: str
    keywords: str = ""
    description: str = ""


@dataclass(frozen=True)
class Page:
    """One page. `path` is its address on the site; `nav` with the entry whose address is `current` marked."""

    path: str
    title: str
    nav: Sequence[NavItem]
    current: str
    crumbs: Sequence[tuple[str, str]] = ()
    meta: Sequence[tuple[str, str]] = ()
    url: str = ""
    description: str = ""
    query: str = ""
    noindex: bool = False
    alternates: Sequence[tuple[str, str, str]] = ()


@dataclass(frozen=True)
class DeskPage(Page):
    """A page of the desk: who works, for which unit, in which role; messages; where to ask for the session."""

    person: str = ""
    person_key: str = ""
    unit: str = ""
    role: str = ""
    messages: Sequence[Any] = ()
    session_status: str = ""
    logout: str = ""


def _meta(site: Site, column: Column | None, article: Article | None) -> list[tuple[str, str]]:
    """The 网页标签: three on every page, seven with a column, ten and more on an article; empty ones are left out."""
    tags = [("SiteName", site.name), ("SiteDomain", site.domain), ("SiteIDCode", site.site_code)]
    if column is not None:
        tags += [
            ("ColumnName", column.name),
            ("ColumnDescription", column.description),
            ("ColumnKeywords", column.keywords),
            ("ColumnType", column.type),
        ]
    if article is not None:
        tags += [
            ("ArticleTitle", article.title),
            ("PubDate", moment(article.published)),
            ("ContentSource", article.source),
            ("Keywords", article.keywords),
            ("Description", article.description),
        ]
    return [(name, content) for name, content in tags if content]


def public_page(
    path: str,
    *,
    title: str,
    nav: Sequence[NavItem] = (),
    current: str = "",
    crumbs: Sequence[tuple[str, str]] = (),
    column: Column | None = None,
    article: Article | None = None,
    description: str = "",
    query: str = "",
    noindex: bool = False,
    feeds: Mapping[str, str] | None = None,
    record: str = "",
) -> Page:
    """Describe a public page. `crumbs` are `(label, address)` from the top, without the page itself.

    `feeds` are `{title: address}` of Atom or RSS, `record` the address of a `record.json` beside the page. A
    demonstration is never indexed.
    """
    site = current_site()
    alternates = [("application/rss+xml", name, address) for name, address in (feeds or {}).items()]
    if record:
        alternates.append(("application/json", "原始记录", record))
    return Page(
        path=path,
        title=title,
        nav=nav,
        current=current,
        crumbs=crumbs,
        meta=_meta(site, column, article),
        url=site.absolute(path),
        description=description or (article.description if article else "") or site.description,
        query=query,
        noindex=noindex or site.demo,
        alternates=alternates,
    )


def desk_page(
    request: HttpRequest,
    *,
    title: str,
    nav: Sequence[NavItem],
    current: str = "",
    crumbs: Sequence[tuple[str, str]] = (),
    person: str = "",
    unit: str = "",
    role: str = "",
    session_status: str = "",
    logout: str = "/accounts/logout/",
) -> DeskPage:
    """Describe a page of the desk; takes the waiting messages out of the request.

    Raises ValueError for more than eight entries: a ninth task belongs inside one of them.
    """
    if len(nav) > MOST_DESK_ENTRIES:
        raise ValueError(f"the desk has at most {MOST_DESK_ENTRIES} entries, not {len(nav)}")
    return DeskPage(
        path=request.path,
        title=title,
        nav=nav,
        current=current,
        crumbs=crumbs,
        url=current_site().absolute(request.get_full_path()),
        noindex=True,
        person=person,
        person_key=str(getattr(getattr(request, "user", None), "pk", "") or ""),
        unit=unit,
        role=role,
        messages=list(messages.get_messages(request)),
        session_status=session_status,
        logout=logout,
    )
