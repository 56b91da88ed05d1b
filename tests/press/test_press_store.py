"""The public folder: what a write, an attachment and a removal leave on the disk, and what readers see meanwhile."""

from __future__ import annotations

import gzip
import hashlib
import os
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mingchuang.press.paths import BadPathError
from mingchuang.press.store import ForeignFolderError, Store

PAGE = ("<!doctype html><p>青铜峡市政务公开</p>" * 60).encode()


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "public", clock=lambda: datetime(2019, 9, 25, 2, 0, tzinfo=UTC))


def test_a_page_stands_beside_its_compressed_copy(store: Store) -> None:
    assert store.write("records/1/index.html", PAGE, "text/html; charset=utf-8")
    target = store.root / "records/1/index.html"
    assert target.read_bytes() == PAGE
    packed = (store.root / "records/1/index.html.gz").read_bytes()
    assert gzip.decompress(packed) == PAGE
    assert packed[4:8] == b"\0\0\0\0", "no time in the frame: the same page is the same bytes"
    entry = store.manifest["records/1/index.html"]
    assert entry.sha256 == hashlib.sha256(PAGE).hexdigest()
    assert (entry.size, entry.gzip_size) == (len(PAGE), len(packed))
    assert entry.written_at == "2019-09-25T02:00:00+00:00"
    assert target.stat().st_mode & 0o777 == 0o644


def test_unchanged_bytes_are_not_written_and_no_generation_passes(store: Store) -> None:
    store.write("index.html", PAGE)
    inode, generation = (store.root / "index.html").stat().st_ino, store.generation
    assert not store.write("index.html", PAGE)
    assert ((store.root / "index.html").stat().st_ino, store.generation) == (inode, generation)
    assert not Store(store.root).write("index.html", PAGE), "another process knows it too"


def test_a_file_deleted_by_hand_is_written_again(store: Store) -> None:
    store.write("index.html", PAGE)
    (store.root / "index.html").unlink()
    assert store.write("index.html", PAGE)
    assert (store.root / "index.html").read_bytes() == PAGE


def test_compressed_only_when_it_pays(store: Store) -> None:
    store.write("short.html", b"<p>x</p>")
    store.write("noise.txt", os.urandom(5000))
    store.write("picture.png", b"\x89PNG" + b"\0" * 5000)
    store.write("records/1/files/ab/table.csv", b"a,b,c\n" * 1000)
    assert [path.name for path in store.root.rglob("*.gz")] == []


def test_the_compressed_copy_goes_when_it_no_longer_pays(store: Store) -> None:
    store.write("a/index.html", PAGE)
    store.write("a/index.html", b"<p>x</p>")
    assert not (store.root / "a/index.html.gz").exists()


def test_removal_takes_the_copy_and_the_empty_folders(store: Store) -> None:
    store.write("a/b/c/index.html", PAGE)
    store.write("a/index.html", PAGE)
    assert store.remove("a/b/c/index.html")
    assert sorted(p.name for p in (store.root / "a").iterdir()) == ["index.html", "index.html.gz"]
    assert not store.remove("a/b/c/index.html")
    assert list(store.manifest) == ["a/index.html"]


def test_attachments_are_linked_and_removing_them_leaves_the_original(store: Store, tmp_path: Path) -> None:
    stored = tmp_path / "stored"
    stored.write_bytes(b"%PDF-1.7" * 100)
    stored.chmod(0o444)
    path = "records/1/files/0123456789ab/关于2019年政务公开工作要点的通知.pdf"
    assert store.put_file(path, stored)
    assert not store.put_file(path, stored)
    assert (store.root / path).stat().st_ino == stored.stat().st_ino
    store.write(path, b"other")
    assert stored.read_bytes() == b"%PDF-1.7" * 100, "the stored file is never written through"
    store.remove(path)
    assert stored.exists()
    assert list(store.root.iterdir()) == [store.inside]


def test_an_attachment_that_others_may_not_read_is_copied(store: Store, tmp_path: Path) -> None:
    stored = tmp_path / "stored"
    stored.write_bytes(b"x" * 100)
    stored.chmod(0o600)
    store.put_file("files/x.bin", stored)
    assert (store.root / "files/x.bin").stat().st_ino != stored.stat().st_ino
    assert (store.root / "files/x.bin").stat().st_mode & 0o044 == 0o044
    assert stored.stat().st_mode & 0o777 == 0o600


def test_a_replaced_link_within_one_batch_never_touches_the_original(store: Store, tmp_path: Path) -> None:
    stored = tmp_path / "stored"
    stored.write_bytes(b"original" * 10)
    stored.chmod(0o444)
    with store.batch() as batch:
        batch.put_file("files/a.bin", stored)
        batch.remove("files/a.bin")
        batch.write("files/a.bin", b"replacement")
    assert stored.read_bytes() == b"original" * 10
    assert (store.root / "files/a.bin").read_bytes() == b"replacement"


