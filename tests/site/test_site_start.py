"""Starting: what is interrupted the next start completes; a second start changes nothing; two at once agree."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import time
from pathlib import Path

import pytest

import mingchuang
from tests.site import installation
from tests.site.installation import run
from tests.site.test_site_backup import state_of
from tests.site.visitor import Visitor

pytestmark = pytest.mark.slow

KILLS = 6
LONGEST_SECONDS = 4.0
PREPARE = ("run", "--demo", "--prepare-only")
COUNTED = (
    *("core_unit", "core_person", "core_appointment", "core_collectivemember", "records_record", "records_revision"),
    *("records_approval", "ledger_notice", "ledger_duty", "ledger_evidence"),
)


def counts(folder: Path) -> dict[str, int]:
    """How many rows of everything that a step made twice would show."""
    with sqlite3.connect(folder / "db.sqlite3") as database:
        found = {name: database.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in COUNTED}
    database.close()
    return found


def events(folder: Path) -> int:
    told = json.loads(run(folder, "verify", "--json").stdout)
    assert told["issues"] == []
    number: int = told["events"]
    return number


@pytest.mark.timeout(600)
def test_killed_at_random_points_the_next_start_completes_it(tmp_path: Path) -> None:
    seed = int(os.environ.get("MINGCHUANG_KILL_SEED") or random.SystemRandom().getrandbits(32))
    chance = random.Random(seed)
    folder = tmp_path / "site"
    for _ in range(KILLS):
        process = subprocess.Popen(
            installation.command(*PREPARE),
            env=installation.environment(folder),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        time.sleep(chance.uniform(0.2, LONGEST_SECONDS))
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    run(folder, *PREPARE)
    whole = installation.template()
    assert counts(folder) == counts(whole), f"seed {seed}"
    assert events(folder) == events(whole), f"seed {seed}"
    pages = {name for name in state_of(whole / "public") if not name.startswith(".press/")}
    assert {name for name in state_of(folder / "public") if not name.startswith(".press/")} == pages, f"seed {seed}"


def test_a_second_start_changes_nothing(tmp_path: Path) -> None:
    folder = installation.copy(tmp_path / "site")
    run(folder, *PREPARE)
    before, happened = state_of(folder / "public"), events(folder)
    told = run(folder, *PREPARE).stdout
    assert state_of(folder / "public") == before
    assert events(folder) == happened
    assert "已生成" not in told
    assert "正在" not in told


def test_two_starts_at_once_agree(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    both = [
        subprocess.Popen(
            installation.command(*PREPARE),
            env=installation.environment(folder, MINGCHUANG_DEMO_SIZE="people"),
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    told = [process.communicate(timeout=170)[0] for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert sum("等它完成" in text for text in told) == 1
    assert counts(folder) == counts(installation.template("people"))
    assert events(folder) == events(installation.template("people"))


def test_a_second_server_leaves_the_work_to_the_first(tmp_path: Path) -> None:
    folder = installation.copy(tmp_path / "site")
    with installation.served(folder) as first:
        with installation.served(folder) as second:
            log = (tmp_path / "site.log").read_text("utf-8")
            assert "本进程只提供访问" in log
            home = Visitor(second.address).ask("/")
            assert home.status == 200
            assert f'<link rel="canonical" href="{first.address}/">' in home.text
            assert Visitor(second.address).ask("/accounts/login/").status == 200
        assert Visitor(first.address).ask("/").body == home.body


def test_another_name_or_address_bakes_everything_anew(tmp_path: Path) -> None:
    folder = installation.copy(tmp_path / "site")
    home = folder / "public" / "index.html"
    run(folder, *PREPARE, MINGCHUANG_SITE_NAME="某县政务公开", MINGCHUANG_ADDRESS="https://www.example.gov.cn")
    told = home.read_text("utf-8")
    assert "某县政务公开" in told
    assert '<link rel="canonical" href="https://www.example.gov.cn/">' in told
    assert "某县政务公开" in (folder / "public" / "records" / "1" / "index.html").read_text("utf-8")
    run(folder, *PREPARE)
    assert "某县政务公开" not in home.read_text("utf-8")


def test_another_program_backs_up_migrates_and_bakes_anew(tmp_path: Path) -> None:
    """Tomorrow's program: one migration more, one sentence changed on every page."""
    folder = installation.copy(tmp_path / "site")
    package = tmp_path / "tomorrow" / "mingchuang"
    shutil.copytree(Path(mingchuang.__file__).parent, package, ignore=shutil.ignore_patterns("__pycache__"))
    last = max(path.stem for path in (package / "core" / "migrations").glob("0*.py"))
    (package / "core" / "migrations" / "9000_tomorrow.py").write_text(
        "from django.db import migrations\n\n\nclass Migration(migrations.Migration):\n"
        f"    dependencies = [('core', '{last}')]\n    operations = [migrations.RunSQL('SELECT 1', 'SELECT 1')]\n"
    )
    base = package / "ui" / "jinja2" / "ui" / "base_public.html"
    base.write_text(base.read_text("utf-8").replace("主办单位：", "主办机关："), "utf-8")
    happened = events(folder)

    done = run(folder, *PREPARE, PYTHONPATH=str(tmp_path / "tomorrow"))
    assert "先备份" in done.stdout
    (kept,) = (folder / "backups").iterdir()
    assert (kept / "manifest.json").is_file()
    for page in ("index.html", "records/1/index.html", "units/office/index.html"):
        assert "主办机关：" in (folder / "public" / page).read_text("utf-8"), page
    with sqlite3.connect(folder / "db.sqlite3") as database:
        triggers = database.execute("SELECT count(*) FROM sqlite_master WHERE type = 'trigger'").fetchone()[0]
    database.close()
    assert triggers > 0
    assert events(folder) == happened

    back = run(folder, *PREPARE, check=False)
    assert back.returncode == 1
    assert "更新版本的明窗" in back.stderr
    run(folder, "restore", str(kept), "--yes")
    run(folder, *PREPARE)
    assert "主办单位：" in (folder / "public" / "index.html").read_text("utf-8")


def test_missing_triggers_are_put_back_and_said(tmp_path: Path) -> None:
    folder = installation.copy(tmp_path / "site")
    with sqlite3.connect(folder / "db.sqlite3") as database:
        names = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")]
        database.execute(f'DROP TRIGGER "{names[0]}"')
    database.close()
    assert run(folder, "verify", check=False).returncode == 1
    assert "触发器缺了 1 个" in run(folder, *PREPARE).stdout
    assert run(folder, "verify").returncode == 0


def test_real_work_is_never_mixed_with_the_demonstration(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    run(folder, "run", "--prepare-only")
    done = run(folder, *PREPARE, check=False)
    assert done.returncode == 1
    assert "不能再装入演示县" in done.stderr
    assert not (folder / "demonstration").exists()
    assert "演示数据" not in (folder / "public" / "index.html").read_text("utf-8")
    run(folder, "user", "add", "guan", "--name", "管理者", "--unit", "某县人民政府")
    assert run(folder, "verify").returncode == 0
