"""行政规范性文件: how such a document was made (国办发〔2018〕37号、115号), and what its days and counts must prove."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace
from typing import cast

from mingchuang.norms.outcome import Issue
from mingchuang.records import fields, reckoning
from mingchuang.records.kind import Field, SubmitCheck
from mingchuang.records.kinds.policy.models import Conclusion, FairCompetition, PolicyDocument
from mingchuang.records.models import Content, Revision

MAKING = "国办发〔2018〕37号"
REVIEW = "国办发〔2018〕115号"
BUSINESS = "《优化营商环境条例》第六十二条"
COMPETITION = "《优化营商环境条例》第六十三条"
_REGISTER = re.compile(r"[A-Z]{2,6}-\d{4}-\d{5}")
#: Words in a title that make a document a trial, which holds for a shorter time.
_TRIAL = ("暂行", "试行")

_FIELDS: tuple[Field, ...] = (
    fields.yes_no(
        "normative", "是否行政规范性文件", statute=MAKING, hint="选“是”的，填写下面的“制定过程”；其他文件留空"
    ),
    Field("register_number", "统一登记号", "line", statute=MAKING, max_length=40, hint="统一登记、统一编号、统一印发"),
    Field("drafted_by", "起草单位", "line", statute=MAKING, max_length=200),
    fields.yes_no(
        "business", "是否涉企", statute=BUSINESS,
        hint="与市场主体生产经营活动密切相关的选“是”，并填写“涉企听取意见记录”",
    ),
    Field("comment_from", "征求意见开始日期", "date", statute=MAKING),
    Field("comment_to", "征求意见截止日期", "date", statute=MAKING),
    Field("comment_address", "征求意见网址", "line", statute=MAKING, max_length=300),
    Field("comments", "收到意见数", "integer", statute=MAKING, unit="条"),
    Field("comments_adopted", "采纳意见数", "integer", statute=MAKING, unit="条"),
    Field("fair_competition", "公平竞争审查", "choice", statute=COMPETITION, choices=tuple(FairCompetition.choices)),
    Field("review_from", "合法性审核送审日期", "date", statute=REVIEW),
    Field("review_to", "合法性审核完成日期", "date", statute=REVIEW),
    Field("review_conclusion", "合法性审核结论", "choice", statute=REVIEW, choices=tuple(Conclusion.choices)),
    Field("review_organ", "合法性审核机构", "line", statute=REVIEW, max_length=200),
    fields.yes_no("review_urgent", "是否紧急审核", statute=REVIEW, hint="紧急情况的审核时间不受最短、最长天数限制"),
    Field("meeting", "集体审议会议", "line", statute=MAKING, max_length=200),
    Field("meeting_on", "集体审议日期", "date", statute=MAKING),
    Field("issued_on", "印发日期", "date", statute=MAKING),
    Field("gazette_on", "公报刊登日期", "date", statute=MAKING, hint="公布以后才刊登的，更正时补填"),
    Field("filed_on", "备案日期", "date", statute=MAKING, hint="公布以后才备案的，更正时补填"),
)  # fmt: skip
#: What is asked of every document; the rest stands folded: few documents are 规范性文件.
_ASKED_OF_ALL = ("normative", "business")
FIELDS = tuple(field if field.name in _ASKED_OF_ALL else replace(field, fold="制定过程") for field in _FIELDS)
_LABELS = {field.name: field.label for field in FIELDS}
_MADE = tuple(field for field in FIELDS if field.fold)


def _is_normative(content: Content) -> bool:
    return cast(PolicyDocument, content).normative == "yes"


def check_answered(revision: Revision, content: Content) -> list[Issue]:
    """How a document was made is told of 规范性文件 only."""
    document = cast(PolicyDocument, content)
    told = [field.label for field in _MADE if getattr(document, field.name) not in ("", None)]
    if document.normative == "yes" or not told:
        return []
    message = f"填写了“{told[0]}”等制定过程，“是否行政规范性文件”却没有选“是”，请核对。"
    return [Issue("policy.normative", message, field="normative", severity="warning", rule=MAKING)]


def check_order(revision: Revision, content: Content) -> list[Issue]:
    """Review before the meeting, the meeting before the issue (115号); comments are gathered before the review."""
    document = cast(PolicyDocument, content)
    if not _is_normative(content):
        return []
    named = {field.name: (field.name, field.label, getattr(document, field.name)) for field in FIELDS}
    steps = [named[name] for name in ("review_from", "review_to", "meeting_on", "issued_on")]
    issues = reckoning.after_each_other("policy.order", steps, rule=REVIEW)
    asked = [named["comment_from"], named["comment_to"]]
    issues += reckoning.after_each_other("policy.order", asked, rule=MAKING)
    before = [named["comment_to"], named["review_from"]]
    issues += reckoning.after_each_other("policy.order", before, rule=REVIEW, severity="warning")
    for later in ("gazette_on", "filed_on"):
        since = [named["issued_on"], named[later]]
        issues += reckoning.after_each_other("policy.order", since, rule=MAKING)
    return issues


def check_review(revision: Revision, content: Content) -> list[Issue]:
    """Without a review that found it lawful no document goes to the meeting; the review takes its 5 to 15 days."""
    document = cast(PolicyDocument, content)
    if (
        not _is_normative(content)
        or reckoning.in_force("document.legality_review", revision.formed_on, revision) is None
    ):
        return []
    issues = []
    if document.review_conclusion != Conclusion.LAWFUL:
        told = document.get_review_conclusion_display()
        said = f"合法性审核结论为“{told}”" if told else "没有合法性审核结论"
        message = f"{said}：未经合法性审核或者审核不合法的，不得提交集体审议，也不能公布。"
        issues.append(Issue("policy.review", message, field="review_conclusion", rule=REVIEW))
    for name in ("review_from", "review_to", "review_organ", "meeting", "meeting_on", "drafted_by"):
        if getattr(document, name) in ("", None):
            message = f"规范性文件没有填写“{_LABELS[name]}”，台账将不完整。"
            issues.append(Issue("policy.ledger", message, field=name, severity="warning", rule=MAKING))
    return issues + _review_days(revision, document)


def _review_days(revision: Revision, document: PolicyDocument) -> list[Issue]:
    days = reckoning.days("document.legality_review", document.review_from, revision)
    finished = document.review_to
    if days is None or finished is None or document.review_urgent == "yes":
        return []
    limit = days.in_force.text
    if finished < days.day:
        message = f"合法性审核{finished}完成，不足最短时间（{limit}，至少到{days.day}）；确属紧急的请注明。"
    elif days.also and finished > days.also:
        message = f"合法性审核{finished}完成，超过最长时间（{limit}，至迟{days.also}）。"
    else:
        return []
    return [Issue("policy.review_days", message, field="review_to", severity="warning", rule=REVIEW)]


def check_comments(revision: Revision, content: Content) -> list[Issue]:
    """Counts that can be; documents for business were put out for comment long enough, and reviewed for competition."""
    document = cast(PolicyDocument, content)
    if not _is_normative(content):
        return []
    issues = []
    received, adopted = document.comments, document.comments_adopted
    for name, count in (("comments", received), ("comments_adopted", adopted)):
        if count is not None and count < 0:
            issues.append(Issue("policy.counts", "意见数不能是负数，请更正。", field=name, rule=MAKING))
    if adopted is not None and adopted > (received or 0):
        message = f"采纳意见{adopted}条，多于收到意见{received or 0}条，请更正。"
        issues.append(Issue("policy.counts", message, field="comments_adopted", rule=MAKING))
    if document.business == "yes":
        issues += _business(revision, document)
    return issues


def _business(revision: Revision, document: PolicyDocument) -> list[Issue]:
    issues = []
    if document.comment_from is None or document.comment_to is None:
        message = "涉企文件应当向社会公开征求意见，请填写开始和截止日期；依法保密的除外。"
        issues.append(Issue("policy.comment", message, field="comment_from", severity="warning", rule=BUSINESS))
    least = reckoning.days("business.comment", document.comment_from, revision)
    if least is not None and document.comment_to and document.comment_to < least.day:
        message = f"征求意见到{document.comment_to}截止，一般{least.in_force.text}，应到{least.day}。"
        issues.append(Issue("policy.comment_days", message, field="comment_to", severity="warning", rule=BUSINESS))
    owed = reckoning.in_force("document.fair_competition", revision.formed_on, revision)
    if owed is not None and document.fair_competition in ("", FairCompetition.NOT_CONCERNED):
        message = "涉企文件应当进行公平竞争审查，请填写审查结论。"
        issues.append(Issue("policy.competition", message, field="fair_competition", rule=COMPETITION))
    return issues


def check_register(revision: Revision, content: Content) -> list[Issue]:
    """统一登记号: a code of letters, the year, five digits (PJDR-2020-01004), of the year of the document."""
    number = cast(PolicyDocument, content).register_number
    if not _is_normative(content):
        return []
    if not number:
        message = "规范性文件没有统一登记号，请向登记机关取号后填写。"
    elif not _REGISTER.fullmatch(number):
        message = f"统一登记号“{number}”的写法与常见形式（如 PJDR-2020-01004）不同，请核对。"
    elif revision.formed_on and number.split("-")[1] != str(revision.formed_on.year):
        message = f"统一登记号是{number.split('-')[1]}年的，成文日期却在{revision.formed_on.year}年，请核对。"
    else:
        return []
    return [Issue("policy.register", message, field="register_number", severity="warning", rule=MAKING)]


def check_validity(revision: Revision, content: Content) -> list[Issue]:
    """It holds for a stated time, 5 years at most or 2 on trial; takes effect some time after it; is filed in time."""
    document = cast(PolicyDocument, content)
    known = document.issued_on or revision.formed_on
    if not _is_normative(content) or known is None:
        return []
    return [*_length(revision, document, document.effective_on or known), *_afterwards(revision, document, known)]


def _length(revision: Revision, document: PolicyDocument, start: datetime.date) -> list[Issue]:
    trial = any(word in revision.title for word in _TRIAL)
    rule = reckoning.in_force("document.validity.trial" if trial else "document.validity", start, revision)
    if rule is None:
        return []
    basis = rule.strictest.cite
    if document.expires_on is None:
        message = f"没有写明有效期；{rule.rule.title}{rule.text}。"
        return [Issue("policy.validity", message, field="expires_on", severity="warning", rule=basis)]
    latest = reckoning.years_later(start, rule.value)
    if document.expires_on <= latest:
        return []
    message = f"有效期自{start}到{document.expires_on}，{rule.rule.title}{rule.text}，应当不晚于{latest}。"
    return [Issue("policy.validity", message, field="expires_on", severity="warning", rule=basis)]


def _afterwards(revision: Revision, document: PolicyDocument, known: datetime.date) -> list[Issue]:
    issues = []
    effect = reckoning.days("document.effective", known, revision)
    if effect is not None and document.effective_on and document.effective_on < effect.day:
        message = f"施行日期{document.effective_on}距公布不足{effect.in_force.strictest.value}日；需要立即施行的除外。"
        basis = effect.in_force.strictest.cite
        issues.append(Issue("policy.effect", message, field="effective_on", severity="remark", rule=basis))
    filing = reckoning.days("document.filing", known, revision)
    if filing is not None and document.filed_on and document.filed_on > filing.day:
        message = f"备案日期{document.filed_on}超过公布后{filing.in_force.text}（{filing.day}）。"
        basis = filing.in_force.strictest.cite
        issues.append(Issue("policy.filing", message, field="filed_on", severity="warning", rule=basis))
    return issues


CHECKS: tuple[SubmitCheck, ...] = (
    check_answered,
    check_order,
    check_review,
    check_comments,
    check_register,
    check_validity,
)
