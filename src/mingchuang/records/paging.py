"""Lists that stay still: each record has a permanent slot in its list, and a page is a fixed range of slots.

Slots count from 1 in the order of first publication. Page *k* holds the slots (k-1)·size+1 … k·size for ever: a new
record changes only the last page and the head; a withdrawal leaves a gap and moves nothing. So what one publication
touches does not grow with the number of records, and a page cited by its number keeps its contents.

The *head* is the list's own address. It shows the newest slots: the last page and, so that it is never nearly empty,
the one before it.
"""

from __future__ import annotations

from dataclasses import dataclass

PAGE_SIZE = 20
#: How many of the last pages the head shows.
HEAD_PAGES = 2


@dataclass(frozen=True, slots=True)
class Slots:
    """An inclusive range of slots, `first` ≤ `last`; empty when `last` < `first`."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list, newest first: its slots and its neighbours (page numbers; 0 means the head, None none)."""

    number: int
    slots: Slots
    newer: int | None
    older: int | None


def page_count(last_slot: int, size: int = PAGE_SIZE) -> int:
    """How many pages a list with `last_slot` slots has; 0 for an empty list."""
    return -(-last_slot // size)


def page_of(slot: int, size: int = PAGE_SIZE) -> int:
    """The page on which a slot stands, for ever."""
    return (slot - 1) // size + 1


def head(last_slot: int, size: int = PAGE_SIZE) -> Page:
    """The head: number 0, the last page's slots and those of the page before it."""
    last_page = page_count(last_slot, size)
    first_page = max(last_page - HEAD_PAGES + 1, 1)
    older = first_page - 1 if first_page > 1 else None
    return Page(0, Slots((first_page - 1) * size + 1, last_slot), None, older)


def page(number: int, last_slot: int, size: int = PAGE_SIZE) -> Page | None:
    """Page `number` (from 1), or None when the list has no such page."""
    last_page = page_count(last_slot, size)
    if not 1 <= number <= last_page:
        return None
    newer = number + 1 if number + 1 <= last_page - HEAD_PAGES else 0
    older = number - 1 if number > 1 else None
    return Page(number, Slots((number - 1) * size + 1, min(number * size, last_slot)), newer, older)


def touched(slot: int, size: int = PAGE_SIZE) -> tuple[int, ...]:
    """The pages that may change when `slot` appears, changes or goes: the head (0), its own, and, where the slot opened
    a new page, the one that led to the head before and now leads to a page that the head no longer shows.
    """
    own = page_of(slot, size)
    pages = [0, own]
    if (slot - 1) % size == 0 and own > HEAD_PAGES + 1:
        pages.append(own - HEAD_PAGES - 1)
    return tuple(pages)
