"""`make reset`: asks, removes, and never takes the data away from under a running server."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from mingchuang.site import locks
from tests.site import installation

ROOT = Path(__file__).parents[2]
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")


def reset(folder: Path, answer: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(ROOT / "tools" / "reset_command.py"), str(folder)],
        input=answer,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder as far as the command looks at one."""
    (tmp_path / "var" / "files").mkdir(parents=True)
    (tmp_path / "var" / "db.sqlite3").write_bytes(b"x")
    return tmp_path / "var"


def test_make_reset_is_this_command() -> None:
    recipe = MAKEFILE.split("\nreset:", 1)[1].split("\n\n", 1)[0]
    assert "tools/reset_command.py var" in recipe
    assert "rm " not in recipe


def test_it_asks_and_removes(folder: Path) -> None:
    assert reset(folder, "n\n").returncode == 1
    assert reset(folder, "").returncode == 1
    assert (folder / "db.sqlite3").exists()
    assert reset(folder, "y\n").returncode == 0
    assert not folder.exists()
    assert reset(folder, "").returncode == 0


@pytest.mark.parametrize("work", ["serving", "preparing"])
def test_it_refuses_while_somebody_works_there(folder: Path, work: str) -> None:
    if work == "serving":
        lock = locks.acquire(folder)
        assert lock is not None
        with lock:
            done = reset(folder, "y\n")
    else:
        with locks.preparing(folder, lambda: None):
            done = reset(folder, "y\n")
    assert done.returncode == 1
    assert f"进程 {os.getpid()}" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert "[y/N]" not in done.stdout
    assert (folder / "db.sqlite3").read_bytes() == b"x"
    assert reset(folder, "y\n").returncode == 0


@pytest.mark.slow
def test_it_names_the_server_that_has_to_be_stopped(tmp_path: Path) -> None:
    data = installation.copy(tmp_path / "site")
    with installation.served(data) as site:
        done = reset(data, "y\n")
        assert done.returncode == 1
        assert f"进程 {site.process.pid}" in done.stderr
        assert site.get("/readyz")[0] == 200
    assert (data / "db.sqlite3").exists()
