"""What was withdrawn and can still be read: told by verify and by /readyz."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from mingchuang.press import sources
from mingchuang.press.sources import Change, Gone, Item

pytestmark = pytest.mark.db

ADDRESS = "/ledger/7/"


@pytest.fixture
def folder(db: None, settings: Any) -> Iterator[Path]:
    """A public folder that has followed nothing, and an event after which nothing may stand at `ADDRESS`."""
    from mingchuang.core import do
    from mingchuang.core.actor import Actor
    from mingchuang.press.notes import Position

    def pages_for(change: Change) -> Iterable[Item]:
        return ["/", Gone(ADDRESS)] if change.subject_kind == "core.unit" else []

    root: Path = settings.MINGCHUANG_DATA / "public"
    (root / ".press").mkdir()
    (root / "ledger/7").mkdir(parents=True)
    page = root / "ledger/7/index.html"
    page.write_text("不应再公开的正文", "utf-8")
    os.utime(page, (1_500_000_000, 1_500_000_000))
    Position(root / ".press").write(0)
    sources.register("still", pages_for, list)
    do.create_unit(Actor.system(), code="gov", name="样例市人民政府", order=1, region="999901", since=date(2019, 1, 1))
    yield root
    sources.unregister("still")


def test_a_file_of_something_withdrawn_is_named(folder: Path) -> None:
    from mingchuang.core import feed
    from mingchuang.press.notes import Position
    from mingchuang.site import still_public

    assert [issue.field for issue in still_public.issues()] == [ADDRESS]
    Position(folder / ".press").write(feed.head())
    assert list(still_public.issues()) == []
    Position(folder / ".press").write(0)
    (folder / "ledger/7/index.html").unlink()
    assert list(still_public.issues()) == []


def test_monitors_are_told_once_it_is_more_than_a_moment(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.test import RequestFactory

    from mingchuang.core import now
    from mingchuang.site import health_views, still_public

    ask = RequestFactory().get("/readyz")
    assert health_views.ready(ask).status_code == 200
    later = now.after(still_public.GRACE * 2)
    monkeypatch.setattr(still_public, "GRACE", -still_public.GRACE)
    assert later
    answer = health_views.ready(ask)
    assert (answer.status_code, json.loads(answer.content)) == (503, {"ready": False, "reason": "withdrawn"})


def test_verify_says_so_once_it_is_more_than_a_moment(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from mingchuang.core import verify
    from mingchuang.site import still_public

    assert "press.withdrawn" not in {issue.code for issue in verify.run()}
    monkeypatch.setattr(still_public, "GRACE", -still_public.GRACE)
    assert "press.withdrawn" in {issue.code for issue in verify.run()}
