"""Stopping: a service manager may tell the server and its worker one after the other, in either order."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.site import installation

pytestmark = pytest.mark.slow


def children(pid: int) -> list[int]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            if int(stat.read_text().rpartition(")")[2].split()[1]) == pid:
                found.append(int(stat.parent.name))
        except (OSError, IndexError):
            continue
    return found


def worker_of(pid: int) -> int:
    """The one child that serves, not multiprocessing's own tracker."""
    served = [
        child for child in children(pid) if b"resource_tracker" not in Path(f"/proc/{child}/cmdline").read_bytes()
    ]
    assert len(served) == 1
    return served[0]


@pytest.mark.parametrize("pause", [0.0, 0.1, 1.0])
@pytest.mark.parametrize("first", ["worker", "server"])
def test_server_and_worker_told_apart_both_stop(tmp_path: Path, first: str, pause: float) -> None:
    with installation.served(installation.copy(tmp_path / "site")) as site:
        server = site.process.pid
        worker = worker_of(server)
        order = [worker, server] if first == "worker" else [server, worker]
        os.kill(order[0], signal.SIGTERM)
        time.sleep(pause)
        try:
            os.kill(order[1], signal.SIGTERM)
        except ProcessLookupError:
            assert first == "server"
        try:
            site.process.wait(25)
        except subprocess.TimeoutExpired:
            pytest.fail(f"still there: {server}, {children(server)}")
        assert not [pid for pid in Path("/proc").glob("[0-9]*") if _group(pid) == server]


def _group(process: Path) -> int:
    try:
        fields = (process / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0
    return int(fields[2]) if fields[0] != "Z" else 0
