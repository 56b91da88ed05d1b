"""Form of an official document: number, date, addressees, title, numbering (GB/T 9704-2012)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from mingchuang.norms import docnumber
from mingchuang.reading.gate.finding import Finding, Place, Result, Source
from mingchuang.reading.gate.rules import declare
from mingchuang.reading.gate.signs import Signs, marked

_GB = "GB/T 9704-2012《党政机关公文格式》"
NUMBER = declare("form.number", "form", "发文字号", f"{_GB} 7.2.5", "年份用六角括号“〔〕”括入，不加“第”，不编虚位。")
DATE = declare("form.date", "form", "成文日期", f"{_GB} 7.3.5.4", "用阿拉伯数字标全年、月、日，月、日不编虚位。")
ADDRESSEES = declare("form.addressees", "form", "主送机关", f"{_GB} 7.3.2", "顶格书写，末尾用全角冒号。")
TITLE = declare(
    "form.title",
    "form",
    "标题",
    f"{_GB} 7.3.1；《党政机关公文处理工作条例》第九条（依据待核）",
    "标题由发文机关名称、事由和文种组成，除书名号外一般不用标点。",
)
LEVELS = declare("form.levels", "form", "结构层次序数", f"{_GB} 7.3.3", "层次序数依次用“一、”“（一）”“1.”“（1）”。")
ELEMENTS = declare(
    "form.elements",
    "form",
    "公文要素",
    f"{_GB} 第7章；《党政机关公文处理工作条例》第九条（依据待核）",
    "请补全；该要素由系统另行登记的，可以确认。",
)

_KINDS = "决议|决定|命令|令|公报|公告|通告|意见|通知|通报|报告|请示|批复|议案|函|纪要"
_TITLE = re.compile(
    rf"关于[^。；：]{{2,120}}的?(?:{_KINDS})$|关于印发.{{2,120}}的通知$|(?:办法|规定|细则|方案|要点|制度)(?:（[^）]*）)?$"
)
_LETTER = re.compile(rf"(?:{_KINDS})$")
_DATE = re.compile(r"(?P<year>[0-9]{4})年(?P<month>[0-9]{1,2})月(?P<day>[0-9]{1,2})日")
_SP = r"[ \u3000]*"
_DATE_LINE = re.compile(
    rf"(?P<date>[0-9]{{4}}{_SP}(?:年{_SP}[0-9]{{1,2}}{_SP}月{_SP}[0-9]{{1,2}}{_SP}日"
    r"|[-./][0-9]{1,2}[-./][0-9]{1,2})"
    r"|[一二][〇○零OoＯ0一二三四五六七八九]{3}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日)"
    rf"{_SP}(?=\r?\n|$)"
)
_FIRST_OF_DATE = frozenset("0123456789一二")
_ADDRESSED = re.compile(
    r"^[^。；：:]{2,200}(?:政府|办事处|农林场|单位|部门|机构|委员会|局|企业|学校|公司|医院|街道|乡镇|各镇|各乡|高校)(?:（[^）]*）)?(?P<mark>[：:，,]?)$"
)
_HAN_NUMBER = "[一二三四五六七八九十]{1,3}"
_NUMBERS = "（(0123456789一二三四五六七八九十"
_NUMBERING, _INDENT = marked(_NUMBERS), marked(" \u3000")
_INDENTED = re.compile(rf"{_SP}(?=[{_NUMBERS}])")
#: What a chapter or a level in a poor form begins with.
_LEVEL = re.compile(
    rf"{_HAN_NUMBER}[.．,，:：、]|[（(](?:{_HAN_NUMBER}|[0-9]{{1,2}})[)）][、，,.．]"
    rf"|\((?:{_HAN_NUMBER}|[0-9]{{1,2}})\)|[0-9]{{1,2}}[、，,]"
)
_POOR_LEVELS = (
    (re.compile(rf"{_HAN_NUMBER}[.．,，:：](?=\S)"), "一级序数后应为顿号：“一、”"),
    (re.compile(rf"[（(]{_HAN_NUMBER}[)）][、，,.．]"), "二级序数后不加标点：“（一）”"),
    (re.compile(rf"\({_HAN_NUMBER}\)"), "二级序数用全角括号：“（一）”"),
    (re.compile(r"[0-9]{1,2}[、，,](?=[\u4e00-\u9fa5])"), "三级序数后用下脚点：“1.”"),
    (re.compile(r"[（(][0-9]{1,2}[)）][、，,.．]"), "四级序数后不加标点：“（1）”"),
    (re.compile(r"\([0-9]{1,2}\)(?=[\u4e00-\u9fa5])"), "四级序数用全角括号：“（1）”"),
)
_CHAPTER = re.compile(rf"(?P<number>{_HAN_NUMBER})、(?=[\u4e00-\u9fa5])")
_NUMBER_LINE = re.compile(r"^\S{2,16}?[〔\[\(（【].{0,14}号$|^[\u4e00-\u9fa5]{2,12}(?:19|20)[0-9]{2}[-0-9]{1,6}号$")
_HEAD_LINES, _TITLE_LINES = 30, 4
_MOST = 20


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Head:
    """What the gate takes from the top of a document: its title (may be empty) and own number."""

    title: str
    number: str | None
    lines: tuple[_Line, ...]
    title_at: tuple[int, int] | None


def head(text: str) -> Head:
    """The title and number among the first lines; a title may run over several of them."""
    lines = tuple(_lines(text, 0, _HEAD_LINES))
    number = next((str(found) for line in lines if (found := docnumber.normalise(line.text))), None)
    for at in range(len(lines)):
        joined = ""
        for upto in range(at, min(len(lines), at + _TITLE_LINES)):
            joined += lines[upto].text
            begins_well = re.search("关于|印发", lines[at].text) or at == upto
            if _TITLE.search(joined) and begins_well and len(joined) <= 150 and not re.search("[。；：]", joined):
                return Head(joined, number, lines, (lines[at].start, lines[upto].end))
    return Head("", number, lines, None)


def findings(
    signs: Signs, top: Head, numbers: Sequence[docnumber.FoundNumber], source: Source, today: date
) -> Iterator[Finding]:
    """Faults of form; ``numbers`` are all document numbers of the text.

    A text without a title of an official document is judged by its numbering and numbers alone.
    """
    text = signs.text
    heads = _line_heads(signs)
    yield from _levels(text, heads, source)
    yield from _numbers(numbers, top, source)
    if not top.title or top.title_at is None:
        return
    yield from _title(top, source)
    addressed, of_addressees = _addressees(top, source)
    dated, of_date = _date(text, heads, source, today)
    yield from of_addressees + of_date
    is_letter = _LETTER.search(top.title) is not None
    if is_letter and (top.number or addressed):
        absent = {
            "发文字号": top.number or _has_number(top),
            "主送机关": addressed or _is_general(top.title),
            "成文日期": dated,
        }
        missing = [name for name, there in absent.items() if not there]
        if missing:
            message = f"没有找到{'、'.join(missing)}。"
            yield source.finding(ELEMENTS, "uncertain", Place("全文"), "", message)


def _lines(text: str, start: int, most: int) -> Iterator[_Line]:
    """The first non-empty lines from ``start`` on, without white space."""
    count = 0
    while count < most and start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        said = "".join(text[start : min(end, start + 600)].split())
        if said:
            count += 1
            yield _Line(said, start, end)
        start = end + 1


def _is_general(title: str) -> bool:
    """Announcements to everybody and reports to meetings name no addressees."""
    return re.search("(?:公告|通告|公报|决议|决定|命令|令|意见|纪要)$", title) is not None


def _has_number(top: Head) -> bool:
    return any(_NUMBER_LINE.match(line.text) for line in top.lines)


def _title(top: Head, source: Source) -> Iterator[Finding]:
    match = re.search("[，。；！？,;!?]", top.title)
    if match and top.title_at:
        place = Place("标题", span=top.title_at)
        yield source.finding(TITLE, "uncertain", place, top.title, f"标题中有标点“{match.group()}”。")


def _addressees(top: Head, source: Source) -> tuple[bool, list[Finding]]:
    """Whether a line below the title names addressees, and what is wrong with it."""
    end = top.title_at[1] if top.title_at else 0
    for line in [line for line in top.lines if line.start >= end][:6]:
        match = _ADDRESSED.match(line.text)
        if not match or (not match["mark"] and len(line.text) > 60):
            continue
        if match["mark"] == "：":
            return True, []
        place = Place("主送机关", span=(line.start, line.end))
        message = "主送机关末尾没有用全角冒号“：”。"
        return True, [source.finding(ADDRESSEES, "fail", place, line.text, message)]
    return False, []


def _date(text: str, heads: Sequence[int], source: Source, today: date) -> tuple[bool, list[Finding]]:
    """Whether a line of its own is the date of signature (the last such line counts), and what is wrong with it."""
    lines = (match for at in reversed(heads) if text[at] in _FIRST_OF_DATE and (match := _DATE_LINE.match(text, at)))
    line = next(lines, None)
    if line is None or not line.start():
        return False, []
    place = Place("成文日期", span=line.span("date"))
    said = "".join(line["date"].split())
    match = _DATE.fullmatch(said)
    if match:
        wrong = _wrong_date(match, today)
        return True, [source.finding(DATE, wrong[0], place, said, wrong[1])] if wrong else []
    return True, [source.finding(DATE, "fail", place, said, "成文日期没有写成“2026年3月1日”的样式。")]


def _wrong_date(match: re.Match[str], today: date) -> tuple[Result, str] | None:
    try:
        day = date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return "fail", f"成文日期“{match.group()}”不存在。"
    if match["month"].startswith("0") or match["day"].startswith("0"):
        return "fail", "成文日期的月、日编了虚位（0）。"
    if day > today:
        return "uncertain", f"成文日期{day}在{today}之后。"
    return None


def _levels(text: str, heads: Sequence[int], source: Source) -> Iterator[Finding]:
    """Numbers of levels in a poor form, and chapters that skip or repeat a number."""
    told = 0
    before = 0
    for at in heads:
        if not _LEVEL.match(text, at):
            continue
        match = _CHAPTER.match(text, at)
        if match:
            number = _value(match["number"])
            if before and number not in {1, before + 1}:
                place = Place("层次序数", span=match.span("number"))
                message = f"“{match['number']}、”前面的一级序数是第{before}个，序号不连续。"
                yield source.finding(LEVELS, "uncertain", place, match["number"], message)
            before = number
            continue
        poor = next(((m, what) for pattern, what in _POOR_LEVELS if (m := pattern.match(text, at))), None)
        if poor and told < _MOST:
            told += 1
            place = Place("层次序数", span=poor[0].span())
            yield source.finding(LEVELS, "uncertain", place, poor[0].group(), f"{poor[1]}。")


def _line_heads(signs: Signs) -> list[int]:
    """Where lines begin that may begin with a number, white space before it left out."""
    starts = signs.places("\n") + 1
    heads: list[int] = signs.followed(starts, _NUMBERING, 0).tolist()
    for start in signs.followed(starts, _INDENT, 0).tolist():
        match = _INDENTED.match(signs.text, start)
        if match:
            heads.append(match.end())
    if signs.text.startswith(tuple(_NUMBERS)):
        heads.append(0)
    return sorted(heads)


def _value(numeral: str) -> int:
    """一 … 九十九; 0 for what is none."""
    tens, ten, ones = numeral.rpartition("十")
    if ten:
        return _DIGITS.find(tens or "一") * 10 + (_DIGITS.find(ones) if ones else 0)
    return _DIGITS.find(numeral) if len(numeral) == 1 else 0


_DIGITS = "〇一二三四五六七八九"


def _numbers(numbers: Sequence[docnumber.FoundNumber], top: Head, source: Source) -> Iterator[Finding]:
    """The document's own number in a wrong form fails; a cited one is to be looked at."""
    own_end = top.title_at[0] if top.title_at else 0
    told = 0
    for found in numbers:
        place = Place("发文字号" if found.end <= own_end else "正文", span=(found.start, found.end))
        for issue in found.issues:
            told += 1
            if told <= _MOST:
                result: Result = "fail" if found.end <= own_end else "uncertain"
                yield source.finding(NUMBER, result, place, found.raw, issue.message)
    for line in top.lines:
        if line.start < own_end and docnumber.normalise(line.text) is None and _NUMBER_LINE.match(line.text):
            place = Place("发文字号", span=(line.start, line.end))
            for issue in docnumber.check(line.text):
                yield source.finding(NUMBER, "fail", place, line.text, issue.message)
