"""Notice boards in the desk: printed, registered, reminded of, taken down; never on the web."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from typing import Any

import pytest

from mingchuang.core import now
from tests.cast import Cast
from tests.desk.conftest import Desk
from tests.record_stages import fresh, signed, signers

pytestmark = pytest.mark.db
At = Callable[..., Desk]


def approved(cast: Cast) -> Any:
    from mingchuang.records import do
    from mingchuang.records.kind import kind

    until = now.today() + datetime.timedelta(days=7)
    values = {**kind("household").samples[0], "until": until.isoformat()}
    revision = do.create("household", cast.office, cast.zhang.actor, values)
    do.submit(revision, cast.zhang.actor)
    return signed(cast, fresh(revision), *signers(cast, "B"))


def registered(desk: Desk, revision: Any, **typed: str) -> str:
    place = f"/desk/records/{revision.record_id}/post/"
    page = desk.get(place)
    until = re.search(r'name="until" value="([^"]+)"', page)
    assert until
    given = {
        "place": "示例村公示栏", "posted_on": now.today().isoformat(), "until": until[1],
        "content_hash": revision.content_hash, **typed,
    }  # fmt: skip
    return desk.post(place, given)


def test_from_the_approved_list_to_the_board_and_down_again(cast: Cast, at: At) -> None:
    from mingchuang.records import do
    from mingchuang.records.models import Posting

    revision = approved(cast)
    zhang = at(cast.zhang)
    here = f"/desk/records/{revision.record_id}/"
    page = zhang.get(here)
    assert "登记张贴" in page and "打印公示件" in page
    assert f'action="{here}publish/"' not in page
    assert "甲一" in zhang.get(f"{here}preview/")
    assert registered(zhang, revision) == here
    assert "示例村公示栏" in zhang.get(here) and "张贴中" in zhang.get(here)
    posting = Posting.objects.get()
    do.end_displays(posting.until + datetime.timedelta(days=1))
    assert "公示期满，待取下" in zhang.get("/desk/")
    assert "期满待取下" in zhang.get(here)
    down = f"/desk/records/postings/{posting.pk}/take-down/"
    assert "提前取下的请写明理由" in zhang.post(down, {"happened_on": now.today().isoformat()}, status=422)
    zhang.post(down, {"happened_on": now.today().isoformat(), "note": "名单有误，另行公示。"})
    assert "已取下" in zhang.get(here)
    assert "公示期满，待取下" not in zhang.get("/desk/")


def test_it_is_never_on_the_web(cast: Cast, at: At) -> None:
    revision = approved(cast)
    registered(at(cast.zhang), revision)
    assert at(cast.zhang).client.get(f"/records/{revision.record_id}/").status_code == 404


def test_strangers_and_reviewers_do_not_post(cast: Cast, at: At) -> None:
    revision = approved(cast)
    at(cast.wang).get(f"/desk/records/{revision.record_id}/post/", status=404)
    at(cast.li).get(f"/desk/records/{revision.record_id}/post/", status=404)
