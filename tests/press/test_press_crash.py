"""The public folder survives death at any moment: whole old state or whole new state, and the next start mends."""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import os
import random
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest
from tests.press.faulty_disk import FaultyDisk, Killed

from mingchuang.press import journal
from mingchuang.press.store import Store


def page(text: str, length: int = 2000) -> bytes:
    return f"<!doctype html><p>{text}</p>".encode() + b"<p>\xe6\x98\x8e\xe7\xaa\x97</p>" * (length // 13)


def contents(root: Path) -> dict[str, bytes]:
    """Every public file by its path, the compressed ones unpacked under their own name."""
    found = {}
    for path in sorted(root.rglob("*")):
        inside = path.relative_to(root)
        if path.is_file() and inside.parts[0] != ".press":
            data = path.read_bytes()
            found[str(inside)] = gzip.decompress(data) if path.name.endswith(".gz") else data
    return found


def agrees(store: Store) -> None:
    """Manifest and folder say the same, nothing is left on its way, and a `.gz` unpacks to what it stands beside."""
    files = contents(store.root)
    plain = {path: data for path, data in files.items() if not (path.endswith(".gz") and path[:-3] in files)}
    assert plain.keys() == store.manifest.keys()
    for path, data in plain.items():
        entry = store.manifest[path]
        assert (entry.sha256, entry.size) == (hashlib.sha256(data).hexdigest(), len(data)), path
        assert (f"{path}.gz" in files) == bool(entry.gzip_size), path
        assert files.get(f"{path}.gz", data) == data
    assert list((store.inside / "new").iterdir()) == []
    assert int((store.inside / "generation").read_bytes()) == store.generation


def old_state(root: Path) -> Store:
    store = Store(root)
    with store.batch() as batch:
        batch.write("index.html", page("old home"))
        batch.write("records/1/index.html", page("old record"))
        batch.write("records/2/index.html", page("to be withdrawn"))
        batch.write("units/x/2019/index.html", page("only page of its folder"))
        batch.write("shrinks/index.html", page("compressed now, not later"))
    return store


def change(store: Store, attachment: Path) -> None:
    with store.batch() as batch:
        batch.write("index.html", page("new home"))
        batch.write("records/3/index.html", page("new record"))
        batch.put_file("records/3/files/abc/附件.pdf", attachment)
        batch.write("shrinks/index.html", b"short")
        batch.remove("records/2/index.html")
        batch.remove("units/x/2019/index.html")


def count_operations(tmp_path: Path, attachment: Path) -> tuple[int, dict[str, bytes], dict[str, bytes]]:
    root = tmp_path / "counted"
    before = contents(old_state(root).root)
    disk = FaultyDisk(at=-1)
    change(Store(root, disk=disk), attachment)
    disk.close()
    return disk.count, before, contents(root)


@pytest.mark.parametrize("power", [False, True], ids=["kill -9", "power loss"])
def test_a_batch_is_all_or_nothing_at_every_operation(tmp_path: Path, power: bool) -> None:
    attachment = tmp_path / "stored"
    attachment.write_bytes(b"%PDF-1.7 attachment" * 50)
    operations, before, after = count_operations(tmp_path, attachment)
    assert operations > 30
    seen = set()
    for at in range(1, operations + 1):
        root = tmp_path / f"died-at-{at}"
        old_state(root)
        with pytest.raises(Killed):
            change(Store(root, disk=FaultyDisk(at, power=power)), attachment)
        mended = Store(root)
        agrees(mended)
        state = contents(root)
        assert state in (before, after), f"torn at operation {at}"
        seen.add(state == after)
        change(mended, attachment)  # and work goes on
        assert contents(root) == after
        agrees(Store(root))
    assert seen == {False, True}


def test_dying_during_recovery_is_recovered_from(tmp_path: Path) -> None:
    attachment = tmp_path / "stored"
    attachment.write_bytes(b"x" * 999)
    operations, before, after = count_operations(tmp_path, attachment)
    for at in range(8, operations, 3):
        for second in range(1, 30, 4):
            root = tmp_path / f"died-{at}-{second}"
            old_state(root)
            with pytest.raises(Killed):
                change(Store(root, disk=FaultyDisk(at)), attachment)
            disk = FaultyDisk(second)
            with contextlib.suppress(Killed):
                Store(root, disk=disk)
            disk.close()
            agrees(Store(root))
            assert contents(root) in (before, after)


def test_a_lost_journal_is_derived_from_the_files(tmp_path: Path) -> None:
    store = old_state(tmp_path / "public")
    before, generation = dict(store.manifest), store.generation
    (store.inside / "journal").unlink()
    again = Store(store.root)
    agrees(again)
    assert {path: entry[:4] for path, entry in again.manifest.items()} == {p: e[:4] for p, e in before.items()}
    assert again.generation > generation


@pytest.mark.parametrize("where", [0, 10, 200, -40])
def test_a_damaged_journal_is_derived_from_the_files(tmp_path: Path, where: int) -> None:
    store = old_state(tmp_path / "public")
    store.write("about/index.html", page("about"))
    path = store.inside / "journal"
    data = bytearray(path.read_bytes())
    data[where] ^= 0x55
    path.write_bytes(bytes(data))
    again = Store(store.root)
    agrees(again)
    assert again.manifest.keys() == store.manifest.keys()
    assert again.repairs


def test_a_live_store_mends_what_another_process_left(tmp_path: Path) -> None:
    attachment = tmp_path / "stored"
    attachment.write_bytes(b"x" * 999)
    _, _, after = count_operations(tmp_path, attachment)
    root = tmp_path / "public"
    watching = old_state(root)
    disk = FaultyDisk(at=22)
    with pytest.raises(Killed):
        change(Store(root, disk=disk), attachment)
    watching.write("extra/index.html", page("extra"))
    agrees(watching)
    watching.remove("extra/index.html")
    change(watching, attachment)
    assert contents(root) == after


def test_the_journal_is_shortened_and_says_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from mingchuang.press import batch

    monkeypatch.setattr(batch, "_COMPACT_FROM", 20)
    store = old_state(tmp_path / "public")
    reader = journal.Reader(store.inside / "journal")
    reader.poll()
    for number in range(60):
        store.write("index.html", page(f"home {number}"))
    assert (store.inside / "journal").stat().st_size < 20_000
    agrees(store)
    agrees(Store(store.root))
    assert reader.poll().restarted


WRITER = textwrap.dedent(
    """
    import sys
    from mingchuang.press.store import Store
    store = Store(sys.argv[1])
    print("ready", flush=True)
    number = 0
    while True:
        number += 1
        with store.batch() as batch:
            for page in range(6):
                batch.write(f"p/{(number + page) % 9}/index.html", (f"{number}<p>" * 400).encode())
            batch.remove(f"p/{(number + 7) % 9}/index.html")
        print(number, flush=True)
    """
)


@pytest.mark.slow
def test_kill_at_random_moments_from_outside(tmp_path: Path) -> None:
    seed = random.SystemRandom().randrange(2**32)
    print(f"seed {seed}")
    moments = random.Random(seed)
    root = tmp_path / "public"
    generation = -1
    for _ in range(25):
        process = subprocess.Popen([sys.executable, "-c", WRITER, str(root)], stdout=subprocess.PIPE)
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        for _ in range(moments.randrange(3)):
            process.stdout.readline()
        time.sleep(moments.random() * 0.05)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        process.stdout.close()
        store = Store(root)
        agrees(store)
        numbers = {data.split(b"<p>")[0] for path, data in contents(root).items()}
        assert store.generation >= generation, f"seed {seed}"
        assert len(numbers) <= 9
        generation = store.generation
    assert generation > 10, f"seed {seed}"
