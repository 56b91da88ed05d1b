"""What a writer that was killed in the middle of a commit leaves behind: the next one must not stumble over it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from mingchuang.search.entry import Entry
from mingchuang.search.index import Index
from mingchuang.search.query import Query


def test_files_of_a_commit_that_was_cut_off_are_in_nobodys_way(
    indexed: Callable[..., Index], documents: tuple[Entry, ...]
) -> None:
    index = indexed()
    folder: Path = index.generations.current()
    before = (folder / "meta.json").read_bytes()
    with index.writer() as writer:
        writer.write([replace(documents[0], title="新的标题")])
        writer.commit(2)
    # Killed before its last step: every file is there, and the list of what counts is still the old one.
    left = {path.name for path in folder.glob("*.del")}
    assert left, "the commit marked the replaced document in a file of its own"
    (folder / "meta.json").write_bytes(before)
    again = Index(shutil.copytree(index.generations.pointer.parent, folder.parents[1] / "copy"))
    with again.writer() as writer:
        writer.write([replace(documents[0], title="新的标题")])
        writer.commit(2)
    assert again.position() == 2
    assert again.query(Query(text="新的标题")).total == 1
    assert again.verify() == []
