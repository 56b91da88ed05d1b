"""What an error means, in words: recognised by class and message, for both databases and for the disk."""

from __future__ import annotations

import errno

import psycopg
import pytest
from django.db import DatabaseError, IntegrityError, InterfaceError, OperationalError, ProgrammingError

from mingchuang.site import failures


@pytest.mark.parametrize(
    ("message", "part"),
    [
        ("unable to open database file", "打不开"),
        ("database is locked", "占用"),
        ("database or disk is full", "磁盘已满"),
        ("attempt to write a readonly database", "权限"),
        ("database disk image is malformed", "损坏"),
        ('connection to server at "10.0.0.1", port 5432 failed: Connection refused', "连不上"),
        ('connection failed: FATAL: password authentication failed for user "me"', "密码"),
        ('connection failed: FATAL: database "nosuch" does not exist', "没有这个数据库"),
        ("FATAL: sorry, too many clients already", "用满"),
        ("server closed the connection unexpectedly", "断了"),
        ("", "OperationalError"),
    ],
)
def test_a_database_that_cannot_be_used_is_explained(message: str, part: str) -> None:
    error = OperationalError(message)
    assert failures.is_unusable_database(error)
    assert part in failures.of_database(error)


def test_a_damaged_file_counts_and_our_own_mistakes_do_not() -> None:
    assert failures.is_unusable_database(DatabaseError("file is not a database"))
    assert failures.is_unusable_database(InterfaceError("connection already closed"))
    assert not failures.is_unusable_database(DatabaseError("save() would not affect any row"))
    assert not failures.is_unusable_database(ProgrammingError("syntax error"))
    assert not failures.is_unusable_database(IntegrityError("UNIQUE constraint failed"))


@pytest.mark.parametrize(
    ("code", "part"),
    [(errno.ENOSPC, "磁盘已满"), (errno.EACCES, "没有权限"), (errno.EROFS, "只读"), (errno.ENOTDIR, "不是文件夹")],
)
def test_a_disk_that_cannot_be_written_is_explained_with_the_name(code: int, part: str) -> None:
    told = failures.of_system(OSError(code, "…", "/数据/文件"))
    assert part in told
    assert "/数据/文件" in told


def test_a_full_disk_is_known_from_every_other_trouble() -> None:
    postgresql = OperationalError("auf dem Gerät ist kein Speicherplatz mehr verfügbar")
    postgresql.__cause__ = psycopg.errors.DiskFull()
    for full in (
        OSError(errno.ENOSPC, "x"),
        OSError(errno.EDQUOT, "x"),
        OperationalError("database or disk is full"),
        postgresql,
    ):
        assert failures.is_full_disk(full), full
    for other in (OSError(errno.EACCES, "x"), OperationalError("database is locked"), ValueError("disk is full")):
        assert not failures.is_full_disk(other), other
