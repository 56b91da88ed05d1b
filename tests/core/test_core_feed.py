"""The feed: in order, without gaps, awake at once; positions that never go back."""

from __future__ import annotations

import threading
import time
from typing import Any

import pytest

pytestmark = pytest.mark.db


def test_a_consumer_reads_on_from_where_it_is(cast: Any) -> None:
    from mingchuang.core import feed

    first = feed.since(0, limit=3)
    assert [event.seq for event in first] == [1, 2, 3]
    rest = feed.since(3)
    assert [event.seq for event in rest] == list(range(4, feed.head() + 1))
    assert feed.since(feed.head()) == []


def test_positions_only_advance(cast: Any) -> None:
    from mingchuang.core import feed

    assert feed.position("index") == 0
    feed.advance("index", 5)
    feed.advance("index", 3)
    assert feed.position("index") == 5
    feed.advance("index", 8)
    assert feed.position("index") == 8
    feed.restart("index")
    assert feed.position("index") == 0


def test_waiting_ends_with_the_next_commit(stage: Any) -> None:
    from django.db import connection

    from mingchuang.core import feed
    from mingchuang.core.act import act
    from mingchuang.core.actor import Actor

    start = feed.head()
    seen: list[tuple[bool, float]] = []

    def wait() -> None:
        begun = time.monotonic()
        seen.append((feed.wait(start, 20), time.monotonic() - begun))
        connection.close()

    thread = threading.Thread(target=wait)
    thread.start()
    time.sleep(0.3)
    act(stage.clerk, "sign_out", Actor.own(stage.clerk))
    thread.join(timeout=30)
    assert seen[0][0] is True and seen[0][1] < 10
    assert feed.wait(feed.head(), 0.05) is False
