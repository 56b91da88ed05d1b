"""The server: granian with one worker, blocking threads, on loopback unless told otherwise."""

from __future__ import annotations

import errno
import ipaddress
import os
import socket

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from mingchuang.norms.outcome import Issue, Refused

BLOCKING_THREADS = 4  # measured: benchmarks/bench_page.py


def is_loopback(host: str) -> bool:
    """Whether a server bound to `host` can be reached from this machine alone."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def ensure_free(host: str, port: int) -> None:
    """Raise Refused, in Chinese, when the address can't be listened on."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            taken = error.errno == errno.EADDRINUSE
            why = "已被别的程序占用" if taken else f"不能监听（{error.strerror}）"
            raise Refused([Issue("serve.address", f"{host}:{port} {why}，请用 --port 换一个端口。")]) from error


def serve(host: str, port: int) -> None:
    """Serve until asked to stop (SIGINT, SIGTERM). The worker process does the background work as well."""
    os.environ["MINGCHUANG_BACKGROUND"] = str(os.getpid())
    Granian(
        "mingchuang.site.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=BLOCKING_THREADS,
        respawn_failed_workers=True,
        log_level=LogLevels.warning,
    ).serve()
