"""Working-day arithmetic on arrays: 10⁸ dates a second, the same table as `WorkingDays`.

For one amount of days the due day is a function of the start day alone, so a table over all start days is made once
and a million rows are one look-up each. Rows go through in blocks that stay in the processor's cache.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mingchuang.norms.outcome import refuse

_BLOCK = 1 << 15
_EPOCH = date(1970, 1, 1).toordinal()
_NEVER = np.int64(np.iinfo(np.int64).max)


class WorkingDayArrays:
    """`ranks` and `dates` as in `WorkingDays`, for numpy."""

    def __init__(self, first: date, ranks: Sequence[int], dates: Sequence[date]) -> None:
        self._first = first.toordinal() - _EPOCH
        self._ranks = np.array(ranks, dtype=np.int32)
        self._days = np.array([day.toordinal() - _EPOCH for day in dates], dtype=np.int64)
        self._due: dict[int, NDArray[np.int64]] = {}

    def add(self, starts: NDArray[Any], amounts: "int | NDArray[Any]") -> NDArray[Any]:
        """Due days, datetime64[D], in the shape of `starts` (datetime64[D]); amounts ≥ 1.

        Raises `Refused` when a start or a due day lies outside the calendar.
        """
        days = np.ascontiguousarray(starts, dtype="datetime64[D]")
        flat = days.view(np.int64).reshape(-1)
        out = np.empty(flat.shape, dtype=np.int64)
        if flat.size:
            self._check(int(flat.min()), int(flat.max()), int(np.min(amounts)), int(np.max(amounts)))
            if np.ndim(amounts) == 0:
                self._one_amount(flat, int(amounts), out)
            else:
                each = np.broadcast_to(np.asarray(amounts), days.shape).reshape(-1)
                self._each_amount(flat, each, out)
        return out.view("datetime64[D]").reshape(days.shape)

    def overdue(self, starts: NDArray[Any], amounts: "int | NDArray[Any]", today: date) -> NDArray[np.bool_]:
        """Which rows are past their due day on `today`: due < today. Same shapes as `add`."""
        result: NDArray[np.bool_] = self.add(starts, amounts) < np.datetime64(today, "D")
        return result

    def last_overdue_start(self, amount: int, today: date) -> date:
        """The latest start whose due day lies before `today`: for a database query on the start column alone.

        The due day never falls when the start rises, so every start up to this one is overdue and no later one is.
        """
        table = self._table(amount)
        index = int(np.searchsorted(table, today.toordinal() - _EPOCH, side="left")) - 1
        if index < 0:
            raise refuse("calendar.range", f"{today}之前没有可能逾期的起算日。", field="date")
        return date.fromordinal(self._first + index + _EPOCH)

    def _one_amount(self, flat: NDArray[np.int64], amount: int, out: NDArray[np.int64]) -> None:
        table = self._table(amount)
        index = np.empty(min(_BLOCK, flat.size), dtype=np.int64)
        for low in range(0, flat.size, _BLOCK):
            block = flat[low : low + _BLOCK]
            np.subtract(block, self._first, out=index[: block.size])
            # `clip` spares a second bounds check: `_check` has looked at the smallest and the largest already.
            np.take(table, index[: block.size], out=out[low : low + _BLOCK], mode="clip")

    def _each_amount(self, flat: NDArray[np.int64], each: NDArray[Any], out: NDArray[np.int64]) -> None:
        for low in range(0, flat.size, _BLOCK):
            block = flat[low : low + _BLOCK] - self._first
            index = np.take(self._ranks, block, mode="clip") + (each[low : low + _BLOCK] - 1)
            np.take(self._days, index, out=out[low : low + _BLOCK], mode="clip")

    def _table(self, amount: int) -> NDArray[np.int64]:
        """Start day → due day; starts too late for the calendar lead to a day that never comes."""
        table = self._due.get(amount)
        if table is None:
            index = self._ranks + np.int32(amount - 1)
            inside = index < self._days.size
            table = np.where(inside, self._days[np.minimum(index, self._days.size - 1)], _NEVER)
            self._due[amount] = table
        return table

    def _check(self, first: int, last: int, smallest: int, largest: int) -> None:
        if smallest < 1:
            raise refuse("calendar.amount", f"工作日数应为正整数，而不是{smallest}。", field="amount")
        fits = first >= self._first and last < self._first + self._ranks.size
        if not fits or self._ranks[last - self._first] + largest - 1 >= self._days.size:
            raise refuse("calendar.range", "有日期超出可计算的范围，或者没有填写。", field="date")
