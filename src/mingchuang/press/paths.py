"""Public paths: what may stand in the public folder, and how an address becomes a file.

A *store path* is relative, with `/` between segments: `records/12/index.html`. An *address* is what a citizen asks
for, percent-decoded: `/records/12/`. Names may be Chinese; nothing may leave the folder, hide in it, or be read
differently by another server or file system.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote

from mingchuang.press.content_types import compressible

INTERNAL = ".press"
INDEX = "index.html"
ATTACHMENTS = "files"  # the segment below which everything is an attachment: downloaded, never rendered
_LONGEST_NAME = 255  # bytes of one segment, the limit of ext4, xfs and NTFS alike
_LONGEST_PATH = 2048
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)", re.IGNORECASE)
_UNSAFE_IN_NAME = re.compile(r"[/\\:*?\"<>|#%]")


class BadPathError(ValueError):
    """A path that may not stand in the public folder. The message is a Chinese sentence that names the path."""


def fault(path: str) -> str | None:
    """Why `path` may not be a store path, in Chinese; None when it may."""
    if not path or len(path) > _LONGEST_PATH:
        return "公开路径为空或过长"
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        return "公开路径含有无法编码的字符"
    if "\\" in path or _CONTROL.search(path):
        return "公开路径含有反斜杠或控制字符"
    for segment in path.split("/"):
        found = _segment_fault(segment)
        if found:
            return found
    return None


def _segment_fault(segment: str) -> str | None:
    if not segment:
        return "公开路径以斜杠开头、结尾或含有连续斜杠"
    if segment.startswith("."):
        return "公开路径的一段以点开头（含上级目录和保留目录）"
    if segment.endswith((".", " ")) or segment.startswith(" "):
        return "公开路径的一段以点结尾，或以空格开头或结尾"
    if _DEVICES.match(segment):
        return "公开路径的一段是系统保留名"
    # Room for the `.gz` beside it.
    room = _LONGEST_NAME - (3 if compressible(segment) else 0)
    if len(segment.encode("utf-8")) > room:
        return "公开路径的一段过长"
    return None


def check(path: str) -> str:
    """`path` itself when it may stand in the public folder; raises `BadPathError` otherwise."""
    found = fault(path)
    if found:
        raise BadPathError(f"{found}：{path[:200]!r}")
    return path


def is_attachment(path: str) -> bool:
    """Whether a store path is an attachment: some folder above it is `files`."""
    return f"/{ATTACHMENTS}/" in f"/{path}" and not path.endswith(f"/{ATTACHMENTS}")


def from_address(address: str) -> str:
    """The store path of a percent-decoded address: `/x/` → `x/index.html`, `/feed.xml` → `feed.xml`.

    Raises `BadPathError` when the address can't be one of ours.
    """
    if not address.startswith("/"):
        raise BadPathError(f"地址应以斜杠开头：{address[:200]!r}")
    path = address[1:]
    return check(path + INDEX if not path or path.endswith("/") else path)


def to_address(path: str) -> str:
    """The percent-decoded address of a store path; `x/index.html` is `/x/`."""
    if path == INDEX:
        return "/"
    return "/" + (path[: -len(INDEX)] if path.endswith("/" + INDEX) else path)


def encoded(address: str) -> str:
    """An address as it stands in a header or a link: UTF-8, percent-encoded."""
    return quote(address, safe="/~!$&'()*+,;=:@")


def safe_name(name: str, fallback: str = "附件") -> str:
    """A file name made fit for the public folder: same meaning, no path, no trick, at most 200 bytes, extension kept.

    Never raises and never returns a name that `check` refuses.
    """
    text = unicodedata.normalize("NFC", name.encode("utf-8", "ignore").decode("utf-8"))
    text = _UNSAFE_IN_NAME.sub("_", _CONTROL.sub("", text)).lstrip(". ").rstrip(". ")
    stem, dot, tail = text.rpartition(".")
    if not dot or not stem or len(tail.encode("utf-8")) > 16:
        stem, tail = text, ""
    ending = f".{tail}" if tail else ""
    stem = stem.encode("utf-8")[: 200 - len(ending.encode("utf-8"))].decode("utf-8", "ignore").rstrip(". ")
    result = (stem or fallback) + ending
    return f"_{result}" if _DEVICES.match(result) else result
