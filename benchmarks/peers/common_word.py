"""Other engines asked the same question as ours: a common word, the ten best by rank, and counts by three facets.

Each is given its best case: one column of dictionary words only (ours holds words and pairs), the three facets counted
in one statement, and no total of its own (it is the sum of a facet, as in ours).
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from tests.postgres_cluster import cluster

Row = tuple[int, str, str, str, str]
"""number, kind, unit, year, blank-separated words"""


class Fts5:
    """SQLite's full-text index, ranked by its bm25."""

    name = "SQLite FTS5"

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def top(self, word: str) -> list[int]:
        found = self._connection.execute(
            "SELECT rowid FROM doc WHERE doc MATCH ? ORDER BY rank LIMIT 10", (f'"{word}"',)
        )
        return [row[0] for row in found]

    def facets(self, word: str) -> int:
        """Counts by kind, unit and year in one pass. Returns the total."""
        found = self._connection.execute(
            "SELECT kind, unit, year, count(*) FROM doc JOIN meta ON meta.id = doc.rowid WHERE doc MATCH ?"
            " GROUP BY 1, 2, 3",
            (f'"{word}"',),
        ).fetchall()
        return sum(row[3] for row in found)


class PostgresGin:
    """PostgreSQL's tsvector under a GIN index, ranked by ts_rank."""

    name = "PostgreSQL GIN"

    def __init__(self, connection: psycopg.Connection[tuple[object, ...]]) -> None:
        self._connection = connection

    def top(self, word: str) -> list[int]:
        found = self._connection.execute(
            "SELECT id FROM doc, to_tsquery('simple', %s) q WHERE words @@ q ORDER BY ts_rank(words, q) DESC LIMIT 10",
            (word,),
            prepare=True,
        )
        return [int(str(row[0])) for row in found]

    def facets(self, word: str) -> int:
        found = self._connection.execute(
            "SELECT kind, unit, year, count(*) FROM doc WHERE words @@ to_tsquery('simple', %s) GROUP BY 1, 2, 3",
            (word,),
            prepare=True,
        ).fetchall()
        return sum(int(str(row[3])) for row in found)


@contextmanager
def fts5(rows: Iterable[Row]) -> Iterator[Fts5]:
    """A filled FTS5 index in a temporary file."""
    with tempfile.TemporaryDirectory(prefix="mingchuang-fts5-") as folder:
        connection = sqlite3.connect(Path(folder) / "peer.sqlite3")
        connection.execute("CREATE VIRTUAL TABLE doc USING fts5(words, content='', tokenize='unicode61')")
        connection.execute("CREATE TABLE meta (id INTEGER PRIMARY KEY, kind TEXT, unit TEXT, year TEXT)")
        with connection:
            for number, kind, unit, year, words in rows:
                connection.execute("INSERT INTO doc (rowid, words) VALUES (?, ?)", (number, words))
                connection.execute("INSERT INTO meta VALUES (?, ?, ?, ?)", (number, kind, unit, year))
        connection.execute("INSERT INTO doc (doc) VALUES ('optimize')")
        connection.commit()
        yield Fts5(connection)
        connection.close()


@contextmanager
def postgres_gin(rows: Iterable[Row]) -> Iterator[PostgresGin]:
    """A filled table with a GIN index, in a temporary cluster reached by socket."""
    with cluster() as address, psycopg.connect(address, autocommit=True) as connection:
        for setting in ("maintenance_work_mem = '512MB'", "work_mem = '64MB'", "jit = off"):
            connection.execute(f"SET {setting}".encode())
        connection.execute("CREATE UNLOGGED TABLE doc (id int, kind text, unit text, year text, words tsvector)")
        with (
            connection.cursor() as cursor,
            cursor.copy("COPY doc (id, kind, unit, year, words) FROM STDIN") as copy,
        ):
            copy.set_types(["int4", "text", "text", "text", "text"])
            for number, kind, unit, year, words in rows:
                copy.write_row((number, kind, unit, year, _vector(words)))
        connection.execute("CREATE INDEX doc_words ON doc USING gin (words)")
        connection.execute("VACUUM ANALYZE doc")
        yield PostgresGin(connection)


def _vector(words: str) -> str:
    """A tsvector in its written form, with positions, so that ranking has what to_tsvector would give it."""
    places: dict[str, list[str]] = {}
    for place, word in enumerate(words.split(), 1):
        if place < 16_000 and len(places.setdefault(word, [])) < 200:
            places[word].append(str(place))
    return " ".join(f"'{word}':{','.join(at)}" for word, at in places.items() if at)
