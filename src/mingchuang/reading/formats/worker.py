"""The process that opens files: bounded in memory and time, one for each file, forked from one that is warm.

Starting Python and its libraries takes longer than most files do. So one process (``serve``) imports them and waits;
for each file it forks a child, which takes limits, reads one request, answers and ends. Whatever a hostile file does
to the child, the next file gets a new one. Nothing is written to a log: a message of an error may quote the file.

A message is two lengths (8 bytes each, network order), a JSON object, and bytes.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import struct
import sys
from collections.abc import Callable
from typing import Any, BinaryIO, Final

from mingchuang.reading.formats import child
from mingchuang.reading.formats.extract import Unreadable

HEADER: Final = struct.Struct("!QQ")
_CHUNK = 1 << 20

Answer = tuple[dict[str, Any], bytes]


def write_message(write: Callable[[bytes], object], head: dict[str, Any], body: bytes = b"") -> None:
    """Send a message through ``write`` (``sendall`` of a socket, ``write`` of a file)."""
    told = json.dumps(head).encode("ascii")
    write(HEADER.pack(len(told), len(body)) + told)
    if body:
        write(body)


def read_message(read: Callable[[int], bytes]) -> Answer:
    """The next message; raises ``EOFError`` when the other side ended before its end."""
    told, body = HEADER.unpack(_exactly(read, HEADER.size))
    return json.loads(_exactly(read, told)), _exactly(read, body)


def _exactly(read: Callable[[int], bytes], size: int) -> bytes:
    chunks = []
    while size:
        chunk = read(min(size, _CHUNK))
        if not chunk:
            raise EOFError
        chunks.append(chunk)
        size -= len(chunk)
    return b"".join(chunks)


def answer(request: dict[str, Any], data: bytes) -> Answer:
    """Do what is asked in this very process: ``extract``, ``search``, ``inspect`` (both), ``strip``, ``draw``."""
    try:
        return _do(request, data)
    except Unreadable as error:
        return {"code": error.code, "message": error.message}, b""
    except (MemoryError, RecursionError):
        return {"exhausted": True}, b""
    except Exception as error:  # whatever a spoiled structure provokes: the file is at fault, and is told so
        return {"failed": type(error).__name__}, b""


def _do(request: dict[str, Any], data: bytes) -> Answer:
    wanted, kind = request["do"], request["kind"]
    if wanted == "draw":
        from mingchuang.reading.formats.picture import draw_here  # noqa: PLC0415

        pages, drawn = draw_here(kind, data, request["page"])
        return {"pages": pages}, drawn
    if wanted == "strip":
        from mingchuang.reading.gate.cleaning import strip_here  # noqa: PLC0415

        cleaned = strip_here(kind, data, request["changes"])
        return {"removed": [[one.what, one.count] for one in cleaned.removed]}, cleaned.data
    from mingchuang.reading.gate.hidden.searchers import search_here  # noqa: PLC0415

    told: dict[str, Any] = {}
    if wanted in {"search", "inspect"}:
        told["hidden"] = [one.to_json() for one in search_here(kind, data)]
    if wanted in {"extract", "inspect"}:
        told["extract"] = _extract(request["parser"], data)
    return told, b""


def _extract(parser: str, data: bytes) -> dict[str, Any]:
    try:
        return child.to_json(child.parse(parser, data))
    except Unreadable as error:
        return {"code": error.code, "message": error.message}


def serve(control: socket.socket) -> None:
    """Fork a child for every connection that comes in through ``control``; ends when the other side is gone."""
    from mingchuang.reading.formats.pdf import read_pdf  # noqa: PLC0415
    from mingchuang.reading.formats.sheet import read_sheet  # noqa: PLC0415
    from mingchuang.reading.formats.web import read_web  # noqa: PLC0415
    from mingchuang.reading.gate.cleaning import strip_here  # noqa: PLC0415
    from mingchuang.reading.gate.hidden.searchers import search_here  # noqa: PLC0415

    assert all((read_pdf, read_sheet, read_web, strip_here, search_here))  # noqa: S101 - imported to be warm
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the system buries the children
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C ends the parent, and with it this process
    while True:
        _, descriptors, _, _ = socket.recv_fds(control, 1, 1)
        if not descriptors:
            return
        if os.fork() == 0:
            control.close()
            _serve_one(socket.socket(fileno=descriptors[0]))
        os.close(descriptors[0])


def _serve_one(connection: socket.socket) -> None:
    """In the child: one request, one answer, the end."""
    status = 1
    try:
        write_message(connection.sendall, {"pid": os.getpid()})
        request, data = read_message(connection.recv)
        child.bound()
        write_message(connection.sendall, *answer(request, data))
        status = 0
    finally:
        os._exit(status)


def serve_once(incoming: BinaryIO, outgoing: BinaryIO) -> None:
    """For systems that cannot fork: one request from standard input, one answer to standard output."""
    request, data = read_message(incoming.read)
    child.bound()
    write_message(outgoing.write, *answer(request, data))
    outgoing.flush()


if __name__ == "__main__":
    if len(sys.argv) > 1:
        serve(socket.socket(fileno=int(sys.argv[1])))
    else:
        serve_once(sys.stdin.buffer, sys.stdout.buffer)
