"""Backup, restore, verify, switch: whole or not at all, and never a byte of the present data touched on the way."""

from __future__ import annotations

import errno
import hashlib
import json
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from mingchuang.norms.outcome import Issue, Refused
from tests import postgres_cluster
from tests.site import installation
from tests.site.installation import run

pytestmark = pytest.mark.slow


def state_of(folder: Path) -> dict[str, str]:
    """Path → SHA-256 of everything below a folder, SQLite's side files and locks aside."""
    passing = ("db.sqlite3-wal", "db.sqlite3-shm", "background.lock", "prepare.lock")
    files = (path for path in folder.rglob("*") if path.is_file() and path.name not in passing)
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return installation.copy(tmp_path_factory.mktemp("backup") / "site")


@pytest.fixture(scope="module")
def backup(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    told = json.loads(run(data, "backup", "--json", "--into", str(tmp_path_factory.mktemp("kept"))).stdout)
    assert told["files"] > 10
    return Path(told["backup"])


@pytest.fixture
def copy(backup: Path, tmp_path: Path) -> Path:
    """A copy of the backup to be spoiled."""
    subprocess.run(["cp", "-a", str(backup), str(tmp_path / "backup")], check=True)
    return tmp_path / "backup"


def events(folder: Path) -> int:
    count: int = json.loads(run(folder, "verify", "--json").stdout)["events"]
    return count


def test_a_backup_holds_everything_that_cannot_be_made_anew(data: Path, backup: Path) -> None:
    inside = state_of(backup)
    assert {"database", "secret.key", "demonstration", "installation.json", "manifest.json"} <= set(inside)
    assert {name for name in inside if name.startswith("files/")} == {
        name for name in state_of(data) if name.startswith("files/")
    }
    assert not [name for name in inside if name.startswith(("public/", "index/"))]
    assert (backup / "secret.key").stat().st_mode & 0o077 == 0
    assert backup.stat().st_mode & 0o077 == 0


def test_restored_elsewhere_it_verifies_and_serves_the_same(data: Path, backup: Path, tmp_path: Path) -> None:
    before = state_of(data)
    done = run(data, "restore", str(backup), "--into", str(tmp_path / "new"))
    assert "校验通过" in done.stdout
    assert events(tmp_path / "new") == events(data)
    run(tmp_path / "new", "run", "--demo", "--prepare-only")
    for page in ("index.html", "records/1/index.html", "feed.xml"):
        assert (tmp_path / "new" / "public" / page).read_bytes() == (data / "public" / page).read_bytes(), page
    assert state_of(data) == before


def test_a_restore_in_place_keeps_the_old_data_aside(backup: Path, tmp_path: Path) -> None:
    data = installation.copy(tmp_path / "site")
    run(data, "user", "lock", "zhou", "--note", "备份之后的改动")
    before = state_of(data)
    done = run(data, "restore", str(backup), "--yes")
    assert "已替换" in done.stdout
    (aside,) = tmp_path.glob("site.*.old")
    assert state_of(aside) == before
    rows = {row["username"]: row for row in json.loads(run(data, "user", "list", "--json").stdout)}
    assert rows["zhou"]["open"] is True
    run(data, "run", "--demo", "--prepare-only")
    assert (data / "public" / "index.html").is_file()


def test_the_backups_of_before_stay_with_the_data(tmp_path: Path) -> None:
    """The very backup that was restored is one of them."""
    folder = installation.copy(tmp_path / "site")
    made = Path(json.loads(run(folder, "backup", "--json").stdout)["backup"])
    assert made.parent == folder / "backups"
    done = run(folder, "restore", str(made), "--yes")
    assert made.is_dir()
    assert f"以前的备份在 {folder / 'backups'}" in done.stdout
    run(folder, "restore", str(made), "--into", str(tmp_path / "again"))


def test_what_a_killed_restore_left_is_in_nobodys_way(backup: Path, tmp_path: Path) -> None:
    folder = installation.copy(tmp_path / "site")
    (tmp_path / "site.restored" / "files").mkdir(parents=True)  # as an older program left it
    asking = subprocess.Popen(
        installation.command("restore", str(backup)),
        env=installation.environment(folder),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        bufsize=0,
    )
    assert asking.stdout is not None
    told = b""
    while "[是/否]".encode() not in told:
        part = asking.stdout.read(1)
        assert part, told.decode()
        told += part
    left = tmp_path / f"site.restoring-{asking.pid}"
    assert left.is_dir()
    asking.kill()
    asking.wait()
    asking.stdout.close()
    asking.stdin.close()  # type: ignore[union-attr]
    done = subprocess.run(
        installation.command("restore", str(backup)),
        env=installation.environment(folder),
        input="好像是\n是\n",
        capture_output=True,
        text=True,
        check=True,
    )
    assert "请回答“是”或者“否”" in done.stdout
    assert "已替换" in done.stdout
    assert not left.exists()


def test_a_running_site_is_not_replaced(backup: Path, tmp_path: Path) -> None:
    data = installation.copy(tmp_path / "site")
    with installation.served(data) as site:
        done = run(data, "restore", str(backup), "--yes", check=False)
        assert done.returncode == 1
        assert f"（进程 {site.process.pid}）使用，请先停止" in done.stderr
        assert not (tmp_path / "site.restored").exists()
        assert site.get("/")[0] == 200
    assert (data / "db.sqlite3").exists()


def test_a_backup_of_a_running_site_is_whole(tmp_path: Path) -> None:
    data = installation.copy(tmp_path / "site")
    with installation.served(data):
        told = json.loads(run(data, "backup", "--json").stdout)
    run(data, "restore", told["backup"], "--into", str(tmp_path / "new"))
    assert run(tmp_path / "new", "verify").returncode == 0


def _damage(backup: Path) -> str:
    victim = max((backup / "files").rglob("*.*"), default=None) or max(
        path for path in (backup / "files").rglob("*") if path.is_file()
    )
    content = victim.read_bytes()
    victim.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    return str(victim.relative_to(backup))


def _lose(backup: Path) -> str:
    (backup / "secret.key").unlink()
    return "secret.key"


def _truncate(backup: Path) -> str:
    manifest = backup / "manifest.json"
    manifest.write_bytes(manifest.read_bytes()[:200])
    return "manifest.json"


def _interrupt(backup: Path) -> str:
    (backup / "manifest.json").unlink()
    return "manifest.json"


def _climb(backup: Path) -> str:
    manifest = json.loads((backup / "manifest.json").read_bytes())
    manifest["files"]["../outside"] = "0" * 64
    (backup / "manifest.json").write_text(json.dumps(manifest))
    return "manifest.json"


def _rewrite(backup: Path) -> str:
    database = backup / "database"
    database.write_bytes(database.read_bytes().replace("李初审".encode(), "李初申".encode()))
    return "database"


@pytest.mark.parametrize("spoil", [_damage, _lose, _truncate, _interrupt, _climb, _rewrite])
def test_a_spoiled_backup_is_refused_and_nothing_is_touched(spoil: object, data: Path, copy: Path) -> None:
    before = state_of(data)
    named = spoil(copy)  # type: ignore[operator]
    done = run(data, "restore", str(copy), "--yes", check=False)
    assert done.returncode == 1
    assert named in done.stderr
    assert "Traceback" not in done.stderr
    assert state_of(data) == before
    assert not (data.parent / f"{data.name}.restored").exists()


@pytest.fixture
def lying(copy: Path) -> Path:
    """A backup rewritten by somebody who could rewrite the manifest as well: the chain of events finds him."""
    with sqlite3.connect(copy / "database") as database:
        database.execute("UPDATE ledger_duty SET progress = 'done' WHERE ref = '三（十一）'")
        database.execute("UPDATE ledger_duty SET progress = 'done' WHERE ref = '三（十二）'")
    database.close()
    manifest = json.loads((copy / "manifest.json").read_bytes())
    manifest["files"]["database"] = hashlib.sha256((copy / "database").read_bytes()).hexdigest()
    (copy / "manifest.json").write_text(json.dumps(manifest))
    return copy


def test_a_backup_that_does_not_verify_never_replaces_anything(data: Path, lying: Path) -> None:
    before = state_of(data)
    done = run(data, "restore", str(lying), "--yes", check=False)
    assert done.returncode == 1
    assert "没有通过校验" in done.stderr
    assert state_of(data) == before
    assert not (data.parent / f"{data.name}.restored").exists()


def test_restored_into_a_place_of_its_own_it_is_kept_with_every_finding(
    data: Path, lying: Path, tmp_path: Path
) -> None:
    before = state_of(data)
    done = run(data, "restore", str(lying), "--into", str(tmp_path / "new"), check=False)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert done.stderr.count("与事件不符") == 2, done.stderr
    assert f"已恢复到 {tmp_path / 'new'} 并保留，但没有通过校验，有 2 个问题" in done.stderr
    assert (tmp_path / "new" / "db.sqlite3").is_file()
    assert (tmp_path / "new" / "files").is_dir()
    assert state_of(data) == before


@pytest.mark.parametrize("answer", ["n\n", ""], ids=["declined", "nobody there"])
def test_a_restore_that_is_declined_leaves_nothing_behind(answer: str, data: Path, backup: Path) -> None:
    before = state_of(data)
    done = subprocess.run(
        installation.command("restore", str(backup)),
        env=installation.environment(data),
        input=answer,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "替换现有数据吗" in done.stdout
    assert "已替换" not in done.stdout
    assert state_of(data) == before
    assert not (data.parent / f"{data.name}.restored").exists()


def test_a_target_with_something_in_it_is_refused(data: Path, backup: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("x")
    done = run(data, "restore", str(backup), "--into", str(tmp_path / "mine"), check=False)
    assert done.returncode == 1
    assert "不是空文件夹" in done.stderr
    assert (tmp_path / "mine" / "letter.txt").read_text() == "x"


def test_a_backup_is_verified_and_says_so(data: Path, tmp_path: Path) -> None:
    done = run(data, "backup", "--into", str(tmp_path))
    (made,) = tmp_path.iterdir()
    assert f"已备份到 {made}" in done.stdout
    assert "校验通过" in done.stdout
    assert not list(data.glob(".verify-*"))


def test_a_backup_that_does_not_verify_is_kept_and_named(tmp_path: Path) -> None:
    data = installation.copy(tmp_path / "site")
    with sqlite3.connect(data / "db.sqlite3") as database:
        database.execute("UPDATE ledger_duty SET progress = 'done' WHERE ref = '三（十一）'")
    database.close()
    _damage(data)
    done = run(data, "backup", check=False)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "与事件不符" in done.stderr
    assert "内容已被改动" in done.stderr
    (made,) = (data / "backups").iterdir()
    assert f"备份已写到 {made}" in done.stderr
    found = done.stderr.count("✘ ")
    assert found >= 2
    assert f"没有通过校验，有 {found} 个问题" in done.stderr
    assert (made / "manifest.json").is_file()
    told = json.loads(run(data, "backup", "--json", check=False).stdout)
    assert told["verified"] is False
    assert len(told["issues"]) == found


@pytest.mark.parametrize(
    ("stop", "part"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "磁盘已满"),
        (Refused([Issue("backup.program", "缺少 pg_restore")]), "缺少 pg_restore"),
    ],
    ids=["disk", "program"],
)
def test_what_keeps_a_backup_from_being_verified_is_a_finding(
    stop: Exception, part: str, settings: object, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from mingchuang.site import backup

    def stopped(*args: object, **kwargs: object) -> None:
        raise stop

    monkeypatch.setattr(backup.tempfile, "TemporaryDirectory", stopped)
    (finding,) = backup.verify(tmp_path)
    assert part in finding


# PostgreSQL


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    with postgres_cluster.cluster() as address:
        yield address


def new_database(cluster: str, name: str) -> str:
    """Make an empty database in the cluster; returns its address."""
    with psycopg.connect(cluster, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return cluster.replace("/postgres?", f"/{name}?")


def test_postgresql_is_served_backed_up_restored_and_verified(cluster: str, tmp_path: Path) -> None:
    address = new_database(cluster, "first")
    data = tmp_path / "site"
    run(data, "run", "--demo", "--prepare-only", MINGCHUANG_DATABASE=address)
    assert not (data / "db.sqlite3").exists()
    with installation.served(data, MINGCHUANG_DATABASE=address) as site:
        assert site.get("/readyz")[0] == 200
        assert site.get("/records/1/")[0] == 200
        assert site.get("/accounts/login/")[0] == 200
        told = json.loads(run(data, "backup", "--json", MINGCHUANG_DATABASE=address).stdout)
    assert told["verified"] is True
    before = json.loads(run(data, "verify", "--json", MINGCHUANG_DATABASE=address).stdout)
    assert before["issues"] == []
    second = new_database(cluster, "second")
    alone = run(data, "restore", told["backup"], "--into", str(tmp_path / "no"), check=False)
    assert "--database" in alone.stderr
    assert alone.returncode == 1
    done = run(data, "restore", told["backup"], "--into", str(tmp_path / "new"), "--database", second)
    assert "校验通过" in done.stdout
    after = json.loads(run(tmp_path / "new", "verify", "--json", MINGCHUANG_DATABASE=second).stdout)
    assert after == before
    # Into a database with something in it: refused whole.
    again = run(data, "restore", told["backup"], "--into", str(tmp_path / "more"), "--database", second, check=False)
    assert again.returncode == 1
    assert "pg_restore" in again.stderr
    assert not (tmp_path / "more").exists()


def test_another_installations_database_does_not_empty_this_ones_pages(cluster: str, tmp_path: Path) -> None:
    data = installation.copy(tmp_path / "site")
    before = state_of(data / "public")
    address = new_database(cluster, "empty")
    done = run(data, "run", "--prepare-only", check=False, MINGCHUANG_DATABASE=address)
    assert done.returncode == 1
    assert "不是这个数据文件夹的数据库" in done.stderr
    with psycopg.connect(address) as connection:
        tables = connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
    assert tables == (0,), "the other database was changed"
    assert state_of(data / "public") == before
