"""Servers under test: started in a session of their own on CPU 0, their CPU time counted, stopped at the end."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")
SERVER_CPU, CLIENT_CPU = 0, 1


@dataclass(frozen=True)
class Running:
    """A server that listens on loopback; `session` holds every process of it."""

    name: str
    port: int
    session: int

    def cpu_seconds(self) -> float:
        """User and system time of all its processes so far."""
        total = 0
        for folder in Path("/proc").iterdir():
            if folder.name.isdigit():
                with contextlib.suppress(OSError):  # ended meanwhile
                    fields = (folder / "stat").read_text().rpartition(")")[2].split()
                    if int(fields[3]) == self.session:
                        total += int(fields[11]) + int(fields[12])
        return total / TICK


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def serving(name: str, command: list[str], port: int, environment: Mapping[str, str], log: Path) -> Iterator[Running]:
    """Run a server on CPU 0 while the block lasts. Raises `RuntimeError` with its log when it does not come up."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            ["taskset", "-c", str(SERVER_CPU), *command],
            env={**os.environ, **environment},
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        limit = time.monotonic() + 30
        while True:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            if process.poll() is not None or time.monotonic() > limit:
                raise RuntimeError(f"{name} did not start: {log.read_text('utf-8', 'replace')}")
            time.sleep(0.05)
        yield Running(name, port, process.pid)
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def requests_per_cpu_second(server: Running, script: Path, seconds: float, connections: int = 32) -> float:
    """Load a server with wrk on CPU 1; answered requests ÷ its CPU seconds. Raises when an answer wasn't a 2xx."""
    wrk = shutil.which("wrk") or "wrk"
    command = ["taskset", "-c", str(CLIENT_CPU), wrk, "-t1", f"-c{connections}", f"-d{seconds:g}s", "-s", str(script)]
    before = server.cpu_seconds()
    said = subprocess.run([*command, f"http://127.0.0.1:{server.port}"], capture_output=True, text=True, check=True)
    used = server.cpu_seconds() - before
    answered = re.search(r"(\d+) requests in", said.stdout)
    if answered is None or "Non-2xx" in said.stdout or "Socket errors" in said.stdout:
        raise RuntimeError(f"{server.name}: {said.stdout}")
    return int(answered[1]) / used


def paced_p99(server: Running, paths: list[str], encoding: str, rate: int, seconds: float) -> float:
    """99th percentile, in ms, of the time from sending a request to its last byte, at a steady `rate` a second.

    Four connections in turn, one request in flight, on CPU 1.
    """
    home = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {CLIENT_CPU})
    sockets = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(4)]
    for each in sockets:
        each.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    taken = []
    try:
        start = time.perf_counter()
        for number in range(int(rate * seconds)):
            pause = start + number / rate - time.perf_counter()
            if pause > 0:
                time.sleep(pause)
            path = paths[number % len(paths)]
            request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: {encoding}\r\n\r\n".encode()
            sent = time.perf_counter()
            _exchange(sockets[number % 4], request)
            taken.append(time.perf_counter() - sent)
    finally:
        os.sched_setaffinity(0, home)
        for each in sockets:
            each.close()
    taken.sort()
    return taken[int(len(taken) * 0.99)] * 1000


def _exchange(connection: socket.socket, request: bytes) -> None:
    connection.sendall(request)
    data = b""
    while b"\r\n\r\n" not in data:
        data += _more(connection)
    head, _, body = data.partition(b"\r\n\r\n")
    length = re.search(rb"(?i)\r\ncontent-length: (\d+)", head)
    if not head.startswith(b"HTTP/1.1 200") or length is None:
        raise RuntimeError(head.decode("latin-1"))
    left = int(length[1]) - len(body)
    while left > 0:
        left -= len(_more(connection))


def _more(connection: socket.socket) -> bytes:
    data = connection.recv(65536)
    if not data:
        raise RuntimeError("the server closed the connection")
    return data
