"""The folder: damage is said, one process writes, readers never wait, a kill loses and doubles nothing."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.search.conftest import put

from mingchuang.search.entry import Entry
from mingchuang.search.failures import IndexBusy, IndexDamaged, IndexMissing, IndexOutdated
from mingchuang.search.index import Index
from mingchuang.search.query import Query


def entry(key: str, body: str = "政务公开") -> Entry:
    return Entry(key=key, kind="k", unit="u", title="通知", url=f"/{key}", body=body)


def generation(index: Index) -> Path:
    return index.generations.current()


def test_no_index_yet_is_said(tmp_path: Path) -> None:
    index = Index(tmp_path / "none")
    with pytest.raises(IndexMissing, match="尚未建立"):
        index.query(Query("政务"))
    assert index.status().state == "missing"
    assert index.verify() == ["检索库尚未建立，请运行 mingchuang index rebuild。"]
    with index.writer() as writer, pytest.raises(IndexMissing):
        writer.write([entry("a")])


@pytest.mark.parametrize("name", ["schema", "tokens", "engine", "dictionary"])
def test_an_index_of_another_version_is_not_read(index: Index, name: str) -> None:
    path = generation(index) / "header.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {name: "older"}))
    fresh = Index(index.generations.root)
    with pytest.raises(IndexOutdated, match="另一版本"):
        fresh.query(Query("政务"))
    assert fresh.status().state == "outdated"


def _cut_short(folder: Path, pattern: str) -> None:
    for path in folder.glob(pattern):
        put(path, path.read_bytes()[:-20])


DAMAGE: dict[str, Callable[[Path], object]] = {
    "header away": lambda folder: (folder / "header.json").unlink(),
    "header is no JSON": lambda folder: (folder / "header.json").write_text("{"),
    "header is a list": lambda folder: (folder / "header.json").write_text("[]"),
    "meta away": lambda folder: (folder / "meta.json").unlink(),
    "meta is no JSON": lambda folder: (folder / "meta.json").write_text("]"),
    "postings away": lambda folder: [path.unlink() for path in folder.glob("*.idx")],
    "store cut short": lambda folder: _cut_short(folder, "*.store"),
    "terms cut short": lambda folder: _cut_short(folder, "*.term"),
    "fast fields empty": lambda folder: [put(path, b"") for path in folder.glob("*.fast")],
    "generation away": lambda folder: folder.rename(folder.with_name("elsewhere")),
    "pointer is nonsense": lambda folder: (folder.parent / "current").write_text("../../etc"),
}


@pytest.mark.parametrize("harm", DAMAGE.values(), ids=DAMAGE.keys())
def test_damage_is_said_and_a_rebuild_mends_it(index: Index, harm: Callable[[Path], object]) -> None:
    harm(generation(index))
    fresh = Index(index.generations.root)
    with pytest.raises(IndexDamaged, match="需要重建"):
        fresh.query(Query("政务"))
    assert fresh.status().state == "damaged"
    assert fresh.verify()
    with fresh.writer() as writer:
        assert writer.rebuild([[entry("a")]], 3) == 1
    assert [hit.key for hit in fresh.query(Query("政务")).hits] == ["a"]
    assert (fresh.verify(), fresh.position()) == ([], 3)


def test_verify_finds_one_changed_byte_in_any_file(index: Index) -> None:
    assert index.verify() == []
    for path in sorted(generation(index).glob("*.*")):
        if path.suffix not in {".idx", ".term", ".store", ".fast", ".pos", ".fieldnorm"}:
            continue
        whole = path.read_bytes()
        put(path, bytes([whole[0] ^ 1]) + whole[1:])
        assert index.verify() == [f"检索库的文件 {path.name} 与校验和不符。"]
        put(path, whole)
    assert index.verify() == []


def test_a_second_writer_is_refused_and_told_who_writes(index: Index) -> None:
    with index.writer(), pytest.raises(IndexBusy, match="进程"), Index(index.generations.root).writer():
        raise AssertionError("two writers at once")
    with index.writer() as writer:
        writer.write([entry("again")])
        writer.commit(2)
    assert index.position() == 2


def test_what_is_not_committed_is_not_seen_and_not_kept(index: Index) -> None:
    with index.writer() as writer:
        writer.write([entry("later", "缴费指南")])
        assert index.query(Query("缴费")).total == 0
    assert index.query(Query("缴费")).total == 0
    assert index.position() == 1


def test_a_failed_rebuild_leaves_the_old_index_answering(index: Index) -> None:
    def failing() -> object:
        yield [entry("new")]
        raise OSError("disk full")

    before = generation(index)
    with index.writer() as writer, pytest.raises(OSError, match="disk full"):
        writer.rebuild(failing(), 9)  # type: ignore[arg-type]
    assert (generation(index), index.position(), index.query(Query("")).total) == (before, 1, 4)
    assert [path.name for path in index.generations.root.glob("g-*")] == [before.name]


def test_readers_follow_commits_and_rebuilds_of_another_process(index: Index) -> None:
    assert index.query(Query("")).total == 4
    script = f"""
