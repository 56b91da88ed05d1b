"""Figures that agree with each other: the change is the change, a revision revises, a period is over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, cast

from mingchuang.norms.outcome import Issue
from mingchuang.records import reckoning
from mingchuang.records.judging import cell, values_of
from mingchuang.records.kind import SubmitCheck
from mingchuang.records.kinds.statistics.models import Comparison, Statistics
from mingchuang.records.models import Content, Revision

LAW = "《政府信息公开条例》第二十条第四项"
_PERCENT = Decimal(100)


def check_time(revision: Revision, content: Content) -> list[Issue]:
    """The period is in order and over; the next publication is yet to come."""
    told = cast(Statistics, content)
    days = [("start_on", "统计期开始日期", told.start_on), ("end_on", "统计期结束日期", told.end_on)]
    issues = reckoning.after_each_other("statistics.order", days, rule=LAW)
    formed = revision.formed_on
    if formed and told.end_on and told.end_on > formed:
        message = f"统计期到{told.end_on}，成文日期{formed}时还没有结束，请更正。"
        issues.append(Issue("statistics.period", message, field="end_on", rule=LAW))
    if formed and told.next_on and told.next_on <= formed:
        message = f"下次发布日期{told.next_on}不晚于成文日期{formed}，请更正。"
        issues.append(Issue("statistics.next", message, field="next_on", rule=LAW))
    return issues


def check_indicators(revision: Revision, content: Content) -> list[Issue]:
    """Each indicator once, and its change as its two figures make it."""
    rows = values_of("statistics", revision, content)["indicators"]
    given = Counter((row["name"], row["unit"]) for row in rows)
    issues = [
        Issue("statistics.twice", f"指标“{name}”（{unit}）出现了{times}次，请核对。", field="indicators", rule=LAW)
        for (name, unit), times in given.items()
        if times > 1
    ]
    for number, row in enumerate(rows, 1):
        issues += _change(number, row)
    return issues


def _change(number: int, row: Mapping[str, Any]) -> Iterator[Issue]:
    change = row["change"]
    if change is not None and not row["comparison"]:
        place = ("indicators", number, "comparison")
        message = f"“{row['name']}”填写了增减，请选择口径（现价、可比价、百分点）。"
        yield cell("statistics", place, "statistics.comparison", message, severity="warning")
    made = _made(row)
    if made is None or change is None:
        return
    low, high = made
    if low <= change + _half(change) and change - _half(change) <= high:
        return
    sign = "个百分点" if row["comparison"] == Comparison.POINTS else "%"
    middle = ((low + high) / 2).quantize(Decimal("0.01"), ROUND_HALF_UP)
    message = f"“{row['name']}”的增减填的是{_typed(change)}{sign}，由两期数计算约是{middle}{sign}，请核对。"
    yield cell("statistics", ("indicators", number, "change"), "statistics.change", message)


def _typed(change: Decimal) -> str:
    """A change as it was typed, without the zeros of its column."""
    return f"{change.normalize():f}"


def _half(figure: Decimal) -> Decimal:
    """How far a printed figure may lie from what it stands for: half of its last digit."""
    exponent = figure.normalize().as_tuple().exponent
    return Decimal(1).scaleb(min(int(exponent), 0)) / 2


def _made(row: Mapping[str, Any]) -> tuple[Decimal, Decimal] | None:
    """Between what and what the change lies that these two printed figures make; None where none can be reckoned."""
    value, before = row["value"], row["before"]
    if value is None or before is None:
        return None
    about, base = _half(value), _half(before)
    if row["comparison"] == Comparison.POINTS:
        return value - before - about - base, value - before + about + base
    # At constant prices a change cannot be reckoned from what is printed, nor from nothing or from a loss.
    if row["comparison"] != Comparison.NOMINAL or before <= base or value < about:
        return None
    least, most = (value - about) / (before + base), (value + about) / (before - base)
    return (least - 1) * _PERCENT, (most - 1) * _PERCENT


def check_revisions(revision: Revision, content: Content) -> list[Issue]:
    """What is revised differs from what was published, and says why; a text that revises another tells what."""
    values = values_of("statistics", revision, content)
    issues = []
    if values["revises"] and not values["revisions"]:
        message = "填写了修订的统计信息，请在“以前数据的修订”里逐项列明原公布数和修订后数。"
        issues.append(Issue("statistics.revisions", message, field="revisions", severity="warning", rule=LAW))
    for number, row in enumerate(values["revisions"], 1):
        if row["earlier"] is not None and row["earlier"] == row["now"]:
            message = f"“{row['name']}”修订前后都是{row['now']}，没有修订，请更正。"
            issues.append(cell("statistics", ("revisions", number, "now"), "statistics.same", message))
        if not row["reason"]:
            message = f"没有写明“{row['name']}”的修订原因。"
            place = ("revisions", number, "reason")
            issues.append(cell("statistics", place, "statistics.reason", message, severity="warning"))
    return issues


CHECKS: tuple[SubmitCheck, ...] = (check_time, check_indicators, check_revisions)
