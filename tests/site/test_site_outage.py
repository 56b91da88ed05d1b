"""The database moved away and the server restarted: reading and search go on, the desk says why it doesn't."""

from __future__ import annotations

import contextlib
import errno
from pathlib import Path
from urllib.parse import quote

import pytest
from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.models import Session
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from mingchuang.core import do, verify
from mingchuang.core.actor import Actor
from mingchuang.core.models import Event
from mingchuang.site import outage
from tests import postgres_cluster
from tests import record_stages as stages
from tests.cast import gather
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


def test_a_database_moved_away_under_the_running_server_is_noticed(data: Path) -> None:
    """An open connection would go on with the moved file; every thread of the server has one of its own."""
    with installation.served(data, demo=False) as site:
        clerk = Visitor(site.address)
        assert clerk.sign_in("zhang", password_of(site, "zhang")).status == 302
        for _ in range(12):
            assert site.get("/readyz")[0] == 200
        (data / "db.sqlite3").rename(data / "moved")
        for _ in range(12):
            assert site.get("/readyz") == (503, b'{"ready": false, "reason": "database"}')
            assert site.get("/healthz")[0] == 200
            assert clerk.ask("/desk/").status == 503
        assert clerk.ask("/records/1/").status == 200
        assert not (data / "db.sqlite3").exists()
        (data / "moved").rename(data / "db.sqlite3")
        for _ in range(12):
            assert site.get("/readyz")[0] == 200
        assert clerk.ask("/desk/").status == 200


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
    request = rf.get("/desk/")
    try:
        raise OperationalError("terminating connection")
    except OperationalError:
        assert outage.server_error(request).status_code == 503
    try:
        raise KeyError("a mistake of ours")
    except KeyError:
        assert outage.server_error(request).status_code == 500


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.ENOSPC, "No space left on device"),
        OSError(errno.EDQUOT, "Disk quota exceeded"),
        OperationalError("database or disk is full"),
        OperationalError('could not extend file "base/5/16384": No space left on device'),
    ],
    ids=str,
)
def test_a_full_disk_is_told_as_such_wherever_it_strikes(rf: RequestFactory, error: Exception) -> None:
    request = rf.post("/desk/records/1/edit/")

    def view(request: HttpRequest) -> HttpResponse:
        raise error

    middleware = outage.DatabaseOutage(view)
    answers = [middleware(rf.post("/search/")), middleware.process_exception(request, error)]
    try:
        raise error
    except Exception:
        answers.append(outage.server_error(request))
    for answer in answers:
        assert answer is not None
        told = answer.content.decode()
        assert answer.status_code == 503
        assert "服务器磁盘已满，暂时不能保存" in told
        assert "数据库打不开" not in told
        assert answer["Retry-After"] == "60"


def test_a_session_that_cannot_be_saved_is_no_bad_request(
    settings: object, fresh_database: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every page of the desk prolongs the session; Django answers 400 to whatever goes wrong there."""

    def full(*args: object, **kwargs: object) -> None:
        raise OperationalError("database or disk is full")

    cast = gather()
    do.open_account(cast.zhang.person, Actor.system(), username="zhang", password="chuang-ming-2019")
    clerk = Client()
    clerk.force_login(cast.zhang.person.user, backend="mingchuang.core.sign_in.OrdinaryBackend")
    assert clerk.get("/desk/").status_code == 200
    with monkeypatch.context() as patched:
        patched.setattr(Session, "save", full)
        answer = clerk.get("/desk/")
    assert answer.status_code == 503
    assert "服务器磁盘已满，暂时不能保存" in answer.content.decode()
    assert "也许已经完成" in answer.content.decode()
    assert "内容没有提交" not in answer.content.decode()
    assert outage.bad_request(RequestFactory().get("/desk/"), SessionInterrupted("ended elsewhere")).status_code == 400
    assert outage.bad_request(RequestFactory().get("/desk/")).status_code == 400


def test_an_error_of_the_system_that_is_none_of_these_is_raised(rf: RequestFactory) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        raise PermissionError(errno.EACCES, "Permission denied")

    with pytest.raises(PermissionError):
        outage.DatabaseOutage(view)(rf.get("/search/"))


def test_a_draft_saved_on_a_full_disk_is_not_saved_and_nothing_is_half_done(
    settings: object, fresh_database: None
) -> None:
    """SQLite's own limit of pages stands for the disk's end: it fails by the same error at the same places."""
    cast = gather()
    do.open_account(cast.zhang.person, Actor.system(), username="zhang", password="chuang-ming-2019")
    draft = stages.draft(cast)
    clerk = Client()
    clerk.force_login(cast.zhang.person.user, backend="mingchuang.core.sign_in.OrdinaryBackend")
    address = f"/desk/records/{draft.record_id}/edit/"
    assert clerk.get(address).status_code == 200
    sent = {
        **stages.values(body="<p>" + "很长的正文。" * 40_000 + "</p>"),
        "version": draft.version,
        "record_class": "A",
    }
    events = Event.objects.count()
    with connection.cursor() as cursor:
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages + 8}")
    answer = clerk.post(address, sent)
    assert answer.status_code == 503
    assert "服务器磁盘已满，暂时不能保存" in answer.content.decode()
    assert Event.objects.count() == events
    assert stages.fresh(draft).version == draft.version
    assert verify.run() == []
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA max_page_count = 1000000")
    assert clerk.post(address, sent).status_code == 302
    assert stages.fresh(draft).version > draft.version
