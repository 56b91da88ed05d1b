"""The one table of what crosses rooms: which public pages an event touches, what the index holds, what reacts to what.

`connect` is called once, when every room's models exist. Everything here is named, so `reactions.registered()` and the
generated page can list it.
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import unquote

from mingchuang.core import files
from mingchuang.core.models import Event, Unit
from mingchuang.ledger import queries as ledger
from mingchuang.ledger.models import Duty, Evidence, Notice
from mingchuang.press import sources as pages
from mingchuang.press.sources import Attachment, Change, Gone, Item
from mingchuang.records import addresses, affected, paging, public_page
from mingchuang.records import queries as records
from mingchuang.records.models import Attachment as RecordAttachment
from mingchuang.records.models import Record
from mingchuang.search import sources as index

FIXED = ("/", "/about/", "/units/", "/years/", "/ledger/", "/feed.xml", "/sitemap.xml", "/robots.txt")


def connect() -> None:
    """Fill every registry."""
    pages.register("site", _site_pages_for, _site_pages)
    pages.register("records", _record_pages_for, _record_pages)
    pages.register("ledger", _ledger_pages_for, _ledger_pages)
    index.register(Record.subject_kind(), public_page.index_entries)


def _site_pages_for(change: Change) -> Iterable[Item]:
    """Units and their names stand on the home page, the directory and their own pages."""
    if change.subject_kind in {"core.unit", "core.collective", "core.collectivemember"}:
        yield from ("/", "/units/")
        yield from (f"/units/{code}/" for code in _unit_codes())


def _site_pages() -> Iterable[Item]:
    yield from FIXED
    yield from (f"/units/{code}/" for code in _unit_codes())


def _unit_codes() -> list[str]:
    return list(Unit.objects.values_list("code", flat=True))


def _record_pages_for(change: Change) -> Iterable[Item]:
    event = Event.objects.filter(seq=change.event_seq).first()
    if event is None:
        return
    touched = affected.paths_for(event)
    yield from (unquote(address) for address in touched.bake)
    yield from (Attachment(unquote(address), files.path(sha256), sha256) for address, sha256 in touched.files)
    yield from (Gone(unquote(address)) for address in touched.remove)


def _record_pages() -> Iterable[Item]:
    """Every record that is or was public, its files, and every page of every list."""
    for pk in records.tombstones().values_list("pk", flat=True):
        yield addresses.record(pk)
    for pk in records.public().values_list("pk", flat=True):
        yield addresses.record(pk)
        yield addresses.record_json(pk)
    rows = RecordAttachment.objects.filter(revision_id__in=records.public().values("published_id"))
    for record_id, sha256, name in rows.values_list("revision__record_id", "file_id", "name"):
        yield Attachment(unquote(addresses.file(record_id, sha256, name)), files.path(sha256), sha256)
    for year, last in records.years():
        yield from (addresses.year_list(year, page) for page in range(paging.page_count(last) + 1))
    for code in records.publishing_units():
        for year, last in records.unit_years(code):
            yield from (addresses.unit_list(code, year, page) for page in range(paging.page_count(last) + 1))


def _ledger_pages_for(change: Change) -> Iterable[Item]:
    """A notice's page, the list of notices, the home page, and the pages of the units that owe the duty."""
    notice = _notice_of(change)
    if notice is None:
        return
    yield from ("/ledger/", f"/ledger/{notice}/", "/")
    yield from (f"/units/{code}/" for code in _unit_codes())


def _notice_of(change: Change) -> int | None:
    if change.subject_kind == Notice.subject_kind():
        return change.subject_id
    if change.subject_kind == Duty.subject_kind():
        return Duty.objects.filter(pk=change.subject_id).values_list("notice_id", flat=True).first()
    if change.subject_kind == Evidence.subject_kind():
        return Evidence.objects.filter(pk=change.subject_id).values_list("duty__notice_id", flat=True).first()
    if change.subject_kind == Record.subject_kind() and change.move in affected.VISIBLE_MOVES:
        proofs = Evidence.objects.filter(record_id=change.subject_id).values_list("duty__notice_id", flat=True)
        return proofs.first() or Notice.objects.filter(record_id=change.subject_id).values_list("pk", flat=True).first()
    return None


def _ledger_pages() -> Iterable[Item]:
    yield from (f"/ledger/{pk}/" for pk in ledger.public_notices().values_list("pk", flat=True))
