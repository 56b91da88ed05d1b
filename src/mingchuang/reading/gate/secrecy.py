"""Marks of secrets and of internal material. The words in running text (保守国家秘密) are none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from mingchuang.reading.gate import unseen
from mingchuang.reading.gate.finding import Finding, Place, Result, Source
from mingchuang.reading.gate.rules import Rule, declare

MARK = declare(
    "secrecy.mark",
    "secrecy",
    "国家秘密标志",
    "《保守国家秘密法》第十四条、第二十二条；GB/T 9704-2012 7.2.2；《政府信息公开条例》第十四条",
    "涉密文件不得上传、不得公开：请立即停止流转并报告保密工作机构；已经解密的，去掉标志并附解密依据。",
)
INTERNAL = declare(
    "secrecy.internal",
    "secrecy",
    "内部资料标志",
    "《政府信息公开条例》第十六条、第十七条；《保守国家秘密法实施条例》第七十三条（工作秘密）",
    "请报保密审查人员确认能否公开；确认可以公开的，去掉标志后再发布。",
)
WITHHELD = declare(
    "secrecy.withheld",
    "secrecy",
    "文件自己写明不公开",
    "《政府信息公开条例》第十七条；国办发〔2016〕80号一（一）（公文拟制时明确公开属性）",
    "请核对公开属性；属性已依法变更的，先改文件上的标注。",
)

#: What the automaton looks for; each hit is judged on its line.
ANCHORS: Final = (
    "绝密",
    "机密",
    "秘密",
    "内部",
    "不得外传",
    "严禁外传",
    "请勿外传",
    "注意保密",
    "不予公开",
    "不公开",
    "依申请公开",
)
_LEVEL = "(?:绝密|机密|秘密)级?"
_TERM = "(?:长期|[0-9一二三四五六七八九十]{1,3}(?:年|个?月)|启封|公开前|解密前)"
_STAR = f"[{unseen.STARS}]"
_STARRED = re.compile(rf"{_LEVEL}{_STAR}{_TERM}?|^{_STAR}{_LEVEL}{_TERM}?$")
_ALONE = re.compile(
    rf"(?:[0-9]{{6}})?(?:密级(?:和保密期限)?:?)?[(\[【〔]?(?P<mark>{_LEVEL}(?:{_STAR}?{_TERM})?)[)\]】〕]?(?:特急|加急|急件|平急)?"
)
_LABELLED = re.compile(rf"(?:密级|保密等级|涉密等级)(?:和保密期限)?[:为是]{{1,2}}(?P<mark>{_LEVEL})")
_TITLE_END = re.compile(rf"[(\[【〔](?P<mark>{_LEVEL})[)\]】〕]$")
_INTERNAL = "内部(?:资料|文件|材料|参考|参阅|刊物|使用|传阅|掌握|情况|明电)"
_INTERNAL_ALONE = re.compile(
    rf"[(\[【〔★]?(?P<mark>(?:(?:仅供|供)?{_INTERNAL})(?:[,、;!]?(?:注意保[存密]|妥善保管|不得外传|严禁外传|请勿外传|严禁翻印|禁止公开|不得公开|仅供参考|注意回收|阅后收回))*)[)\]】〕★!]?"
)
_INTERNAL_WARNED = re.compile(
    rf"{_INTERNAL}[^。;\n]{{0,6}}(?:注意保[存密]|妥善保管|不得外传|严禁外传|请勿外传|严禁翻印|禁止公开|不得公开|阅后收回)|[(\[【〔]{_INTERNAL}[)\]】〕]"
)
_INTERNAL_IN_TEXT = re.compile("内部(?:资料|文件)(?!性出版物|管理|审计|控制)")
_WITHHELD = re.compile(
    r"[(\[【〔](?:此件|本件|本文件)(?P<mark>不予公开|不公开|依申请公开)[^)\]】〕\n]{0,8}[)\]】〕]|(?:公开属性|公开方式|公开类型|信息公开选项|公开选项):(?P<field>不予公开|不公开|依申请公开)"
)
_LONGEST_LINE = 120  # a mark stands on a short line, a warning near its word
_LINE_EDGES = "\n\t"
_LINE_EDGE = re.compile(f"[{_LINE_EDGES}]")


def findings(text: str, folded: str, at: int, span: tuple[int, int], source: Source) -> Iterator[Finding]:
    """Judge one anchor at ``at`` of the folded text; ``span`` is its place in ``text``.

    The line is taken from the text as it was laid out: folding may have joined a mark with the title below it.
    """
    start, stop = max(0, span[0] - _LONGEST_LINE), span[1] + _LONGEST_LINE
    before, after = text[start : span[0]], text[span[1] : stop]
    edge = max(before.rfind(sign) for sign in _LINE_EDGES)
    line = _line(before[edge + 1 :] + text[slice(*span)] + _LINE_EDGE.split(after, maxsplit=1)[0])
    around = folded[max(0, at - 30) : at + 30]
    judged = _judged(line, _line(text[slice(*span)]), around)
    if judged:
        rule, result, message = judged
        yield source.finding(rule, result, Place("正文", span=span), text[slice(*span)], message)


def _line(line: str) -> str:
    """One line without white space and unseen characters, in half width."""
    return "".join(unseen.without(line).split())


_Verdict = tuple[Rule, Result, str]


def _judged(line: str, anchor: str, around: str) -> _Verdict | None:
    """What a line means that holds the anchor; ``around`` is the folded text, where lines of a PDF are joined."""
    if any(level in anchor for level in ("绝密", "机密", "秘密")):
        return _secret(line, around)
    if anchor.endswith("公开"):
        match = _WITHHELD.search(line)
        said = match and (match["mark"] or match["field"])
        return (WITHHELD, "fail", f"文件标注“{said}”。") if said else None
    return _internal(line, around)


def _secret(line: str, around: str) -> _Verdict | None:
    for pattern in (_STARRED, _LABELLED, _TITLE_END):
        if pattern.search(line) or (pattern is _STARRED and pattern.search(around)):
            return MARK, "fail", "文件带有国家秘密标志。"
    return (MARK, "fail", "文件带有国家秘密标志。") if _ALONE.fullmatch(line) else None


def _internal(line: str, around: str) -> _Verdict | None:
    if _INTERNAL_ALONE.fullmatch(line) or _INTERNAL_WARNED.search(line) or _INTERNAL_WARNED.search(around):
        return INTERNAL, "fail", "文件带有内部资料标志。"
    if _INTERNAL_IN_TEXT.search(line) or _FORBIDS_SPREAD.fullmatch(line):
        return INTERNAL, "uncertain", "文中提到内部资料，请确认不是标志。"
    return None


_FORBIDS_SPREAD = re.compile(r"[(\[【〔★]?(?:不得外传|严禁外传|请勿外传|注意保密)[)\]】〕★!。]?")
