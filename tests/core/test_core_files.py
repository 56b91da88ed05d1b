"""Files: typed by content, whole or not there, and looked after."""

from __future__ import annotations

import errno
import io
import os
import threading
import zipfile
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.db


class FullFile(io.BytesIO):
    """A file on a disk that takes no more."""

    def __init__(self, code: int) -> None:
        super().__init__()
        self.code = code

    def write(self, data: Any) -> int:
        raise OSError(self.code, os.strerror(self.code))


def package(*names: str, **members: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in names:
            archive.writestr(name, b"<x/>")
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


@pytest.mark.parametrize(
    ("data", "extension"),
    [
        (b"%PDF-1.7\n...", "pdf"),
        (package("[Content_Types].xml", "word/document.xml"), "docx"),
        (package("[Content_Types].xml", "xl/workbook.xml"), "xlsx"),
        (package("ppt/presentation.xml"), "pptx"),
        (package("OFD.xml", "Doc_0/Document.xml"), "ofd"),
        (package(mimetype=b"application/vnd.oasis.opendocument.text"), "odt"),
        (package("a.txt"), "zip"),
        (b"PK\x03\x04 damaged", "zip"),
        (OLE + "WordDocument".encode("utf-16-le"), "doc"),
        (OLE + "Workbook".encode("utf-16-le"), "xls"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), ""),
        (b"\x89PNG\r\n\x1a\n....", "png"),
        (b"\xff\xd8\xff\xe0....", "jpg"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "webp"),
        (b"<!DOCTYPE html><p>x", "html"),
        (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "svg"),
        (b'<?xml version="1.0"?><a/>', "xml"),
        ("工作要点".encode(), "txt"),
        ("工作要点".encode("gb18030"), "txt"),
        ("工作要点".encode("utf-16"), "txt"),
        (b"\x00\x01\x02\x03", ""),
    ],
)
def test_a_file_is_what_its_content_says(data: bytes, extension: str) -> None:
    from mingchuang.core.files import detect

    assert detect(io.BytesIO(data)).extension == extension


def test_the_same_bytes_are_kept_once_under_their_hash(cast: Any) -> None:
    import hashlib

    from mingchuang.core import files
    from mingchuang.core.models import StoredFile

    first = files.put(b"%PDF-1.7 one", "C:\\下载\\通知.pdf")
    again = files.put(io.BytesIO(b"%PDF-1.7 one"), "../../etc/别名.docx")
    assert first == again and StoredFile.objects.count() == 1
    assert (first.first_name, first.content_type, first.size) == ("通知.pdf", "application/pdf", 12)
    assert first.sha256 == hashlib.sha256(b"%PDF-1.7 one").hexdigest()
    assert files.path(first.sha256).parent.name == first.sha256[:2]
    assert files.read(first.sha256) == b"%PDF-1.7 one"
    assert not files.path(first.sha256).stat().st_mode & 0o222
    assert list(files.orphans()) == [] and list(files.unsound()) == []


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [(b"", "空.txt", "files.empty"), (b"x" * 11, "大.txt", "files.size"), (b"x", "a\x00.txt", "files.name")],
)
def test_what_cannot_be_kept_is_refused_and_leaves_nothing(cast: Any, data: bytes, name: str, code: str) -> None:
    from mingchuang.core import files
    from mingchuang.core.models import StoredFile
    from mingchuang.norms.outcome import Refused

    with pytest.raises(Refused) as refusal:
        files.put(data, name, most=10)
    assert [issue.code for issue in refusal.value.issues] == [code]
    assert StoredFile.objects.count() == 0 and list(files.orphans()) == []


def test_a_wrongly_named_file_is_refused_where_a_kind_is_wanted(cast: Any) -> None:
    from mingchuang.core import files
    from mingchuang.norms.outcome import Refused

    row = files.put(b"MZ\x90\x00\x03", "工作要点.docx")
    with pytest.raises(Refused, match="不是docx、pdf格式"):
        files.refuse_unless(row, ("docx", "pdf"))
    files.refuse_unless(files.put(b"%PDF-1.4 x", "a.txt"), ("docx", "pdf"))


