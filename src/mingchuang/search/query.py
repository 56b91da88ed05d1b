"""What may be asked of the index, and what it answers: plain values, without engine, database or markup."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Literal

Sort = Literal["relevance", "date"]
#: Counts are exact up to here and shown as "10,000+" beyond; no page reaches further.
MOST_COUNTED = 10_000
MOST_PER_PAGE = 100
MOST_FILTERS = 50

#: (text, whether it is what was looked for); joined they are the text. Never markup.
Marked = tuple[tuple[str, bool], ...]


def count_text(count: int) -> str:
    """A count as people read it: 1,234, and 10,000+ when it is larger."""
    return f"{MOST_COUNTED:,}+" if count > MOST_COUNTED else f"{count:,}"


@dataclass(frozen=True, slots=True)
class Query:
    """A question. `text` is typed by a person and may be anything; the rest are parameters, each a set of codes.

    Nothing here raises: out-of-range pages and sizes are brought into range, unknown codes find nothing.
    """

    text: str = ""
    units: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    since: dt.date | None = None
    until: dt.date | None = None
    sort: Sort = "relevance"
    page: int = 1
    size: int = 10
    facets: bool = True

    @classmethod
    def of(
        cls,
        text: str = "",
        *,
        units: Iterable[str] = (),
        kinds: Iterable[str] = (),
        years: Iterable[str | int] = (),
        sort: str = "",
        page: str | int = 1,
        size: str | int = 10,
    ) -> Query:
        """From an address's parameters, as they come; what cannot be understood takes its ordinary value."""
        return cls(
            text=text,
            units=tuple(dict.fromkeys(units))[:MOST_FILTERS],
            kinds=tuple(dict.fromkeys(kinds))[:MOST_FILTERS],
            years=tuple(dict.fromkeys(str(year) for year in years))[:MOST_FILTERS],
            sort="date" if sort == "date" else "relevance",
            page=_whole(page, 1),
            size=_whole(size, 10),
        )

    def in_range(self) -> Query:
        """The same question with size and page within what is answered."""
        size = min(max(self.size, 1), MOST_PER_PAGE)
        return replace(self, size=size, page=min(max(self.page, 1), MOST_COUNTED // size))


def _whole(value: str | int, ordinary: int) -> int:
    if isinstance(value, int):
        return value
    text = value.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else ordinary


@dataclass(frozen=True, slots=True)
class Hit:
    """One document found, ready to be shown."""

    key: str
    url: str
    kind: str
    kind_name: str
    unit: str
    unit_name: str
    number: str
    date: dt.date | None
    title: Marked
    fragment: Marked

    @property
    def plain_title(self) -> str:
        return "".join(text for text, _ in self.title)


@dataclass(frozen=True, slots=True)
class Bucket:
    """One value of a facet: `count` documents when this value alone were chosen in its facet, other filters kept."""

    value: str
    label: str
    count: int
    chosen: bool

    @property
    def count_text(self) -> str:
        return count_text(self.count)


@dataclass(frozen=True, slots=True)
class Results:
    """An answer. `total` is at most 10,000, `capped` says that there are more; `position` is how far in the event
    sequence this index has come; `notes` are sentences for the person (what was left out or loosened)."""

    query: Query
    hits: tuple[Hit, ...]
    total: int
    capped: bool
    pages: int
    position: int
    facets: dict[str, tuple[Bucket, ...]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    @property
    def page(self) -> int:
        return self.query.page

    @property
    def total_text(self) -> str:
        return count_text(MOST_COUNTED + 1 if self.capped else self.total)
