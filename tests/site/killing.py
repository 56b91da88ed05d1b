"""kill -9 at random moments of publish, load and bake, and what must hold afterwards. Run as a program of its own.

One process starts Django and warms it up; it forks a child that works, kills it after a random time, then forks another
that checks: `verify` accepts the state as it was left; catching up completes it; then every public record has its page,
its files, its place in a list and its entry in the index, and nothing withdrawn has any.
"""

from __future__ import annotations

import argparse
import functools
import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

KILLS_A_COPY = 10
LONGEST_SECONDS = 0.4


def main() -> None:
    """`killing.py TEMPLATE FOLDER --kills N --seed N`; exit code 1 and the seed at the first broken promise."""
    parser = argparse.ArgumentParser()
    parser.add_argument("template", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--kills", type=int, required=True)
    parser.add_argument("--seed", type=int, required=True)
    options = parser.parse_args()
    print(f"seed {options.seed}", flush=True)
    chance = random.Random(options.seed)
    os.environ["MINGCHUANG_DATA"] = str(options.folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "mingchuang.site.settings"
    shutil.copytree(options.template, options.folder)
    import django

    django.setup()
    warm_up()

    struck = 0
    for number in range(options.kills):
        if number and number % KILLS_A_COPY == 0:
            shutil.rmtree(options.folder)
            shutil.copytree(options.template, options.folder)
        seed = chance.getrandbits(32)
        ended = strike(functools.partial(work, seed), chance.uniform(0.0, LONGEST_SECONDS))
        struck += ended == -signal.SIGKILL
        # A worker that failed by itself is as broken a promise as a state that doesn't verify.
        if ended not in {0, -signal.SIGKILL} or run(check) != 0:
            print(f"broken after kill {number + 1} (seed {options.seed})", file=sys.stderr)
            sys.exit(1)
    print(f"{options.kills} kills, {struck} of them in the middle of work, every state accepted and completed")


def warm_up() -> None:
    """Import and compile before the forks, so that until the kill there is work; no connection stays open."""
    from django.db import connections

    from mingchuang.press.render import DjangoRenderer
    from mingchuang.search.feed import Follower  # noqa: F401
    from mingchuang.site import installation  # noqa: F401
    from mingchuang.site.demo import documents  # noqa: F401

    render = DjangoRenderer()
    for address in ("/", "/units/", "/units/office/", "/years/", "/feed.xml"):
        assert render(address).status == 200, address
    connections.close_all()


def run(task: Callable[[], None]) -> int:
    """Run a task in a child and return its exit code."""
    pid = os.fork()
    if pid == 0:
        _child(task)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def strike(task: Callable[[], None], after: float) -> int:
    """Run a task in a child and kill it after that many seconds; its exit code, -9 when it was still at work."""
    pid = os.fork()
    if pid == 0:
        _child(task)
    time.sleep(after)
    os.kill(pid, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def _child(task: Callable[[], None]) -> None:
    try:
        task()
    except BaseException:  # the child's traceback is all that its parent can show
        import traceback

        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def work(seed: int) -> None:
    """Publish, withdraw, load and bake in a random order until killed."""
    chance = random.Random(seed)
    for step in range(1000):
        chance.choice((publish, publish, withdraw, load, bake))(chance, f"{seed}-{step}")


def publish(chance: random.Random, mark: str) -> None:
    """A record through its whole review, to the public, with an attachment."""
    from mingchuang.core import files
    from mingchuang.core.models import Unit
    from mingchuang.core.roles import Role
    from mingchuang.records import do
    from mingchuang.records.kinds.policy.samples import SAMPLES
    from mingchuang.site.demo import cast, documents

    clerk = cast.acting("zhang", Role.CLERK)
    values = {**chance.choice(SAMPLES), "doc_number": "", "title": f"演示文件{mark}"}
    draft = do.create("policy", Unit.objects.get(code="office"), clerk, values)
    do.attach(draft, clerk, files.put(mark.encode() * 50, "附件.txt"), title="附件")
    documents.publish(draft.record, lambda sentence: None)
    bake(chance, mark)


def withdraw(chance: random.Random, mark: str) -> None:
    """Take a public record down."""
    from mingchuang.core.roles import Role
    from mingchuang.records import do, queries
    from mingchuang.site.demo import cast

    found = queries.public().filter(unit__code="office").order_by("-id").first()
    if found is not None:
        do.withdraw(found, cast.acting("zhang", Role.CLERK), reason="mistake", note="演示撤下")
    bake(chance, mark)


def load(chance: random.Random, mark: str) -> None:
    """Load a notice that nobody has loaded yet."""
    from mingchuang.core.models import Unit
    from mingchuang.core.roles import Role
    from mingchuang.ledger import do
    from mingchuang.site.demo import cast

    lines = [f"（一）公开第{n}类信息。及时公开。（市财政局负责落实）" for n in range(1, chance.randint(2, 12))]
    text = f"演示要点{mark}\n一、公开\n" + "\n".join(lines)
    do.load(text.encode(), f"{mark}.txt", Unit.objects.get(code="office"), cast.acting("zhao", Role.OFFICE))


def bake(chance: random.Random, mark: str) -> None:
    """Pages and index up to the last event."""
    from django.conf import settings

    from mingchuang.press.follow import Follower as Pages
    from mingchuang.search.feed import Follower as Index
    from mingchuang.site import installation

    Pages(installation.public_store()).catch_up()
    Index(settings.MINGCHUANG_DATA / "index").catch_up()


def check() -> None:
    """Every promise; raises AssertionError with what is broken."""
    from django.conf import settings

    from mingchuang.core import feed, verify
    from mingchuang.ledger.models import Notice
    from mingchuang.norms.outcome import errors
    from mingchuang.records import queries
    from mingchuang.search.index import Index
    from mingchuang.search.query import Query

    left = [issue.message for issue in errors(verify.run())]
    assert left == [], left
    bake(random.Random(0), "")
    public = Path(settings.MINGCHUANG_DATA) / "public"
    index = Index(settings.MINGCHUANG_DATA / "index")
    missed = [event for event in feed.since(index.position()) if event.subject_kind == "records.record"]
    assert missed == [], missed
    shown = {row.id for row in queries.newest(10_000)}
    listed = "".join(page.read_text("utf-8") for page in (public / "years").rglob("index.html"))
    for pk in shown:
        folder = public / "records" / str(pk)
        assert (folder / "record.json").is_file(), f"record {pk} has no record.json"
        assert f'href="/records/{pk}/"' in listed, f"record {pk} stands in no list"
        for address in files_of(pk):
            assert (public / address.lstrip("/")).is_file(), f"{address} of record {pk} is missing"
    for pk in queries.tombstones().values_list("pk", flat=True):
        folder = public / "records" / str(pk)
        assert "撤下" in (folder / "index.html").read_text("utf-8")
        assert not (folder / "record.json").exists(), f"withdrawn record {pk} still has its bytes"
        assert not list(folder.rglob("files/**/*.*")), f"withdrawn record {pk} still has a file"
        assert f'href="/records/{pk}/"' not in listed, f"withdrawn record {pk} is still listed"
    found = index.query(Query(text="演示文件", size=100))
    keys = {int(hit.key.rpartition(":")[2]) for hit in found.hits}
    assert keys <= shown, f"the index finds what isn't public: {keys - shown}"
    for notice in Notice.objects.all():
        told = notice.reading["duties"]
        assert notice.duties.count() == len(told), f"notice {notice.pk} is half loaded"


def files_of(pk: int) -> list[str]:
    """The addresses at which a public record's attachments must lie, percent-decoded."""
    from urllib.parse import unquote

    from mingchuang.records import addresses
    from mingchuang.records.models import Attachment, Record

    shown = Record.objects.get(pk=pk).published_id
    rows = Attachment.objects.filter(revision_id=shown).values_list("file_id", "name")
    return [unquote(addresses.file(pk, sha256, name)) for sha256, name in rows]


if __name__ == "__main__":
    main()
