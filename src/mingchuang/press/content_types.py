"""What a public path holds. It follows from the path alone, so that our server, nginx and a mirror agree."""

from __future__ import annotations

from types import MappingProxyType

# Exact paths first: a feed is XML by its name and RSS by its use.
_BY_PATH = MappingProxyType({"feed.xml": "application/rss+xml; charset=utf-8"})

BY_EXTENSION = MappingProxyType(
    {
        "html": "text/html; charset=utf-8",
        "txt": "text/plain; charset=utf-8",
        "css": "text/css; charset=utf-8",
        "csv": "text/csv; charset=utf-8",
        "js": "text/javascript; charset=utf-8",
        "json": "application/json; charset=utf-8",
        "xml": "application/xml; charset=utf-8",
        "svg": "image/svg+xml; charset=utf-8",
        "webmanifest": "application/manifest+json",
        "png": "image/png",
        "jpg": "image/jpeg",
        "jpeg": "image/jpeg",
        "gif": "image/gif",
        "webp": "image/webp",
        "ico": "image/x-icon",
        "woff2": "font/woff2",
        "pdf": "application/pdf",
        "ofd": "application/ofd",
        "doc": "application/msword",
        "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xls": "application/vnd.ms-excel",
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "ppt": "application/vnd.ms-powerpoint",
        "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "wps": "application/vnd.ms-works",
        "zip": "application/zip",
        "gz": "application/gzip",
        "mp3": "audio/mpeg",
        "mp4": "video/mp4",
    }
)
UNKNOWN = "application/octet-stream"
# Formats that are not compressed already; the others never get a `.gz` beside them.
_COMPRESSIBLE = frozenset({"html", "txt", "css", "csv", "js", "json", "xml", "svg", "webmanifest"})


def extension(path: str) -> str:
    """The lower-case extension of the last segment, without the dot; empty when it has none."""
    name = path.rpartition("/")[2]
    stem, dot, tail = name.rpartition(".")
    return tail.lower() if dot and stem else ""


def content_type(path: str) -> str:
    """The Content-Type of a store path; `application/octet-stream` for what isn't known."""
    return _BY_PATH.get(path) or BY_EXTENSION.get(extension(path), UNKNOWN)


def compressible(path: str) -> bool:
    """Whether text of this kind is worth a try at gzip."""
    return extension(path) in _COMPRESSIBLE


def same_kind(answered: str, path: str) -> bool:
    """Whether an application's Content-Type fits the path: the same media type, or XML under a more exact name."""
    said = answered.partition(";")[0].strip().lower()
    ours = content_type(path).partition(";")[0]
    return said == ours or (ours.endswith("xml") and (said.endswith("+xml") or said in {"application/xml", "text/xml"}))
