"""The permanent addresses of records and of the lists that they stand in (docs/architecture.md, portal)."""

from __future__ import annotations

from urllib.parse import quote

#: A file's address holds the first twelve digits of its hash: it changes when the content does, and only then.
HASH_DIGITS = 12
HOME, FEED, SITEMAP, UNITS, YEARS = "/", "/feed.xml", "/sitemap.xml", "/units/", "/years/"


def record(record_id: int) -> str:
    """The page of a record, or its tombstone."""
    return f"/records/{record_id}/"


def record_json(record_id: int) -> str:
    """The canonical bytes that were approved."""
    return f"/records/{record_id}/record.json"


def file(record_id: int, sha256: str, name: str) -> str:
    """An attachment, under the name that citizens see."""
    return f"/records/{record_id}/files/{sha256[:HASH_DIGITS]}/{quote(name)}"


def unit(code: str) -> str:
    """A unit's page, with its years."""
    return f"{UNITS}{code}/"


def unit_list(code: str, year: int, page: int = 0) -> str:
    """A unit's list of a year; page 0 is the head (`records.paging`)."""
    return f"{UNITS}{code}/{year}/" + (f"{page}/" if page else "")


def year_list(year: int, page: int = 0) -> str:
    """The list of a year; page 0 is the head."""
    return f"{YEARS}{year}/" + (f"{page}/" if page else "")
