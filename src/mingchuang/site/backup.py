"""Backup and restore: the database at one moment, every stored file by its hash, and proof that both came back whole.

A backup is a folder: `database` (a SQLite file made by SQLite's own online copy, or pg_dump's archive), `files/`,
`calendars/`, `secret.key`, `manifest.json` (SHA-256 of each). Baked pages and the index aren't in it: they are made
anew. The manifest is written last, so a folder without one is an interrupted backup and is never restored.
"""

from __future__ import annotations

import contextlib
import glob
import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from django.conf import settings
from django.db import connection
from psycopg.conninfo import make_conninfo

from mingchuang import __version__
from mingchuang.core import checkpoints
from mingchuang.core import verify as present
from mingchuang.core.now import BEIJING, now
from mingchuang.norms.outcome import Issue, Refused, errors
from mingchuang.site import belonging, data_folder, database, failures, locks, verification

MANIFEST = "manifest.json"
DATABASE = "database"
FORMAT = 1
Progress = Callable[[int, int], None]
"""(files done, files in all)"""


def create(into: Path, progress: Progress = lambda done, total: None) -> Path:
    """Write a new backup below `into` and return its folder.

    The database is copied first: files are only ever added, so every file it knows is there to copy afterwards. A file
    that is missing or damaged here is so in the backup too, which holds all the rest: `verify` says which. Raises
    Refused when PostgreSQL's program fails, OSError when the disk is full; neither leaves anything behind.
    """
    folder = into / now().astimezone(BEIJING).strftime("%Y%m%d-%H%M%S-%f")
    folder.mkdir(mode=0o700, parents=True)
    try:
        _fill(folder, progress)
    except BaseException:  # whatever it was: take it away, then let it go on
        shutil.rmtree(folder, ignore_errors=True)
        raise
    checkpoints.write("backup")
    return folder


def _fill(folder: Path, progress: Progress) -> None:
    data: Path = settings.MINGCHUANG_DATA
    _copy_database(folder / DATABASE)
    _copy(data, folder, list(_to_copy(data)), progress)
    manifest = {
        "format": FORMAT,
        "version": __version__,
        "made_at": now().isoformat(),
        "engine": connection.vendor,
        "files": {name: _sha256(folder / name) for name in _below(folder)},
    }
    _write_last(folder / MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1).encode())


def verify(folder: Path) -> list[str]:
    """Everything that is wrong with what the backup just made holds, one Chinese sentence each.

    SQLite's is laid out beside the data and verified as `mingchuang verify` does. A PostgreSQL archive can't be looked
    into without a database to put it in: it is read to its end, and the database that it was made from is verified.
    What keeps it from being verified, such as a full disk, is a finding too: the backup is there and has to be named.
    """
    try:
        return _findings(folder)
    except Refused as refused:
        return [issue.message for issue in refused.issues]
    except OSError as error:
        return [f"校验没有完成。{failures.of_system(error)}"]


def _findings(folder: Path) -> list[str]:
    if connection.vendor != "sqlite":
        _postgres_program("pg_restore", "--file", os.devnull, str(folder / DATABASE))
        return [issue.message for issue in errors(present.run())]
    # In the data folder, because the disk of the backup may know no links.
    with tempfile.TemporaryDirectory(prefix=".verify-", dir=settings.MINGCHUANG_DATA) as place:
        for path in folder.iterdir():
            if path.name == DATABASE:
                # A copy: opening a database writes in it, and the manifest holds its hash.
                shutil.copy2(path, Path(place) / database.SQLITE_NAME)
            elif path.name != MANIFEST:
                (Path(place) / path.name).symlink_to(path.absolute())
        return verification.findings(Path(place))


def check(folder: Path) -> dict[str, Any]:
    """The manifest of a whole, unchanged backup. Raises Refused with every missing or changed file otherwise."""
    manifest = _manifest(folder)
    issues = []
    for name, expected in manifest["files"].items():
        path = folder / name
        if path.is_symlink() or not path.is_file():
            issues.append(Issue("backup.missing", f"备份里少了 {name}。"))
        elif _sha256(path) != expected:
            issues.append(Issue("backup.changed", f"备份里的 {name} 与备份时不一样，可能损坏或被改动。"))
    if issues:
        raise Refused(issues)
    return manifest


