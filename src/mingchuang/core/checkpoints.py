"""Checkpoints: where the chain stood, written down beside the database, a line each, never changed.

A tail of the chain that is cut off together with its head leaves no gap: what remains is a whole, shorter chain. The
lines in `<data>/checkpoints/checkpoints.jsonl` show it, because the event of a line must still be there with its link.

What that is worth: against a mistake, a restored old database or somebody with the database's password alone, it is
proof. Against somebody who can also write in the data folder it is none, for he can shorten both: only a copy of the
file outside the machine shows that (`mingchuang verify --checkpoint FILE`). And events written after the newest
checkpoint are covered by none yet. Backups don't hold the file: a database restored from one is lawfully shorter.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, Final

from django.conf import settings

from mingchuang.core import chain, hashing, now
from mingchuang.core.chain import Checkpoint
from mingchuang.core.models import Event
from mingchuang.norms.outcome import Issue, Refused

NAME: Final = "checkpoints.jsonl"
_LINK: Final = re.compile(r"[0-9a-f]{64}")
_CHUNK: Final = 500


def path() -> Path:
    """Where this installation keeps them; need not exist yet."""
    return Path(settings.MINGCHUANG_DATA) / "checkpoints" / NAME


def write(reason: str) -> Checkpoint | None:
    """Write down where the chain stands now; `reason` (daily, verify, backup) stands in the line. Returns the point.

    Appended whole or not at all, and on the disk when this returns. Nothing is written, and None returned, for a chain
    without events; a point that is the newest already is written again only on another day (Beijing). Call it outside
    a transaction. Raises OSError when the disk can't be written, ChainBrokenError without a head.
    """
    point = chain.checkpoint()
    if point.seq == 0:
        return None
    place = path()
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with place.open("a+b") as stream:
        place.chmod(0o600)
        fcntl.flock(stream, fcntl.LOCK_EX)
        lines = _whole_lines(stream)
        if not _is_said_today(lines[-1] if lines else b"", point):
            told = {"seq": point.seq, "link": point.link, "algorithm": point.algorithm}
            line = json.dumps({**told, "at": now.now().isoformat(), "reason": reason}, ensure_ascii=False)
            stream.write(line.encode() + b"\n")
            stream.flush()
            os.fsync(stream.fileno())
    _sync_folder(place.parent)
    return point


def latest() -> Checkpoint | None:
    """The newest of those kept, or None. Raises Refused when the file cannot be read as checkpoints."""
    kept = read(path()) if path().exists() else []
    return kept[-1] if kept else None


def read(place: Path) -> list[Checkpoint]:
    """The checkpoints of a file, in its order: this installation's own, or a copy kept elsewhere.

    A last line without its end is one that was being written when the power failed, and counts as not written. Raises
    Refused with every line that is no checkpoint, OSError when the file can't be read.
    """
    text = place.read_bytes()
    lines = text.split(b"\n")
    if lines[-1] and _point(lines[-1]) is None and len(lines) > 1:
        lines.pop()
    found, issues = [], []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        point = _point(line)
        if point is None:
            issues.append(Issue("checkpoints.line", f"{place} 第{number}行不是检查点，可能被改动。", field=str(number)))
        else:
            found.append(point)
    if issues:
        raise Refused(issues)
    return found


def against(points: Iterable[Checkpoint]) -> Iterator[Issue]:
    """Whether the chain still runs through every one of these points."""
    wanted = [point for point in dict.fromkeys(points) if point.seq > 0]
    for start in range(0, len(wanted), _CHUNK):
        part = wanted[start : start + _CHUNK]
        rows = Event.objects.filter(seq__in=[point.seq for point in part]).values_list("seq", "link", "algorithm")
        there = {seq: (link, algorithm) for seq, link, algorithm in rows}
        for point in part:
            context = {"seq": point.seq}
            if point.seq not in there:
                message = f"事件链已被截断：此前记下的第{point.seq}号事件不存在。"
                yield Issue("verify.cut", message, context=context)
            elif there[point.seq] != (point.link, point.algorithm):
                message = f"事件链已被改写：第{point.seq}号事件与此前记下的指纹不符。"
                yield Issue("verify.rewritten", message, context=context)


def unsound() -> list[Issue]:
    """What is wrong with the chain by the checkpoints kept here, or with their file itself."""
    if not path().exists():
        return []
    try:
        return list(against(read(path())))
    except Refused as refused:
        return list(refused.issues)


def _whole_lines(stream: BinaryIO) -> list[bytes]:
    """The lines that are there; a torn last one is cut away, so that the next one begins a line of its own."""
    stream.seek(0)
    text = stream.read()
    whole = text[: text.rfind(b"\n") + 1]
    if len(whole) < len(text):
        stream.truncate(len(whole))
    return whole.splitlines()


def _is_said_today(line: bytes, point: Checkpoint) -> bool:
    if _point(line) != point:
        return False
    try:
        return now.day_of(datetime.fromisoformat(json.loads(line)["at"])) == now.today()
    except (KeyError, TypeError, ValueError):
        return False


def _point(line: bytes) -> Checkpoint | None:
    """The checkpoint that a line tells, or None for anything else."""
    try:
        told: Any = json.loads(line)
        seq, link, algorithm = told["seq"], told["link"], told["algorithm"]
    except (ValueError, KeyError, TypeError):
        return None
    if type(seq) is not int or seq < 1 or algorithm not in hashing.ALGORITHMS:
        return None
    return Checkpoint(seq, link, algorithm) if isinstance(link, str) and _LINK.fullmatch(link) else None


def _sync_folder(folder: Path) -> None:
    """So that a new file's name, too, is on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
