"""From an understood query to the engine's queries.

Two kinds of query come out. *Matching* decides which documents are meant: each part of the question, by the grams,
which miss nothing. *Ranking* orders them: words before accidental neighbours, titles before bodies, the document whose
own number was typed before all. Every ranking matches the same documents as the matching it belongs to.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import tantivy

from mingchuang.search.entry import POSITION_KEY
from mingchuang.search.figures import Units
from mingchuang.search.language import Parsed, Part
from mingchuang.search.query import Query
from mingchuang.search.tokens import grams

TITLE = 10.0
"""A word in the title counts for more than any number of it in the body.

A title's BM25 is at least idf · 2.2 / (1.3 + 0.9 · length ÷ mean length) and a body's at most idf · 2.2, and a word is
rarer in titles; so ten is enough for every title shorter than nine times the mean."""
OWN_NUMBER = 200.0
"""The document that bears the number stands above those that cite it, whatever else they hold."""
TOGETHER = 0.5
"""A whole stretch unbroken, beside the sum of its words."""
KNOWN_SHARE = 0.5
"""From this share of the documents on in which the segmenter saw a pair as a word, the word ranks, not the pair."""

_DIGIT = re.compile("[0-9]")
Clause = tuple[tantivy.Occur, tantivy.Query]
Must, Should, MustNot = tantivy.Occur.Must, tantivy.Occur.Should, tantivy.Occur.MustNot
_Query = tantivy.Query


@dataclass(frozen=True, slots=True)
class Plan:
    """`match` and `rank` for the text alone (None: everything). Each of `first` ranks like `rank` and leaves out only
    documents that would stand behind all of its own: when it fills the page, the page is right."""

    match: tantivy.Query | None
    first: tuple[tantivy.Query, ...]
    rank: Callable[[], tantivy.Query] | None


class Planner:
    """Makes engine queries for one state of the index."""

    def __init__(self, schema: tantivy.Schema, searcher: tantivy.Searcher) -> None:
        self._schema = schema
        self._searcher = searcher

    def plan(self, parsed: Parsed, any_part: bool = False) -> Plan:
        """Queries for the text; `any_part` asks for at least one part instead of all. Then one character does not
        count: that it stands in a document says nothing about what was asked."""
        wanted = [part for part in parsed.wanted if not (any_part and part.is_single)]
        if not wanted:
            return Plan(None, (), None)
        matching = [self._match(part) for part in wanted]
        occur = Should if any_part else Must
        without: list[Clause] = [(MustNot, self._match(part)) for part in parsed.excluded]
        match = _boolean([(occur, query) for query in matching] + without)
        scoring = [query for part in wanted for query in self._scores(part)]
        scoring += [self._boosted(units, TOGETHER) for units in parsed.together]

        def rank() -> tantivy.Query:
            silent: list[Clause] = [(occur, _Query.boost_query(query, 0.0)) for query in matching]
            return _boolean(silent + without + [(Should, query) for query in scoring])

        if _DIGIT.search(parsed.whole) and self._is_number(parsed.whole):
            return self._whole_number(parsed.whole, match, rank)
        return Plan(match, self._first(parsed, scoring), rank)

    def _whole_number(self, key: str, match: tantivy.Query, rank: Callable[[], tantivy.Query]) -> Plan:
        """All that was typed is a number or index code that a document bears: it is meant, however its parts are held
        apart, and stands above those that have the parts."""
        bears = self._term("number", key, "basic")
        either = _boolean([(Should, match), (Should, bears)])
        return Plan(either, (), lambda: _boolean([(Should, rank()), (Should, _Query.boost_query(bears, OWN_NUMBER))]))

    def _first(self, parsed: Parsed, scoring: list[tantivy.Query]) -> tuple[tantivy.Query, ...]:
        """For one known word: the documents with it in the title, then all that score; the rest has no score."""
        word = parsed.wanted[0].word
        if len(parsed.wanted) != 1 or parsed.excluded or word is None or len(word) > 2 or not self._known(word):
            return ()
        title, *others = scoring
        return (
            _boolean([(Must, title), *((Should, query) for query in others)]),
            _boolean([(Should, query) for query in scoring]),
        )

    def filters(self, query: Query, without: str = "") -> list[Clause]:
        """Clauses for the structured parameters, leaving out one facet's own."""
        clauses: list[Clause] = []
        for facet, field, values in (
            ("unit", "unit", query.units),
            ("kind", "kind", query.kinds),
            ("year", "year", query.years),
        ):
            if values and facet != without:
                chosen = [self._term(field, value, "basic") for value in values]
                any_of = chosen[0] if len(chosen) == 1 else _boolean([(Should, one) for one in chosen])
                clauses.append((Must, _Query.const_score_query(any_of, 0.0)))
        if query.since or query.until:
            first = query.since.toordinal() if query.since else 1
            last = query.until.toordinal() if query.until else None
            clauses.append((Must, _Query.const_score_query(self._days(first, last), 0.0)))
        return clauses

    def narrowed(self, text: tantivy.Query | None, filters: list[Clause]) -> tantivy.Query:
        """The text's query within the filters; without text, every document (but not the position row)."""
        if text is not None:
            return _boolean([(Must, text), *filters]) if filters else text
        position = self._term("key", POSITION_KEY, "basic")
        return _boolean([(Must, _Query.all_query()), (MustNot, position), *filters])

    def for_key(self, text: tantivy.Query | None, key: str) -> tantivy.Query:
        """The text's query within one document."""
        return self.narrowed(text, [(Must, self._term("key", key, "basic"))])

    def _match(self, part: Part) -> tantivy.Query:
        either = [self._phrase("grams", "words", phrase) for phrase in part.phrases]
        either += [self._term("number", key, "basic") for key in part.numbers]
        if part.days:
            either.append(self._days(*part.days))
        return either[0] if len(either) == 1 else _boolean([(Should, query) for query in either])

    def _scores(self, part: Part) -> list[tantivy.Query]:
        """What a part adds to a document's rank."""
        title = [self._phrase("title_grams", "title_words", phrase) for phrase in part.phrases]
        scores = [_Query.boost_query(query, TITLE) for query in title]
        word = part.word
        if word is not None and self._known(word):
            scores.append(self._term("words", "".join(word), "freq"))
        else:
            scores += [self._phrase("grams", "words", phrase) for phrase in part.phrases]
        for rank, key in enumerate(part.numbers):
            if self._is_number(key):
                scores.append(_Query.boost_query(self._term("number", key, "basic"), OWN_NUMBER / (rank + 1)))
        return scores

    def _is_number(self, key: str) -> bool:
        """Whether some document bears it. A clause that can match nothing would cost the engine its fast union."""
        return bool(key) and self._searcher.doc_freq("number", _encodable(key)) > 0

    def _known(self, word: Units) -> bool:
        """Whether the segmenter sees these units as a word nearly wherever they stand together."""
        text = "".join(word)
        as_word = self._searcher.doc_freq("words", text)
        if len(word) != 2:
            return as_word > 0
        return as_word > 0 and as_word >= KNOWN_SHARE * self._searcher.doc_freq("grams", text)

    def _boosted(self, units: Units, boost: float) -> tantivy.Query:
        """A whole stretch unbroken, in the text and, weighing more, in the title."""
        body, title = self._phrase("grams", "words", (units,)), self._phrase("title_grams", "title_words", (units,))
        both = [(Should, body), (Should, _Query.boost_query(title, TITLE))]
        return _Query.boost_query(_boolean(both), boost)

    def _phrase(self, grams_field: str, words_field: str, stretches: Iterable[Units]) -> tantivy.Query:
        """The stretches in order. Pairs carry it; a single unit alone is looked for among the words."""
        listed = list(stretches)
        tokens = [token for units in listed for token in grams(list(units))][:-1]
        if not tokens:
            return self._term(words_field, listed[0][0], "freq")
        if len(tokens) == 1:
            return self._term(grams_field, tokens[0], "position")
        return _Query.phrase_query(self._schema, grams_field, list(tokens))

    def _days(self, first: int, last: int | None) -> tantivy.Query:
        return _Query.range_query(self._schema, "day", tantivy.FieldType.Unsigned, first, last)

    def _term(self, field: str, value: str, option: str) -> tantivy.Query:
        return _Query.term_query(self._schema, field, _encodable(value), option)


def _encodable(value: str) -> str:
    """The engine takes UTF-8 only; half a surrogate pair can match nothing."""
    return value.encode("utf-8", "replace").decode()


def _boolean(clauses: list[Clause]) -> tantivy.Query:
    if len(clauses) == 1 and clauses[0][0] is not MustNot:
        return clauses[0][1]
    return _Query.boolean_query(clauses)
