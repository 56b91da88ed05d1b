"""Which public addresses an event touches: constant in number, however many records there are.

From the event's own data, so that a consumer that comes late, or after later events, still knows. Which of them still
exist is answered by the pages themselves: a withdrawn record's address is baked (its tombstone), its files are gone.
"""

from __future__ import annotations

from dataclasses import dataclass

from mingchuang.core.models import Event
from mingchuang.records import addresses, paging, references
from mingchuang.records.models import Attachment, Record, Revision

#: The moves of a record after which citizens see something else.
VISIBLE_MOVES = frozenset({"publish", "republish", "withdraw", "set_validity"})


@dataclass(frozen=True, slots=True)
class Affected:
    """`bake`: pages to render anew (a page that answers 404 goes); `files`: address → SHA-256 to put beside them;
    `remove`: addresses at which nothing may remain.
    """

    bake: tuple[str, ...]
    files: tuple[tuple[str, str], ...]
    remove: tuple[str, ...]


NOTHING = Affected((), (), ())


def paths_for(event: Event) -> Affected:
    """The addresses that an event touches; nothing for events of other subjects and for moves that nobody sees."""
    if event.subject_kind != Record.subject_kind() or event.move not in VISIBLE_MOVES:
        return NOTHING
    if event.data.get("unit_slot") is None:  # its validity was set before it was ever public
        return NOTHING
    record = Record.objects.filter(pk=event.subject_id).values("visibility", "published_id", "year").first()
    if record is None or record["year"] is None:
        return NOTHING
    public = record["visibility"] == Record.Visibility.PUBLIC
    files = _files(event.subject_id, record["published_id"]) if public else ()
    kept = {address for address, _ in files}
    remove = [address for address in _all_files(event.subject_id) if address not in kept]
    page, data = addresses.record(event.subject_id), addresses.record_json(event.subject_id)
    linked = (addresses.record(pk) for pk in references.linked(event.subject_id))
    bake = (page, *([data] if public else []), *linked, *_lists(event))
    return Affected(bake, files, tuple(remove if public else [*remove, data]))


def _lists(event: Event) -> tuple[str, ...]:
    code, year = event.data["unit"], event.data["year"]
    of_unit = (addresses.unit_list(code, year, page) for page in paging.touched(event.data["unit_slot"]))
    of_year = (addresses.year_list(year, page) for page in paging.touched(event.data["year_slot"]))
    fixed = (addresses.HOME, addresses.UNITS, addresses.unit(code), addresses.YEARS, addresses.FEED, addresses.SITEMAP)
    return (*of_unit, *of_year, *fixed)


def _files(record_id: int, revision_id: int) -> tuple[tuple[str, str], ...]:
    found = Attachment.objects.filter(revision_id=revision_id).order_by("order").values_list("file_id", "name")
    return tuple((addresses.file(record_id, sha256, name), sha256) for sha256, name in found)


def _all_files(record_id: int) -> tuple[str, ...]:
    """The addresses of every file that was ever public with this record."""
    found = Attachment.objects.filter(revision__record_id=record_id, revision__progress=Revision.Progress.APPROVED)
    return tuple(addresses.file(record_id, sha256, name) for sha256, name in found.values_list("file_id", "name"))