from mingchuang.search.entry import Entry
from mingchuang.search.index import Index
with Index({str(index.generations.root)!r}).writer() as writer:
    writer.write([Entry(key="z", kind="k", unit="u", title="他处写入", url="/z")])
    writer.commit(7)
"""
    subprocess.run([sys.executable, "-c", script], check=True)
    assert [hit.key for hit in index.query(Query("他处写入")).hits] == ["z"]
    with Index(index.generations.root).writer() as other:
        other.rebuild([[entry("only")]], 8)
    assert [hit.key for hit in index.query(Query("")).hits] == ["only"]


def test_many_threads_read_while_one_writes_and_rebuilds(index: Index) -> None:
    """Each commit puts one pair of documents in and takes the last pair out: a reader always sees both or neither."""
    wrong: list[object] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            try:
                results = index.query(Query("成对", size=50))
                rounds = {hit.key.split(":")[0] for hit in results.hits}
                if len(results.hits) not in (0, 2) or len(rounds) > 1:
                    wrong.append([hit.key for hit in results.hits])
            except Exception as error:
                wrong.append(error)

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    with index.writer() as writer:
        for n in range(25):
            pair = [entry(f"{n}:left", "成对出现"), entry(f"{n}:right", "成对出现")]
            if n % 8 == 7:
                writer.rebuild([pair], n)
            else:
                writer.remove([f"{n - 1}:left", f"{n - 1}:right"])
                writer.write(pair)
                writer.commit(n)
    done.set()
    for reader in readers:
        reader.join()
    assert wrong == []
    assert {hit.key for hit in index.query(Query("成对")).hits} == {"24:left", "24:right"}


WRITES_FOREVER = """
import sys
from mingchuang.search.entry import Entry
from mingchuang.search.failures import IndexUnavailable
from mingchuang.search.index import Index

index = Index(sys.argv[1])
with index.writer() as writer:
    try:
        position = index.position()
    except IndexUnavailable:
        writer.rebuild([], 0)
        position = 0
    print(position, flush=True)
    while True:
        position += 1
        made = [Entry(key=f"e:{n}", kind="k", unit="u", title=f"第{n}号", url="/", body="政务公开")
                for n in range(1, position + 1) if n in (position, position // 2)]
        if position % 50 == 0:
            writer.rebuild([[Entry(key=f"e:{n}", kind="k", unit="u", title=f"第{n}号", url="/", body="政务公开")
                             for n in range(1, position + 1)]], position)
        else:
            writer.write(made)
            writer.commit(position)
        print(position, flush=True)
"""


@pytest.mark.slow
def test_kill_at_any_moment_loses_and_doubles_nothing(tmp_path: Path) -> None:
    """The position in the index is never behind what was reported committed, and e:1 … e:position are there once."""
    seed = random.SystemRandom().randrange(10**9)
    drawn = random.Random(seed)
    print("seed", seed)
    folder = tmp_path / "index"
    reported = 0
    for _ in range(12):
        process = subprocess.Popen(
            [sys.executable, "-c", WRITES_FOREVER, str(folder)], stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        first = process.stdout.readline()
        assert first.strip().isdigit(), (seed, first)
        assert int(first) >= reported, seed
        time.sleep(drawn.random() * 0.4)
        process.send_signal(signal.SIGKILL)
        lines = process.stdout.read().split()
        process.wait()
        reported = int(lines[-1]) if lines else int(first)
        index = Index(folder)
        position = index.position()
        assert position >= reported, seed
        assert index.verify() == [], seed
        assert sorted(_all_keys(index)) == sorted(f"e:{n}" for n in range(1, position + 1)), seed
        assert index.query(Query("政务")).total == position, seed


def _all_keys(index: Index) -> list[str]:
    pages = index.query(Query("政务", size=100)).pages
    return [hit.key for page in range(1, pages + 1) for hit in index.query(Query("政务", page=page, size=100)).hits]


def test_a_torn_list_of_deletions_that_no_commit_names_is_nobodys(tmp_path: Path) -> None:
    """What a killed process was writing is no damage; the list that the last commit names is."""
    folder = tmp_path / "index"
    index = Index(folder)
    with index.writer() as writer:
        writer.rebuild([[Entry(f"e:{n}", "policy", "office", f"第{n}号", f"/{n}/") for n in range(1, 4)]], 3)
        writer.remove(["e:2"])
        writer.commit(4)
    engine = index.generations.current()
    (named,) = engine.glob("*.del")
    torn = named.with_name(f"{named.name.split('.')[0]}.99999.del")
    torn.write_bytes(named.read_bytes()[:10])
    assert index.verify() == []
    put(named, named.read_bytes()[:10])
    assert any(named.name in fault for fault in index.verify())
