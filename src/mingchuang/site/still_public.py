"""Texts that were withdrawn and that citizens can still read, because the public folder couldn't follow.

A withdrawal is done when its event is written; the folder follows within moments, if the disk lets it. This looks at
the files themselves, so that nobody has to believe that it did.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from mingchuang.core import feed, now
from mingchuang.core.models import Event
from mingchuang.norms.outcome import Issue
from mingchuang.press import paths, sources
from mingchuang.press.notes import Failed, Position
from mingchuang.press.sources import Change, Gone
from mingchuang.records import addresses
from mingchuang.records.models import Record

_AT_ONCE = 500
# What the folder needs in ordinary times, generously; earlier than that a monitor would be told of nothing.
GRACE = dt.timedelta(seconds=30)


def lasting() -> Iterator[Issue]:
    """What stands there longer than the folder needs in ordinary times; what a running server is at, or the next start
    completes after a kill, is no fault of the data."""
    yield from issues(now.after(-GRACE))


def issues(before: dt.datetime | None = None) -> Iterator[Issue]:
    """One issue for each public file of something withdrawn, as far as the folder hasn't followed.

    With `before` (aware) only for what was withdrawn earlier than that.
    """
    for address in dict.fromkeys(_addresses(before)):
        message = (
            f"已撤下或者作废的内容仍在公开目录里：{address}。请清理磁盘，或者删除这个文件，再运行 mingchuang bake。"
        )
        yield Issue("press.withdrawn", message, field=address)


def _addresses(before: dt.datetime | None) -> Iterator[str]:
    root: Path = settings.MINGCHUANG_DATA / "public"
    inside = root / paths.INTERNAL
    position = Position(inside).read()
    if position is None:
        return
    for event in _since(position):
        if before is None or event.recorded_at < before:
            yield from (address for address in _gone(event) if _stands(root, address, event))
    # The page that says so may have failed by itself, while everything else went on.
    for address in Failed(inside).read():
        last = _withdrawal_at(address)
        if last is not None and (before is None or last.recorded_at < before) and _stands(root, address, last):
            yield address


def _since(position: int) -> Iterator[Event]:
    while events := list(feed.since(position, _AT_ONCE)):
        yield from events
        position = events[-1].seq


def _gone(event: Event) -> Iterator[str]:
    """The addresses at which nothing of before may be read after this event."""
    change = Change(event.subject_kind, event.subject_id, event.seq, event.move)
    for source in sources.registered():
        yield from (item.address for item in source.pages_for(change) if isinstance(item, Gone))
    if event.subject_kind == Record.subject_kind() and event.move == "withdraw":
        yield addresses.record(event.subject_id)


def _withdrawal_at(address: str) -> Event | None:
    """The last withdrawal of the record whose page has this address; None when it is public or no record's."""
    for pk in Record.objects.filter(visibility=Record.Visibility.WITHDRAWN).values_list("pk", flat=True):
        if addresses.record(pk) == address:
            rows = Event.objects.filter(subject_kind=Record.subject_kind(), subject_id=pk, move="withdraw")
            return rows.order_by("-seq").first()
    return None


def _stands(root: Path, address: str, event: Event) -> bool:
    """Whether a file of before the event stands at the address."""
    try:
        written = (root / paths.from_address(address)).stat().st_mtime
    except (OSError, paths.BadPathError):
        return False
    return written < event.recorded_at.timestamp()
