"""What a notice must hold by its stage, how long it is shown, and how little of a person it may tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from mingchuang.norms.identifiers import check_id_number
from mingchuang.norms.outcome import Issue, errors
from mingchuang.records import judging, markup, personal, reckoning
from mingchuang.records.judging import cell, values_of
from mingchuang.records.kind import SubmitCheck, kind
from mingchuang.records.kinds.recruitment.models import Conclusion, Employer, Stage
from mingchuang.records.models import Content, Revision

LAW = "《政府信息公开条例》第二十条第十四项"
_SENSITIVE = "《个人信息保护法》第二十八条"
Rows = Sequence[Mapping[str, Any]]

#: Stage → what must be there.
NEEDED: Mapping[str, tuple[str, ...]] = {
    Stage.ANNOUNCEMENT: ("apply_from", "apply_until", "posts", "body"),
    Stage.CHANGE: ("body",),
    Stage.WRITTEN: ("candidates", "until"),
    Stage.INTERVIEW: ("candidates", "until"),
    Stage.INSPECTION: ("candidates", "until"),
    Stage.PROPOSED: ("candidates", "until"),
    Stage.RESULT: ("candidates", "until"),
}
_SHOWN: Mapping[str, str] = {
    Employer.CIVIL: "recruitment.civil.posting",
    Employer.INSTITUTION: "recruitment.institution.posting",
}
_HEALTH = ("体检不合格", "病史", "患有", "残疾", "妊娠", "怀孕", "政审不合格", "犯罪记录")


def check_needed(revision: Revision, content: Content) -> list[Issue]:
    """What the stage demands; posts with their number and conditions."""
    values = values_of("recruitment", revision, content)
    declared = kind("recruitment")
    title = dict(Stage.choices).get(values["stage"], "")
    issues = []
    for name in NEEDED.get(values["stage"], ()):
        if values[name] in ("", None, ()):
            found = declared.field(name) or declared.table(name)
            message = f"{title}应当写明“{found.label if found else name}”。"
            issues.append(Issue("recruitment.needed", message, field=name, rule=LAW))
    for number, row in enumerate(values["posts"], 1):
        if row["headcount"] is not None and row["headcount"] < 1:
            message = "名额应当至少是1。"
            issues.append(cell("recruitment", ("posts", number, "headcount"), "recruitment.headcount", message))
        if not (row["education"] or row["major"] or row["conditions"]):
            message = "没有写报考条件（学历、专业或者其他条件）。"
            place = ("posts", number, "conditions")
            issues.append(cell("recruitment", place, "recruitment.conditions", message, severity="warning"))
    return issues


def check_days(revision: Revision, content: Content) -> list[Issue]:
    """Applications end after they begin and before the examination; lists are shown their least time."""
    values = values_of("recruitment", revision, content)
    days = [
        (name, label, values[name])
        for name, label in (("apply_from", "报名开始日期"), ("apply_until", "报名截止日期"), ("exam_on", "笔试日期"))
    ]
    issues = reckoning.after_each_other("recruitment.days", days, rule=LAW)
    until = values["until"]
    if until and revision.formed_on and until < revision.formed_on:
        issues.append(Issue("recruitment.until", "“公示至”早于成文日期，请更正。", field="until", rule=LAW))
    elif values["stage"] == Stage.PROPOSED:
        rule = _SHOWN.get(values["employer"])
        shown = reckoning.days(rule, revision.formed_on, revision) if rule else None
        if shown and until and until < shown.day:
            message = f"公示期{shown.in_force.text}，从成文日期算应至少到{shown.day}。"
            cite = shown.in_force.strictest.cite
            issues.append(Issue("recruitment.until", message, field="until", rule=cite))
    return issues


def check_persons(revision: Revision, content: Content) -> list[Issue]:
    """A candidate is known by the card number or the name; ID numbers are masked; nothing of health or background."""
    values = values_of("recruitment", revision, content)
    table = kind("recruitment").table("candidates")
    rows: Rows = values["candidates"]
    # Card numbers and codes are long digits too; an ID number in their place is found by its check digit.
    issues = judging.persons("recruitment", values, aside=("ticket", "code", "post_code"))
    issues += list(personal.masked(table, rows, "partial_id")) if table else []
    for number, row in enumerate(rows, 1):
        if not row["ticket"] and not row["name"]:
            message = "准考证号和姓名至少写一项。"
            issues.append(
                cell("recruitment", ("candidates", number, "ticket"), "recruitment.nobody", message, rule=LAW)
            )
        if row["ticket"] and not errors(check_id_number(row["ticket"])):
            message = "“准考证号”里是身份证号，不得登载，请改为准考证号。"
            place = ("candidates", number, "ticket")
            issues.append(cell("recruitment", place, "records.personal", message, rule=personal.RULE))
    words = f"{revision.title}\n{markup.plain_text(values['body'])}"
    told = next((word for word in _HEALTH if word in words), "")
    if told:
        message = f"内容里有“{told}”，健康和考察情况不公开，只写结论，请核对。"
        issues.append(Issue("recruitment.health", message, field="body", severity="warning", rule=_SENSITIVE))
    return issues


def check_list(revision: Revision, content: Content) -> list[Issue]:
    """Nobody twice; posts that exist; no more taken than there are places; ranks follow the scores."""
    values = values_of("recruitment", revision, content)
    rows: Rows = values["candidates"]
    issues = [*_twice(rows), *_ranks(rows)]
    places = {row["code"]: row["headcount"] for row in values["posts"] if row["code"]}
    for number, row in enumerate(rows, 1):
        if places and row["post_code"] and row["post_code"] not in places:
            message = f"职位表里没有职位代码“{row['post_code']}”。"
            issues.append(
                cell("recruitment", ("candidates", number, "post_code"), "recruitment.post", message, rule=LAW)
            )
    taken = Counter(row["post_code"] for row in rows if row["conclusion"] in {Conclusion.PROPOSED, Conclusion.TAKEN})
    for code, count in sorted(taken.items()):
        if places.get(code) is not None and count > places[code]:
            message = f"职位“{code}”名额{places[code]}人，名单里有{count}人，请核对。"
            issues.append(Issue("recruitment.too_many", message, field="candidates", rule=LAW))
    return issues


def _twice(rows: Rows) -> Iterator[Issue]:
    first: dict[str, int] = {}
    for number, row in enumerate(rows, 1):
        if row["ticket"] and row["ticket"] in first:
            message = f"准考证号与第 {first[row['ticket']]} 行相同。"
            yield cell("recruitment", ("candidates", number, "ticket"), "recruitment.twice", message, rule=LAW)
        first.setdefault(row["ticket"], number)


def _ranks(rows: Rows) -> Iterator[Issue]:
    """Within a post a better rank has no lower score."""
    best: dict[str, list[tuple[int, Any, int]]] = {}
    for number, row in enumerate(rows, 1):
        if row["rank"] is not None and row["total"] is not None:
            best.setdefault(row["post_code"], []).append((row["rank"], row["total"], number))
    for ranked in best.values():
        ranked.sort()
        for (before, higher, _), (after, lower, number) in pairwise(ranked):
            if lower > higher and after > before:
                message = f"总成绩高于排名第{before}的，请核对排名。"
                place = ("candidates", number, "rank")
                yield cell("recruitment", place, "recruitment.rank", message, rule=LAW, severity="warning")


CHECKS: tuple[SubmitCheck, ...] = (check_needed, check_days, check_persons, check_list)
