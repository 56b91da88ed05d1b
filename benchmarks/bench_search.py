"""Search over 100,000 Chinese documents, beside SQLite FTS5 and PostgreSQL GIN; publish to searchable; recall.

The question is the issue's: a common two-character word (in a tenth to a third of all documents), the ten best by rank
over words and pairs, and counts by unit, kind and year. Ours is timed from typed text to addresses, total and counts,
in process; no answer is cached. The peers are asked with prepared statements for the same word in rounds interleaved
with ours, one connection, everything warm. Medians over fifteen words.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import random
import re
import shutil
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.corpus import OFFICE_WORDS, VERSION, CorpusDocument, cached
from benchmarks.peers.common_word import Fts5, PostgresGin, fts5, postgres_gin
from benchmarks.peers.common_word import Row as PeerRow
from benchmarks.report import Row, show
from mingchuang.search.entry import Entry, header
from mingchuang.search.index import Index
from mingchuang.search.query import Query
from mingchuang.search.tokens import HAN, fold, tokenize

DOCUMENTS = 100_000
ROUNDS = 5
REPEATS = 3
PUBLICATIONS = 200
SAMPLES = 2000
GOAL_ENGINE_MS = 0.6
#: Elasticsearch's documented default refresh interval; a tenth of it is the goal.
REFRESH_MS = 1000.0


def entry(document: CorpusDocument, title: str = "") -> Entry:
    """The index's entry for a document of the corpus, under its own or another title."""
    return Entry(
        key=document.key,
        kind=document.kind,
        unit=document.unit,
        url=f"/records/{document.key[4:]}/",
        number=document.number,
        date=dt.date.fromisoformat(document.date),
        title=title or document.title,
        body=document.body,
    )


def built(documents: Sequence[CorpusDocument]) -> Index:
    """The index of the corpus, kept in the temporary folder as long as nothing that made it changes."""
    made_by = json.dumps([VERSION, len(documents), header()], sort_keys=True).encode()
    folder = Path(tempfile.gettempdir()) / "mingchuang-bench" / f"index-{hashlib.sha256(made_by).hexdigest()[:12]}"
    index = Index(folder)
    if index.status().state != "ready":
        with index.writer() as writer:
            writer.rebuild([(entry(document) for document in documents)], position=1)
    return index


def common_words(documents: Sequence[CorpusDocument]) -> list[str]:
    """Fifteen two-character words that stand in a tenth to a third of the documents."""
    sample = documents[:5000]
    share = {word: sum(word in d.body for d in sample) / len(sample) for word in OFFICE_WORDS if len(word) == 2}
    return [word for word, part in share.items() if 0.10 <= part <= 1 / 3][:15]


def engine(index: Index) -> Callable[[str], int]:
    """Ours from typed text to the addresses of ten documents, the total and three facets."""

    def ask(word: str) -> int:
        answering = index.answering()
        query, plan = Query(word), answering.plan(word)
        _, total = answering.count(query, plan)
        if len(answering.top(query, plan)) != 10:
            raise RuntimeError(f"{word}: fewer than ten documents")
        return total

    return ask


def milliseconds(asks: dict[str, Callable[[str], object]], words: Sequence[str]) -> dict[str, float]:
    """Median time of each. They take turns, all words in one turn, after one turn to warm up."""
    times: dict[str, list[float]] = {name: [] for name in asks}
    for turn in range(ROUNDS + 1):
        for name, ask in asks.items():
            for word in [*words] * REPEATS:
                started = time.perf_counter()
                ask(word)
                if turn:
                    times[name].append((time.perf_counter() - started) * 1000)
    return {name: statistics.median(taken) for name, taken in times.items()}


def _peer_rows(documents: Sequence[CorpusDocument]) -> Iterator[PeerRow]:
    """Words of the same tokens as ours, without the single units."""
    for number, document in enumerate(documents):
        text = f"{document.title}\n\n{document.number}\n\n{document.body}"
        words = " ".join(word for word in tokenize(text).words.split() if len(word) > 1)
        yield number, document.kind, document.unit, document.date[:4], words


