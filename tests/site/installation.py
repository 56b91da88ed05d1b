"""A demonstration installation made once for the session, copied for each test, and served by the real command."""

from __future__ import annotations

import atexit
import contextlib
import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

CHROMIUM = "/usr/bin/chromium-headless-shell"
# What Chromium needs where it runs as root and without a network.
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")
START_SECONDS = 90
TEMPLATE = "mingchuang-demonstration-"


def command(*arguments: str) -> list[str]:
    """`mingchuang …` by this interpreter."""
    return [sys.executable, "-m", "mingchuang.site.cli", *arguments]


def environment(data: Path, **variables: str) -> dict[str, str]:
    """The environment of a process of its own: nothing of the tests' settings leaks into it.

    Its demonstration is the small one: whatever verifies, backs up and bakes does so hundreds of times.
    """
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("MINGCHUANG_", "DJANGO_"))}
    return {**kept, "MINGCHUANG_DATA": str(data), "MINGCHUANG_DEMO_SIZE": "small", **variables}


def run(data: Path, *arguments: str, check: bool = True, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a command on an installation and wait for it; `variables` are added to its environment."""
    done = subprocess.run(
        command(*arguments),
        env=environment(data, **variables),
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    if check and done.returncode:
        raise AssertionError(
            f"mingchuang {' '.join(arguments)} ended with {done.returncode}:\n{done.stdout}{done.stderr}"
        )
    return done


def template(demo: str = "small") -> Path:
    """The prepared demonstration county, made by the first process that asks (xdist workers share it)."""
    key = f"{TEMPLATE}{demo}-{os.getppid() if 'PYTEST_XDIST_WORKER' in os.environ else os.getpid()}"
    folder = Path(tempfile.gettempdir()) / key
    _clear_dead(Path(tempfile.gettempdir()))
    if "PYTEST_XDIST_WORKER" not in os.environ:
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
    with Path(f"{folder}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "ready").exists():
            shutil.rmtree(folder, ignore_errors=True)
            run(folder, "run", "--demo", "--prepare-only", MINGCHUANG_DEMO_SIZE=demo)
            (folder / "ready").touch()
    return folder


def _clear_dead(folder: Path) -> None:
    """Remove templates of test runs that are over: workers share one, so none of them may remove it at its end."""
    for path in folder.glob(f"{TEMPLATE}*"):
        pid = path.name.rpartition("-")[2].removesuffix(".lock")
        if pid.isdigit() and not Path(f"/proc/{pid}").exists():
            shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)


def copy(into: Path, demo: str = "small") -> Path:
    """A copy of the template as an installation of its own."""
    shutil.copytree(template(demo), into)
    (into / "ready").unlink()
    return into


@dataclass
class Served:
    """A running server: its address, its data, and its process."""

    address: str
    data: Path
    process: subprocess.Popen[bytes]

    def get(self, path: str, **headers: str) -> tuple[int, bytes]:
        """Status and body of an address, whatever the status."""
        request = urllib.request.Request(self.address + path, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as refused:
            return refused.code, refused.read()

    def kill(self) -> None:
        """kill -9 the server and its workers."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def served(data: Path, *, demo: bool = True, host: str = "127.0.0.1", **variables: str) -> Iterator[Served]:
    """Serve an installation on a free port until the block ends; what it prints lies in `<data>.log` beside it."""
    port = free_port()
    log = (data.parent / f"{data.name}.log").open("ab")
    arguments = ["run", *(["--demo"] if demo else []), "--port", str(port), "--host", host]
    process = subprocess.Popen(
        command(*arguments), env=environment(data, **variables), stdout=log, stderr=log, start_new_session=True
    )
    site = Served(f"http://127.0.0.1:{port}", data, process)
    try:
        _wait(site, Path(log.name))
        yield site
    finally:
        site.kill()
        log.close()


def _wait(site: Served, log: Path) -> None:
    limit = time.monotonic() + START_SECONDS
    while time.monotonic() < limit:
        if site.process.poll() is not None:
            raise AssertionError(f"the server ended with {site.process.returncode}:\n{log.read_text(errors='replace')}")
        with contextlib.suppress(OSError):
            if site.get("/healthz")[0] == 200:
                return
        time.sleep(0.1)
    raise AssertionError(f"the server did not start in {START_SECONDS} s:\n{log.read_text(errors='replace')}")
