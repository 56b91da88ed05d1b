"""Each command as people and machines run it: a process of its own, its output, its exit code, what it leaves."""

from __future__ import annotations

import json
import resource
import socket
import sqlite3
import subprocess
from pathlib import Path

import pytest

from tests.site import installation
from tests.site.installation import run

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One installation for the commands that leave nothing behind that another test could stumble over."""
    return installation.copy(tmp_path_factory.mktemp("commands") / "site")


def refused(done: subprocess.CompletedProcess[str], code: int) -> str:
    """What a refusal says: on stderr alone, without a traceback, with this exit code."""
    assert done.returncode == code, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert done.stderr.startswith("✘ ")
    return done.stderr


def test_verify_and_doctor(data: Path) -> None:
    assert run(data, "verify").stdout.startswith("✔ ")
    told = json.loads(run(data, "verify", "--json").stdout)
    assert told["issues"] == []
    assert told["events"] > 200
    found = json.loads(run(data, "doctor", "--json").stdout)
    levels = {row["subject"]: row["level"] for row in found}
    assert levels["留痕校验"] == levels["密钥文件"] == levels["数据库"] == "ok"
    assert all(row["advice"] for row in found if row["level"] in {"warning", "error"})


def test_verify_finds_what_was_written_around_the_kernel(data: Path, tmp_path: Path) -> None:
    spoiled = installation.copy(tmp_path / "spoiled")
    with sqlite3.connect(spoiled / "db.sqlite3") as database:
        database.execute("UPDATE ledger_duty SET progress = 'done' WHERE ref = '三（十一）'")
    database.close()
    done = run(spoiled, "verify", check=False)
    assert done.returncode == 1
    assert "与事件不符" in done.stderr
    told = json.loads(run(spoiled, "verify", "--json", check=False).stdout)
    assert [issue["code"] for issue in told["issues"]] == ["verify.state"]


def test_bake_and_index(data: Path) -> None:
    assert json.loads(run(data, "bake", "--json").stdout)["problems"] == {}
    everything = run(data, "bake", "--all", "--json")
    told = json.loads(everything.stdout)
    assert told["problems"] == {}
    assert told["unchanged"] > 40
    assert json.loads(run(data, "index", "status", "--json").stdout)["state"] == "ready"
    assert run(data, "index", "rebuild").stdout.startswith("✔ ")
    assert run(data, "index", "verify").stdout.startswith("✔ ")


def test_the_region_of_a_due_date_is_the_installations(tmp_path: Path) -> None:
    """From `settings.env` as for every other command; the process's own variable wins, and `--region` over both."""
    folder = tmp_path / "site"
    folder.mkdir()
    days = ("due", "--workdays", "15", "2019-06-03")
    ningxia, nation = run(folder, *days).stdout, run(folder, *days, "--region", "100000").stdout
    assert ningxia.splitlines()[0] != nation.splitlines()[0]
    (folder / "settings.env").write_text("MINGCHUANG_REGION=100000\n", "utf-8")
    assert run(folder, *days).stdout == nation
    assert run(tmp_path / "elsewhere", *days, "--data", str(folder)).stdout == nation
    assert run(folder, *days, MINGCHUANG_REGION="640381").stdout == ningxia
    assert run(folder, *days, "--region", "640381").stdout == ningxia
    (folder / "settings.env").write_text("REGION 100000\n", "utf-8")
    assert "第 1 行" in refused(run(folder, *days, check=False), 2)


def test_the_doctor_tells_the_administrator_what_to_do(tmp_path: Path) -> None:
    """Whoever runs it is the administrator: nobody is sent to himself."""
    spoiled = installation.copy(tmp_path / "site")
    with sqlite3.connect(spoiled / "db.sqlite3") as database:
        database.execute("UPDATE ledger_duty SET progress = 'done' WHERE ref = '三（十一）'")
    database.close()
    told = json.loads(run(spoiled, "doctor", "--json", check=False).stdout)
    (finding,) = [row for row in told if row["subject"] == "留痕校验"]
    assert finding["level"] == "error"
    assert "mingchuang backup --into" in finding["advice"]
    assert "mingchuang restore" in finding["advice"]
    assert "联系管理员" not in json.dumps(told, ensure_ascii=False)


def test_a_folder_without_an_installation(tmp_path: Path) -> None:
    told = refused(run(tmp_path / "empty", "verify", check=False), 2)
    assert "先运行 mingchuang run" in told
    assert not (tmp_path / "empty").exists(), "looking must not make anything"


def test_a_data_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    told = refused(run(tmp_path / "file" / "data", "run", "--prepare-only", check=False), 1)
    assert "读写失败" in told
    assert str(tmp_path / "file") in told


def test_a_disk_that_takes_no_more(tmp_path: Path) -> None:
    """Files may not grow over 64 KB, as on a full disk: one sentence, and nothing that the next start can't use."""
    folder = tmp_path / "site"

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (64 * 1024, 64 * 1024))

    done = subprocess.run(
        installation.command("run", "--demo", "--prepare-only"),
        env=installation.environment(folder, MINGCHUANG_DEMO_SIZE="people"),
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=limit,
    )
    assert "磁盘" in refused(done, 1)
    run(folder, "run", "--demo", "--prepare-only", MINGCHUANG_DEMO_SIZE="people")
    assert run(folder, "verify").returncode == 0


def test_a_port_in_use(data: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        told = refused(run(data, "run", "--port", str(port), check=False), 1)
    assert f"127.0.0.1:{port} 已被别的程序占用" in told


def test_a_data_folder_of_a_newer_program_is_left_alone(tmp_path: Path) -> None:
    folder = installation.copy(tmp_path / "site")
    with sqlite3.connect(folder / "db.sqlite3") as database:
        database.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('core', '9999_tomorrow', '2030-01-01')"
        )
    database.close()
    before = (folder / "public" / "index.html").read_bytes()
    assert "更新版本的明窗" in refused(run(folder, "run", "--prepare-only", check=False), 1)
    assert (folder / "public" / "index.html").read_bytes() == before


def test_settings_that_are_wrong_are_all_said_before_anything_happens(tmp_path: Path) -> None:
    done = run(
        tmp_path / "site",
        "run",
        "--prepare-only",
        check=False,
        MINGCHUANG_DATABASE="mysql://me:secret@there/site",
        MINGCHUANG_REGION="青铜峡",
    )
    told = refused(done, 2)
    assert "MINGCHUANG_DATABASE" in told
    assert "MINGCHUANG_REGION" in told
    assert "secret" not in told
    assert not (tmp_path / "site").exists()


def test_postgresql_that_cannot_be_reached(tmp_path: Path) -> None:
    address = f"postgresql:///site?host={tmp_path}&user=me"
    folder = tmp_path / "site"
    assert "PostgreSQL" in refused(run(folder, "run", "--prepare-only", check=False, MINGCHUANG_DATABASE=address), 1)
    assert "PostgreSQL" in refused(run(folder, "verify", check=False, MINGCHUANG_DATABASE=address), 1)


def test_a_database_that_is_damaged(tmp_path: Path) -> None:
    folder = installation.copy(tmp_path / "site")
    for suffix in ("-wal", "-shm"):
        (folder / f"db.sqlite3{suffix}").unlink(missing_ok=True)
    (folder / "db.sqlite3").write_bytes(b"no database at all " * 1000)
    assert "损坏" in refused(run(folder, "verify", check=False), 1)
    found = json.loads(run(folder, "doctor", "--json", check=False).stdout)
    assert next(row for row in found if row["subject"] == "数据库")["level"] == "error"
