"""Putting bytes where their hash says, so that a crash leaves a whole file or none.

A new content is written under another name, flushed to the disk, and renamed; then comes the row. A row therefore never
lacks its bytes; bytes without a row (a crash between, a transaction undone) are harmless and swept by `sweep`.
"""

from __future__ import annotations

import errno
import hashlib
import io
import os
import secrets
from collections.abc import Collection, Iterator
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Final

from django.conf import settings

from mingchuang.core import hashing, now
from mingchuang.core.edge import text_issues
from mingchuang.core.files.content_type import detect
from mingchuang.core.models import StoredFile
from mingchuang.norms.outcome import Issue, refuse

MOST_BYTES: Final = 200 * 1024 * 1024
_CHUNK: Final = 1024 * 1024
_DRAFTS: Final = "drafts"
_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT})


def path(sha256: str) -> Path:
    """Where a content lies: `files/ab/cdef…`. Raises ValueError for anything that is no SHA-256 in lower case."""
    if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
        raise ValueError("not a SHA-256 in lower-case hexadecimal")
    return _root() / sha256[:2] / sha256[2:]


def read(sha256: str) -> bytes:
    """The bytes of a content. Raises FileNotFoundError when they are not there."""
    return path(sha256).read_bytes()


def put(data: bytes | BinaryIO, name: str = "", *, most: int = MOST_BYTES) -> StoredFile:
    """Keep a content and return its row; the same bytes again give the same row.

    `name` is what the person called it: only its last part is kept. Raises `Refused` when it is empty, larger than
    `most` bytes, named with characters that cannot be stored, or when the disk is full (nothing is kept then); OSError
    when the disk refuses for another reason.
    """
    called = _called(name)
    stream = io.BytesIO(data) if isinstance(data, bytes) else data
    draft = _root() / _DRAFTS / secrets.token_hex(16)
    try:
        draft.parent.mkdir(parents=True, exist_ok=True)
        size, sha256, sm3 = _write(stream, draft, most, called)
        with draft.open("rb") as file:
            kind = detect(file)
        _settle(draft, path(sha256))
    except OSError as error:
        if error.errno not in _FULL:
            raise
        message = "服务器磁盘已满，文件没有保存；以前保存的文件没有受影响。请在清理磁盘后再上传一次。"
        raise refuse("files.disk_full", message, field="file") from error
    finally:
        draft.unlink(missing_ok=True)
    row = StoredFile(sha256=sha256, sm3=sm3, size=size, content_type=kind.media, extension=kind.extension)
    row.first_name, row.stored_at = called, now.now()
    StoredFile.objects.bulk_create([row], ignore_conflicts=True)
    return StoredFile.objects.get(pk=sha256)


def refuse_unless(file: StoredFile, wanted: Collection[str], *, field: str = "file") -> None:
    """Raise `Refused` when the content is none of the wanted extensions, whatever the file was called."""
    if file.extension not in wanted:
        raise refuse(
            "files.type",
            f"“{file.first_name or '所传文件'}”的内容不是{'、'.join(wanted)}格式，请另存为其中一种后再上传。",
            field=field,
            found=file.content_type,
        )


def unsound(rows: Iterator[StoredFile] | None = None, *, deep: bool = True) -> Iterator[Issue]:
    """Files whose bytes are missing, of another size, or (when `deep`) of another hash."""
    for row in rows if rows is not None else StoredFile.objects.order_by("sha256").iterator():
        place = path(row.sha256)
        shown = f"文件“{row.first_name or row.sha256[:12]}”（{row.sha256[:12]}）"
        if not place.is_file():
            yield Issue("files.missing", f"{shown}不在文件库中。", context={"sha256": row.sha256})
        elif place.stat().st_size != row.size:
            yield Issue("files.size", f"{shown}的大小与登记的不符。", context={"sha256": row.sha256})
        elif deep and _sha256(place) != row.sha256:
            yield Issue("files.content", f"{shown}的内容已被改动。", context={"sha256": row.sha256})


def orphans() -> Iterator[Path]:
    """Contents without a row, drafts of a crashed upload included."""
    root = _root()
    for folder in sorted(root.iterdir()) if root.is_dir() else ():
        for file in sorted(folder.iterdir()) if folder.is_dir() else ():
            if folder.name == _DRAFTS or not StoredFile.objects.filter(pk=folder.name + file.name).exists():
                yield file


def sweep(before: datetime) -> int:
    """Remove orphans last touched before `before` (aware); returns how many. Younger ones may belong to an upload."""
    old = [file for file in orphans() if file.stat().st_mtime < before.timestamp()]
    for file in old:
        file.unlink(missing_ok=True)
    return len(old)


def _root() -> Path:
    return Path(settings.MINGCHUANG_DATA) / "files"


def _called(name: str) -> str:
    """The last part of a name, whichever separators it has; at most 255 characters, extension kept."""
    found = text_issues(name, "name")
    if found:
        raise refuse("files.name", "文件名中有无法保存的字符，请改名后再上传。", field="name")
    last = name.replace("\\", "/").rsplit("/", 1)[-1].strip()
    if last in {".", ".."}:
        return ""
    stem, dot, extension = last.rpartition(".")
    return last if len(last) <= 255 else (stem or last)[:200] + dot + extension[:12]


def _write(stream: BinaryIO, draft: Path, most: int, called: str) -> tuple[int, str, str]:
    """Copy to the draft and flush it to the disk: size, SHA-256, and SM3 where that is the current algorithm."""
    shown = f"“{called}”" if called else "所传文件"
    sha256 = hashlib.sha256()
    sm3 = hashlib.new("sm3") if hashing.current() == "sm3" else None
    size = 0
    with draft.open("xb") as file:
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            if size > most:
                raise refuse("files.size", f"{shown}超过{most // _CHUNK}MB，请压缩或拆分后再上传。", field="file")
            sha256.update(chunk)
            if sm3 is not None:
                sm3.update(chunk)
            file.write(chunk)
        if size == 0:
            raise refuse("files.empty", f"{shown}是空文件，请检查后重新上传。", field="file")
        file.flush()
        os.fsync(file.fileno())
    return size, sha256.hexdigest(), sm3.hexdigest() if sm3 is not None else ""


def _settle(draft: Path, place: Path) -> None:
    """Give the draft its lasting name, unless the same content is there in full already."""
    if place.is_file() and place.stat().st_size == draft.stat().st_size and _sha256(place) == _sha256(draft):
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    draft.chmod(0o440)
    draft.replace(place)
    _flush_folder(place.parent)
    _flush_folder(place.parent.parent)


def _flush_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sha256(place: Path) -> str:
    with place.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
