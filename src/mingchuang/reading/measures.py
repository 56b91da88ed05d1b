"""What can be counted in a duty: time limits, periods, rates, weights, counts, recurrences, bans; and vague words.

A vague word (及时, 定期, 逐步) asks for something without saying how much or when. It is listed as a measure without
value, because a clerk has to settle it for that duty.

Each kind is one pattern over the folded text. The kinds are tried in a fixed order, and characters that one has
taken no later one takes again: 1年内不少于2次 is a recurrence and not also a time limit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mingchuang.reading import measure_patterns as patterns
from mingchuang.reading.deadlines import DocumentYear, Due, deadlines_in
from mingchuang.reading.model import Comparator, Measure, MeasureKind, MeasureValue, ReadWarning
from mingchuang.reading.numerals import number_of
from mingchuang.reading.projection import Projection

_UNITS = {"星期": "周", "天": "日", "自然日": "日", "日历日": "日", "季": "季度", "年度": "年", "个月": "月"}


@dataclass(slots=True)
class _Taken:
    """Which places of the stretch a measure has taken."""

    start: int
    mask: bytearray

    def take(self, start: int, end: int) -> bool:
        """Reserve the places; False when one of them was taken before."""
        a, b = start - self.start, end - self.start
        if any(self.mask[a:b]):
            return False
        self.mask[a:b] = b"\x01" * (b - a)
        return True


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    kind: MeasureKind
    value: MeasureValue = None
    unit: str | None = None
    comparator: Comparator | None = None


def measures_in(
    projection: Projection,
    start: int,
    end: int,
    *,
    year: DocumentYear,
    warnings: list[ReadWarning],
    is_due: bool = False,
) -> list[Measure]:
    """All measures between two places, in order of the text. Says in ``warnings`` where a year was taken over.

    ``is_due``: what stands there says when something is due (a cell of a column 完成时限).
    """
    folded = projection.folded
    taken = _Taken(start, bytearray(end - start))
    found = list(_deadlines(projection, deadlines_in(folded, start, end, year, is_due=is_due), year, taken, warnings))
    for read in (_frequencies, _ahead, _limits, _periods, _rates, _shares, _counts, _every, _bans, _vague):
        found += [item for item in read(folded, start, end) if taken.take(item.start, item.end)]
    found.sort(key=lambda item: item.start)
    return [
        Measure(
            f.kind, projection.clean(f.start, f.end), f.value, f.unit, f.comparator, projection.span(f.start, f.end)
        )
        for f in found
    ]


def _deadlines(
    projection: Projection, dues: list[Due], year: DocumentYear, taken: _Taken, warnings: list[ReadWarning]
) -> Iterator[_Found]:
    for due in dues:
        if not taken.take(due.start, due.end):
            continue
        said, span = projection.clean(due.start, due.end), projection.span(due.start, due.end)
        if due.is_yearly:
            yield _Found(due.start, due.end, "recurrence", None, "年", None)
            continue
        if due.is_impossible:
            warnings.append(ReadWarning("deadline_unreadable", f"期限“{said}”不是存在的日期。", span))
        elif due.year_inferred and year.value is None:
            warnings.append(ReadWarning("year_unknown", f"期限“{said}”没有写年份，文件的年份也不清楚。", span))
        elif due.year_inferred:
            warnings.append(
                ReadWarning("year_inferred", f"期限“{said}”没有写年份，按{year.source}的{year.value}年计算。", span)
            )
        yield _Found(due.start, due.end, "deadline", due.day.isoformat() if due.day else None, "date", "≤")


def _comparator(match: re.Match[str]) -> Comparator:
    groups = match.groupdict()
    if groups.get("to"):
        return "between"
    pre, post = groups.get("pre") or "", groups.get("post") or ""
    if pre and re.match(patterns.AT_MOST, pre):
        return "≤"
    if pre or "以上" in post:
        return "≥"
    return "≤" if post in {"以下", "及以下", "以内"} else "="


def _value(first: str | None, to: str | None) -> MeasureValue:
    low = number_of(first or "")
    high = number_of(to) if to else None
    return (low, high) if low is not None and high is not None else low


def _unit(written: str) -> str:
    return _UNITS.get(written, written)


def _frequencies(folded: str, start: int, end: int) -> Iterator[_Found]:
    for match in patterns.FREQUENCY.finditer(folded, start, end):
        if re.search("第$", match["between"]) or folded[match.end() : match.end() + 1] in {"月", "百"}:
            continue  # 每季度第一个月
        if match["within"] and not (match["pre"] or match["post"] or match["span"]):
            continue
        if match["one"] and folded[match.start() - 1 : match.start()] in {"第", "同", "近", "这"}:
            continue
        per = _unit((match["every"] or "年").removeprefix("个"))
        if match["span"] and number_of(match["span"]) not in {1, None}:
            per = f"{match['span']}年"
        value = _value(match["n"], match["to"])
        comparator = _comparator(match)
        if comparator == "=" and re.search(patterns.AT_LEAST, match["between"]):
            comparator = "≥"
        if value is not None:
            yield _Found(match.start(), match.end(), "recurrence", value, f"{match['unit']}/{per}", comparator)


def _every(folded: str, start: int, end: int) -> Iterator[_Found]:
    for match in patterns.EVERY.finditer(folded, start, end):
        unit = _unit(match["unit"] or match["by"])
        count = number_of(match["n"]) if match["n"] else None
        yield _Found(match.start(), match.end(), "recurrence", None, f"{count}{unit}" if count else unit, None)


def _limits(folded: str, start: int, end: int) -> Iterator[_Found]:
    for pattern in (patterns.SHORTENED, patterns.LIMIT, patterns.LIMIT_WITHOUT_IN):
        for match in pattern.finditer(folded, start, end):
            value = _value(match["n"], match.groupdict().get("to"))
            unit = match["unit"] or match["unit2"]
            if value is None or (unit == "年" and isinstance(value, int) and value > 100):
                continue
            comparator: Comparator = "between" if isinstance(value, tuple) else "≤"
            yield _Found(match.start(), match.end(), "limit", value, _unit(unit), comparator)


def _ahead(folded: str, start: int, end: int) -> Iterator[_Found]:
    for match in patterns.AHEAD.finditer(folded, start, end):
        value = _value(match["n"], match["to"])
        if value is not None:
            yield _Found(match.start(), match.end(), "period", value, _unit(match["unit"]), _comparator(match))


def _periods(folded: str, start: int, end: int) -> Iterator[_Found]:
    for match in patterns.PERIOD.finditer(folded, start, end):
        unit = next(filter(None, (match[f"unit{at}"] for at in ("", 2, 3, 4, 5, 6))), "")
        value = _value(match["n"] or match["n2"] or match["n3"], None)
        is_year = unit == "年" and isinstance(value, int) and value > 100
        is_date = bool(match["n2"]) and unit == "日" and folded[match.start() - 1 : match.start()] == "月"
        if value is None or is_year or is_date:
            continue
        comparator: Comparator = "≥" if match["pre"] or "以上" in (match["post"] or "") else "="
        first = match.start("n3") if match["n3"] else match.start()
        yield _Found(first, match.end(), "period", value, _unit(unit), comparator)


def _rates(folded: str, start: int, end: int) -> Iterator[_Found]:
    for match in patterns.RATE.finditer(folded, start, end):
        if match["tenth"] and not (match["post"] or match["pre"] or match["reach"]):
            continue
        value = _value(match["n"] or match["han"], match["to"])
        if match["tenth"]:
            value = int(number_of(match["tenth"]) or 0) * 10
        if value is None:
            continue
        context = folded[max(start, match.start() - 12) : match.start()]
        kind: MeasureKind = "weight" if patterns.WEIGHING.search(context) else "rate"
        first = (
            match.start("reach")
            if match["reach"] in {"达到", "达"}
            else match.end("reach")
            if match["reach"]
            else match.start()
        )
        yield _Found(first, match.end(), kind, value, "%", _comparator(match))


def _shares(folded: str, start: int, end: int) -> Iterator[_Found]:
    """三分之二以上: a rate that is no whole percentage, told as a fraction of hundred."""
    for match in patterns.THIRDS.finditer(folded, start, end):
        whole, part = number_of(match["part"]), number_of(match["n"])
        if whole and part and part < whole:
            comparator: Comparator = "≥" if "上" in match["post"] else "≤"
            yield _Found(match.start(), match.end(), "rate", round(100 * part / whole, 2), "%", comparator)


def _counts(folded: str, start: int, end: int) -> Iterator[_Found]:
    for match in patterns.COUNT.finditer(folded, start, end):
        context = folded[max(start, match.start() - 12) : match.start()]
        is_weight = match["unit"] == "分" and bool(patterns.WEIGHING.search(context))
        bounded = bool(match["pre"] or match["post"])
        aimed = match["n"].isdigit() and re.search(rf"(?:{patterns.AIMED_AT})[^，。；、]{{0,4}}$", context) is not None
        if (match["unit"] == "分" and not is_weight) or not (bounded or aimed or is_weight):
            continue
        if folded[match.end() : match.end() + 1] in {"月", "百"} or folded[match.start() - 1 : match.start()] in {
            "第",
            "前",
        }:
            continue
        value = _value(match["n"], match["to"])
        if value is not None:
            kind: MeasureKind = "weight" if is_weight else "count"
            yield _Found(
                match.start(), _with_noun(folded, match.end(), end), kind, value, match["unit"], _comparator(match)
            )


def _with_noun(folded: str, at: int, end: int) -> int:
    """The end of what is counted, when it is short: 1个主账号, 2场政府开放日活动."""
    noun = patterns.NOUN.match(folded, at, end)
    return noun.end() if noun else at


def _bans(folded: str, start: int, end: int) -> Iterator[_Found]:
    for match in patterns.BAN.finditer(folded, start, end):
        is_attribute = patterns.BAN_AS_ATTRIBUTE.match(match[0]) and folded[match.start() - 1] not in "，。；"
        if not is_attribute:
            yield _Found(match.start(), match.end(), "ban")


def _vague(folded: str, start: int, end: int) -> Iterator[_Found]:
    for match in patterns.VAGUE.finditer(folded, start, end):
        yield _Found(match.start(), match.end(), "vague")
