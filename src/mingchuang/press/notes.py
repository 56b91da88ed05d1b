"""What the baker remembers beside the journal: how far it has followed, what failed, how far a full bake has come.

All of it may be lost without harm: then more is baked than needed. None of it is written before what it speaks of
is durable.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

from mingchuang.core.now import now

_RESUMABLE_FOR = timedelta(hours=1)


class Position:
    """The sequence number up to which every event is in the public folder; None before the first full bake."""

    def __init__(self, inside: Path) -> None:
        self._path = inside / "position"

    def read(self) -> int | None:
        try:
            return int(self._path.read_text("ascii"))
        except (FileNotFoundError, ValueError):
            return None

    def write(self, seq: int, *, durable: bool = True) -> None:
        """Set it; with `durable` it survives a loss of power from now on."""
        _replace(self._path, str(seq), durable=durable)


class Failed:
    """The addresses whose last rendering failed; their old pages stay until a later try succeeds."""

    def __init__(self, inside: Path) -> None:
        self._path = inside / "failed.json"

    def read(self) -> set[str]:
        try:
            return {address for address in json.loads(self._path.read_text("utf-8")) if isinstance(address, str)}
        except (FileNotFoundError, ValueError):
            return set()

    def change(self, *, failed: Iterable[str], settled: Iterable[str]) -> None:
        """Add and remove; written only when something changes."""
        before = self.read()
        after = (before - set(settled)) | set(failed)
        if after != before:
            _replace(self._path, json.dumps(sorted(after), ensure_ascii=False), durable=True)


class FullBake:
    """Where a full bake has come, so that one that was killed goes on instead of beginning again.

    `position` is the event sequence when it began: whatever happened since is followed afterwards. A run of another
    `fingerprint` (program version), or an hour old, is not gone on with.
    """

    def __init__(self, inside: Path, fingerprint: str) -> None:
        self._path = inside / "full-bake.jsonl"
        self._fingerprint = fingerprint
        self.position = 0
        self.done: set[str] = set()

    def resume(self) -> bool:
        """Take up an interrupted run; False when there is none to go on with."""
        try:
            lines = self._path.read_text("utf-8").splitlines()
            head = json.loads(lines[0])
            started = datetime.fromisoformat(head["started"])
            if head["fingerprint"] != self._fingerprint or not timedelta() <= now() - started <= _RESUMABLE_FOR:
                return False
            self.position = int(head["position"])
        except (FileNotFoundError, ValueError, LookupError, TypeError):
            return False
        for line in lines[1:]:
            try:
                self.done.update(json.loads(line))
            except ValueError:  # torn by the kill: its pages are merely baked once more
                break
        return True

    def begin(self, position: int) -> None:
        """Start a run at this event sequence."""
        self.position, self.done = position, set()
        head = {"started": now().isoformat(), "fingerprint": self._fingerprint, "position": position}
        _replace(self._path, json.dumps(head) + "\n", durable=False)

    def note(self, addresses: list[str]) -> None:
        """These are in place."""
        self.done.update(addresses)
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(addresses, ensure_ascii=False) + "\n")

    def end(self) -> None:
        """The run is complete."""
        self._path.unlink(missing_ok=True)


def _replace(path: Path, text: str, *, durable: bool) -> None:
    new = path.with_name(path.name + ".new")
    with new.open("w", encoding="utf-8") as file:
        file.write(text)
        if durable:
            file.flush()
            os.fsync(file.fileno())
    new.replace(path)
