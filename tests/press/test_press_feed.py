"""Following the kernel's own events, as the serving process does."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import pytest

from mingchuang.press import sources
from mingchuang.press.bake import Baker
from mingchuang.press.follow import Follower
from mingchuang.press.render import Rendered
from mingchuang.press.sources import Change, Item
from mingchuang.press.store import Store

pytestmark = pytest.mark.db


def render(address: str) -> Rendered:
    from mingchuang.core.models import Unit

    codes = Unit.objects.order_by("code").values_list("code", flat=True)
    return Rendered(200, "text/html; charset=utf-8", " ".join(codes).encode())


@pytest.fixture
def units_page() -> Iterator[None]:
    def pages_for(change: Change) -> Iterable[Item]:
        return ["/units/"] if change.subject_kind == "core.unit" else []

    before = sources.registered()
    for source in before:
        sources.unregister(source.name)
    sources.register("units", pages_for, lambda: ["/units/"])
    yield
    sources.unregister("units")
    for source in before:
        sources.register(source.name, source.pages_for, source.all_pages)


def create_unit(code: str, name: str) -> None:
    from mingchuang.core import do
    from mingchuang.core.actor import Actor

    do.create_unit(
        Actor.system(), code=code, name=name, short_name=name[3:], order=1, region="999901", since=date(2019, 1, 1)
    )


def test_events_reach_the_folder_by_a_running_follower(fresh_database: None, units_page: None, tmp_path: Path) -> None:
    from django.db import connection

    store = Store(tmp_path / "public")
    page = store.root / "units/index.html"
    create_unit("gov", "样例市人民政府")
    follower = Follower(store, Baker(store, render))
    follower.catch_up()
    assert page.read_text("utf-8") == "gov"
    stop = threading.Event()

    def run() -> None:
        follower.run(stop)
        connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    create_unit("sjj", "样例市审计局")
    limit = time.monotonic() + 20
    while page.read_text("utf-8") != "gov sjj" and time.monotonic() < limit:
        time.sleep(0.01)
    stop.set()
    thread.join(30)
    assert page.read_text("utf-8") == "gov sjj"


def test_a_full_bake_goes_on_from_the_kernels_last_event(db: None, units_page: None, tmp_path: Path) -> None:
    from mingchuang.core import feed

    create_unit("gov", "样例市人民政府")
    baker = Baker(Store(tmp_path / "public"), render)
    baker.bake_all()
    assert baker.position.read() == feed.head() > 0
