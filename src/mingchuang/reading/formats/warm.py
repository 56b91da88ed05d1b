"""The other side of ``worker``: one warm process for each of ours, a bounded child of it for each file."""

from __future__ import annotations

import atexit
import os
import signal
import socket
import subprocess
import sys
import threading
from contextlib import suppress
from typing import Any

from mingchuang.reading.formats import limits
from mingchuang.reading.formats.extract import Unreadable
from mingchuang.reading.formats.worker import Answer, read_message, write_message

_MODULE = "mingchuang.reading.formats.worker"
_SECONDS = limits.CHILD_SECONDS * 2.0
_CAN_FORK = hasattr(os, "fork") and hasattr(socket, "send_fds")


def ask(request: dict[str, Any], data: bytes) -> Answer:
    """The answer of a bounded process; raises ``Unreadable`` with the file's own reason, or that it asks too much."""
    if len(data) > limits.FILE_BYTES:
        raise Unreadable("too_large", f"文件超过 {limits.FILE_BYTES // limits.MEBIBYTE} MB，不能读取：请拆分后上传。")
    told, body = _through_fork(request, data) if _CAN_FORK else _through_start(request, data)
    if "code" in told:
        raise Unreadable(told["code"], told["message"])
    if "exhausted" in told:
        raise _exhausted()
    if "failed" in told:
        message = "文件的结构有误，无法检查：请用原软件打开，另存后重新上传。"
        raise Unreadable("damaged", message) from RuntimeError(told["failed"])
    return told, body


def _exhausted() -> Unreadable:
    return Unreadable("too_complex", "文件的结构过于复杂，超出了读取的时间或内存上限：请另存或拆分后重新上传。")


class _Warm:
    """The warm process of this process; a fork of ours starts its own."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._control: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = 0

    def connect(self) -> socket.socket:
        """A connection to a new child."""
        with self._lock:
            for _ in range(2):
                control = self._running()
                ours, theirs = socket.socketpair()
                with theirs:
                    try:
                        socket.send_fds(control, [b"."], [theirs.fileno()])
                    except OSError:
                        ours.close()
                        self._stop()
                        continue
                return ours
        raise _exhausted()

    def _running(self) -> socket.socket:
        if self._control is not None and self._owner == os.getpid():
            return self._control
        ours, theirs = socket.socketpair()
        command = [sys.executable, "-P", "-B", "-m", _MODULE, str(theirs.fileno())]
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            command,
            env=_environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=[theirs.fileno()],
        )
        theirs.close()
        self._control, self._owner = ours, os.getpid()
        return ours

    def _stop(self) -> None:
        if self._control is not None:
            self._control.close()
        if self._process is not None and self._owner == os.getpid():
            self._process.wait()
        self._control = self._process = None

    def stop(self) -> None:
        """End the warm process; the next file starts another."""
        with self._lock:
            self._stop()


_warm = _Warm()
atexit.register(_warm.stop)
stop = _warm.stop


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "SYSTEMROOT", "TMPDIR"}}
    return kept | {
        "PYTHONPATH": os.pathsep.join(entry for entry in sys.path if entry),
        "OPENBLAS_NUM_THREADS": "1",  # a process with threads must not fork
    }


def _through_fork(request: dict[str, Any], data: bytes) -> Answer:
    pid = 0
    with _warm.connect() as connection:
        connection.settimeout(_SECONDS)
        try:
            pid = int(read_message(connection.recv)[0]["pid"])
            write_message(connection.sendall, request, data)
            return read_message(connection.recv)
        except (EOFError, OSError) as error:  # it was ended by a limit, or the time is up
            if pid and isinstance(error, TimeoutError):
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            raise _exhausted() from error


def _through_start(request: dict[str, Any], data: bytes) -> Answer:
    command = [sys.executable, "-P", "-B", "-m", _MODULE]
    with subprocess.Popen(  # noqa: S603 - our own interpreter and module
        command, env=_environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        message: list[bytes] = []
        write_message(message.append, request, data)
        try:
            out, _ = process.communicate(b"".join(message), timeout=_SECONDS)
        except subprocess.TimeoutExpired as error:
            process.kill()
            raise _exhausted() from error
    chunks = memoryview(out)
    at = 0

    def read(size: int) -> bytes:
        nonlocal at
        at += size
        return bytes(chunks[at - size : at])

    try:
        return read_message(read)
    except EOFError as error:
        raise _exhausted() from error
