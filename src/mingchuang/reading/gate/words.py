"""Many words in one pass: an Aho–Corasick automaton over a folded text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Generic, TypeVar

import ahocorasick_rs

from mingchuang.reading.gate.folding import Folded, fold_word

Meaning = TypeVar("Meaning")
_LONE = re.compile("[\ud800-\udfff]")


class Words(Generic[Meaning]):
    """Words with what each means to whoever entered it; a word entered twice has both meanings."""

    def __init__(self, entries: Sequence[tuple[str, Meaning]]) -> None:
        meanings: dict[str, list[Meaning]] = {}
        for word, meaning in entries:
            folded = fold_word(word)
            if folded:
                meanings.setdefault(folded, []).append(meaning)
        self._meanings = list(meanings.values())
        self._automaton = (
            ahocorasick_rs.AhoCorasick(
                list(meanings),
                ahocorasick_rs.MatchKind.Standard,
                store_patterns=False,
                implementation=ahocorasick_rs.Implementation.ContiguousNFA,
            )
            if meanings
            else None
        )

    def find(self, folded: Folded) -> Iterator[tuple[Meaning, int, int]]:
        """Every occurrence, overlapping ones too: the meaning and ``[start, end)`` in the folded text."""
        if self._automaton is None:
            return
        text = folded.text
        try:
            found = self._automaton.find_matches_as_indexes(text, overlapping=True)
        except UnicodeEncodeError:  # half a pair, as broken programs leave it behind
            found = self._automaton.find_matches_as_indexes(_LONE.sub("\ufffd", text), overlapping=True)
        for index, start, end in found:
            for meaning in self._meanings[index]:
                yield meaning, start, end
