"""Answers one query over one state of the index: hits of the page, total, facets."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from dataclasses import replace
from typing import Any

import tantivy

from mingchuang.search.engine import read_position
from mingchuang.search.entry import LABEL_DIVIDER
from mingchuang.search.highlight import Marker
from mingchuang.search.language import Parsed, parse
from mingchuang.search.plan import Plan, Planner
from mingchuang.search.query import MOST_COUNTED, Bucket, Hit, Query, Results

FACETS = ("unit", "kind", "year")
#: The fast field behind a facet, and where in its labelled value the facet's code stands. Kind and year share a field:
#: one pass of the engine counts both.
_FIELD = {"unit": "unit_label", "kind": "kind_year", "year": "kind_year"}
#: Values of one field that are told apart; documents beyond are in the total.
MOST_VALUES = 2000
_LOOSENED = "没有同时含有全部检索词的信息，下面是含有其中一部分的。"
_LAST_PAGE = f"最多显示前 {MOST_COUNTED:,} 条，请增加检索词或筛选条件。"

Counts = dict[str, int]
"""labelled value → documents"""


class Answering:
    """See the module. Made for one query, cheap."""

    def __init__(self, schema: tantivy.Schema, searcher: tantivy.Searcher) -> None:
        self._schema = schema
        self._searcher = searcher
        self._planner = Planner(schema, searcher)

    def answer(self, asked: Query) -> Results:
        """Everything that a results page shows."""
        parsed = parse(asked.text)
        query = asked.in_range()
        notes = list(parsed.notes)
        position = read_position(self._searcher, self._schema)
        if not parsed.wanted and not parsed.blank:
            return Results(replace(query, page=1), (), 0, False, 0, position, {}, tuple(notes))
        plan = self._planner.plan(parsed)
        counts, total = self.count(query, plan)
        if total == 0 and len(parsed.wanted) > 1 and not all(part.is_single for part in parsed.wanted):
            loosened = self._planner.plan(parsed, any_part=True)
            loose_counts, loose_total = self.count(query, loosened)
            if loose_total:
                plan, counts, total = loosened, loose_counts, loose_total
                notes.append(_LOOSENED)
        reach = min(total, MOST_COUNTED)
        pages = -(-reach // query.size)
        if asked.page > pages > 0:
            query = replace(query, page=pages)
            if total > MOST_COUNTED:
                notes.append(_LAST_PAGE)
        addresses = self.top(query, plan) if total else []
        facets = _buckets(counts, query) if query.facets else {}
        hits = self._hits(addresses, parsed)
        return Results(query, hits, reach, total > MOST_COUNTED, pages, position, facets, tuple(notes))

    def plan(self, typed: str) -> Plan:
        """How the engine would be asked for what was typed."""
        return self._planner.plan(parse(typed))

    def finds(self, typed: str, key: str) -> bool:
        """Whether the document with this key matches what was typed."""
        narrowed = self._planner.for_key(self.plan(typed).match, key)
        return bool(self._searcher.search(narrowed, 1, count=False).hits)

    def count(self, query: Query, plan: Plan) -> tuple[dict[str, Counts], int]:
        """Labelled counts of each facet, its own filter left out, and the number of documents within all filters."""
        chosen = {"unit": query.units, "kind": query.kinds, "year": query.years}
        same = [facet for facet in FACETS if not chosen[facet]]
        counts: dict[str, Counts] = {}
        wanted = same if query.facets else []
        # Without a facet of its own free of filters, the total is what is chosen in the one with fewest values.
        basis = wanted[0] if wanted else "kind"
        shared = self._aggregate(self._planner.narrowed(plan.match, self._planner.filters(query)), {*wanted, basis})
        counts |= {facet: shared[_FIELD[facet]][0] for facet in wanted}
        total = sum(shared[_FIELD[basis]][0].values()) + shared[_FIELD[basis]][1]
        for facet in FACETS if query.facets else ():
            if facet not in counts:
                narrowed = self._planner.narrowed(plan.match, self._planner.filters(query, without=facet))
                counts[facet] = self._aggregate(narrowed, {facet})[_FIELD[facet]][0]
        return counts, total

    def _aggregate(self, query: tantivy.Query, facets: set[str]) -> dict[str, tuple[Counts, int]]:
        """Per field: labelled counts, and how many documents have a value beyond MOST_VALUES."""
        fields = {_FIELD[facet] for facet in facets}
        asked = {field: {"terms": {"field": field, "size": MOST_VALUES}} for field in sorted(fields)}
        found: dict[str, Any] = self._searcher.aggregate(query, asked)
        return {
            field: (
                {bucket["key"]: int(bucket["doc_count"]) for bucket in found[field]["buckets"]},
                int(found[field].get("sum_other_doc_count") or 0),
            )
            for field in fields
        }

    def top(self, query: Query, plan: Plan) -> list[tantivy.DocAddress]:
        """Addresses of the page's documents, in order."""
        filters = self._planner.filters(query)
        offset = (query.page - 1) * query.size
        if query.sort == "date" or plan.rank is None:
            narrowed = self._planner.narrowed(plan.match, filters)
            found = self._searcher.search(
                narrowed, query.size, count=False, order_by_field="recency", offset=offset, order=tantivy.Order.Desc
            )
            return [address for _, address in found.hits]
        hits = []
        for ranking in (*plan.first, None):
            narrowed = self._planner.narrowed(ranking or plan.rank(), filters)
            hits = self._searcher.search(narrowed, query.size, count=False, offset=offset).hits
            if len(hits) == query.size:
                break
        return [address for _, address in hits]

    def _hits(self, addresses: list[tantivy.DocAddress], parsed: Parsed) -> tuple[Hit, ...]:
        marker = Marker(parsed)
        return tuple(self._hit(self._searcher.doc(address), marker) for address in addresses)

    def _hit(self, found: tantivy.Document, marker: Marker) -> Hit:
        shown = json.loads(_bytes(found, "shown"))
        body = _bytes(found, "body").decode("utf-8", "replace")
        return Hit(
            key=shown["key"],
            url=shown["url"],
            kind=shown["kind"],
            kind_name=shown["kind_name"],
            unit=shown["unit"],
            unit_name=shown["unit_name"],
            number=shown["number"],
            date=dt.date.fromisoformat(shown["date"]) if shown["date"] else None,
            title=marker.mark(shown["title"]),
            fragment=marker.fragment(body, shown["summary"]),
        )


