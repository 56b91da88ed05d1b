"""What can be counted in a duty: time limits, periods, rates, weights, counts, recurrences, bans; and vague words.

A vague word (及时, 定期, 逐步) asks for something without saying how much or when. It is listed as a measure without value,
because a clerk has to settle it for that duty.

Each kind is one pattern over the folded text. The kinds are tried in a fixed order, and characters that one has taken no
later one takes again: 1年内不少于2次 is a recurrence and not also a time limit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mingchuang.reading.deadlines import DocumentYear, deadlines_in
from mingchuang.reading.model import Comparator, Measure, MeasureKind, MeasureValue, ReadWarning
from mingchuang.reading.numerals import NUMBER, number_of
from mingchuang.reading.projection import Projection

_AT_LEAST = "不少于|不低于|不得少于|不得低于|不能少于|不能低于|不应少于|不应低于|不小于|不短于|至少|最少|最低|原则上不少于|超过|高于|多于|大于|≥"
_AT_MOST = "不超过|不得超过|不应超过|不能超过|不高于|不得高于|不多于|不得多于|不大于|不长于|至多|最多|最长|最迟|不晚于|不得晚于|不迟于|不得迟于|控制在|(?<![不得能应可])(?:低于|少于|小于)|≤"
_BEFORE = rf"(?P<pre>(?:{_AT_MOST}|{_AT_LEAST})(?:为|于|有|{_AT_MOST}|{_AT_LEAST})?)"
_RANGE = rf"(?P<n>{NUMBER})(?:(?:-|至|到)(?P<to>{NUMBER}))?"
_TIME = "个?(?P<unit>工作日|自然日|日历日|小时|分钟|星期|季度|周|月|年|天|日)"
_TIME_MONTHS = (
    "(?:个(?P<unit>工作日|自然日|日历日|小时|星期|季度|月)|(?P<unit2>工作日|自然日|日历日|小时|分钟|周|年|天|日))"
)
_CLASSIFIER = "场次|人次|个|项|次|场|期|篇|条|件|份|家|名|人|部|批|套|类|处|户|起|例|支|所|种|轮|遍|块|幅|分"
_TARGET = (
    "建成|建设|建好|打造|培育|创建|设立|设置|确定|选取|选树|选出|推出|做强做优|做优做强|做强|做优|保留|开设|举办|开展|组织|召开|完成|制作|编制|发布|解读|新增|制定|出台|"
    "遴选|推荐|报送|整合为|形成|实现|培训|公开|公布|发放|达到|邀请"
)
_PER = "(?:每(?P<every>年度?|半年|季度|季|个?月|周|日|天|学期|旬)|(?P<span>\\d{1,2}|[一两二三])?年(?P<within>度?内)|全年|(?P<one>一|1)年)"

FREQUENCY = re.compile(
    rf"{_PER}(?P<between>[^。；，、\d]{{0,24}}?)(?:{_BEFORE})?(?P<n>{NUMBER})(?:-(?P<to>{NUMBER}))?(?P<unit>{_CLASSIFIER})(?P<post>以上|及以上|以下)?"
)
EVERY = re.compile(
    r"每(?:(?P<n>\d{1,2}|[两二三四五六])个?)?(?P<unit>年度?|半年|季度|季|月|周|星期|日|天|学期|旬|工作日)(?:度)?(?!报|志|刊)|(?:按|逐)(?P<by>年度|季度|季|月|周|日|年)(?!份)"
)
LIMIT = re.compile(rf"(?:{_BEFORE})?{_RANGE}{_TIME_MONTHS}(?:之内|以内|内)(?!部|容|在|蒙)")
LIMIT_WITHOUT_IN = re.compile(rf"(?P<pre>(?:{_AT_MOST}))(?P<n>{NUMBER}){_TIME_MONTHS}")
AHEAD = re.compile(rf"提前(?:{_BEFORE})?{_RANGE}{_TIME}(?P<post>以上)?")
PERIOD = re.compile(
    rf"(?P<pre>{_AT_LEAST})(?P<n>{NUMBER}){_TIME_MONTHS}|(?P<n2>{NUMBER}){_TIME_MONTHS.replace('unit', 'v').replace('v2', 'w')}(?P<post>以上|及以上|以前|之前|前)(?!\d)"
)
RATE = re.compile(
    rf"(?:(?P<pre>{_AT_MOST}|{_AT_LEAST})|(?P<reach>达到|达|为|至|到|实现))?(?:(?<![\d.])(?P<n>\d{1, 9}(?:\.\d{1, 6})?)%?(?:-(?P<to>\d{1, 9}(?:\.\d{1, 6})?))?%|百分之(?P<han>{NUMBER})|(?P<tenth>[一二三四五六七八九])成)"
    r"(?P<post>及?以上|及?以下|以内)?(?!点)"
)
COUNT = re.compile(
    rf"(?:{_BEFORE})?(?P<n>{NUMBER})(?:-(?P<to>{NUMBER}))?余?(?P<unit>{_CLASSIFIER})(?P<post>以上|及以上|以下|以内)?"
)
BAN = re.compile(
    "(?<!依法)(?:严禁|严格禁止|禁止|坚决杜绝|杜绝|不允许|不得|不准|不许|一律不|切勿)(?!不|少于|低于|超过|高于|多于|晚于|迟于|已)[^，。；：！？（）]{1,60}"
)
_NOUN = re.compile("[\u4e00-\u9fff]{1,8}(?=[，。；、：）]|$)")
_WEIGHING = re.compile("权重|分值|占比|比重")
VAGUE = re.compile(
    "第一时间|不定期|定期|及时|适时|按时|按期|尽快|尽早|逐步|逐渐|加快|抓紧|立即|即时|即刻|实时|随时|稳步|常态化|长期坚持|持续推进|适当|必要时|原则上"
)
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
    projection: Projection, start: int, end: int, year: DocumentYear, warnings: list[ReadWarning]
) -> list[Measure]:
    """All measures between two places, in order of the text. Says in ``warnings`` where a year was taken over."""
    folded = projection.folded
    taken = _Taken(start, bytearray(end - start))
    found = list(_deadlines(projection, start, end, year, taken, warnings))
    for read in (_frequencies, _ahead, _limits, _periods, _rates, _counts, _every, _bans, _vague):
        found += [item for item in read(folded, start, end) if taken.take(item.start, item.end)]
    found.sort(key=lambda item: item.start)
    return [
        Measure(
            f.kind, projection.clean(f.start, f.end), f.value, f.unit, f.comparator, projection.span(f.start, f.end)
        )
        for f in found
    ]


def _deadlines(
    projection: Projection, start: int, end: int, year: DocumentYear, taken: _Taken, warnings: list[ReadWarning]
) -> Iterator[_Found]:
    for due in deadlines_in(projection.folded, start, end, year):
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
    if pre and re.match(_AT_MOST, pre):
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
    for match in FREQUENCY.finditer(folded, start, end):
        if match["within"] and not (match["pre"] or match["post"] or match["span"]):
            continue
        if match["one"] and folded[match.start() - 1 : match.start()] in {"第", "同", "近", "这"}:
            continue
        per = _unit((match["every"] or "年").removeprefix("个"))
        if match["span"] and number_of(match["span"]) not in {1, None}:
            per = f"{match['span']}年"
        value = _value(match["n"], match["to"])
        comparator = _comparator(match)
        if comparator == "=" and re.search(_AT_LEAST, match["between"]):
            comparator = "≥"
        if value is not None:
            yield _Found(match.start(), match.end(), "recurrence", value, f"{match['unit']}/{per}", comparator)


def _every(folded: str, start: int, end: int) -> Iterator[_Found]:
    for match in EVERY.finditer(folded, start, end):
        unit = _unit(match["unit"] or match["by"])
        count = number_of(match["n"]) if match["n"] else None
        yield _Found(match.start(), match.end(), "recurrence", None, f"{count}{unit}" if count else unit, None)


def _limits(folded: str, start: int, end: int) -> Iterator[_Found]:
    for pattern in (LIMIT, LIMIT_WITHOUT_IN):
        for match in pattern.finditer(folded, start, end):
            value = _value(match["n"], match.groupdict().get("to"))
            unit = match["unit"] or match["unit2"]
            if value is None or (unit == "年" and isinstance(value, int) and value > 100):
                continue
            comparator: Comparator = "between" if isinstance(value, tuple) else "≤"
            yield _Found(match.start(), match.end(), "limit", value, _unit(unit), comparator)


def _ahead(folded: str, start: int, end: int) -> Iterator[_Found]:
    for match in AHEAD.finditer(folded, start, end):
        value = _value(match["n"], match["to"])
        if value is not None:
            yield _Found(match.start(), match.end(), "period", value, _unit(match["unit"]), _comparator(match))


def _periods(folded: str, start: int, end: int) -> Iterator[_Found]:
    for match in PERIOD.finditer(folded, start, end):
        unit = match["unit"] or match["unit2"] or match["v"] or match["w"]
        value = _value(match["n"] or match["n2"], None)
        is_year = unit == "年" and isinstance(value, int) and value > 100
        is_date = unit == "日" and folded[match.start() - 1 : match.start()] in {"月", "期"}
        if value is None or is_year or is_date:
            continue
        comparator: Comparator = "≥" if match["pre"] or "以上" in (match["post"] or "") else "="
        yield _Found(match.start(), match.end(), "period", value, _unit(unit), comparator)


def _rates(folded: str, start: int, end: int) -> Iterator[_Found]:
    for match in RATE.finditer(folded, start, end):
        if match["tenth"] and not (match["post"] or match["pre"] or match["reach"]):
            continue
        value = _value(match["n"] or match["han"], match["to"])
        if match["tenth"]:
            value = int(number_of(match["tenth"]) or 0) * 10
        if value is None:
            continue
        context = folded[max(start, match.start() - 12) : match.start()]
        kind: MeasureKind = "weight" if _WEIGHING.search(context) else "rate"
        first = (
            match.start("reach")
            if match["reach"] in {"达到", "达"}
            else match.end("reach")
            if match["reach"]
            else match.start()
        )
        yield _Found(first, match.end(), kind, value, "%", _comparator(match))


def _counts(folded: str, start: int, end: int) -> Iterator[_Found]:
    for match in COUNT.finditer(folded, start, end):
        context = folded[max(start, match.start() - 12) : match.start()]
        is_weight = match["unit"] == "分" and bool(_WEIGHING.search(context))
        bounded = bool(match["pre"] or match["post"])
        aimed = match["n"].isdigit() and re.search(rf"(?:{_TARGET})[^，。；、]{{0,4}}$", context) is not None
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
    noun = _NOUN.match(folded, at, end)
    return noun.end() if noun else at


def _bans(folded: str, start: int, end: int) -> Iterator[_Found]:
    for match in BAN.finditer(folded, start, end):
        if (
            re.match(r"(?:不得|禁止)[^的]{1,8}的(?:$|信息|事项|内容|情形)", match[0]) is None
            or folded[match.start() - 1] in "，。；"
        ):
            yield _Found(match.start(), match.end(), "ban")


def _vague(folded: str, start: int, end: int) -> Iterator[_Found]:
    for match in VAGUE.finditer(folded, start, end):
        yield _Found(match.start(), match.end(), "vague")
