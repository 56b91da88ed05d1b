"""From the press of the button to a citizen's page, list and search, with 1,000 and with 100,000 records.

The demonstration county is filled with public records by bulk inserts (they carry no events; what is measured are the
publications that follow, each through the ordinary door with its event). A publication is timed from `publish` until
page, lists and feed lie in the public folder and a search finds it. Medians; the goal is that a hundred times the
records cost at most half as much again.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.report import Row, show

SMALL, LARGE = 1_000, 100_000
PUBLICATIONS = 15
GOAL_RATIO = 1.5


def main() -> list[Row]:
    """Two installations, one of each size, their publications taken in turn so that the machine's moods hit both."""
    folder = Path(tempfile.mkdtemp(prefix="mingchuang-bench-"))
    try:
        sites = {size: _Site(folder / str(size), size) for size in (SMALL, LARGE)}
        seconds: dict[int, list[float]] = {size: [] for size in sites}
        for _ in range(PUBLICATIONS):
            for size, site in sites.items():
                seconds[size].append(site.publish())
        for site in sites.values():
            site.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    small, large = (statistics.median(seconds[size]) * 1000 for size in (SMALL, LARGE))
    name = f"publish to visible with {LARGE:,} records"
    return [(name, large, "ms", f"with {SMALL:,}", small, 1 / GOAL_RATIO)]


