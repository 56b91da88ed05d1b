"""A disk that takes no more: what is withdrawn leaves the public all the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from tests.press.faulty_disk import FullDisk

from mingchuang.press import sources
from mingchuang.press.bake import Baker
from mingchuang.press.follow import Follower
from mingchuang.press.layer import BakedLayer
from mingchuang.press.render import Rendered
from mingchuang.press.sources import Change, Gone, Item
from mingchuang.press.store import Store
from mingchuang.press.verification import issues

SECRET = "不应再公开的正文。" * 200


class World:
    """Pages as the application answers them, and the events that change them."""

    def __init__(self) -> None:
        self.page = SECRET
        self.events: list[Any] = [SimpleNamespace(subject_kind="text", subject_id=1, seq=1, move="publish")]

    def withdraw(self) -> None:
        self.page = "已撤下"
        self.events.append(
            SimpleNamespace(subject_kind="text", subject_id=1, seq=len(self.events) + 1, move="withdraw")
        )

    def render(self, address: str) -> Rendered:
        return Rendered(200, "text/html; charset=utf-8", self.page.encode())

    def head(self) -> int:
        return len(self.events)

    def since(self, seq: int, limit: int) -> Sequence[Any]:
        return [event for event in self.events if event.seq > seq][:limit]

    def wait(self, seq: int, timeout: float) -> None:
        raise AssertionError("nothing waits here")


@pytest.fixture
def world() -> Iterator[World]:
    def pages_for(change: Change) -> Iterable[Item]:
        return ["/records/1/", Gone("/records/1/old.html")] if change.move == "withdraw" else ["/records/1/"]

    before = sources.registered()
    for source in before:
        sources.unregister(source.name)
    sources.register("texts", pages_for, lambda: ["/records/1/", "/records/1/old.html"])
    yield World()
    sources.unregister("texts")
    for source in before:
        sources.register(source.name, source.pages_for, source.all_pages)


def follower(root: Path, disk: FullDisk, world: World) -> Follower:
    store = Store(root, disk=disk)
    return Follower(store, Baker(store, world.render, world.head), world)


def public(root: Path) -> bytes:
    return b"".join(file.read_bytes() for file in sorted(root.rglob("*.html")))


def asked(layer: BakedLayer) -> bytes:
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/records/1/"}
    return b"".join(layer(environ, lambda *_: lambda _: None))


def live(environ: Any, start_response: Any) -> list[bytes]:
    return [b"live"]


def test_withdrawn_on_a_full_disk_is_gone_at_once(tmp_path: Path, world: World) -> None:
    root, disk = tmp_path / "public", FullDisk()
    following = follower(root, disk, world)
    following.catch_up()
    layer = BakedLayer(root, live)
    assert asked(layer).decode() == SECRET
    disk.full = True
    world.withdraw()
    with pytest.raises(OSError, match="No space left"):
        following.step()
    assert SECRET.encode() not in public(root)
    assert not list(root.rglob("*.gz"))
    layer._look_at = 0.0
    assert asked(layer) == b"live"
    disk.full = False
    following.catch_up()
    assert public(root).decode() == "已撤下"
    layer._look_at = 0.0
    assert asked(layer).decode() == "已撤下"
    assert issues(root) == []


def test_a_second_withdrawal_while_a_batch_waits_for_room(tmp_path: Path, world: World) -> None:
    """The store can't even be opened properly; what must go still goes, again and again."""
    root, disk = tmp_path / "public", FullDisk()
    following = follower(root, disk, world)
    following.catch_up()
    disk.full = True
    for _ in range(3):
        (root / "records/1").mkdir(parents=True, exist_ok=True)
        (root / "records/1/index.html").write_text(SECRET, "utf-8")
        world.withdraw()
        with pytest.raises(OSError, match="No space left"):
            follower(root, disk, world).step()
        assert SECRET.encode() not in public(root)
    disk.full = False
    follower(root, disk, world).catch_up()
    assert public(root).decode() == "已撤下"
    assert issues(root) == []
