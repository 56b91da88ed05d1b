"""Hours count, nights and holidays too: the first word, the press conference, the chain of releases, in their order."""

from __future__ import annotations

import datetime
from typing import cast

from mingchuang.core import now
from mingchuang.norms.outcome import Issue
from mingchuang.records import form_values, reckoning
from mingchuang.records.judging import cell, values_of
from mingchuang.records.kind import SubmitCheck, kind
from mingchuang.records.kinds.emergency.models import Emergency, Level, Stage
from mingchuang.records.models import Content, Revision

LAW = "《政府信息公开条例》第二十条第十二项"
HOURS = "国办发〔2016〕80号"
_GRAVE = {Level.GRAVEST, Level.GRAVE}
_MOMENTS = (
    ("happened_at", "发生时间"),
    ("released_at", "首次发布权威信息时间"),
    ("conference_at", "新闻发布会时间"),
)


def _words(moment: datetime.datetime) -> str:
    return f"{moment.astimezone(now.BEIJING):%Y-%m-%d %H:%M}"


def check_moments(revision: Revision, content: Content) -> list[Issue]:
    """In their order, and nothing before it was (a conference may be announced, a release not)."""
    told = cast(Emergency, content)
    issues = []
    given = [(name, label, getattr(told, name)) for name, label in _MOMENTS if getattr(told, name) is not None]
    happened = told.happened_at
    for name, label, moment in given:
        if name != "happened_at" and happened and moment < happened and told.stage != Stage.WARNING:
            message = f"“{label}”（{_words(moment)}）早于发生时间（{_words(happened)}），请更正。"
            issues.append(Issue("emergency.order", message, field=name, rule=LAW))
        if name != "conference_at" and moment > now.now() and told.stage != Stage.WARNING:
            message = f"“{label}”（{_words(moment)}）还没有到，请更正。"
            issues.append(Issue("emergency.future", message, field=name, rule=LAW))
    if told.stage != Stage.WARNING and happened is None:
        message = "没有填写发生时间，无法核对发布是否及时。"
        issues.append(Issue("emergency.happened", message, field="happened_at", severity="warning", rule=LAW))
    return issues


def check_hours(revision: Revision, content: Content) -> list[Issue]:
    """Grave: the first word within 5 hours, a conference within 24; others within 48. Late is told, never a refusal:
    the public must hear it all the same."""
    told = cast(Emergency, content)
    if told.happened_at is None or told.stage == Stage.WARNING:
        return []
    grave = told.level in _GRAVE
    first = "opinion.first_statement" if grave else "opinion.reply"
    issues = _late(revision, told, first, "released_at", "首次发布权威信息时间")
    if grave:
        issues += _late(revision, told, "opinion.press_conference", "conference_at", "新闻发布会时间")
    return issues


def _late(revision: Revision, told: Emergency, rule: str, name: str, label: str) -> list[Issue]:
    happened = cast(datetime.datetime, told.happened_at).astimezone(now.BEIJING).replace(tzinfo=None)
    limit = reckoning.days(rule, happened, revision)
    if limit is None:
        return []
    latest = cast(datetime.datetime, limit.day).replace(tzinfo=now.BEIJING)
    moment: datetime.datetime | None = getattr(told, name)
    if moment is None and now.now() <= latest:
        message = f"没有填写{label}；应当在{_words(latest)}前（{limit.in_force.text}）。"
        return [Issue("emergency.owed", message, field=name, severity="remark", rule=HOURS)]
    if moment is not None and moment <= latest:
        return []
    said = f"是{_words(moment)}" if moment is not None else "没有填写"
    message = f"{label}{said}，应当在{_words(latest)}前（发生后{limit.in_force.text}）；请尽快公开，并备查原因。"
    return [Issue("emergency.late", message, field=name, severity="warning", rule=HOURS)]


def check_chain(revision: Revision, content: Content) -> list[Issue]:
    """Releases in their order and none to come; what goes on or ends a matter leads back to what began it."""
    told = cast(Emergency, content)
    rows = values_of("emergency", revision, content)["releases"]
    issues = []
    earlier: datetime.datetime | None = None
    for number, row in enumerate(rows, 1):
        moment = row["at"]
        if moment is None:
            continue
        if earlier is not None and moment < earlier:
            message = f"发布时间{_words(moment)}早于上一行的{_words(earlier)}，请按先后排列。"
            issues.append(cell("emergency", ("releases", number, "at"), "emergency.sequence", message))
        if moment > now.now():
            message = f"发布时间{_words(moment)}还没有到，请更正。"
            issues.append(cell("emergency", ("releases", number, "at"), "emergency.future", message))
        earlier = moment
    if told.stage in {Stage.FURTHER, Stage.LAST} and not told.follows and not rows:
        message = f"“{Stage(told.stage).label}”没有填写前次发布，也没有发布过程，公众看不到来龙去脉。"
        issues.append(Issue("emergency.chain", message, field="follows", severity="warning", rule=HOURS))
    field = kind("emergency").field("released_at")
    first = next((row["at"] for row in rows if row["at"] is not None), None)
    if field is not None and first is not None and told.released_at is not None and first != told.released_at:
        message = (
            f"发布过程第一行是{_words(first)}，“{field.label}”是{form_values.shown(field, told.released_at)}，请核对。"
        )
        issues.append(Issue("emergency.first", message, field="released_at", severity="warning", rule=HOURS))
    return issues


CHECKS: tuple[SubmitCheck, ...] = (check_moments, check_hours, check_chain)
