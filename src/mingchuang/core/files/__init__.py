"""The content-addressed store: bytes under their SHA-256 in the data folder, one row a content."""

from mingchuang.core.files.content_type import FileType, detect
from mingchuang.core.files.store import MOST_BYTES, orphans, path, put, read, refuse_unless, sweep, unsound

__all__ = ["MOST_BYTES", "FileType", "detect", "orphans", "path", "put", "read", "refuse_unless", "sweep", "unsound"]