def test_a_path_is_asked_for_by_hash_only(cast: Any) -> None:
    from mingchuang.core import files

    for name in ("../../../etc/passwd", "A" * 64, "", "a" * 63):
        with pytest.raises(ValueError, match="SHA-256"):
            files.path(name)


def test_missing_changed_and_orphaned_bytes_are_found(cast: Any) -> None:
    from datetime import timedelta

    from mingchuang.core import files, now, verify

    one, two, three = (files.put(f"内容{n}".encode(), f"{n}.txt") for n in range(3))
    files.path(one.sha256).unlink()
    for row, data in ((two, "内容9".encode()), (three, b"short")):
        files.path(row.sha256).chmod(0o600)
        files.path(row.sha256).write_bytes(data)
    assert {issue.code for issue in verify.run()} == {"files.missing", "files.content", "files.size"}
    stray = files.path("0" * 64)
    stray.parent.mkdir()
    stray.write_bytes(b"stray")
    assert list(files.orphans()) == [stray]
    os.utime(stray, (0, 0))
    assert files.sweep(now.after(timedelta(hours=-1))) == 1
    assert list(files.orphans()) == []


def test_putting_again_heals_damaged_bytes(cast: Any) -> None:
    from mingchuang.core import files

    row = files.put(b"whole", "a.txt")
    files.path(row.sha256).chmod(0o600)
    files.path(row.sha256).write_bytes(b"torn!")
    files.put(b"whole", "a.txt")
    assert list(files.unsound()) == []


def test_many_at_once_leave_one_whole_file(stage: Any) -> None:
    from django.db import connection

    from mingchuang.core import files
    from mingchuang.core.models import StoredFile

    faults: list[BaseException] = []

    def put() -> None:
        try:
            for _ in range(5):
                files.put(b"%PDF-1.7 " + b"x" * 100_000, "同一份.pdf")
        except BaseException as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=put) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert faults == [] and StoredFile.objects.count() == 1
    assert list(files.unsound()) == [] and list(files.orphans()) == []


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT])
@pytest.mark.parametrize("step", ["mkdir", "write", "fsync", "rename"])
def test_a_full_disk_keeps_nothing_and_says_so(cast: Any, monkeypatch: Any, step: str, code: int) -> None:
    from mingchuang.core import files
    from mingchuang.core.models import StoredFile
    from mingchuang.norms.outcome import Refused

    def full(*args: Any, **kwargs: Any) -> Any:
        raise OSError(code, os.strerror(code))

    kept = files.put("以前的".encode(), "旧.txt")
    with monkeypatch.context() as patched:
        match step:
            case "mkdir":
                patched.setattr(Path, "mkdir", full)
            case "fsync":
                patched.setattr(os, "fsync", full)
            case "rename":
                patched.setattr(Path, "replace", full)
            case "write":
                patched.setattr(Path, "open", lambda *args, **kwargs: FullFile(code))
        with pytest.raises(Refused) as refused:
            files.put("新的".encode(), "新.txt")
    (issue,) = refused.value.issues
    assert (issue.code, issue.field) == ("files.disk_full", "file")
    assert "磁盘已满，文件没有保存" in issue.message
    assert list(StoredFile.objects.all()) == [kept]
    assert list(files.unsound()) == [] and list(files.orphans()) == []
    assert files.put("新的".encode(), "新.txt").size == 6


def test_a_disk_that_refuses_for_another_reason_is_no_full_one(cast: Any, monkeypatch: Any) -> None:
    from mingchuang.core import files

    def readonly(*args: Any, **kwargs: Any) -> Any:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(os, "fsync", readonly)
    with pytest.raises(OSError, match="Read-only"):
        files.put(b"x", "a.txt")
    assert list(files.orphans()) == []
