"""Whether the public folder holds what its journal says: for `mingchuang verify`. Reads only; repairs nothing."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from mingchuang.norms.outcome import Issue
from mingchuang.press import content_types, journal, paths
from mingchuang.press.journal import Entry


def issues(root: Path | str) -> list[Issue]:
    """Every difference between the folder and its journal; a batch that the next start completes is a remark.

    A folder that was never baked has none.
    """
    root = Path(root)
    reader = journal.Reader(root / paths.INTERNAL / "journal")
    try:
        news = reader.poll()
    except journal.DamagedError:
        return [
            Issue("press.journal", "公开目录的日志已损坏；下次启动会按现有文件重建，请核对公开页面。", field=str(root))
        ]
    manifest: dict[str, Entry] = {}
    for batch in news.batches:
        for path in batch.removed:
            manifest.pop(path, None)
        manifest.update({item.path: item.entry for item in batch.placed})
    open_paths = reader.pending.paths() if reader.pending else set()
    found = []
    if open_paths or reader.torn:
        message = f"公开目录有一批发布中断（{len(open_paths)} 个文件），下次启动会自动完成。"
        found.append(Issue("press.interrupted", message, severity="remark", field=str(root)))
    found += _wrong_files(root, manifest, open_paths)
    found += _strangers(root, manifest, open_paths)
    return found


def _wrong_files(root: Path, manifest: dict[str, Entry], open_paths: set[str]) -> Iterator[Issue]:
    for path, entry in sorted(manifest.items()):
        if path in open_paths:
            continue
        try:
            with (root / path).open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError:
            yield Issue("press.missing", f"公开文件不见了：{path}；运行 mingchuang bake 重新生成。", field=path)
            continue
        if digest != entry.sha256:
            yield Issue("press.changed", f"公开文件被改动过：{path}；运行 mingchuang bake 重新生成。", field=path)
        if entry.gzip_size and not (root / f"{path}.gz").is_file():
            yield Issue("press.missing", f"公开文件的压缩副本不见了：{path}.gz", field=path, severity="warning")


def _strangers(root: Path, manifest: dict[str, Entry], open_paths: set[str]) -> Iterator[Issue]:
    """Files that the journal doesn't know: they are served all the same."""
    for folder, names, files in os.walk(root):
        here = os.path.relpath(folder, root).replace(os.sep, "/")
        names[:] = sorted(name for name in names if not name.startswith("."))
        for name in sorted(files):
            path = name if here == "." else f"{here}/{name}"
            plain = path.removesuffix(".gz")
            beside = plain != path and content_types.compressible(plain) and plain in manifest
            if path not in manifest and not beside and not {path, plain} & open_paths:
                message = f"公开目录里有不是由系统发布的文件：{path}；运行 mingchuang bake --all 前请确认来源。"
                yield Issue("press.stranger", message, field=path)
