"""Data that an older version left, under this one: nothing lost, nothing changed, everything served.

The data are `golden/<commit>/`, made by that commit's own code (see the README there). Whatever migrations come, these
tests hold for each of them.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import subprocess
import sys
import tarfile
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests import postgres_cluster
from tests.site import installation
from tests.site.installation import Served, run
from tests.site.visitor import Visitor

pytestmark = pytest.mark.slow

GOLDEN = Path(__file__).parent / "golden"
VERSIONS = sorted(path.name for path in GOLDEN.iterdir() if path.is_dir() and not path.name.startswith("_"))
PREPARE = ("run", "--prepare-only")


def unpack(version: str, engine: str, into: Path) -> dict[str, Any]:
    """Lay a golden folder out; returns what is expected of it."""
    with tarfile.open(GOLDEN / version / f"{engine}.tar.xz") as archive:
        archive.extractall(into, filter="data")
    expected: dict[str, Any] = json.loads((into / "expected.json").read_text("utf-8"))
    return expected


def told(data: Path, **variables: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("telling.py"))],
        env=installation.environment(data, **variables),
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def assert_whole(data: Path, expected: dict[str, Any], **variables: str) -> None:
    """It verifies, and every old event, duty, deadline and proof is what it was; new events may have followed."""
    report = json.loads(run(data, "verify", "--json", **variables).stdout)
    assert report["issues"] == []
    found = told(data, **variables)
    old = expected["events"]
    assert found["events"][: len(old)] == old
    assert report["events"] == len(found["events"])
    for part in ("duties", "open_deadlines", "evidence"):
        assert found[part] == expected[part], part


def assert_served(site: Served, expected: dict[str, Any]) -> None:
    visitor = Visitor(site.address)
    assert visitor.ask("/readyz").status == 200
    assert visitor.ask("/accounts/login/").status == 200
    public, gone = f"/records/{expected['public']}/", f"/records/{expected['gone']}/"
    assert "虚构文件：带附件的公开文件" in visitor.ask(public).text
    (attachment,) = (site.data / "public" / public.strip("/") / "files").rglob("*.txt")
    assert attachment.read_text("utf-8") == expected["attachment"]
    assert "内容有误" in visitor.ask(gone).text
    assert visitor.ask(f"{gone}record.json").status == 404
    assert "编制主动公开目录" in visitor.ask(f"/ledger/{expected['public_notice']}/").text
    assert visitor.ask(f"/ledger/{expected['notice']}/").status == 404, "not made public by the upgrade"
    assert public in visitor.ask("/").text


def test_there_are_golden_data() -> None:
    assert "8e21ac2" in VERSIONS


@pytest.mark.parametrize("version", VERSIONS)
def test_a_folder_of_an_older_version_is_brought_up_to_date(version: str, tmp_path: Path) -> None:
    data = tmp_path / "site"
    expected = unpack(version, "sqlite", data)
    assert not (data / "secret.key").exists()
    run(data, *PREPARE)
    assert_whole(data, expected)
    with installation.served(data, demo=False) as site:
        assert_served(site, expected)
    assert_whole(data, expected)


def as_backup(version: str, folder: Path) -> dict[str, Any]:
    """The golden data as an older `mingchuang backup` laid them out: the database under its name there."""
    expected = unpack(version, "sqlite", folder)
    (folder / "expected.json").unlink()
    (folder / "db.sqlite3").rename(folder / "database")
    return expected


def seal(folder: Path) -> None:
    """Write the manifest of a backup."""
    files = {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }
    manifest = {"format": 1, "version": "0", "made_at": "", "engine": "sqlite", "files": files}
    (folder / "manifest.json").write_text(json.dumps(manifest))


@pytest.mark.parametrize("version", VERSIONS)
def test_a_backup_of_an_older_version_is_restored(version: str, tmp_path: Path) -> None:
    expected = as_backup(version, tmp_path / "backup")
    seal(tmp_path / "backup")
    data = tmp_path / "site"
    done = run(data, "restore", str(tmp_path / "backup"), "--yes")
    assert "已替换" in done.stdout
    assert_whole(data, expected)


def test_a_backup_of_an_older_structure_is_brought_up_to_date_before_it_is_verified(tmp_path: Path) -> None:
    """What is verified is what will be served; the backup itself stays as it is."""
    old, new = tmp_path / "backup", tmp_path / "new"
    expected = as_backup("8e21ac2", old)
    with sqlite3.connect(old / "database") as database:
        database.execute("DROP INDEX ledger_notice_once")
        database.execute("DELETE FROM django_migrations WHERE app = 'ledger' AND name = '0002_notice_once'")
    database.close()
    seal(old)
    before = (old / "database").read_bytes()
    done = run(tmp_path / "site", "restore", str(old), "--into", str(new))
    assert "校验通过" in done.stdout
    assert (old / "database").read_bytes() == before
    with sqlite3.connect(new / "db.sqlite3") as database:
        assert database.execute("SELECT 1 FROM sqlite_master WHERE name = 'ledger_notice_once'").fetchone()
    database.close()
    assert list((new / "backups").iterdir()) == [], "a copy needs no backup of itself"
    assert_whole(new, expected)


@pytest.mark.parametrize("version", VERSIONS)
def test_a_postgresql_database_of_an_older_version_is_brought_up_to_date(version: str, tmp_path: Path) -> None:
    data = tmp_path / "site"
    expected = unpack(version, "postgresql", data)
    with postgres_cluster.cluster() as cluster:
        with psycopg.connect(cluster, autocommit=True) as connection:
            connection.execute("CREATE DATABASE golden")
        address = cluster.replace("/postgres?", "/golden?")
        arguments = ("--exit-on-error", "--single-transaction", "--no-owner", "--dbname", address)
        subprocess.run(["pg_restore", *arguments, str(data / "dump")], check=True)
        run(data, *PREPARE, MINGCHUANG_DATABASE=address)
        assert_whole(data, expected, MINGCHUANG_DATABASE=address)
        with installation.served(data, demo=False, MINGCHUANG_DATABASE=address) as site:
            assert_served(site, expected)