def _bytes(found: tantivy.Document, field: str) -> bytes:
    value = found.get_first(field)
    return value if isinstance(value, bytes) else bytes(value or b"")


def _buckets(counts: dict[str, Counts], query: Query) -> dict[str, tuple[Bucket, ...]]:
    """Facets for the page: most documents first, years newest first; a unit's latest label, when it was renamed."""
    chosen = {"unit": query.units, "kind": query.kinds, "year": query.years}
    facets: dict[str, tuple[Bucket, ...]] = {}
    for facet, labelled in counts.items():
        totals: dict[str, int] = defaultdict(int)
        labels: dict[str, tuple[int, str]] = {}
        for text, count in labelled.items():
            code, label = _code_and_label(facet, text)
            totals[code] += count
            labels[code] = max(labels.get(code, (0, "")), (count, label))
        buckets = [
            Bucket(code, labels[code][1] or code, count, code in chosen[facet])
            for code, count in totals.items()
            if code
        ]
        order = (lambda b: b.value) if facet == "year" else (lambda b: (b.count, b.value))
        facets[facet] = tuple(sorted(buckets, key=order, reverse=True))
    return facets


def _code_and_label(facet: str, text: str) -> tuple[str, str]:
    pieces = text.split(LABEL_DIVIDER)
    return (pieces[2], pieces[2]) if facet == "year" else (pieces[0], pieces[1])