def beside_peers(index: Index, documents: Sequence[CorpusDocument]) -> list[Row]:
    """The common word, ours and theirs."""
    words = common_words(documents)
    ours = engine(index)
    asked = f"common word, top 10 and 3 facets, {len(documents):,} documents"
    rows = list(_peer_rows(documents))
    with fts5(rows) as lite, postgres_gin(rows) as pg:
        _same_work(ours, (lite, pg), words)
        taken = milliseconds(
            {
                "ours": ours,
                "answer": lambda word: index.query(Query(word)),
                "fts5": lambda word: (lite.top(word), lite.facets(word)),
                "fts5 top": lite.top,
                "gin": lambda word: (pg.top(word), pg.facets(word)),
                "gin top": pg.top,
            },
            words,
        )
    return [
        (f"search: {asked}, inside the engine", taken["ours"], "ms", "goal", GOAL_ENGINE_MS, 1.0),
        (f"search: {asked}", taken["ours"], "ms", f"{lite.name}, words only", taken["fts5"], 30.0),
        (f"search: {asked}", taken["ours"], "ms", f"{pg.name}, words only", taken["gin"], 80.0),
        (f"search: {asked}", taken["ours"], "ms", f"{lite.name}, top 10 without facets", taken["fts5 top"], None),
        (f"search: {asked}", taken["ours"], "ms", f"{pg.name}, top 10 without facets", taken["gin top"], None),
        (f"search: {asked}, ten hits marked", taken["answer"], "ms", f"{lite.name}, no hits", taken["fts5"], None),
    ]


def _same_work(ours: Callable[[str], int], peers: Sequence[Fts5 | PostgresGin], words: Sequence[str]) -> None:
    """Everyone finds (nearly) the same documents: a pair may stand where the dictionary sees no word."""
    for word in words:
        total = ours(word)
        for peer in peers:
            if not 0.97 * total <= peer.facets(word) <= total or len(peer.top(word)) != 10:
                raise RuntimeError(f"{peer.name} did other work for {word}: {peer.facets(word)} of {total}")


@dataclass
class _Happened:
    seq: int
    subject_id: int
    subject_kind: str = "bench.document"


class _Sequence:
    """An event sequence in memory, so that what is timed is the index and its follower."""

    def __init__(self) -> None:
        self.events = [_Happened(1, 0)]
        self._bell = threading.Condition()

    def happen(self, subject_id: int) -> None:
        with self._bell:
            self.events.append(_Happened(len(self.events) + 1, subject_id))
            self._bell.notify_all()

    def since(self, seq: int, limit: int = 500) -> list[_Happened]:
        return self.events[seq : seq + limit]

    def head(self) -> int:
        return len(self.events)

    def wait(self, seq: int, timeout: float) -> bool:
        with self._bell:
            return self._bell.wait_for(lambda: len(self.events) > seq, timeout)


def publish_to_searchable(index: Index, documents: Sequence[CorpusDocument]) -> list[Row]:
    """One document changed, until a reader of its own finds the change, with the follower of the product running."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")  # a data folder of its own
    django.setup()
    from mingchuang.search import sources
    from mingchuang.search.feed import Follower

    sequence, titles = _Sequence(), dict[int, str]()
    sources.register("bench.document", lambda ids: [entry(documents[n], titles[n]) for n in ids])
    with tempfile.TemporaryDirectory(prefix="mingchuang-publish-") as folder:
        copy = Path(shutil.copytree(index.generations.root, Path(folder) / "index"))
        stop = threading.Event()
        follower = threading.Thread(target=Follower(copy, sequence).run, args=(stop,))
        follower.start()
        reader = Index(copy)
        drawn = random.Random(VERSION)
        taken = []
        for n in range(PUBLICATIONS):
            place = drawn.randrange(len(documents))
            titles[place] = f"第{n}次改动的标题"
            started = time.perf_counter()
            sequence.happen(place)
            while not reader.finds(f"“第{n}次改动”", documents[place].key):
                time.sleep(0.001)
            taken.append((time.perf_counter() - started) * 1000)
        stop.set()
        follower.join()
    sources.unregister("bench.document")
    p95 = sorted(taken)[int(len(taken) * 0.95)]
    name = f"search: publish to searchable, p95 of {PUBLICATIONS} (median {statistics.median(taken):.0f} ms)"
    return [(name, p95, "ms", "Elasticsearch's default refresh (documented)", REFRESH_MS, REFRESH_MS / 100)]


def recall(index: Index, documents: Sequence[CorpusDocument]) -> list[Row]:
    """Two adjacent Han characters drawn from a document must find it. Beside it: what words alone would find."""
    drawn = random.Random(SAMPLES)
    found = by_words = 0
    for _ in range(SAMPLES):
        document = drawn.choice(documents)
        pairs = re.findall(f"(?=([{HAN}]{{2}}))", fold(document.body))
        pair = drawn.choice(pairs)
        found += index.finds(pair, document.key)
        by_words += pair in set(tokenize(document.body).words.split())
    name = f"search: recall, {SAMPLES:,} adjacent pairs drawn ({by_words:,} found by words alone)"
    return [(name, float(found), "found", "drawn", float(SAMPLES), 1.0)]


def main() -> list[Row]:
    """All rows: (name, ours, unit, peer, peer's figure, goal of peer ÷ ours)."""
    documents = cached(DOCUMENTS)
    index = built(documents)
    return [*recall(index, documents), *publish_to_searchable(index, documents), *beside_peers(index, documents)]


if __name__ == "__main__":
    sys.exit(1 if show(main()) else 0)