def _manifest(folder: Path) -> dict[str, Any]:
    """The manifest, when it is one: nothing in it may name a place outside the backup."""
    try:
        manifest: Any = json.loads((folder / MANIFEST).read_bytes())
    except (OSError, ValueError) as error:
        raise Refused([Issue("backup.unreadable", f"{folder} 不是完整的备份：缺少或读不出 {MANIFEST}。")]) from error
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        known = manifest.get("format") if isinstance(manifest, dict) else None
        raise Refused([Issue("backup.format", f"这个备份的格式是 {known}，本程序只认 {FORMAT}。")])
    names = manifest.get("files")
    if not isinstance(names, dict) or DATABASE not in names or not all(_is_inside(name) for name in names):
        raise Refused([Issue("backup.manifest", f"{folder} 的 {MANIFEST} 已损坏或者被改动，不能据此恢复。")])
    return manifest


def _is_inside(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and "\0" not in name and path.name != MANIFEST


def unpack(backup: Path, into: Path, progress: Progress = lambda done, total: None) -> None:
    """Lay a backup of SQLite out as a new data folder (which must not exist or be empty).

    Raises Refused when the backup isn't whole, the target isn't empty or the backup is PostgreSQL's (see
    `restore_postgresql`), OSError when the disk is full; the target is then as it was.
    """
    manifest = check(backup)
    engine = (
        [] if manifest["engine"] == "sqlite" else ["这是 PostgreSQL 的备份，请同时用 --database 指明一个新的空数据库。"]
    )
    _refuse_target(into, engine)
    with _whole_or_nothing(into):
        _lay_out(manifest, backup, into, progress)
        shutil.copy2(backup / DATABASE, into / database.SQLITE_NAME)
        (into / database.SQLITE_NAME).chmod(0o600)


def restore_postgresql(backup: Path, into: Path, address: str, progress: Progress = lambda done, total: None) -> None:
    """Lay a PostgreSQL backup out: files into a new data folder, tables into the new, empty database at `address`."""
    manifest = check(backup)
    engine = [] if manifest["engine"] == "postgresql" else ["这是 SQLite 的备份，恢复时不用 --database。"]
    _refuse_target(into, engine)
    with _whole_or_nothing(into):
        _lay_out(manifest, backup, into, progress)
        arguments = ("--exit-on-error", "--single-transaction", "--no-owner", "--dbname", address)
        _postgres_program("pg_restore", *arguments, str(backup / DATABASE))


def place_beside(current: Path) -> Path:
    """A new name beside the data folder to restore under, this process' own.

    What a process left there that was killed is removed: it was laid out from a backup, which is still there.
    """
    begin = f"{current.name}.restoring-"
    for left in current.parent.glob(f"{glob.escape(begin)}*"):
        number = left.name.removeprefix(begin)
        if number.isdecimal() and not _is_alive(int(number)):
            shutil.rmtree(left, ignore_errors=True)
    return current.with_name(f"{begin}{os.getpid()}")


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:  # somebody else's
        return True
    return process != os.getpid()


def switch(current: Path, restored: Path) -> Path | None:
    """Put the restored folder in the current one's place. Returns where the old one now lies, None if there was none.

    Nothing is deleted; the old folder's backups are the new one's now (see `kept_backups`). Raises Refused while a
    server works in the current folder.
    """
    if not current.exists():
        restored.rename(current)
        return None
    refuse_running(current)
    aside = current.with_name(f"{current.name}.{now().astimezone(BEIJING):%Y%m%d-%H%M%S}.old")
    current.rename(aside)
    try:
        restored.rename(current)
    except OSError:
        aside.rename(current)
        raise
    _hand_on_backups(aside / "backups", current / "backups")
    return aside


def _hand_on_backups(old: Path, new: Path) -> None:
    """Move the folder of backups along. Where that can't be (a mount point), it stays: `kept_backups` tells."""
    with contextlib.suppress(OSError):  # the new one isn't empty, or the old one can't be moved
        if new.exists():
            new.rmdir()
        old.rename(new)


def kept_backups(current: Path, aside: Path) -> Path | None:
    """Where the backups of before lie after `switch`; None when there were none."""
    for folder in (aside / "backups", current / "backups"):
        if folder.is_dir() and any(folder.iterdir()):
            return folder
    return None


def refuse_running(current: Path) -> None:
    """Raise Refused, naming the process, while a server works in the folder."""
    if process := locks.holder(current):
        reason = f"{current} 正由运行中的明窗（{process}）使用，请先停止它，再替换。"
        raise Refused([Issue("restore.running", reason)])


def _refuse_target(into: Path, reasons: list[str]) -> None:
    issues = [Issue("restore.engine", reason) for reason in reasons]
    if into.exists() and (not into.is_dir() or any(into.iterdir())):
        message = f"{into} 不是空文件夹；恢复只写到新的文件夹。请移走它，或者用 --into 另指一个。"
        issues.append(Issue("restore.not_empty", message))
    if issues:
        raise Refused(issues)


@contextlib.contextmanager
def _whole_or_nothing(into: Path) -> Iterator[None]:
    """What can't be completed is taken away again: the folder was new or empty."""
    try:
        yield
    except BaseException:  # whatever it was: take it away, then let it go on
        shutil.rmtree(into, ignore_errors=True)
        raise


def _lay_out(manifest: dict[str, Any], backup: Path, into: Path, progress: Progress) -> None:
    into.mkdir(mode=0o700, parents=True, exist_ok=True)
    _copy(backup, into, [name for name in manifest["files"] if name != DATABASE], progress)
    data_folder.prepare(into)


def _copy(source: Path, target: Path, names: list[str], progress: Progress) -> None:
    for done, name in enumerate(names, 1):
        (target / name).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        shutil.copy2(source / name, target / name)
        progress(done, len(names))


def _copy_database(target: Path) -> None:
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        copy = sqlite3.connect(target)
        try:
            connection.connection.backup(copy, pages=4096)
            copy.execute("PRAGMA journal_mode=DELETE")
        finally:
            copy.close()
        return
    wanted = connection.settings_dict
    parts = {"dbname": wanted["NAME"], "user": wanted["USER"], "host": wanted["HOST"], "port": wanted["PORT"]}
    parts |= {name: value for name, value in wanted["OPTIONS"].items() if isinstance(value, str)}
    address = make_conninfo(**{name: value for name, value in parts.items() if value})
    _postgres_program("pg_dump", "--format=custom", "--file", str(target), "--dbname", address)


def _postgres_program(name: str, *arguments: str) -> None:
    program = shutil.which(name)
    if program is None:
        raise Refused([Issue("backup.program", f"缺少 {name}，请安装：sudo apt-get install postgresql-client")])
    environment = {**os.environ, "PGPASSWORD": connection.settings_dict.get("PASSWORD") or ""}
    done = subprocess.run(  # noqa: S603 - the program's path is which's, its arguments are ours
        [program, *arguments], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise Refused([Issue("backup.program", f"{name} 没有成功：{done.stderr.strip()[-500:]}")])


def _to_copy(data: Path) -> Iterator[str]:
    for name in (data_folder.SECRET_NAME, belonging.NAME, data_folder.SETTINGS_NAME, data_folder.DEMONSTRATION_NAME):
        if (data / name).is_file():
            yield name
    for room in ("files", "calendars", "routes"):
        yield from sorted(
            str(p.relative_to(data)) for p in (data / room).rglob("*") if p.is_file() and p.name[0] != "."
        )


def _below(folder: Path) -> list[str]:
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file() and p.name != MANIFEST)


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _write_last(path: Path, data: bytes) -> None:
    with path.open("xb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
