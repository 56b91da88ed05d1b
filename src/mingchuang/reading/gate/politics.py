"""What is politically delicate. The gate only points: every hit is 疑似, and a person decides."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from datetime import date

from mingchuang.reading.gate.finding import Finding, Place, Source
from mingchuang.reading.gate.lists import Leader, Lists, SensitiveWord, Term, normal_map_number
from mingchuang.reading.gate.rules import declare

_ASK = "请由审核人对照原件和上级口径判断，并写明结论。"
SENSITIVE = declare("politics.sensitive", "politics", "敏感词", "本单位敏感词表（客户维护）", _ASK)
LEADER = declare(
    "politics.leader", "politics", "领导人姓名、职务、排序", "本单位领导人名册（客户维护，带任职起止）", _ASK
)
TERM = declare(
    "politics.term", "politics", "港澳台、民族、宗教用语", "本单位用语表（客户维护）",
    "请改用规范表述；不清楚的，请向维护用语表的政务公开办询问。",
)  # fmt: skip
MEETING = declare("politics.meeting", "politics", "会议名称和届次", "本单位会议名称表（客户维护）", _ASK)
MAP_NUMBER = declare(
    "politics.map_number", "politics", "地图审图号", "《地图管理条例》（国务院令第664号）第十五条、第二十二条",
    "公开的地图应有有效的审图号：请与审批文件核对。",
)  # fmt: skip
LISTS = declare(
    "politics.lists", "politics", "政治类名单", "青政办发〔2019〕60号二（七）（把好政治关）；本单位名单",
    "请由政务公开办或者管理员导入名单；导入以前，政治内容全部由人工审核。",
)  # fmt: skip

_ORDINAL = re.compile("第[0-9一二三四五六七八九十百]{1,5}(?=[届次])")
_MAP = re.compile(
    r"审图号[:：]?\s*(?P<number>[\u4e00-\u9fa5A-Z]{1,5}\s*[（(〔\[]\s*[0-9]{4}\s*[)）〕\]]\s*第?\s*[0-9]{1,6}\s*号?)?"
)
_TITLES = {
    "sensitive": "敏感词",
    "leaders": "领导人名册",
    "terms": "港澳台、民族、宗教用语",
    "meetings": "会议名称和届次",
}
_NEAR_NAMES = 6


def word(text: str, meaning: SensitiveWord | Term, span: tuple[int, int], source: Source) -> Finding:
    """A word of the customer's lists; neither it nor what the list says of it is repeated in the finding."""
    place = Place("正文", span=span)
    if isinstance(meaning, SensitiveWord):
        return source.finding(SENSITIVE, "uncertain", place, text[slice(*span)], "疑似敏感词。", advice=_ASK)
    return source.finding(TERM, "uncertain", place, text[slice(*span)], f"疑似不规范的{meaning.field}用语。")


def leaders(
    text: str, named: list[tuple[Leader, tuple[int, int]]], lists: Lists, source: Source, today: date
) -> Iterator[Finding]:
    """Names of the roster: with a post that is not theirs today, or in another order than the roster's."""
    on_duty = [one for one in lists.leaders if one.holds_on(today)]
    posts = sorted({one.post for one in lists.leaders}, key=len, reverse=True)
    order = {one.name: one.order for one in sorted(on_duty, key=lambda one: -one.order)}
    named = sorted(named, key=lambda one: one[1])
    for leader, span in named:
        before = "".join(text[max(0, span[0] - 30) : span[0]].split())
        post = next((post for post in posts if before.endswith(post)), None)
        holds = {one.post for one in on_duty if one.name == leader.name}
        if post and post not in holds:
            message = f"疑似职务与名册不符：{leader.name}在{today}不任“{post}”。"
            yield source.finding(LEADER, "uncertain", Place("正文", span=span), text[slice(*span)], message)
    for (first, span), (second, following) in itertools.pairwise(named):
        between = text[span[1] : following[0]]
        is_row = "、" in between and len(between) <= _NEAR_NAMES + 24 and not re.search("[。；;\n]", between)
        if is_row and order.get(first.name, 0) > order.get(second.name, 10**6):
            message = f"疑似排序与名册不符：{second.name}应在{first.name}之前。"
            yield source.finding(LEADER, "uncertain", Place("正文", span=(span[0], following[1])), between, message)


def meetings(folded: str, lists: Lists) -> Iterator[tuple[int, int, str]]:
    """Names of meetings with other ordinals than the list's: ``[start, end)`` in the folded text and the sentence."""
    known = {meeting.name for meeting in lists.meetings}
    seen: set[tuple[int, int]] = set()
    for shape in {_ORDINAL.sub("第\0", name) for name in known}:
        anchor = max(shape.split("第\0"), key=len)
        pattern = re.compile("第[0-9一二三四五六七八九十百]{1,5}".join(re.escape(part) for part in shape.split("第\0")))
        if anchor not in folded:
            continue
        for match in pattern.finditer(folded):
            if match.group() not in known and match.span() not in seen:
                seen.add(match.span())
                yield match.start(), match.end(), f"疑似届次有误：“{match.group()}”不在会议名称表中。"


def map_numbers(text: str, lists: Lists, source: Source) -> Iterator[Finding]:
    """审图号 in the text: malformed, not in the list, or (without a list) not to be judged."""
    known = {one.number for one in lists.map_numbers}
    at = text.find("审图号")
    is_told = False
    while at >= 0:
        match = _MAP.match(text, at)
        number = normal_map_number(match["number"]) if match and match["number"] else None
        if match and number and not known and not is_told:
            is_told = True
            place = Place("正文", span=match.span())
            yield source.finding(MAP_NUMBER, "not_assessable", place, number, "没有审图号名单，不能核对文中的审图号。")
        elif match and number and known and number not in known:
            place = Place("正文", span=match.span())
            yield source.finding(MAP_NUMBER, "uncertain", place, number, f"审图号“{number}”不在名单中。")
        at = text.find("审图号", at + 3)


def missing_lists(lists: Lists, source: Source) -> Iterator[Finding]:
    """The lists that were not imported, said once for the whole file."""
    missing = [title for slot, title in _TITLES.items() if not getattr(lists, slot)]
    if missing:
        message = f"没有导入{'、'.join(missing)}，这些内容没有检查。"
        yield source.finding(LISTS, "not_assessable", Place("全文"), "", message)
