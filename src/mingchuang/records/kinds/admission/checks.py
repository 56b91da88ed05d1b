"""What a text on admission must hold by its element, whether it comes in time, whether its numbers can be true."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from mingchuang.core import now
from mingchuang.norms.outcome import Issue
from mingchuang.records import judging, markup, reckoning
from mingchuang.records.judging import cell, values_of
from mingchuang.records.kind import SubmitCheck, kind
from mingchuang.records.kinds.admission.models import Level, Part, Sector
from mingchuang.records.models import Content, Revision

NOTICE = "青政办发〔2019〕60号 一（四）3"
_PRIVACY = "《个人信息保护法》第三十一条"
Rows = Sequence[Mapping[str, Any]]

#: (sector, element) → what must be there; an element that a sector does not name has none.
_NEEDED: Mapping[tuple[str, str], tuple[str, ...]] = {
    (Sector.COMPULSORY, Part.WHOLE): ("registration_from", "plan", "districts", "schools", "contacts"),
    (Sector.COMPULSORY, Part.PLAN): ("registration_from", "plan"),
    (Sector.COMPULSORY, Part.DISTRICTS): ("registration_from", "districts"),
    (Sector.COMPULSORY, Part.SCHOOLS): ("registration_from", "schools"),
    (Sector.COMPULSORY, Part.CONTACTS): ("registration_from", "contacts"),
    (Sector.PRESCHOOL, Part.WHOLE): ("schools", "contacts"),
    (Sector.PRESCHOOL, Part.SCHOOLS): ("schools",),
    (Sector.VOCATIONAL, Part.WHOLE): ("plan", "schools", "contacts"),
    (Sector.VOCATIONAL, Part.AID): ("aids",),
}
_BY_PART: Mapping[str, tuple[str, ...]] = {
    Part.PLAN: ("plan",),
    Part.DISTRICTS: ("districts",),
    Part.SCHOOLS: ("schools",),
    Part.CONTACTS: ("contacts",),
    Part.RESULT: ("admitted_on", "results"),
    Part.AID: ("aids",),
}
#: What a kindergarten's row tells: where, who teaches, how large, what supervision found.
_KINDERGARTEN = ("address", "teachers", "classes", "seats", "inspection")
_CLASS_SIZE: Mapping[str, str] = {
    Level.KINDERGARTEN: "school.class.kindergarten",
    Level.PRIMARY: "school.class.primary",
    Level.JUNIOR: "school.class.junior",
}
_NAMES = ("学生名单", "录取名单", "新生名单", "学生姓名", "幼儿姓名")


def needed(sector: str, part: str) -> tuple[str, ...]:
    """The fields and tables that such a text must hold."""
    return _NEEDED.get((sector, part), _BY_PART.get(part, ()))


def check_needed(revision: Revision, content: Content) -> list[Issue]:
    """Every element that the text is about is there; kindergartens with all that the notice names."""
    values = values_of("admission", revision, content)
    declared = kind("admission")
    issues = []
    for name in needed(values["sector"], values["part"]):
        if values[name] in ("", None, ()):
            found = declared.field(name) or declared.table(name)
            message = f"这一要素应当写明“{found.label if found else name}”。"
            issues.append(Issue("admission.needed", message, field=name, rule=NOTICE))
    if values["sector"] == Sector.PRESCHOOL:
        issues += _kindergartens(values["schools"])
    return issues


def _kindergartens(rows: Rows) -> Iterator[Issue]:
    table = kind("admission").table("schools")
    for number, row in enumerate(rows, 1):
        for name in _KINDERGARTEN:
            if row[name] in ("", None):
                column = table.column(name) if table else None
                message = (
                    f"“{column.label if column else name}”没有填写；学前教育应当公开幼儿园分布、师资、班额和监督结果。"
                )
                place = ("schools", number, name)
                yield cell("admission", place, "admission.kindergarten", message, rule=NOTICE, severity="warning")


def check_time(revision: Revision, content: Content) -> list[Issue]:
    """One to three months before registration: later is late, earlier is worth a note. Results come afterwards."""
    values = values_of("admission", revision, content)
    days = [
        ("registration_from", "报名首日", values["registration_from"]),
        ("registration_until", "报名截止日", values["registration_until"]),
        ("admitted_on", "录取（分班）完成日期", values["admitted_on"]),
    ]
    issues = reckoning.after_each_other("admission.days", days, rule=NOTICE)
    if values["part"] == Part.RESULT:
        if values["admitted_on"] and values["admitted_on"] > now.today():
            message = f"招生结果在录取之后公开，录取（分班）完成日期{values['admitted_on']}还没有到。"
            issues.append(Issue("admission.result_early", message, field="admitted_on", rule=NOTICE))
        return issues
    if values["sector"] != Sector.COMPULSORY:
        return issues
    window = reckoning.days("admission.publish", values["registration_from"], revision)
    if window is None:
        return issues
    today, cite = now.today(), window.in_force.strictest.cite
    if today > window.day:
        message = f"报名首日前{window.in_force.text}公开，最迟为{window.day}，现在已经晚了，请尽快公开。"
        issues.append(Issue("admission.late", message, field="registration_from", severity="warning", rule=cite))
    elif window.also and today < window.also:
        message = f"距报名首日还有很久（宜于{window.also}以后公开），请确认内容届时仍然准确。"
        issues.append(Issue("admission.early", message, field="registration_from", severity="remark", rule=cite))
    return issues


def check_numbers(revision: Revision, content: Content) -> list[Issue]:
    """Counts are counts; nobody is admitted who did not apply; classes are not too large; the year is a year."""
    values = values_of("admission", revision, content)
    issues = [*_counts(values), *_class_sizes(values["schools"], revision)]
    begun, year = values["registration_from"], values["year"]
    if begun and year is not None and begun.year != year:
        message = f"招生年度是{year}年，报名首日却在{begun.year}年，请核对。"
        issues.append(Issue("admission.year", message, field="year", rule=NOTICE, severity="warning"))
    for number, row in enumerate(values["results"], 1):
        admitted, applied, planned = row["admitted"], row["applied"], row["planned"]
        place = ("results", number, "admitted")
        if admitted is not None and applied is not None and admitted > applied:
            message = f"录取{admitted}人，多于报名的{applied}人，请核对。"
            issues.append(cell("admission", place, "admission.admitted", message, rule=NOTICE))
        if admitted is not None and planned is not None and admitted > planned:
            message = f"录取{admitted}人，多于计划的{planned}人，请核对。"
            issues.append(cell("admission", place, "admission.over_plan", message, rule=NOTICE, severity="warning"))
    return issues


def _counts(values: Mapping[str, Any]) -> Iterator[Issue]:
    for table in kind("admission").tables:
        whole = [column for column in table.columns if column.type in {"integer", "decimal"}]
        for number, row in enumerate(values[table.name], 1):
            for column in whole:
                if row[column.name] is not None and row[column.name] < 0:
                    place = (table.name, number, column.name)
                    yield cell("admission", place, "admission.negative", f"“{column.label}”不能是负数。", rule=NOTICE)


def _class_sizes(rows: Rows, revision: Revision) -> Iterator[Issue]:
    for number, row in enumerate(rows, 1):
        rule = _CLASS_SIZE.get(row["level"])
        size = reckoning.in_force(rule, now.today(), revision) if rule else None
        if size is None or not row["classes"] or row["seats"] is None:
            continue
        if row["seats"] > row["classes"] * size.value:
            message = f"{row['classes']}个班招{row['seats']}人，每班超过{size.value}人，请核对。"
            place, cite = ("schools", number, "seats"), size.strictest.cite
            yield cell("admission", place, "admission.class_size", message, rule=cite, severity="warning")


def check_districts(revision: Revision, content: Content) -> list[Issue]:
    """Every school of a district is among the schools told, where both are; no child is named."""
    values = values_of("admission", revision, content)
    issues = judging.persons("admission", values)
    known = {row["name"] for row in values["schools"]}
    for number, row in enumerate(values["districts"], 1):
        if known and row["school"] and row["school"] not in known:
            message = f"学校情况里没有“{row['school']}”，请核对名称。"
            place = ("districts", number, "school")
            issues.append(cell("admission", place, "admission.school", message, rule=NOTICE, severity="warning"))
    words = f"{revision.title}\n{markup.plain_text(values['plan'])}"
    if any(word in words for word in _NAMES):
        message = "招生结果只公开学校和人数，不公开未成年人的姓名，请核对。"
        issues.append(Issue("admission.names", message, field="plan", rule=_PRIVACY, severity="warning"))
    return issues


CHECKS: tuple[SubmitCheck, ...] = (check_needed, check_time, check_numbers, check_districts)
