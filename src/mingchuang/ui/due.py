"""How a due date is shown: its words, its tone, and the explanation that opens from it.

Whoever shows a deadline counts the days (`norms.calendar`) and hands them in; nothing here reads a clock.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

Tone = Literal["quiet", "plain", "attention", "alarm", "done"]

# From how many days left a deadline asks for attention: taste, not law.
NEAR = 3


@dataclass(frozen=True)
class DueMark:
    """A deadline on a page.

    `left`: days from `today` to `due`, counted in `unit` (working days unless said); negative when overdue, 0 on the
    day itself and on the rest days after it. `lines`: the explanation, a Chinese sentence each, as
    `core.deadlines.explain` gives it. `met_on` closes the deadline, `paused` stops it; `provisional`: the calendar of
    the year isn't published yet. `basis`: the citation of the rule.
    """

    due: date
    today: date
    left: int
    lines: Sequence[str] = ()
    title: str = ""
    basis: str = ""
    provisional: bool = False
    paused: bool = False
    met_on: date | None = None
    unit: str = "个工作日"

    @property
    def words(self) -> str:
        """剩余3个工作日, 今天到期, 逾期2个工作日, 已逾期 (on rest days), 暂停计算, 按期完成 or 逾期完成."""
        if self.met_on is not None:
            return "按期完成" if self.met_on <= self.due else "逾期完成"
        if self.paused:
            return "暂停计算"
        if self.today > self.due:
            return f"逾期{-self.left}{self.unit}" if self.left < 0 else "已逾期"
        return "今天到期" if self.today == self.due else f"剩余{self.left}{self.unit}"

    @property
    def tone(self) -> Tone:
        """The tone of the tag; the words carry the meaning, the colour only repeats it."""
        if self.met_on is not None:
            return "done" if self.met_on <= self.due else "plain"
        if self.paused:
            return "quiet"
        if self.today > self.due:
            return "alarm"
        return "attention" if self.left <= NEAR else "plain"
