"""The one table of what crosses rooms: which public pages an event touches, what the index holds, what reacts to what.

`connect` is called once, when every room's models exist. Everything here is named, so `reactions.registered()` and the
generated page can list it.
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import unquote

from django.conf import settings
from django.db.models import Q

from mingchuang.core import files, verify
from mingchuang.core.models import Event, Unit
from mingchuang.core.now import today
from mingchuang.ledger import queries as ledger
from mingchuang.ledger.models import Duty, Evidence, Notice
from mingchuang.norms.outcome import Issue
from mingchuang.press import sources as pages
from mingchuang.press import verification
from mingchuang.press.sources import Attachment, Change, Gone, Item
from mingchuang.records import addresses, affected, paging, public_page
from mingchuang.records import queries as records
from mingchuang.records.models import Attachment as RecordAttachment
from mingchuang.records.models import Catalogue, Record
from mingchuang.search import sources as index
from mingchuang.site import still_public

FIXED = ("/", "/about/", "/units/", "/years/", "/ledger/", "/feed.xml", "/sitemap.xml", "/robots.txt", "/404.html")
# A notice's moves after which citizens no longer see its ledger.
HIDING_MOVES = frozenset({"withdraw", "void"})
# Moves of duties and evidence that change how far a duty has come, and never who owes it.
PROGRESS_MOVES = frozenset({"start", "add_evidence", "finish", "reopen", "offer", "accept", "strike"})


def connect() -> None:
    """Fill every registry."""
    pages.register("site", _site_pages_for, _site_pages)
    pages.register("records", _record_pages_for, _record_pages)
    pages.register("ledger", _ledger_pages_for, _ledger_pages)
    pages.register("catalogue", _catalogue_pages_for, _catalogue_pages)
    index.register(Record.subject_kind(), public_page.index_entries)
    verify.register("press", public_folder)
    verify.register("withdrawn", still_public.lasting)


def public_folder() -> Iterable[Issue]:
    """The public folder holds what its journal says, byte for byte, and nothing else."""
    return verification.issues(settings.MINGCHUANG_DATA / "public")


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
    """A shown notice's page, the list of notices, the home page, and the pages of the units that owe the duty.

    A notice that citizens don't see touches nothing, unless this very event took it away from them.
    """
    duty, notices = _duty_and_notices(change)
    shown = set(ledger.public_notices().filter(pk__in=notices).values_list("pk", flat=True))
    gone = notices - shown if change.move in HIDING_MOVES else set()
    if not shown and not gone:
        return
    yield from ("/ledger/", "/")
    if change.subject_kind == Notice.subject_kind():
        # The document's page leads to the ledger that was made of it.
        named = Q(pk__in=Notice.objects.filter(pk__in=notices).values("record_id")) | Q(pk=_bound_before(change))
        read = Record.objects.filter(named)
        yield from (addresses.record(pk) for pk in read.filter(visibility="public").values_list("pk", flat=True))
    yield from (f"/ledger/{pk}/" for pk in sorted(shown))
    yield from (Gone(f"/ledger/{pk}/") for pk in sorted(gone))
    owing = None if duty is None or change.move not in PROGRESS_MOVES else ledger.units_of(duty, today())
    yield from (f"/units/{code}/" for code in (_unit_codes() if owing is None else [unit.code for unit in owing]))


def _bound_before(change: Change) -> int | None:
    """The record that a notice was tied to before this event: its page loses the link."""
    event = Event.objects.filter(seq=change.event_seq, move="bind").first()
    return event.data.get("before") if event is not None else None


def _duty_and_notices(change: Change) -> tuple[Duty | None, set[int]]:
    """The duty that an event is about, if it is about one, and the keys of the notices whose pages show it."""
    kind, pk = change.subject_kind, change.subject_id
    if kind == Notice.subject_kind():
        return None, {pk}
    if kind == Duty.subject_kind():
        duty = Duty.objects.filter(pk=pk).first()
        return duty, {duty.notice_id} if duty else set()
    if kind == Evidence.subject_kind():
        proof = Evidence.objects.filter(pk=pk).select_related("duty").first()
        return (proof.duty, {proof.duty.notice_id}) if proof else (None, set())
    if kind == Record.subject_kind() and change.move in affected.VISIBLE_MOVES:
        proven = Evidence.objects.filter(record_id=pk).values_list("duty__notice_id", flat=True)
        return None, {*proven, *Notice.objects.filter(record_id=pk).values_list("pk", flat=True)}
    return None, set()


def _catalogue_pages_for(change: Change) -> Iterable[Item]:
    """A new version; a record filed under an item, and one under an item that comes, goes or gets another title."""
    kind, pk = change.subject_kind, change.subject_id
    filed = kind == Record.subject_kind() and (
        change.move == "classify"
        or (change.move in affected.VISIBLE_MOVES and Record.objects.filter(pk=pk, item__isnull=False).exists())
    )
    if kind == Catalogue.subject_kind() or filed:
        yield from _catalogue_pages()


def _catalogue_pages() -> Iterable[Item]:
    yield "/catalogue/"


def _ledger_pages() -> Iterable[Item]:
    yield from (f"/ledger/{pk}/" for pk in ledger.public_notices().values_list("pk", flat=True))
