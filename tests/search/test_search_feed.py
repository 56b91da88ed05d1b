"""Following the event sequence: in order, once, never past a failure, one process at a time."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
import tantivy
from tests.search.conftest import put

from mingchuang.search import erasure, sources
from mingchuang.search.entry import Entry, Gone
from mingchuang.search.failures import IndexBusy
from mingchuang.search.feed import Follower
from mingchuang.search.query import Query


@dataclass
class Happened:
    seq: int
    subject_kind: str
    subject_id: int


class Sequence_:  # noqa: N801 -- the event sequence of these tests
    """Events in a list, with the wake-up of `core.feed`."""

    def __init__(self) -> None:
        self.events: list[Happened] = []
        self._bell = threading.Condition()

    def happen(self, subject_id: int, kind: str = "test.paper") -> int:
        with self._bell:
            self.events.append(Happened(len(self.events) + 1, kind, subject_id))
            self._bell.notify_all()
            return len(self.events)

    def since(self, seq: int, limit: int = 500) -> list[Happened]:
        return self.events[seq : seq + limit]

    def head(self) -> int:
        return len(self.events)

    def wait(self, seq: int, timeout: float) -> bool:
        with self._bell:
            return self._bell.wait_for(lambda: len(self.events) > seq, min(timeout, 0.05))


class Papers:
    """The database of these tests: what each paper is now, and how often it was asked for."""

    def __init__(self) -> None:
        self.texts: dict[int, str] = {}
        self.asked: list[int] = []
        self.broken: set[int] = set()

    def __call__(self, ids: Sequence[int]) -> list[Entry | Gone]:
        self.asked += ids
        if self.broken & set(ids):
            raise RuntimeError("source fails")
        return [
            Entry(key=f"p:{n}", kind="k", unit="u", title="通知", url="/", body=self.texts[n])
            if n in self.texts
            else Gone(f"p:{n}")
            for n in ids
        ]


@pytest.fixture
def papers() -> Iterator[Papers]:
    made = Papers()
    sources.register("test.paper", made)
    yield made
    sources.unregister("test.paper")


@pytest.fixture
def feed() -> Sequence_:
    return Sequence_()


@pytest.fixture
def follower(tmp_path: Path, feed: Sequence_, papers: Papers) -> Follower:
    return Follower(tmp_path / "index", feed)


def found(follower: Follower, text: str = "公开") -> list[str]:
    return sorted(hit.key for hit in follower.index.query(Query(text, size=100)).hits)


def test_publication_change_and_withdrawal_are_followed(follower: Follower, feed: Sequence_, papers: Papers) -> None:
    papers.texts = {1: "政务公开", 2: "财政公开"}
    feed.happen(1), feed.happen(2), feed.happen(9, "test.unsearched")
    assert follower.catch_up() == 3
    assert found(follower) == ["p:1", "p:2"]
    papers.texts = {2: "财政预算"}
    feed.happen(1), feed.happen(2)
    assert follower.catch_up() == 2
    assert (found(follower), found(follower, "预算")) == ([], ["p:2"])
    assert follower.index.position() == 5


def test_a_withdrawal_ends_with_the_text_off_the_disk(follower: Follower, feed: Sequence_, papers: Papers) -> None:
    papers.texts = {n: f"内容{n}" for n in range(1, 20)} | {20: "不该公开的魑魅"}
    for n in range(1, 21):
        feed.happen(n)
    follower.catch_up()
    stop = threading.Event()
    thread = threading.Thread(target=follower.run, args=(stop,))
    thread.start()
    del papers.texts[20]
    feed.happen(20)
    limit = time.monotonic() + 30
    mark = follower.index.generations.current() / erasure.MARK
    while found(follower, "魑魅") or mark.exists() or follower.index.position() < 21:
        assert time.monotonic() < limit
        time.sleep(0.02)
    stop.set()
    thread.join()
    searcher = tantivy.Index.open(str(follower.index.generations.current())).searcher()
    assert not searcher.terms_with_prefix("grams", "魑魅")
    assert searcher.terms_with_prefix("grams", "内容")
    assert follower.index.status().documents == 19


def test_reading_the_same_events_again_changes_nothing(follower: Follower, feed: Sequence_, papers: Papers) -> None:
    papers.texts = {1: "政务公开"}
    feed.happen(1)
    follower.catch_up()
    with follower.index.writer() as writer:  # as after a kill between writing and the next commit
        writer.commit(0)
    follower.catch_up()
    assert found(follower) == ["p:1"]
    assert follower.index.query(Query("")).total == 1


def test_the_position_never_passes_a_failure(follower: Follower, feed: Sequence_, papers: Papers) -> None:
    papers.texts = {1: "政务公开", 2: "财政公开"}
    feed.happen(1)
    follower.catch_up()
    papers.broken = {2}
    feed.happen(2)
    with pytest.raises(RuntimeError, match="source fails"):
        follower.catch_up()
    assert follower.index.position() == 1
    papers.broken = set()
    assert follower.catch_up() == 1
    assert found(follower) == ["p:1", "p:2"]
    assert follower.catch_up() == 0


def test_a_rebuild_asks_for_each_subject_once_and_reports(follower: Follower, feed: Sequence_, papers: Papers) -> None:
    papers.texts = dict.fromkeys(range(1, 451), "政务公开")
    for n in [*papers.texts, *papers.texts, 999]:
        feed.happen(n)
    told: list[tuple[int, int]] = []
    assert follower.rebuild(lambda done, total: told.append((done, total))) == 450
    assert sorted(papers.asked) == [*range(1, 451), 999]
    assert told[-1] == (451, 451)
    assert (follower.index.position(), follower.index.query(Query("")).total) == (901, 450)


def test_an_index_ahead_of_a_restored_database_is_rebuilt(follower: Follower, feed: Sequence_, papers: Papers) -> None:
    papers.texts = {1: "政务公开", 2: "财政公开"}
    feed.happen(1), feed.happen(2)
    follower.catch_up()
    del papers.texts[2]
    feed.events.pop()
    assert follower.catch_up() == 1
    assert found(follower) == ["p:1"]


def test_a_damaged_index_is_rebuilt_by_the_follower(follower: Follower, feed: Sequence_, papers: Papers) -> None:
    papers.texts = {1: "政务公开"}
    feed.happen(1)
    follower.catch_up()
    for path in follower.index.generations.current().glob("*.term"):
        put(path, b"")
    fresh = Follower(follower.index.generations.root, feed)
    assert fresh.catch_up() == 1
    assert found(fresh) == ["p:1"]


def test_publish_to_searchable_while_running_and_a_stand_by_takes_over(
    follower: Follower, feed: Sequence_, papers: Papers
) -> None:
    stops = threading.Event(), threading.Event()
    stand_by = Follower(follower.index.generations.root, feed)
    first = threading.Thread(target=follower.run, args=(stops[0],))
    second = threading.Thread(target=stand_by.run, args=(stops[1],))
    first.start()
    _until(lambda: follower.index.status().state == "ready")
    second.start()
    papers.texts[1] = "政务公开"
    feed.happen(1)
    _until(lambda: found(follower) == ["p:1"])
    with pytest.raises(IndexBusy):
        stand_by.rebuild()  # leaves a mark, and the process that writes does it
    _until(lambda: not follower.index.generations.rebuild_wanted)
    stops[0].set()
    first.join()
    papers.texts[2] = "财政公开"
    feed.happen(2)
    _until(lambda: found(follower) == ["p:1", "p:2"])
    stops[1].set()
    second.join()


def _until(true: object, seconds: float = 20.0) -> None:
    end = time.monotonic() + seconds
    while not true():  # type: ignore[operator]
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.01)


def test_events_without_a_source_are_passed_and_the_position_follows_when_idle(
    follower: Follower, feed: Sequence_, papers: Papers
) -> None:
    stop = threading.Event()
    running = threading.Thread(target=follower.run, args=(stop,))
    running.start()
    _until(lambda: follower.index.status().state == "ready")
    for n in range(5):
        feed.happen(n, "test.unsearched")
    _until(lambda: follower.index.position() == 5)
    stop.set()
    running.join()
    assert papers.asked == []


def test_a_kind_has_one_source(papers: Papers) -> None:
    sources.register("test.paper", papers)
    with pytest.raises(ValueError, match="has a source already"):
        sources.register("test.paper", Papers())


@pytest.mark.db
def test_the_real_feed_fits(db: None, tmp_path: Path) -> None:
    from mingchuang.core import feed as core_feed

    follower = Follower(tmp_path / "index")
    assert follower.catch_up() == core_feed.head()
    assert follower.index.status().state == "ready"
