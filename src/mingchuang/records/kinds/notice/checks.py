"""A posting has its days, long enough by what it says itself, and somebody who hears objections."""

from __future__ import annotations

from typing import cast

from mingchuang.core import now
from mingchuang.norms.outcome import Issue
from mingchuang.records import reckoning
from mingchuang.records.kind import SubmitCheck
from mingchuang.records.kinds.notice.models import Category, Counting, PublicNotice
from mingchuang.records.models import Content, Revision

_LAW = "《政府信息公开条例》第十九条"
_PERIOD = "《民法典》第二百零一条、第二百零三条"


def check_period(revision: Revision, content: Content) -> list[Issue]:
    """Both ends of the time, in their order, and not over before anybody could see it."""
    notice = cast(PublicNotice, content)
    ends = (("posted_from", "公示期开始日期"), ("posted_to", "公示期截止日期"))
    given = [name for name, _ in ends if getattr(notice, name) is not None]
    issues = []
    if notice.category in {Category.POSTING, Category.COMMENT} or given:
        for name, label in ends:
            if name not in given:
                message = f"没有填写{label}；没有期限的，公众无从知道到什么时候可以提出。"
                issues.append(Issue("notice.period", message, field=name, severity="warning", rule=_LAW))
    steps = [(name, label, getattr(notice, name)) for name, label in ends]
    issues += reckoning.after_each_other("notice.order", steps, rule=_PERIOD)
    start, end = notice.posted_from, notice.posted_to
    if end is not None and end < now.today():
        message = f"公示期到{end}已经结束，现在公开，公众来不及提出异议，请核对。"
        issues.append(Issue("notice.over", message, field="posted_to", severity="warning", rule=_LAW))
    elif start is not None and start < now.today():
        message = f"公示期从{start}开始，今天才公开；实际公示时间从公开之日起算，请核对截止日期。"
        issues.append(Issue("notice.late", message, field="posted_from", severity="warning", rule=_LAW))
    return issues


def check_length(revision: Revision, content: Content) -> list[Issue]:
    """The time is as long as the notice says that it must be (the first day is not counted)."""
    notice = cast(PublicNotice, content)
    amount, start, end = notice.posting_days, notice.posted_from, notice.posted_to
    if amount is None:
        return []
    if amount < 1:
        return [Issue("notice.days", "公示天数应当是正数，请更正。", field="posting_days", rule=_PERIOD)]
    if not notice.counting:
        return [Issue("notice.counting", "请选择天数按工作日还是自然日计算。", field="counting", rule=_PERIOD)]
    last = reckoning.last_of_posting(start, amount, notice.counting, revision) if start else None
    if last is None or end is None or end >= last:
        return []
    message = f"公示{amount}个{Counting(notice.counting).label}（首日不计），应当到{last}，现在只到{end}，请核对。"
    return [Issue("notice.short", message, field="posted_to", severity="warning", rule=_PERIOD)]


def check_objections(revision: Revision, content: Content) -> list[Issue]:
    """Who hears objections, and how to reach them."""
    notice = cast(PublicNotice, content)
    if notice.category != Category.POSTING and notice.posted_to is None:
        return []
    issues = []
    if not notice.contact:
        message = "没有写明向哪个单位提出异议。"
        issues.append(Issue("notice.contact", message, field="contact", severity="warning", rule=_LAW))
    if not notice.telephone and not notice.address:
        message = "没有写明异议受理的电话或者地址。"
        issues.append(Issue("notice.contact", message, field="telephone", severity="warning", rule=_LAW))
    return issues


CHECKS: tuple[SubmitCheck, ...] = (check_period, check_length, check_objections)
