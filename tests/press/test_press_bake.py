"""Baking: what the application answers becomes a file; what it no longer has goes; what fails keeps the old page."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import OperationalError

from mingchuang.core.now import travel
from mingchuang.press import bake as bake_module
from mingchuang.press import sources
from mingchuang.press.bake import Baker
from mingchuang.press.follow import Follower
from mingchuang.press.render import Rendered
from mingchuang.press.sources import Attachment, Change, Gone, Item
from mingchuang.press.store import Store
from mingchuang.press.verification import issues


@dataclass
class Event:
    seq: int
    subject_kind: str
    subject_id: int
    move: str


@dataclass
class Site:
    """A small application: records with a list, and the feed of what happened to them."""

    records: dict[int, str] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    broken: dict[str, int] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    stored: Path | None = None
    waits: int = 0
    stop: threading.Event = field(default_factory=threading.Event)

    def publish(self, number: int, text: str) -> None:
        self.records[number] = text
        self.events.append(Event(len(self.events) + 1, "record", number, "publish"))

    def withdraw(self, number: int) -> None:
        del self.records[number]
        self.events.append(Event(len(self.events) + 1, "record", number, "withdraw"))

    def render(self, address: str) -> Rendered:
        self.asked.append(address)
        if address in self.broken:
            return Rendered(self.broken[address], "text/html", b"oops")
        if address == "/":
            return Rendered(200, "text/html; charset=utf-8", "，".join(self.records.values()).encode())
        number = int(address.split("/")[2])
        if number not in self.records:
            return Rendered(410, "text/html", b"withdrawn")
        return Rendered(200, "text/html", self.records[number].encode())

    def pages_for(self, change: Change) -> Iterable[Item]:
        if change.subject_kind != "record":
            return []
        here = f"/records/{change.subject_id}/"
        items: list[Item] = [here, "/"]
        if change.subject_id not in self.records:
            items.append(Gone(f"{here}files/"))
        elif self.stored:
            items.append(Attachment(f"{here}files/ab/附件.pdf", self.stored))
        return items

    def all_pages(self) -> Iterator[Item]:
        yield "/"
        for number in self.records:
            yield f"/records/{number}/"
            if self.stored:
                yield Attachment(f"/records/{number}/files/ab/附件.pdf", self.stored)

    # core.feed
    def head(self) -> int:
        return len(self.events)

    def since(self, seq: int, limit: int) -> list[Event]:
        return self.events[seq : seq + limit]

    def wait(self, seq: int, timeout: float) -> bool:
        self.waits += 1
        self.stop.set()
        return False


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    stored = tmp_path / "stored"
    stored.write_bytes(b"%PDF" * 100)
    stored.chmod(0o444)
    site = Site(stored=stored)
    before = {source.name: source for source in sources.registered()}
    for name in before:
        sources.unregister(name)
    sources.register("records", site.pages_for, site.all_pages)
    yield site
    sources.unregister("records")
    for source in before.values():
        sources.register(source.name, source.pages_for, source.all_pages)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "public")


def text(store: Store, path: str) -> str | None:
    target = store.root / path
    return target.read_text("utf-8") if target.exists() else None


def follower(store: Store, site: Site) -> Follower:
    return Follower(store, Baker(store, site.render, site.head), site)


def test_publishing_and_withdrawing_reach_the_folder(store: Store, site: Site) -> None:
    follow = follower(store, site)
    site.publish(1, "关于做好政务公开工作的通知")
    site.publish(2, "第二件")
    follow.catch_up()
    assert text(store, "records/1/index.html") == "关于做好政务公开工作的通知"
    assert text(store, "index.html") == "关于做好政务公开工作的通知，第二件"
    assert (store.root / "records/1/files/ab/附件.pdf").exists()
    site.withdraw(1)
    report = follow.catch_up()
    assert not (store.root / "records/1").exists(), "page, attachments and folder are gone"
    assert text(store, "index.html") == "第二件"
    assert report.removed == 2
    assert follow.baker.position.read() == 3


def test_only_what_a_change_touches_is_asked_for(store: Store, site: Site) -> None:
    for number in range(1, 6):
        site.publish(number, f"第{number}件")
    follow = follower(store, site)
    follow.catch_up()
    site.asked.clear()
    site.publish(3, "改过的第3件")
    follow.catch_up()
    assert sorted(site.asked) == ["/", "/records/3/"]


def test_following_twice_changes_nothing(store: Store, site: Site) -> None:
    site.publish(1, "一")
    follow = follower(store, site)
    follow.catch_up()
    generation = store.generation
    follow.baker.position.write(0)
    report = follow.catch_up()
    assert (report.written, report.removed, store.generation) == (0, 0, generation)
    assert report.unchanged == 3


def test_the_folder_catches_up_after_downtime(store: Store, site: Site) -> None:
    site.publish(1, "一")
    follower(store, site).catch_up()
    for number in range(2, 1300):
        site.publish(number, f"第{number}件")
    site.withdraw(1)
    fresh = follower(Store(store.root), site)
    fresh.catch_up()
    assert fresh.baker.position.read() == site.head() == 1300
    assert text(store, "records/1299/index.html") == "第1299件"
    assert text(store, "records/1/index.html") is None


def test_death_between_pages_and_position_is_harmless(
    store: Store, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.publish(1, "一")
    follow = follower(store, site)
    follow.catch_up()
    site.publish(2, "二")
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):

        def die(*_: object, **__: object) -> None:
            raise KeyboardInterrupt

        patch.setattr(follow.baker.position, "write", die)
        follow.catch_up()
    assert text(store, "records/2/index.html") == "二", "the pages were in place before the position"
    again = follower(Store(store.root), site)
    assert again.baker.position.read() == 1
    assert again.catch_up().written == 0
    assert again.baker.position.read() == 2


def test_a_restored_older_database_is_baked_whole(store: Store, site: Site) -> None:
    for number in range(1, 4):
        site.publish(number, f"第{number}件")
    follower(store, site).catch_up()
    site.events = site.events[:1]
    site.records = {1: "第1件"}
    follow = follower(store, site)
    follow.catch_up()
    assert store.under("records/2") == []
    assert follow.baker.position.read() == 1


@pytest.mark.parametrize("status", [500, 503, 302, 403, 400])
def test_a_page_that_fails_keeps_its_old_self_and_is_tried_again(store: Store, site: Site, status: int) -> None:
    follow = follower(store, site)
    site.publish(1, "旧")
    follow.catch_up()
    site.broken["/records/1/"] = status
    site.publish(1, "新")
    report = follow.catch_up()
    assert text(store, "records/1/index.html") == "旧"
    assert text(store, "index.html") == "新", "the others go on"
    assert [(p.address, str(status) in p.reason) for p in report.problems] == [("/records/1/", True)]
    assert follow.baker.failed.read() == {"/records/1/"}
    site.broken.clear()
    again = follower(Store(store.root), site)
    again.catch_up()
    assert text(store, "records/1/index.html") == "新"
    assert again.baker.failed.read() == set()


def test_pages_that_are_not_public_are_refused(store: Store) -> None:
    answers = {
        "/cookie/": Rendered(200, "text/html", b"x", sets_cookie=True),
        "/x.json": Rendered(200, "text/html", b"<html>"),
        "/../x/": Rendered(200, "text/html", b"x"),
        "/good/": Rendered(200, "text/html", b"x"),
    }
    report = Baker(store, answers.__getitem__, lambda: 0).bake(
        [*answers, "/unknown/", Attachment("/files/x.pdf", Path("/nowhere"))]
    )
    assert list(store.manifest) == ["good/index.html"]
    assert {p.address for p in report.problems} == {"/cookie/", "/x.json", "/../x/", "/unknown/", "/files/x.pdf"}
    assert all(any("\u4e00" <= c <= "\u9fff" for c in p.reason) for p in report.problems)


def test_a_full_bake_removes_what_nobody_names_and_leaves_static_files(store: Store, site: Site) -> None:
    site.publish(1, "一")
    with store.batch() as batch:
        batch.write("records/99/index.html", b"orphan")
        batch.write("records/99/files/ab/x.pdf", b"orphan")
        batch.write("static/ui.abc.css", b"a{}")
    steps: list[tuple[int, int]] = []
    report = Baker(store, site.render, site.head).bake_all(lambda done, total: steps.append((done, total)))
    assert sorted(store.manifest) == [
        "index.html",
        "records/1/files/ab/附件.pdf",
        "records/1/index.html",
        "static/ui.abc.css",
    ]
    assert report.removed == 2
    assert steps[-1] == (3, 3)


def test_a_full_bake_mends_what_was_changed_by_hand(store: Store, site: Site) -> None:
    for number in range(1, 5):
        site.publish(number, f"关于第{number}件事项的公告" * 40)
    baker = Baker(store, site.render, site.head)
    baker.bake_all()
    before = {path.name: path.read_bytes() for path in store.root.rglob("*") if path.is_file()}
    page = store.root / "records/1/index.html"
    page.write_bytes(page.read_bytes().replace("公告".encode(), "假的".encode()))
    (store.root / "records/2/index.html.gz").write_bytes(b"\x1f\x8b damaged")
    (store.root / "records/3/index.html").unlink()
    (store.root / "records/4/index.html.gz").unlink()
    (store.root / "backdoor.html").write_text("x")
    (store.root / "records/4/files/ab/附件.pdf").unlink()
    assert issues(store.root)
    Baker(Store(store.root), site.render, site.head).bake_all()
    assert issues(store.root) == []
    after = {path.name: path.read_bytes() for path in store.root.rglob("*") if path.is_file()}
    assert before.keys() == after.keys()
    for number in range(1, 5):
        assert text(store, f"records/{number}/index.html") == site.records[number]
        packed = (store.root / f"records/{number}/index.html.gz").read_bytes()
        assert gzip.decompress(packed).decode() == site.records[number]


def test_an_interrupted_full_bake_goes_on(store: Store, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bake_module, "_CHUNK_PAGES", 10)
    for number in range(1, 51):
        site.publish(number, f"第{number}件")
    site.stored = None

    def stop_at(done: int, total: int) -> None:
        if done >= 30:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Baker(store, site.render, site.head).bake_all(stop_at)
    site.asked.clear()
    site.publish(3, "在中断期间改过")
    again = Baker(Store(store.root), site.render, site.head)
    again.bake_all()
    assert len(site.asked) == 21
    assert again.position.read() == 50, "what happened meanwhile is followed afterwards"
    Follower(again.store, again, site).catch_up()
    assert text(store, "records/3/index.html") == "在中断期间改过"


def test_an_old_or_foreign_interruption_is_begun_again(
    store: Store, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bake_module, "_CHUNK_PAGES", 1)
    site.stored = None
    for number in range(1, 5):
        site.publish(number, "x")

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    moment = datetime(2019, 9, 25, tzinfo=UTC)
    for later, version in ((timedelta(hours=2), "1"), (timedelta(minutes=1), "2"), (timedelta(minutes=-5), "1")):
        with travel(moment), pytest.raises(KeyboardInterrupt):
            Baker(store, site.render, site.head, fingerprint="1").bake_all(stop)
        site.asked.clear()
        with travel(moment + later):
            Baker(store, site.render, site.head, fingerprint=version).bake_all()
        assert len(site.asked) == 5


def test_a_page_published_during_a_full_bake_is_no_orphan(store: Store, site: Site) -> None:
    site.stored = None
    site.publish(1, "一")
    baker = Baker(store, site.render, site.head)
    follow = follower(Store(store.root), site)
    follow.catch_up()

    def publish(done: int, total: int) -> None:
        site.publish(7, "七")
        follow.catch_up()

    baker.bake_all(publish)
    assert text(store, "records/7/index.html") == "七"


def test_an_unreachable_database_stops_the_follower_without_losing_the_event(store: Store, site: Site) -> None:
    follow = follower(store, site)
    follow.catch_up()

    def away(change: Change) -> Iterable[Item]:
        raise OperationalError("moved away")

    sources.register("records", away, site.all_pages)
    site.publish(1, "一")
    with pytest.raises(OperationalError):
        follow.catch_up()
    sources.register("records", site.pages_for, site.all_pages)
    follow.catch_up()
    assert text(store, "records/1/index.html") == "一"


def test_a_source_with_a_bug_is_asked_for_everything(store: Store, site: Site) -> None:
    follow = follower(store, site)
    follow.catch_up()

    def buggy(change: Change) -> Iterable[Item]:
        raise KeyError(change.subject_id)

    sources.register("records", buggy, site.all_pages)
    site.publish(1, "一")
    follow.catch_up()
    assert text(store, "records/1/index.html") == "一"


def test_run_follows_until_it_is_stopped(store: Store, site: Site) -> None:
    site.publish(1, "一")
    follower(store, site).run(site.stop)
    assert site.waits == 1
    assert text(store, "records/1/index.html") == "一"


def test_two_followers_do_the_work_once(store: Store, site: Site) -> None:
    follower(store, site).catch_up()
    for number in range(1, 30):
        site.publish(number, f"第{number}件")
    threads = [threading.Thread(target=follower(Store(store.root), site).catch_up) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    store.refresh()
    assert len(store.under("records/")) == 58
    assert site.asked.count("/records/5/") == 1
