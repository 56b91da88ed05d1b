"""The database moved away and the server restarted: reading and search go on, the desk says why it doesn't."""

from __future__ import annotations

import contextlib
from pathlib import Path
from urllib.parse import quote

import pytest
from django.test import RequestFactory

from tests import postgres_cluster
from tests.site import installation
from tests.site.conftest import password_of
from tests.site.visitor import Visitor

pytestmark = pytest.mark.slow


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return installation.copy(tmp_path / "site")


def test_public_site_answers_without_the_database(data: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        file = data / f"db.sqlite3{suffix}"
        if file.exists():
            file.rename(data / f"moved{suffix}")
    with installation.served(data, demo=False) as site:
        files = sorted((data / "public" / "records" / "1" / "files").rglob("*.txt"))
        attachment = "/" + quote(str(files[0].relative_to(data / "public")))
        for path in ("/", "/units/", "/years/", "/records/1/", "/records/1/record.json", "/ledger/1/", attachment):
            status, body = site.get(path)
            assert status == 200, path
            assert body
        status, body = site.get("/search/?q=" + quote("公开"))
        assert status == 200
        assert 'href="/records/1/"' in body.decode()
        status, body = site.get("/desk/")
        assert status == 503
        assert "数据库打不开" in body.decode()
        assert not (data / "db.sqlite3").exists(), "an absent database must not be made anew"


def test_database_that_comes_back_is_used_without_a_restart(data: Path) -> None:
    (data / "db.sqlite3").rename(data / "moved")
    with installation.served(data, demo=False) as site:
        assert site.get("/readyz")[0] == 503
        (data / "moved").rename(data / "db.sqlite3")
        assert site.get("/readyz")[0] == 200


def test_postgresql_that_goes_away_takes_the_desk_and_nothing_else(tmp_path: Path) -> None:
    with contextlib.ExitStack() as running:
        address = running.enter_context(postgres_cluster.cluster())
        data = tmp_path / "site"
        with installation.served(data, MINGCHUANG_DATABASE=address) as site:
            clerk = Visitor(site.address)
            assert clerk.sign_in("zhang", password_of(site, "zhang")).status == 302
            assert clerk.ask("/desk/").status == 200
            running.close()
            for path in ("/", "/records/1/", "/search/?q=" + quote("公开")):
                assert clerk.ask(path).status == 200, path
            assert clerk.ask("/readyz").status == 503
            refused = clerk.ask("/desk/")
            assert refused.status == 503
            assert "数据库打不开" in refused.text
            assert refused.headers["retry-after"] == "60"
            assert "default-src 'self'" in refused.headers["content-security-policy"]


def test_database_lost_inside_a_middleware_is_told_as_such(rf: RequestFactory) -> None:
    """Django turns a middleware's error into the page of handler500, which must know what it is about."""
    from django.db import OperationalError

    from mingchuang.site import outage

    request = rf.get("/desk/")
    try:
        raise OperationalError("terminating connection")
    except OperationalError:
        assert outage.server_error(request).status_code == 503
    try:
        raise KeyError("a mistake of ours")
    except KeyError:
        assert outage.server_error(request).status_code == 500
