"""A real PostgreSQL of the tests' own: a temporary cluster, owned by `postgres` (initdb refuses root), socket only."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

SUPERUSER = "mingchuang"


def programs() -> Path:
    """The folder with initdb and pg_ctl. Raises RuntimeError when PostgreSQL's server isn't installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        raise RuntimeError("PostgreSQL's server programs are missing: apt-get install postgresql")
    return found[-1].parent


def _as_owner(command: list[str]) -> list[str]:
    return ["runuser", "-u", "postgres", "--", *command] if os.getuid() == 0 else command


def server_errors(address: str) -> str:
    """What the server itself calls fatal in its log: why it ended a connection, say."""
    folder = Path(address.partition("?host=")[2].partition("&")[0])
    return "\n".join(line for line in (folder / "log.txt").read_text("utf-8").splitlines() if "FATAL" in line)


@contextlib.contextmanager
def cluster() -> Iterator[str]:
    """Yields the address of a running cluster's maintenance database; stops and removes it at the end."""
    folder = Path(tempfile.mkdtemp(prefix="mc-pg-"))  # short: a socket's path has 107 bytes at most
    if os.getuid() == 0:
        owner = pwd.getpwnam("postgres")
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    data = folder / "data"

    def run(*command: str) -> None:
        # /: the owner may not enter the checkout. Output to a file: pg_ctl's child would hold a pipe open.
        with (folder / "log.txt").open("ab") as log:
            subprocess.run(_as_owner(list(command)), check=True, cwd="/", stdout=log, stderr=log)

    try:
        run(
            str(programs() / "initdb"),
            "-D",
            str(data),
            "-U",
            SUPERUSER,
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
        )
        # Durability costs minutes here and is not what these tests are about; crash tests run on SQLite's file.
        options = (
            f"-c listen_addresses='' -c unix_socket_directories={folder} -c max_connections=60 -c jit=off"
            " -c fsync=off -c full_page_writes=off -c synchronous_commit=off -c autovacuum=off"
            " -c log_line_prefix='%m %d %p '"
        )
        run(str(programs() / "pg_ctl"), "-D", str(data), "-w", "-o", options, "start")
        yield f"postgresql:///postgres?host={folder}&user={SUPERUSER}"
    finally:
        with contextlib.suppress(subprocess.CalledProcessError):
            run(str(programs() / "pg_ctl"), "-D", str(data), "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)
