"""What each row of a list must tell, by the kind of list; nothing twice, nothing that catches all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from mingchuang.norms.outcome import Issue
from mingchuang.records import judging
from mingchuang.records.judging import cell, values_of
from mingchuang.records.kind import SubmitCheck, kind
from mingchuang.records.kinds.managed_list import versions
from mingchuang.records.kinds.managed_list.difference import folded
from mingchuang.records.kinds.managed_list.models import ListType
from mingchuang.records.models import Content, Revision

NOTICE = "青政办发〔2019〕60号 一（四）2"
SERVICE_RULE = "《国务院关于在线政务服务的若干规定》第六条（依据待核）"
_ONE_BY_ONE = "《优化营商环境条例》"
Rows = Sequence[Mapping[str, Any]]

#: Type of list → what every row must hold beyond its name.
NEEDED: Mapping[str, tuple[str, ...]] = {
    ListType.PROOF: ("basis", "counterpart", "authority", "purpose"),
    ListType.SERVICE: ("code", "category", "basis", "level"),
    ListType.NEGATIVE: ("code", "standard"),
    ListType.FEE: ("basis", "standard", "authority"),
    ListType.POWER: ("code", "category", "basis", "authority"),
    ListType.LICENCE: ("code", "basis", "authority"),
    ListType.INSPECTION: ("basis", "authority", "purpose", "standard"),
    ListType.DECISION: ("authority",),
}
#: Words with which a guide asks for whatever it likes.
_CATCH_ALL = re.compile(
    r"(?:其他|其它|有关|相关)(?:的)?(?:证明)?(?:材料|资料|文件|证明|手续)|(?:规定|要求|需要|认为)(?:提供|提交|必要)?的其他|等材料$"
)
_NAMES_A_LAW = re.compile(r"《[^》]+》|[法条例规章]第.+条|〔\d{4}〕")


def check_rows(revision: Revision, content: Content) -> list[Issue]:
    """Each row has what its list demands, and a basis that can be looked up."""
    values = values_of("managed_list", revision, content)
    table = kind("managed_list").table("matters")
    issues = []
    for number, row in enumerate(values["matters"], 1):
        for name in NEEDED.get(values["list_type"], ()):
            if row[name] in ("", None):
                column = table.column(name) if table else None
                label = column.label if column else name
                place = ("matters", number, name)
                issues.append(cell("managed_list", place, "managed_list.needed", f"应当写明“{label}”。", rule=NOTICE))
        if row["basis"] and not _NAMES_A_LAW.search(row["basis"]):
            message = "设定依据没有写出文件名称和条款，请写成：《××条例》第×条。"
            place = ("matters", number, "basis")
            issues.append(cell("managed_list", place, "managed_list.basis", message, rule=NOTICE, severity="warning"))
    return issues


def check_catch_all(revision: Revision, content: Content) -> list[Issue]:
    """No guide asks for 其他材料, 有关材料 and the like: what must be brought is said one by one."""
    values = values_of("managed_list", revision, content)
    issues = []
    for number, row in enumerate(values["matters"], 1):
        for name in ("name", "purpose", "standard", "materials"):
            found = _CATCH_ALL.search(row[name])
            if found:
                message = f"“{found.group()}”是兜底性的说法，请逐项写明要提交什么。"
                place = ("matters", number, name)
                issue = cell(
                    "managed_list", place, "managed_list.catch_all", message, rule=SERVICE_RULE, severity="warning"
                )
                issues.append(issue)
    return issues


def check_twice(revision: Revision, content: Content) -> list[Issue]:
    """A code stands once; a name that stands twice is said; no private numbers."""
    values = values_of("managed_list", revision, content)
    issues = judging.persons("managed_list", values, aside=("code",))
    return [*issues, *_twice(values["matters"])]


def _twice(rows: Rows) -> Iterator[Issue]:
    codes: dict[str, int] = {}
    names: dict[tuple[str, str], int] = {}
    for number, row in enumerate(rows, 1):
        code, name = folded(row["code"]), (folded(row["name"]), row["level"])
        if code and code in codes:
            message = f"编码与第 {codes[code]} 行相同。"
            yield cell("managed_list", ("matters", number, "code"), "managed_list.code", message, rule=NOTICE)
        elif name[0] and name in names:
            message = f"名称与第 {names[name]} 行相同，请核对。"
            place = ("matters", number, "name")
            yield cell("managed_list", place, "managed_list.name", message, rule=NOTICE, severity="warning")
        codes.setdefault(code, number)
        names.setdefault(name, number)


def check_previous(revision: Revision, content: Content) -> list[Issue]:
    """A version names the one before, where there is one that is public; it is a version of the same list."""
    values = values_of("managed_list", revision, content)
    table = kind("managed_list").table("matters")
    record, unit = revision.record_id, revision.record.unit_id
    if not values["previous"]:
        newest = versions.latest(values["list_type"], values["list_name"], unit, record)
        if not newest:
            return []
        message = f"这份清单已公开过一版（{newest}），请在“上一版”填写，公开页面会列出变化。"
        return [Issue("managed_list.previous", message, field="previous", severity="warning", rule=NOTICE)]
    earlier = versions.before(values["previous"], record, table) if table else None
    if earlier is None:
        message = f"没有找到已公开的清单“{values['previous']}”，请核对索引号。"
        return [Issue("managed_list.previous", message, field="previous", rule=NOTICE)]
    if earlier.formed_on and revision.formed_on and earlier.formed_on > revision.formed_on:
        message = f"上一版的成文日期{earlier.formed_on}晚于这一版，请核对。"
        return [Issue("managed_list.previous", message, field="previous", rule=NOTICE)]
    return []


def check_effective(revision: Revision, content: Content) -> list[Issue]:
    """A list takes effect on its day at the earliest; an earlier day is said."""
    values = values_of("managed_list", revision, content)
    if values["effective_on"] and revision.formed_on and values["effective_on"] < revision.formed_on:
        message = "执行日期早于成文日期，请核对。"
        return [Issue("managed_list.effective", message, field="effective_on", severity="warning", rule=NOTICE)]
    return []


CHECKS: tuple[SubmitCheck, ...] = (check_rows, check_catch_all, check_twice, check_previous, check_effective)
