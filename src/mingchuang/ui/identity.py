"""Whose site this is: the settings `MINGCHUANG_SITE` and `MINGCHUANG_ADDRESS` as one value for every page.

Nothing here asks a request: pages are baked from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings


@dataclass(frozen=True)
class Site:
    """The installation's public face.

    `address` is the origin that citizens use, without a final slash. `site_code` is the 网站标识码 (ten characters),
    `icp` and `police` are the filing numbers: each shows only where it is given, and none on a demonstration.
    """

    name: str
    county: str
    owner: str
    contact: str
    address: str
    demo: bool
    description: str
    site_code: str
    icp: str
    police: str

    @property
    def domain(self) -> str:
        """The host of the address, for the meta tag SiteDomain."""
        return urlsplit(self.address).hostname or ""

    def absolute(self, path: str) -> str:
        """The full address of a path on this site, for QR codes, prints and feeds."""
        return f"{self.address}{path}"


def current_site() -> Site:
    """Read the settings anew: `MINGCHUANG_SITE` needs `name`, `county`, `owner`; the other keys may be absent."""
    given: Mapping[str, Any] = settings.MINGCHUANG_SITE
    demo = bool(given.get("demo", False))
    county = str(given["county"])
    return Site(
        name=str(given["name"]),
        county=county,
        owner=str(given["owner"]),
        contact=str(given.get("contact", "")),
        address=str(settings.MINGCHUANG_ADDRESS).rstrip("/"),
        demo=demo,
        description=str(given.get("description", "")) or f"{county}主动公开的政府信息：查文件、看落实、找单位。",
        # A demonstration must never pass for a registered site.
        site_code="" if demo else str(given.get("site_code", "")),
        icp="" if demo else str(given.get("icp", "")),
        police="" if demo else str(given.get("police", "")),
    )


class _CurrentSite:
    """The template global `site`: each attribute is the current setting's, so nothing goes stale."""

    def __getattr__(self, name: str) -> Any:
        return getattr(current_site(), name)


CURRENT_SITE = _CurrentSite()
