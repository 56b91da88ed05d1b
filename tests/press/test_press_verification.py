"""`mingchuang verify` on the public folder: what agrees is accepted, what was changed by hand is named."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.press.faulty_disk import FaultyDisk, Killed

from mingchuang.norms.outcome import errors
from mingchuang.press.store import Store
from mingchuang.press.verification import issues

PAGE = b"<p>page</p>" * 100


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path / "public")
    store.write("index.html", PAGE)
    store.write("records/1/files/ab/附件.pdf", PAGE)
    return store


def test_a_folder_as_it_should_be(store: Store, tmp_path: Path) -> None:
    assert issues(store.root) == []
    assert issues(tmp_path / "never baked") == []


def test_each_difference_is_named(store: Store) -> None:
    store.write("second/index.html", PAGE)
    store.write("third/index.html", PAGE)
    (store.root / "index.html").write_bytes(b"defaced")
    (store.root / "second/index.html.gz").unlink()
    (store.root / "third/index.html").unlink()
    (store.root / "backdoor.html").write_text("x")
    found = {issue.code: issue.field for issue in issues(store.root) if issue.severity == "error"}
    assert found == {
        "press.changed": "index.html",
        "press.missing": "third/index.html",
        "press.stranger": "backdoor.html",
    }
    assert {i.field for i in issues(store.root) if i.severity == "warning"} == {"second/index.html"}


def test_a_damaged_journal_is_an_error(store: Store) -> None:
    path = store.inside / "journal"
    path.write_bytes(path.read_bytes().replace(b"index", b"infex", 1))
    assert [issue.code for issue in issues(store.root)] == ["press.journal"]


def test_an_interruption_at_any_operation_is_accepted(tmp_path: Path) -> None:
    seen = set()
    for at in range(1, 200):
        root = tmp_path / str(at)
        Store(root).write("index.html", PAGE)
        disk = FaultyDisk(at)
        try:
            store = Store(root, disk=disk)
            with store.batch() as batch:
                batch.write("index.html", PAGE + b"2")
                batch.write("new/index.html", PAGE)
        except Killed:
            found = issues(root)
            assert errors(found) == (), f"operation {at}"
            seen.update(issue.code for issue in found)
        else:
            disk.close()
            break
    assert seen == {"press.interrupted"}
