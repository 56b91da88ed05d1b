"""All that the law asks of an organ's description, each once, and nothing private in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, cast

from mingchuang.norms.outcome import Issue
from mingchuang.records import markup
from mingchuang.records.judging import cell, values_of
from mingchuang.records.kind import SubmitCheck
from mingchuang.records.kinds.institution.models import Institution
from mingchuang.records.models import Content, Revision

LAW = "《政府信息公开条例》第二十条第二项"
_PRIVACY = "《政府信息公开条例》第十五条"
#: A mobile number, alone or with the country's code: private, where an office has a telephone of its own.
_MOBILE = re.compile(r"(?<!\d)(?:\+?86)?1[3-9]\d{9}(?!\d)")
_POSTCODE = re.compile(r"\d{6}")


def check_contacts(revision: Revision, content: Content) -> list[Issue]:
    """An office's telephone, not a person's; a post code of six digits; hours that name hours."""
    organ = cast(Institution, content)
    issues = []
    if _mobile(organ.telephone):
        message = "联系电话里有手机号码，请改用办公电话；确需公开的值班手机请核对。"
        issues.append(Issue("institution.mobile", message, field="telephone", severity="warning", rule=_PRIVACY))
    if organ.postcode and not _POSTCODE.fullmatch(organ.postcode):
        message = f"邮政编码“{organ.postcode}”不是六位数字，请更正。"
        issues.append(Issue("institution.postcode", message, field="postcode"))
    if organ.hours and not any(sign.isdigit() for sign in organ.hours):
        message = "办公时间没有写明几点到几点，请核对。"
        issues.append(Issue("institution.hours", message, field="hours", severity="warning", rule=LAW))
    if organ.mail and "@" not in organ.mail:
        issues.append(Issue("institution.mail", f"“{organ.mail}”不是电子邮箱，请更正。", field="mail"))
    return issues


def check_offices(revision: Revision, content: Content) -> list[Issue]:
    """The offices inside, each once and with what it does; where there are none, the duties say so."""
    values = values_of("institution", revision, content)
    rows = values["offices"]
    if not rows and "内设机构" not in markup.plain_text(values["body"]):
        message = "没有内设机构：机构设置应当公开；不设内设机构的，请在主要职责里写明。"
        return [Issue("institution.offices", message, field="offices", severity="warning", rule=LAW)]
    issues = list(_twice("offices", "内设机构", rows, ("name",)))
    for number, row in enumerate(rows, 1):
        if not row["duties"]:
            place = ("offices", number, "duties")
            message = f"没有写明“{row['name']}”的职责。"
            issues.append(cell("institution", place, "institution.duties", message, severity="warning"))
        if _mobile(row["telephone"]):
            place = ("offices", number, "telephone")
            message = "填的是手机号码，请改用办公电话。"
            issues.append(cell("institution", place, "institution.mobile", message, severity="warning", rule=_PRIVACY))
    return issues


def check_leaders(revision: Revision, content: Content) -> list[Issue]:
    """The leaders, each once and with what they answer for."""
    rows = values_of("institution", revision, content)["leaders"]
    issues = list(_twice("leaders", "领导信息", rows, ("name", "post")))
    for number, row in enumerate(rows, 1):
        if not row["division"]:
            message = f"没有写明{row['name']}的工作分工。"
            place = ("leaders", number, "division")
            issues.append(cell("institution", place, "institution.division", message, severity="warning"))
    return issues


def _mobile(text: str) -> bool:
    return bool(_MOBILE.search(re.sub(r"[\s-]", "", text)))


def _twice(table: str, label: str, rows: Any, names: tuple[str, ...]) -> Iterator[Issue]:
    given = Counter(tuple(row[name] for name in names) for row in rows)
    for key, times in given.items():
        if times > 1:
            message = f"“{label}”里“{' '.join(key)}”出现了{times}次，请核对。"
            yield Issue("institution.twice", message, field=table, rule=LAW)


CHECKS: tuple[SubmitCheck, ...] = (check_contacts, check_offices, check_leaders)
