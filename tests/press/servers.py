"""Real servers for tests: a free port, a process that listens on it while the test runs, and a plain client."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

HOST = "127.0.0.1"
_STARTS_WITHIN = 15.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(command: Sequence[str], port: int, environment: Mapping[str, str] | None = None) -> Iterator[None]:
    """The process and its workers, from when the port answers until the block ends."""
    process = subprocess.Popen(command, env={**os.environ, **(environment or {})}, start_new_session=True)
    try:
        _wait_for(process, port)
        yield
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
        process.wait(20)


def _wait_for(process: subprocess.Popen[bytes], port: int) -> None:
    limit = time.monotonic() + _STARTS_WITHIN
    while time.monotonic() < limit:
        with socket.socket() as probe:
            if probe.connect_ex((HOST, port)) == 0:
                return
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with {process.returncode} before it listened")
        time.sleep(0.05)
    raise RuntimeError(f"nothing listens on port {port}")


def get(port: int, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Status, headers (names in small letters) and body. Header names come with _ for -."""
    connection = http.client.HTTPConnection(HOST, port, timeout=20)
    connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    response = connection.getresponse()
    found = response.status, {name.lower(): value for name, value in response.getheaders()}, response.read()
    connection.close()
    return found
