"""Old Office files (DOC, XLS, PPT) looked through by their compound file: whole, without password, without macros.

Structure after [MS-CFB]; the marks of encryption after [MS-DOC] 2.5.2 (fEncrypted), [MS-XLS] 2.4.117 (FilePass) and
[MS-PPT] 2.3.2 (headerToken). Nothing is interpreted beyond that.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

_LAST_SECTOR: Final = 0xFFFFFFFA  # what is above are marks, not numbers
_ENTRY: Final = 128
_MOST_ENTRIES: Final = 20_000
_ENOUGH: Final = 64 * 1024
_TORN = "文件已损坏或者不完整，请用原软件打开，另存为DOCX、XLSX或者PDF后上传。"
_LOCKED = "文件设有打开密码，请取消密码后重新上传。"
_MACROS = "文件带有宏（程序），不能公开：请另存为不带宏的文件后重新上传。"


class _TornError(ValueError):
    """The structure points outside the file or into itself."""


def faults(data: bytes) -> list[str]:
    """Every fault of an old Office file, in Chinese; empty when there is none."""
    try:
        streams = _File(data).streams()
        found = [_MACROS] if any(name in streams for name in ("_VBA_PROJECT", "Macros", "_VBA_PROJECT_CUR")) else []
        if _locked(streams):
            found.append(_LOCKED)
    except (_TornError, struct.error, UnicodeDecodeError):
        return [_TORN]
    return found


def _locked(streams: Mapping[str, bytes]) -> bool:
    if "EncryptedPackage" in streams or "EncryptedSummary" in streams:
        return True
    if "WordDocument" in streams:
        magic, flags = struct.unpack_from("<H8xH", streams["WordDocument"])
        if magic != 0xA5EC:
            raise _TornError("no Word header")
        return bool(flags & 0x0100)
    for name in ("Workbook", "Book"):
        if name in streams:
            return _locked_workbook(streams[name])
    current = streams.get("Current User", b"")
    return len(current) >= 16 and struct.unpack_from("<I", current, 12)[0] == 0xF3D1C4DF


def _locked_workbook(stream: bytes) -> bool:
    """Whether a FilePass record stands among the first ones of the workbook."""
    if struct.unpack_from("<H", stream)[0] not in {0x0809, 0x0409, 0x0209, 0x0009}:
        raise _TornError("no workbook header")
    at = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        if kind in {0x002F, 0x000A}:
            return bool(kind == 0x002F)
        at += 4 + length
    return False


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    start: int
    size: int
    root: bool


class _File:
    """The sectors of a compound file, and the first bytes of its streams."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        shift, mini_shift = struct.unpack_from("<HH", data, 30)
        if shift not in {9, 12} or mini_shift != 6:
            raise _TornError("sector size")
        self._sector, self._mini = 1 << shift, 1 << mini_shift
        self._directory, self._cutoff, self._mini_fat = struct.unpack_from("<I4xII", data, 48)
        self._fat = self._table(self._fat_sectors())

    def streams(self) -> dict[str, bytes]:
        """Name → its first bytes, for all streams and storages (of which there are none)."""
        entries = list(self._entries())
        root = next((entry for entry in entries if entry.root), None)
        if root is None:
            raise _TornError("no root")
        small = self._read(root.start, root.size)
        mini_fat = self._table(list(self._chain(self._mini_fat, self._fat)))
        return {entry.name: self._first(entry, small, mini_fat) for entry in entries if not entry.root}

    def _first(self, entry: _Entry, small: bytes, mini_fat: list[int]) -> bytes:
        if entry.size >= self._cutoff:
            return self._read(entry.start, min(entry.size, _ENOUGH))
        places = self._chain(entry.start, mini_fat) if entry.size else ()
        return b"".join(small[n * self._mini :][: self._mini] for n in places)[: entry.size]

    def _at(self, sector: int) -> bytes:
        # The header takes the place of one sector, whatever their size.
        found = self._data[(sector + 1) * self._sector : (sector + 2) * self._sector]
        if not found:
            raise _TornError("sector outside the file")
        return found

    def _fat_sectors(self) -> list[int]:
        found = [n for n in struct.unpack_from("<109I", self._data, 76) if n < _LAST_SECTOR]
        following, seen = struct.unpack_from("<I", self._data, 68)[0], set[int]()
        while following < _LAST_SECTOR:
            if following in seen:
                raise _TornError("chain in a ring")
            seen.add(following)
            *numbers, following = struct.unpack(f"<{self._sector // 4}I", self._at(following))
            found += [n for n in numbers if n < _LAST_SECTOR]
        return found

    def _table(self, sectors: list[int]) -> list[int]:
        data = b"".join(map(self._at, sectors))
        return list(struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4]))

    def _chain(self, start: int, fat: list[int]) -> Iterator[int]:
        seen = 0
        while start < _LAST_SECTOR:
            if start >= len(fat) or seen > len(fat):
                raise _TornError("chain leaves the table")
            yield start
            start, seen = fat[start], seen + 1

    def _read(self, start: int, most: int) -> bytes:
        parts, have = [], 0
        for sector in self._chain(start, self._fat):
            if have >= most:
                break
            parts.append(self._at(sector))
            have += len(parts[-1])
        if have < most:
            raise _TornError("short stream")
        return b"".join(parts)[:most]

    def _entries(self) -> Iterator[_Entry]:
        for number, sector in enumerate(self._chain(self._directory, self._fat)):
            if number * self._sector > _MOST_ENTRIES * _ENTRY:
                raise _TornError("endless directory")
            data = self._at(sector)
            for at in range(0, len(data) - _ENTRY + 1, _ENTRY):
                length, kind = struct.unpack_from("<HB", data, at + 64)
                if kind not in {1, 2, 5} or not 2 <= length <= 64:
                    continue
                start, size = struct.unpack_from("<II", data, at + 116)
                name = data[at : at + length - 2].decode("utf-16-le")
                yield _Entry(name, start, 0 if kind == 1 else size, kind == 5)
