"""Who goes where agrees with itself; what is only intended is posted long enough, with an ear for objections."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import cast

from mingchuang.norms.outcome import Issue
from mingchuang.records import reckoning
from mingchuang.records.judging import cell, values_of
from mingchuang.records.kind import SubmitCheck
from mingchuang.records.kinds.personnel.models import Appointments, Category, Deed
from mingchuang.records.models import Content, Revision

LAW = "《政府信息公开条例》第二十条第二项"
POSTING = "党政领导干部选拔任用工作条例"
_PRIVACY = "《政府信息公开条例》第十五条"
_OWN_NUMBER = re.compile(r"(?<!\d)(?:\d{17}[\dXx]|1[3-9]\d{9})(?!\d)")


def check_decision(revision: Revision, content: Content) -> list[Issue]:
    """A decision has its day and its meeting, and its text was formed on that day or after it."""
    told = cast(Appointments, content)
    if told.category != Category.DECISION:
        return []
    issues = []
    for name, label in (("decided_on", "决定日期"), ("meeting", "决定会议")):
        if not getattr(told, name):
            message = f"任免决定没有填写{label}。"
            issues.append(Issue("personnel.decision", message, field=name, severity="warning", rule=LAW))
    if told.decided_on and revision.formed_on and revision.formed_on < told.decided_on:
        message = f"成文日期{revision.formed_on}早于决定日期{told.decided_on}，请更正。"
        issues.append(Issue("personnel.order", message, field="decided_on", rule=LAW))
    return issues


def check_posting(revision: Revision, content: Content) -> list[Issue]:
    """An intention is posted from a day to a day, five working days at least, and objections go somewhere."""
    told = cast(Appointments, content)
    days = [(name, label, getattr(told, name)) for name, label in _PERIOD]
    issues = reckoning.after_each_other("personnel.order", days, rule=POSTING)
    if told.category != Category.POSTING:
        return issues
    for name, label in (*_PERIOD, ("contact", "受理单位"), ("telephone", "受理电话")):
        if not getattr(told, name):
            message = f"任前公示没有填写{label}。"
            issues.append(Issue("personnel.posting", message, field=name, rule=POSTING))
    least = reckoning.days("personnel.posting", told.posted_from, revision)
    if least is not None and told.posted_to and told.posted_to < least.day:
        message = f"公示到{told.posted_to}截止，{least.in_force.text}（首日不计）的，应到{least.day}，请核对。"
        issues.append(Issue("personnel.short", message, field="posted_to", severity="warning", rule=POSTING))
    return issues


_PERIOD = (("posted_from", "公示期开始日期"), ("posted_to", "公示期截止日期"))


def check_people(revision: Revision, content: Content) -> list[Issue]:
    """The deeds are those of the kind of text; nobody is put in and out of one post; no private numbers."""
    values = values_of("personnel", revision, content)
    wanted = {Deed.INTEND} if values["category"] == Category.POSTING else {Deed.APPOINT, Deed.REMOVE}
    rows = values["people"]
    issues = []
    for number, row in enumerate(rows, 1):
        if values["category"] and row["deed"] and row["deed"] not in wanted:
            label = Category(values["category"]).label
            message = (
                f"“{label}”里是“{Deed(row['deed']).label}”，应当是“{'”或者“'.join(d.label for d in sorted(wanted))}”。"
            )
            issues.append(cell("personnel", ("people", number, "deed"), "personnel.deed", message))
        if any(_OWN_NUMBER.search(str(row[name])) for name in ("post", "present", "remark")):
            message = "有身份证号码或者手机号码，请删去。"
            place = ("people", number, "remark")
            issues.append(cell("personnel", place, "personnel.private", message, rule=_PRIVACY))
    given: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in rows:
        given[row["name"], row["post"]].append(row["deed"])
    for (name, post), deeds in given.items():
        if len(deeds) > 1:
            said = "又任又免" if len(set(deeds)) > 1 else f"出现了{len(deeds)}次"
            issues.append(Issue("personnel.twice", f"{name}的“{post}”{said}，请核对。", field="people", rule=LAW))
    return issues


CHECKS: tuple[SubmitCheck, ...] = (check_decision, check_posting, check_people)
