"""The event sequence as a feed: index, press and mirror read on from where they are, in order, without gaps.

Numbers are assigned under one lock that is held until commit, so an event becomes visible only after all before it.
"""

from __future__ import annotations

import time
from typing import Final

from django.db.models import F
from django.db.models.functions import Greatest

from mingchuang.core import now
from mingchuang.core.jobs import bell
from mingchuang.core.models import ChainHead, Event, FeedPosition

_POLL_SECONDS: Final = 0.5


def since(seq: int, limit: int = 500) -> list[Event]:
    """The events after number `seq`, in order, at most `limit`."""
    return list(Event.objects.filter(seq__gt=seq).order_by("seq")[:limit])


def head() -> int:
    """The number of the last event; 0 when there is none."""
    return ChainHead.objects.values_list("seq", flat=True).first() or 0


def wait(seq: int, timeout: float) -> bool:
    """Sleep until there is an event after `seq` (True) or `timeout` seconds have passed (False).

    Woken at once by commits of this process; those of others are seen within half a second.
    """
    end = time.monotonic() + timeout
    while True:
        heard = bell.count()
        if head() > seq:
            return True
        left = end - time.monotonic()
        if left <= 0:
            return False
        bell.wait(heard, min(left, _POLL_SECONDS))


def position(consumer: str) -> int:
    """Up to which event a consumer has durably done its work; 0 for a new one."""
    return FeedPosition.objects.filter(pk=consumer).values_list("seq", flat=True).first() or 0


def advance(consumer: str, seq: int) -> None:
    """Note that `consumer` is done up to `seq`; never goes back, whoever calls last."""
    fresh = FeedPosition(consumer=consumer, seq=seq, moved_at=now.now())
    if not FeedPosition.objects.bulk_create([fresh], ignore_conflicts=True):
        return
    FeedPosition.objects.filter(pk=consumer).update(seq=Greatest(F("seq"), seq), moved_at=now.now())


def restart(consumer: str) -> None:
    """Let a consumer begin anew (its index was thrown away)."""
    FeedPosition.objects.filter(pk=consumer).update(seq=0, moved_at=now.now())