def test_an_exception_leaves_everything_as_it_was(store: Store) -> None:
    store.write("index.html", PAGE)
    with pytest.raises(RuntimeError), store.batch() as batch:
        batch.write("index.html", PAGE + b"new")
        batch.remove("index.html")
        batch.write("other.html", PAGE)
        raise RuntimeError
    assert list(store.manifest) == ["index.html"]
    assert list((store.inside / "new").iterdir()) == []
    assert store.write("other.html", PAGE)


def test_writes_inside_a_batch_join_it(store: Store) -> None:
    generation = store.generation
    with store.batch():
        store.write("a.html", PAGE)
        store.write("b.html", PAGE)
        with store.batch() as inner:
            inner.write("c.html", PAGE)
        assert not (store.root / "a.html").exists()
    assert store.generation == generation + 1
    assert sorted(store.manifest) == ["a.html", "b.html", "c.html"]


def test_the_last_word_in_a_batch_counts(store: Store) -> None:
    store.write("a.html", PAGE)
    with store.batch() as batch:
        batch.write("a.html", b"1")
        batch.write("a.html", b"2")
        batch.write("b.html", b"1")
        batch.remove("b.html")
    assert (store.root / "a.html").read_bytes() == b"2"
    assert not (store.root / "b.html").exists()
    assert "b.html" not in store.manifest


def test_names_that_collide_are_refused(store: Store) -> None:
    store.write("a.html", PAGE)
    store.write("folder/index.html", PAGE)
    for path in ("a.html.gz", "a.html/x.html", "folder"):
        with pytest.raises(BadPathError):
            store.write(path, b"x")
    store.write("data.csv.gz", b"x")
    with pytest.raises(BadPathError):
        store.write("data.csv", b"x" * 999)
    with pytest.raises(BadPathError), store.batch() as batch:
        batch.write("new", b"x")
        batch.write("new/inside.html", b"x")
    with pytest.raises(BadPathError), store.batch() as batch:
        batch.write("new/inside.html", b"x")
        batch.write("new", b"x")


def test_a_media_type_that_another_server_would_not_give_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="text/html"):
        store.write("records/1/record.json", b"<html>sign in</html>", "text/html")


def test_a_folder_with_other_peoples_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("somebody's site")
    with pytest.raises(ForeignFolderError, match="空目录"):
        Store(tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["index.html"]


def test_something_in_the_way_is_reported_and_does_not_stop_the_rest(store: Store) -> None:
    store.write("a.html", PAGE)
    (store.root / "a.html").unlink()
    (store.root / "a.html").mkdir()
    (store.root / "a.html/by hand").write_text("x")
    with store.batch() as batch:
        batch.write("a.html", b"new")
        batch.write("b.html", b"new")
    assert "a.html" in store.repairs[0]
    assert list(store.manifest) == ["b.html"]
    assert Store(store.root).manifest.keys() == {"b.html"}


def test_two_stores_on_one_folder_share_one_manifest(store: Store) -> None:
    other = Store(store.root)
    store.write("a.html", PAGE)
    other.write("b.html", PAGE)
    assert other.manifest.keys() == {"a.html", "b.html"}
    assert store.manifest.keys() == {"a.html"}
    store.refresh()
    assert store.manifest.keys() == {"a.html", "b.html"}
    assert store.generation == other.generation
    assert store.under("b") == ["b.html"]


def test_many_writers_at_once_lose_nothing(store: Store) -> None:
    def work(number: int) -> None:
        own = Store(store.root)
        for page in range(8):
            own.write(f"{number}/{page}.html", f"{number} {page}".encode() * 40)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    store.refresh()
    assert len(store.manifest) == 40
    for path, entry in store.manifest.items():
        assert hashlib.sha256((store.root / path).read_bytes()).hexdigest() == entry.sha256


def test_readers_of_the_files_never_see_a_torn_page(store: Store) -> None:
    store.write("index.html", b"0" * 50_000)
    stop = threading.Event()
    torn: list[int] = []

    def read() -> None:
        while not stop.is_set():
            data = (store.root / "index.html").read_bytes()
            packed = gzip.decompress((store.root / "index.html.gz").read_bytes())
            torn.extend(len(each) for each in (data, packed) if len(each) != 50_000 or len(set(each)) != 1)

    threads = [threading.Thread(target=read) for _ in range(3)]
    for thread in threads:
        thread.start()
    for number in range(60):
        store.write("index.html", b"%d" % (number % 10) * 50_000)
    stop.set()
    for thread in threads:
        thread.join()
    assert torn == []
