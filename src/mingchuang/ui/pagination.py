"""Which pages of a list to offer: first, last, and a window round the current one, with gaps marked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class PageLink:
    """One entry of the row of pages; a gap has no number and no address."""

    number: int | None
    address: str
    current: bool


@dataclass(frozen=True)
class Pages:
    """A list cut into pages. `current` counts from 1; `address` gives the address of a page number.

    Raises ValueError where `current` lies outside `1..last`.
    """

    current: int
    last: int
    address: Callable[[int], str]
    total: int | None = None
    capped: bool = False

    def __post_init__(self) -> None:
        if not 1 <= self.current <= self.last:
            raise ValueError(f"page {self.current} of {self.last}")

    @property
    def previous(self) -> str:
        """The address of the page before, or empty."""
        return self.address(self.current - 1) if self.current > 1 else ""

    @property
    def following(self) -> str:
        """The address of the page after, or empty."""
        return self.address(self.current + 1) if self.current < self.last else ""

    def __iter__(self) -> Iterator[PageLink]:
        wanted = sorted({1, self.last, *range(self.current - 1, self.current + 2)} & set(range(1, self.last + 1)))
        before = 0
        for number in wanted:
            if number - before == 2:  # a gap of one page is that page
                yield PageLink(number - 1, self.address(number - 1), False)
            elif number - before > 2:
                yield PageLink(None, "", False)
            yield PageLink(number, self.address(number), number == self.current)
            before = number
