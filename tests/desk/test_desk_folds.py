"""What few texts need stands folded in the form, until one of its fields is filled."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mingchuang.records import do
from mingchuang.records.kind import kind
from tests import record_stages as stages
from tests.cast import Cast
from tests.desk.conftest import Desk

pytestmark = pytest.mark.db
At = Callable[..., Desk]

CLOSED = '<details class="group"><summary class="button button--small">制定过程（18栏）</summary>'


def test_how_a_document_was_made_is_folded_until_it_is_told(cast: Cast, at: At) -> None:
    revision = stages.draft(cast)
    place = f"/desk/records/{revision.record_id}/edit/"
    page = at(cast.zhang).get(place)
    assert CLOSED in page
    for field in kind("policy").fields:
        assert page.count(f'name="{field.name}"') == 1, field.name
    do.save_draft(revision, cast.zhang.actor, {"comments": "0"}, version=revision.version)
    page = at(cast.zhang).get(place)
    assert CLOSED.replace('class="group"', 'class="group" open') in page


def test_what_cannot_be_read_is_seen(cast: Cast, at: At) -> None:
    revision = stages.draft(cast)
    place = f"/desk/records/{revision.record_id}/edit/"
    sent = {"review_from": "下周", "version": str(revision.version)}
    page = at(cast.zhang).post(place, sent, status=422)
    assert '<details class="group" open>' in page
    assert "不是一个日期" in page