class _Site:
    """One installation in a process of its own, which publishes when told and answers with the seconds it took."""

    def __init__(self, data: Path, size: int) -> None:
        environment = {k: v for k, v in os.environ.items() if not k.startswith(("MINGCHUANG_", "DJANGO_"))}
        environment |= {"MINGCHUANG_DATA": str(data), "DJANGO_SETTINGS_MODULE": "mingchuang.site.settings"}
        prepare = [sys.executable, "-m", "mingchuang.site.cli", "run", "--demo", "--prepare-only"]
        subprocess.run(prepare, env=environment, check=True, capture_output=True)
        command = [sys.executable, "-m", "benchmarks.bench_publish", "serve", str(size)]
        self._process = subprocess.Popen(
            command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        if self._ask("") != "ready":
            raise RuntimeError("the site could not be filled")

    def _ask(self, line: str) -> str:
        assert self._process.stdin is not None and self._process.stdout is not None
        if line:
            self._process.stdin.write(line + "\n")
            self._process.stdin.flush()
        return self._process.stdout.readline().strip()

    def publish(self) -> float:
        return float(json.loads(self._ask("publish")))

    def stop(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()


def serve(size: int) -> None:
    """Fill the installation, say `ready`, then publish once for each line that comes in."""
    import django

    django.setup()
    fill(size)
    publish_once(-1)  # warm: templates compiled, caches filled
    print("ready", flush=True)
    for number, _ in enumerate(sys.stdin):
        print(json.dumps(publish_once(number)), flush=True)


def fill(size: int) -> None:
    """`size` public records of ten units and five years, each with a short text; their lists' series; their entries."""
    from django.conf import settings
    from django.db import transaction

    from mingchuang.core import feed
    from mingchuang.core.models import Unit
    from mingchuang.records import public_page
    from mingchuang.records.models import Record, Series
    from mingchuang.search.entry import Entry
    from mingchuang.search.index import Index

    units = list(Unit.objects.order_by("order")[:10])
    with transaction.atomic():
        keys = _rows(size, units)
        for unit in units:
            for year in range(2020, 2025):
                slots = Record.objects.filter(unit=unit, year=year).count()
                Series.objects.create(key=f"unit/{unit.code}/{year}", last=slots)
        for year in range(2020, 2025):
            Series.objects.create(key=f"year/{year}", last=Record.objects.filter(year=year).count())
    with Index(settings.MINGCHUANG_DATA / "index").writer() as writer:
        for start in range(0, len(keys), 1000):
            found = public_page.index_entries(keys[start : start + 1000])
            writer.write(entry for entry in found if isinstance(entry, Entry))
        writer.commit(feed.head())


def _rows(size: int, units: list) -> list[int]:  # type: ignore[type-arg]  # units exist only once Django has started
    """Insert the rows with keys of their own choosing: record and text point at each other within one transaction."""
    from datetime import date

    from mingchuang.core import now
    from mingchuang.core.models import StoredFile
    from mingchuang.records.kinds.policy.models import PolicyDocument
    from mingchuang.records.models import Record, Revision

    frozen, moment, places = StoredFile.objects.first(), now.now(), {}
    keys = list(range(1_000_000, 1_000_000 + size))
    records, texts, contents = [], [], []
    for n, key in enumerate(keys):
        unit, year = units[n % 10], 2020 + n // 10 % 5
        slots = []
        for place in ((unit.pk, year), (0, year)):
            places[place] = places.get(place, 0) + 1
            slots.append(places[place])
        records.append(
            Record(
                pk=key,
                unit=unit,
                kind="policy",
                record_class="B",
                created_at=moment,
                visibility="public",
                validity="effective",
                published_id=key,
                year=year,
                unit_slot=slots[0],
                year_slot=slots[1],
                published_on=date(year, 6, 1),
                published_at=moment,
                changed_at=moment,
                index_number=f"BENCH/{year}-{n:07d}",
            )
        )
        texts.append(
            Revision(  # all share one frozen text: what is measured never reads it
                pk=key,
                record_id=key,
                ordinal=1,
                title=f"第{n}号演示文件",
                summary="演示数据",
                formed_on=date(2020, 1, 1),
                created_at=moment,
                changed_at=moment,
                progress="approved",
                frozen=frozen,
                schema=1,
                content_hash="sha256:0",
            )
        )
        body = "<p>演示正文</p>" * 20
        contents.append(
            PolicyDocument(revision_id=key, issuer="演示机关", theme="general", disclosure="proactive", body=body)
        )
    for model, rows in ((Record, records), (Revision, texts), (PolicyDocument, contents)):
        model.objects.bulk_create(rows, batch_size=1000)
    return keys


def publish_once(number: int) -> float:
    """Seconds from `publish` until page, list, feed and search have the record."""
    from django.conf import settings

    from mingchuang.core.models import Unit
    from mingchuang.core.roles import Role
    from mingchuang.press.follow import Follower as Pages
    from mingchuang.records import do
    from mingchuang.records.kinds.policy.samples import SAMPLES
    from mingchuang.records.models import Record
    from mingchuang.search.feed import Follower as Entries
    from mingchuang.search.index import Index
    from mingchuang.search.query import Query
    from mingchuang.site import installation
    from mingchuang.site.demo.cast import acting

    clerk = acting("zhang", Role.CLERK)
    title = f"计时文件{number + 1000}号"
    draft = do.create(
        "policy", Unit.objects.get(code="office"), clerk, {**SAMPLES[0], "doc_number": "", "title": title}
    )
    do.submit(draft, clerk)
    for username, role in (("li", Role.REVIEWER), ("chen", Role.REVIEWER), ("wang", Role.LEADER)):
        draft.refresh_from_db()
        do.approve(
            draft,
            acting(username, role),
            content_hash=draft.content_hash,
            step=draft.step,
            secrecy="open",
            note="同意",
        )
    store = installation.public_store()
    Pages(store).catch_up()
    folder = settings.MINGCHUANG_DATA / "index"
    Entries(folder).catch_up()
    record = Record.objects.get(pk=draft.record_id)
    draft.refresh_from_db()
    started = time.perf_counter()
    do.publish(record, clerk, content_hash=draft.content_hash)
    Pages(store).catch_up()
    Entries(folder).catch_up()
    hits = Index(folder).query(Query(text=f"“{title}”")).hits
    took = time.perf_counter() - started
    public = settings.MINGCHUANG_DATA / "public"
    assert (public / "records" / str(record.pk) / "index.html").is_file()
    record.refresh_from_db()
    assert f'href="/records/{record.pk}/"' in (public / "years" / str(record.year) / "index.html").read_text("utf-8")
    assert title in (public / "feed.xml").read_text("utf-8")
    assert [hit.url for hit in hits] == [f"/records/{record.pk}/"]
    return took


if __name__ == "__main__":
    if sys.argv[1:2] == ["serve"]:
        serve(int(sys.argv[2]))
    else:
        sys.exit(1 if show(main()) else 0)
