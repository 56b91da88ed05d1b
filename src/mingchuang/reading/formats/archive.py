"""Office archives (DOCX and XLSX are zip files), opened so that a hostile one costs nothing.

Everything is checked in the directory before the first byte is unpacked: number of members, declared sizes, ratio,
names that climb out of the archive, doubled names, members that overlap (the "quoted overlap" bomb), encryption.
While unpacking, the real size is held to the declared one. Archives inside the archive are never opened.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib

from mingchuang.reading.formats import limits
from mingchuang.reading.formats.extract import Unreadable

_LOCAL_HEADER_BYTES = 30
_ENCRYPTED_FLAG = 0x1
_CHUNK = 1 << 18
_SPOILED = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    NotImplementedError,
    ValueError,
    OverflowError,
    RuntimeError,
    LookupError,
)

DAMAGED_ARCHIVE = "文件已损坏或不完整，无法打开：请在 Word 或 WPS 中打开原件，另存后重新上传。"


class Archive:
    """A zip archive whose directory has been found harmless. ``read`` gives the bytes of one member.

    Raises ``Unreadable`` on construction for every archive that is damaged, encrypted or hostile.
    """

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            members = self._zip.infolist()
        except _SPOILED as error:
            raise Unreadable("damaged", DAMAGED_ARCHIVE) from error
        _check_directory(members, len(data))
        self._members = {member.filename: member for member in members}
        self._unpacked = 0

    @property
    def names(self) -> frozenset[str]:
        return frozenset(self._members)

    def read(self, name: str) -> bytes | None:
        """The unpacked bytes of the member, None when there is no such member."""
        member = self._members.get(name)
        if member is None:
            return None
        try:
            data = self._unpack(member)
        except _SPOILED as error:
            raise Unreadable("damaged", DAMAGED_ARCHIVE) from error
        self._unpacked += len(data)
        if self._unpacked > limits.ARCHIVE_TOTAL_BYTES:
            raise _bomb()
        return data

    def check_whole(self) -> None:
        """Unpack every XML part once and throw it away, refusing document types, before other code unpacks them."""
        for name in self._members:
            if name.endswith((".xml", ".rels", ".vml")) and b"<!DOCTYPE" in (self.read(name) or b""):
                raise doctype()

    def _unpack(self, member: zipfile.ZipInfo) -> bytes:
        chunks: list[bytes] = []
        size = 0
        with self._zip.open(member) as stream:
            while chunk := stream.read(_CHUNK):
                size += len(chunk)
                if size > member.file_size or size > limits.ARCHIVE_MEMBER_BYTES:
                    raise _bomb()
                chunks.append(chunk)
        if size != member.file_size:
            raise zipfile.BadZipFile("short member")
        return b"".join(chunks)


def _check_directory(members: list[zipfile.ZipInfo], archive_bytes: int) -> None:
    if len(members) > limits.ARCHIVE_MEMBERS:
        raise _bomb()
    if any(member.flag_bits & _ENCRYPTED_FLAG for member in members):
        raise Unreadable("encrypted", "文件带有密码，无法读取：请取消密码后重新上传。")
    if any(_climbs(member.orig_filename) for member in members):
        raise Unreadable("archive_paths", "文件内部含有越界的路径名，可能是恶意文件，已拒绝读取。")
    if len({member.filename for member in members}) != len(members):
        raise Unreadable("archive_duplicates", "文件内部有同名的部件，内容无法确定，已拒绝读取。")
    if sum(member.file_size for member in members) > limits.ARCHIVE_TOTAL_BYTES or any(map(_swells, members)):
        raise _bomb()
    _check_overlap(members, archive_bytes)


def _climbs(name: str) -> bool:
    return (
        "\x00" in name
        or name.startswith(("/", "\\"))
        or re.match(r"[A-Za-z]:", name) is not None
        or ".." in re.split(r"[/\\]", name)
    )


def _swells(member: zipfile.ZipInfo) -> bool:
    """The member is declared larger than a part may be, or packed as only a bomb is packed."""
    if member.filename.startswith(("word/media/", "xl/media/")):
        return False  # pictures are never unpacked
    if member.file_size > limits.ARCHIVE_MEMBER_BYTES:
        return True
    return member.file_size > limits.ARCHIVE_RATIO_FLOOR_BYTES and member.file_size > limits.ARCHIVE_RATIO * max(
        member.compress_size, 1
    )


def _check_overlap(members: list[zipfile.ZipInfo], archive_bytes: int) -> None:
    end = 0
    for member in sorted(members, key=lambda item: item.header_offset):
        if member.header_offset < end:
            raise Unreadable("archive_overlap", "文件内部的部件互相重叠，可能是恶意文件，已拒绝读取。")
        end = member.header_offset + _LOCAL_HEADER_BYTES + member.compress_size
    if end > archive_bytes:
        raise Unreadable("damaged", DAMAGED_ARCHIVE)


def doctype() -> Unreadable:
    return Unreadable("doctype", "文件内部含有外部实体声明（DOCTYPE），可能是恶意文件，已拒绝读取。")


def _bomb() -> Unreadable:
    return Unreadable("archive_bomb", "文件解压后过大（可能是压缩炸弹），已拒绝读取。")
