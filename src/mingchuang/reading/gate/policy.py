"""Policy: cited documents; clause and record of documents on enterprises; the 7 elements of a 公示办法."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from mingchuang.norms import docnumber
from mingchuang.reading.gate.facts import Facts
from mingchuang.reading.gate.finding import Finding, Place, Source
from mingchuang.reading.gate.lists import Lists
from mingchuang.reading.gate.rules import declare

if TYPE_CHECKING:
    from mingchuang.reading.gate.signs import Signs

_NOTICE = "青政办发〔2019〕60号"
CITED_SECRET = declare(
    "policy.cited_not_public", "policy", "引用的上级文件未公开", "《政府信息公开条例》第十四条、第十七条",
    "未公开的文件不引用标题、文号和内容；确需引用的，先请制发机关确定能否公开。",
)  # fmt: skip
CITED_LAPSED = declare(
    "policy.cited_lapsed", "policy", "引用的文件已失效", "国办发〔2018〕37号（行政规范性文件有效性；依据待核）",
    "请改引现行文件；说明历史沿革的，写明已失效。",
)  # fmt: skip
CITED_UNKNOWN = declare(
    "policy.cited_unknown", "policy", "引用的文件无法核对", "本单位“可引用文件”名单",
    "请人工核对所引文件是否公开、是否有效，并补入名单。",
)  # fmt: skip
CLAUSE = declare(
    "policy.enterprise_clause", "policy", "涉企文件的公开条款", f"{_NOTICE}一（一）2",
    "请设专门章节或者条款，写明相关政府信息公开的责任主体、内容方式、完成时限。",
)  # fmt: skip
RECORD = declare(
    "policy.enterprise_record", "policy", "涉企文件听取意见的记录",
    f"{_NOTICE}一（一）2；《优化营商环境条例》（国务院令第722号）第六十二条",
    "请补登听取企业、行业协会、商会、律师协会意见的对象、时间、方式、意见和采纳情况。",
)  # fmt: skip
MEASURE = declare(
    "policy.publicity_measure", "policy", "行政执法公示办法的7项要素", f"{_NOTICE}一（三）1",
    "请补写缺少的要素。",
)  # fmt: skip

#: The 7 elements by the notice's own words, each with what may stand for it.
_ELEMENTS = {
    "责任主体": "责任主体|公示主体|公示责任|谁执法、?谁公示|负责.{0,12}公示|公示工作由",
    "公示内容": "公示内容|公示的内容|公示下列|公示以下|公示.{0,6}信息包括|应当公示",
    "公示载体": "公示载体|载体|公示平台|公示渠道|公示方式|门户网站|政府网站",
    "程序时限": r"程序时限|公示程序|公示时限|公示期限|[0-9一二三四五六七八九十]{1,3}个?(?:工作)?日内",
    "审查机制": "审查机制|审核机制|审查|审核|保密审查",
    "监督方式": "监督方式|监督|投诉|举报",
    "保障措施": "保障措施|保障|经费|培训|考核|责任追究",
}
_DAYS = "[0-9一二三四五六七八九十]{1,3}个?(?:工作)?日内"
_CLAUSE_PARTS = {
    "责任主体": "责任主体|责任单位|负责.{0,20}公开|由.{2,24}公开|公开.{0,12}由",
    "内容方式": "公开内容|内容方式|公开方式|公开.{0,10}(?:内容|渠道|方式)|通过.{2,24}公开|在.{2,24}(?:公开|公布)",
    "完成时限": f"完成时限|公开时限|每(?:年|季度?|月)|{_DAYS}.{{0,16}}(?:公开|公布)|(?:公开|公布).{{0,20}}{_DAYS}",
}
_ASKED = ("企业", "行业协会", "商会", "律师协会")
_HISTORY = re.compile("废止|失效|停止执行|不再执行|原")
_CODE_REACH = 40
_GAP = 2  # spaces that may stand before 号
_FIGURES = frozenset("0123456789")
_HEAD_OF_NUMBER = re.compile(r"[〔\[(（【］﹝〖{［]|令")


def cites(
    text: str, cited: Iterable[docnumber.FoundNumber], lists: Lists, source: Source, today: date
) -> Iterator[Finding]:
    """Numbers that the text cites, its own left out, against the list of documents; unknown ones are said once."""
    known = {one.number: one for one in lists.documents}
    unknown: dict[str, None] = {}
    for found in cited:
        number = str(found.number)
        if number not in known:
            unknown[number] = None
            continue
        place = Place("正文", span=(found.start, found.end))
        entry = known[number]
        if not entry.is_public:
            yield source.finding(CITED_SECRET, "fail", place, number, "引用的文件在名单中标为不公开。")
        around = text[max(0, found.start - 12) : found.end + 12]
        if entry.lapsed_on and entry.lapsed_on <= today and not _HISTORY.search(around):
            message = f"引用的{number}已于{entry.lapsed_on}失效。"
            yield source.finding(CITED_LAPSED, "fail", place, number, message)
    if unknown:
        said = "、".join(list(unknown)[:5]) + ("等" if len(unknown) > 5 else "")
        message = f"引用的{said}（共{len(unknown)}件）不在名单中，不能核对是否公开、是否有效。"
        yield source.finding(CITED_UNKNOWN, "not_assessable", Place("全文"), "", message)


def numbers(signs: Signs) -> Iterator[docnumber.FoundNumber]:
    """Document numbers of a text, found near each 号 and not by a pattern over everything."""
    text = signs.text
    last = 0
    for sign in signs.places("号").tolist():
        before = text[max(0, sign - 1 - _GAP) : sign]
        figures = before.rstrip()
        if figures[-1:] not in _FIGURES:
            continue
        figure, end = sign - len(before) + len(figures) - 1, sign + 1
        begin = max(last, figure - _CODE_REACH)
        window = text[begin:end]
        for found in docnumber.find(window) if _HEAD_OF_NUMBER.search(window) else ():
            if begin + found.end == end and _is_number(found):
                last = end
                yield docnumber.FoundNumber(begin + found.start, last, found.raw, found.number, found.issues)


def _is_number(found: docnumber.FoundNumber) -> bool:
    return found.number.year is not None or found.number.code.endswith("令")


def enterprise(title: str, text: str, facts: Facts, source: Source) -> Iterator[Finding]:
    """The clause on disclosure and the record of who was heard, for documents that concern enterprises."""
    looks_like_it = re.search("企业|营商环境|市场主体|涉企|民营经济|招商引资|减税降费", title) is not None
    concerned = facts.concerns_enterprises
    if concerned is False or (concerned is None and not looks_like_it):
        return
    missing = [part for part, said in _CLAUSE_PARTS.items() if not re.search(said, text)]
    if missing:
        message = f"涉企文件的公开条款缺少{'、'.join(missing)}。"
        yield source.finding(CLAUSE, "fail" if concerned else "uncertain", Place("全文"), "", message)
    if facts.asked is None:
        message = "没有听取意见的记录可供核对。"
        yield source.finding(RECORD, "not_assessable", Place("全文"), "", message)
        return
    unheard = [kind for kind in _ASKED if kind not in facts.asked]
    if unheard:
        message = f"没有听取{'、'.join(unheard)}意见的记录。"
        yield source.finding(RECORD, "fail", Place("全文"), "", message)


def publicity_measure(title: str, text: str, source: Source) -> Iterator[Finding]:
    """The elements that a 行政执法公示办法 lacks."""
    if not re.search("执法.{0,8}公示.{0,6}(?:办法|制度|规定|细则)", title) or title.endswith("的通报"):
        return
    for element, said in _ELEMENTS.items():
        if not re.search(said, text):
            message = f"公示办法没有写明“{element}”。"
            yield source.finding(MEASURE, "fail", Place("全文"), "", message)
