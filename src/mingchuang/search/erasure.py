"""Withdrawn text leaves the disk, not only the answers.

The engine marks a removed document and keeps its words and its text in the segment's files until it happens to merge
them. Here the other documents of such a segment are written anew, a thousand at a time so that what is published
meanwhile waits for a second only; with its last document the segment goes, and its files with it.

    g-000001/erase.json   keys that are to go and the segments they stood in; a kill at any moment leaves it to be done
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import tantivy

from mingchuang.search.entry import POSITION_KEY, Entry, stored
from mingchuang.search.generations import ENGINE_META

MARK: Final = "erase.json"
#: Documents written anew at once: about a second of one processor, for which a publication may have to wait.
AT_ONCE: Final = 1_000


class Erasure:
    """What of one generation still has to be erased. Only the writer of the generation uses it."""

    def __init__(self, folder: Path, engine: tantivy.Index) -> None:
        self._folder = folder
        self._engine = engine
        self._mark = folder / MARK

    @property
    def is_wanted(self) -> bool:
        return self._mark.exists()

    def want(self, keys: Iterable[str]) -> None:
        """Note, durably, that the documents with these keys are to go; before the engine is told to commit."""
        searcher = self._searcher()
        ids = [segment["segment_id"] for segment in self._segments()]
        keys_wanted, segments = self._told()
        for key in keys:
            term = tantivy.Query.term_query(self._engine.schema, "key", key, "basic")
            found = searcher.search(term, 1, count=False).hits
            if found:
                keys_wanted.add(key)
                segments.add(ids[found[0][1].segment_ord])
        if keys_wanted:
            self._write(keys_wanted, segments)

    def next_to_move(self) -> list[Entry]:
        """Living documents that stand beside erased ones, to be written anew; empty when none is left."""
        _, wanted = self._told()
        ordinals = {at for at, segment in enumerate(self._segments()) if segment["segment_id"] in wanted}
        if not ordinals:
            return []
        searcher = self._searcher()
        living = searcher.search(tantivy.Query.all_query(), max(1, searcher.num_docs), count=False).hits
        places = [address for _, address in living if address.segment_ord in ordinals]
        entries: list[Entry] = []
        for address in sorted(places, key=lambda place: (place.segment_ord, place.doc))[:AT_ONCE]:
            entry = stored(searcher.doc(address))
            if entry is not None:
                entries.append(entry)
        return entries

    def finish(self) -> bool:
        """Whether nothing of the documents is in any file. A merge that was running may have carried them on: then
        the segments that hold them now are noted, to be gone over."""
        keys, _ = self._told()
        holding = self.segments_holding(keys)
        if holding:
            self._write(keys, holding)
            return False
        self._mark.unlink(missing_ok=True)
        return True

    def segments_holding(self, keys: set[str]) -> set[str]:
        """Segments in whose files one of the documents stands, removed or not."""
        searcher = self._searcher()
        holding = set()
        for at, segment in enumerate(self._segments()):
            if segment["deletes"] and any(
                _key(searcher.doc(tantivy.DocAddress(at, number))) in keys for number in range(segment["max_doc"])
            ):
                holding.add(segment["segment_id"])
        return holding

    def _searcher(self) -> tantivy.Searcher:
        self._engine.reload()
        return self._engine.searcher()

    def _segments(self) -> list[dict[str, Any]]:
        """The segments of the last commit in the order in which the engine numbers them."""
        found: list[dict[str, Any]] = json.loads((self._folder / ENGINE_META).read_text("utf-8"))["segments"]
        return found

    def _told(self) -> tuple[set[str], set[str]]:
        try:
            told = json.loads(self._mark.read_text("utf-8"))
        except FileNotFoundError:
            return set(), set()
        return set(told["keys"]), set(told["segments"])

    def _write(self, keys: set[str], segments: set[str]) -> None:
        fresh = self._mark.with_suffix(".new")
        with fresh.open("w", encoding="utf-8") as file:
            json.dump({"keys": sorted(keys), "segments": sorted(segments)}, file)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self._mark)


def _key(found: tantivy.Document) -> str:
    entry = stored(found)
    return entry.key if entry is not None else POSITION_KEY
