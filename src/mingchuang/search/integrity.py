"""Checks every file of a generation against the checksum that the engine wrote at its end."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mingchuang.search.generations import ENGINE_META

#: Layout of a file's end (tantivy, directory/footer.rs): JSON with `crc`, its length, then this number, both u32 LE.
_MAGIC = 1337
_TAIL = 8
_CHUNK = 1 << 20


def damage(folder: Path) -> list[str]:
    """Chinese sentences, one for each file that is missing, cut short or changed; empty when all is whole."""
    try:
        meta = json.loads((folder / ENGINE_META).read_text(encoding="utf-8"))
        segments = [(one["segment_id"].replace("-", ""), _deletions(one)) for one in meta["segments"]]
    except (OSError, ValueError, KeyError, TypeError):
        return [f"检索库的目录文件 {ENGINE_META} 读不出来。"]
    found = []
    for identity, deletions in segments:
        # A list of deletions that no commit names was being written when the process died: it is nobody's.
        written = (path for path in folder.glob(f"{identity}.*") if not path.name.endswith(".del"))
        named = [folder / f"{identity}.{deletions}.del"] if deletions else []
        files = sorted([*written, *(path for path in named if path.exists())])
        kinds = {path.name.split(".")[-1] for path in files}
        wanted = {"idx", "term", "store", "fast", "fieldnorm", "pos"} | ({"del"} if deletions else set())
        missing = sorted(wanted - kinds)
        found += [f"检索库缺少文件 {identity}.{kind}。" for kind in missing]
        found += [f"检索库的文件 {path.name} 与校验和不符。" for path in files if not _whole(path)]
    return found


def _deletions(segment: Mapping[str, Any]) -> int | None:
    """The number in the name of a segment's list of deletions; None when nothing was deleted from it."""
    told = segment.get("deletes")
    return int(told["opstamp"]) if told else None


def _whole(path: Path) -> bool:
    size = path.stat().st_size
    with path.open("rb") as stream:
        if size < _TAIL:
            return False
        stream.seek(size - _TAIL)
        tail = stream.read(_TAIL)
        length, magic = int.from_bytes(tail[:4], "little"), int.from_bytes(tail[4:], "little")
        body = size - _TAIL - length
        if magic != _MAGIC or body < 0:
            return False
        stream.seek(body)
        try:
            expected = json.loads(stream.read(length))["crc"]
        except (ValueError, KeyError, TypeError):
            return False
        stream.seek(0)
        crc, left = 0, body
        while left and (chunk := stream.read(min(_CHUNK, left))):
            crc, left = zlib.crc32(chunk, crc), left - len(chunk)
        return left == 0 and crc == expected
