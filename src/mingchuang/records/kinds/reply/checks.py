"""An answer agrees with its proposal: whether it may be public, in time, and a plan that has a day."""

from __future__ import annotations

import re
from typing import cast

from mingchuang.norms.outcome import Issue
from mingchuang.records import reckoning
from mingchuang.records.kind import SubmitCheck
from mingchuang.records.kinds.reply.models import Grade, Reply
from mingchuang.records.models import Content, Revision

RULE = "国办发〔2014〕46号"
_PRIVACY = "《政府信息公开条例》第十五条"
#: A group, or a person whose name is not told in full: 某代表, 张某, 农工党市委会.
_UNNAMED = re.compile(
    r"某|等\d*(名|位)?|委员会|委会|小组|代表团|支部|总支|工作室|联合会|协会|商会|界别|专委会|民盟|民建|民进|党"
)


def check_consent(revision: Revision, content: Content) -> list[Issue]:
    """What the proposer does not want to be public is not; a person is not named in full without need."""
    reply = cast(Reply, content)
    issues = []
    if reply.agrees == "no":
        message = "提出人不同意公开，复文不能公开；可以商得同意，或者另拟不涉及建议提案内容的办理情况摘要。"
        issues.append(Issue("reply.consent", message, field="agrees", rule=RULE))
    if reply.proposer and not _UNNAMED.search(reply.proposer):
        message = f"提出人填的是“{reply.proposer}”；写团体名称，个人的写作“某代表”“某委员”，确需公开姓名的请核对。"
        issues.append(Issue("reply.proposer", message, field="proposer", severity="warning", rule=_PRIVACY))
    return issues


def check_time(revision: Revision, content: Content) -> list[Issue]:
    """Answered after it was handed over, within the time of the law; a plan has a day, one that lies ahead."""
    reply = cast(Reply, content)
    steps = [("handed_on", "交办日期", reply.handed_on), ("answered_on", "答复日期", reply.answered_on)]
    issues = reckoning.after_each_other("reply.order", steps, rule=RULE)
    limit = reckoning.days("proposal.answer", reply.handed_on, revision)
    if limit is not None and reply.answered_on and reply.answered_on > limit.day:
        message = f"答复日期{reply.answered_on}超过交办后{limit.in_force.text}（{limit.day}），经同意延长的请核对。"
        basis = limit.in_force.strictest.cite
        issues.append(Issue("reply.late", message, field="answered_on", severity="warning", rule=basis))
    if reply.grade == Grade.B and reply.promised_on is None:
        message = "办理结果是B类，没有填写计划完成日期。"
        issues.append(Issue("reply.promise", message, field="promised_on", severity="warning", rule=RULE))
    if reply.promised_on and reply.answered_on and reply.promised_on < reply.answered_on:
        message = f"计划完成日期{reply.promised_on}早于答复日期{reply.answered_on}，请核对。"
        issues.append(Issue("reply.promise", message, field="promised_on", severity="warning", rule=RULE))
    return issues


CHECKS: tuple[SubmitCheck, ...] = (check_consent, check_time)
