"""The server: granian with one worker, blocking threads, on loopback unless told otherwise."""

from __future__ import annotations

import errno
import ipaddress
import os
import signal
import socket

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from mingchuang.norms.outcome import Issue, Refused

BLOCKING_THREADS = 4  # measured: benchmarks/bench_page.py


# A worker that hasn't ended by then is killed; nothing is lost by it (site.background).
WORKER_STOP_SECONDS = 12


class _Server(Granian):  # type: ignore[misc, valid-type] # a class chosen by granian for this interpreter
    """granian, whose server forgets that it was told to stop when it is told while it replaces a worker."""

    def _respawn_workers(self, *arguments: object, **named: object) -> None:
        if not self.interrupt_signal:
            super()._respawn_workers(*arguments, **named)
        # The loop has cleared its alarm before it came here; a signal of that moment would wait for ever.
        if self.interrupt_signal:
            self.main_loop_interrupt.set()


def _obey_signals() -> None:
    """A new worker has the server's handlers until it sets its own, and would take what it is told for the server's."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_DFL)


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
    os.register_at_fork(after_in_child=_obey_signals)
    _Server(
        "mingchuang.site.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=BLOCKING_THREADS,
        respawn_failed_workers=True,
        workers_kill_timeout=WORKER_STOP_SECONDS,
        log_level=LogLevels.warning,
    ).serve()
