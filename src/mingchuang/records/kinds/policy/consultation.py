"""涉企: a policy on enterprises is made with them. Who was heard, when, how, what they said, what became of it.

The rows are signed and public with the document (《优化营商环境条例》 art. 62 asks for feedback on adoption); the files
that prove them are kept with the record and shown inside alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from mingchuang.norms.outcome import Issue
from mingchuang.reading.gate import Facts
from mingchuang.records.kind import Field, SubmitCheck, Table
from mingchuang.records.kinds.policy.models import Adoption, Asked, AskedBy, Consultation, PolicyDocument
from mingchuang.records.models import Content, Revision
from mingchuang.records.tables import rows_of

HEARING = "青政办发〔2019〕60号 一（一）2；《优化营商环境条例》第六十二条"
#: What was not taken over in full is explained.
_EXPLAINED = frozenset({Adoption.PARTLY, Adoption.NOT})

TABLE = Table(
    "consultations",
    "涉企听取意见记录",
    Consultation,
    statute=HEARING,
    hint="“是否涉企”选“是”的逐条填写，随文件公开；对象写单位名称，不写个人。证据文件只留存备查，不公开。",
    evidence="evidence_file",
    columns=(
        Field("asked", "听取对象类别", "choice", required=True, choices=tuple(Asked.choices), heads=("类别", "对象")),
        Field("name", "对象名称", "line", required=True, max_length=200, heads=("名称", "单位名称", "企业名称")),
        Field("asked_on", "听取日期", "date", required=True, heads=("时间", "日期", "听取时间")),
        Field("way", "听取方式", "choice", required=True, choices=tuple(AskedBy.choices), heads=("方式", "形式")),
        Field("opinion", "意见摘要", "text", max_length=1000, heads=("意见", "意见建议", "意见内容")),
        Field("adoption", "采纳情况", "choice", required=True, choices=tuple(Adoption.choices), heads=("是否采纳",)),
        Field(
            "reason", "采纳说明", "text", max_length=500, hint="部分采纳、未采纳的写明理由",
            heads=("未采纳理由", "理由", "不采纳理由"),
        ),
        Field("evidence", "证据", "line", max_length=200, hint="如：座谈会签到表和纪要", heads=("佐证材料", "凭证")),
        Field("evidence_file", "证据文件指纹", "line", max_length=64, internal=True),
    ),
)  # fmt: skip


def facts(document: Mapping[str, Any]) -> Facts:
    """For the gate: whether the document concerns enterprises, as its drafter answered, and whom its rows name. Bytes
    of before schema 3 know no rows: of them nobody can say."""
    answer = {"yes": True, "no": False}.get(document["fields"].get("business") or "")
    if answer is None:
        return Facts()
    labels = dict(Asked.choices)
    rows = document.get("tables", {}).get(TABLE.name)
    asked = frozenset(labels[row["asked"]] for row in rows if row["asked"]) if rows is not None else None
    return Facts(concerns_enterprises=answer, asked=asked)


def check_rows(revision: Revision, content: Content) -> list[Issue]:
    """Rows of a document on enterprises: what was said is told, what was not taken over is explained, days agree."""
    document = cast(PolicyDocument, content)
    rows = rows_of(revision, TABLE)
    if rows and document.business != "yes":
        message = "填写了听取意见记录，“是否涉企”却没有选“是”，请核对。"
        return [Issue("policy.consultation", message, field="business", severity="warning", rule=HEARING)]
    issues = []
    for number, row in enumerate(rows, 1):
        for name, message in _faults(row, revision):
            told = f"“{TABLE.label}”第 {number} 行：{message}"
            issues.append(Issue("policy.consultation", told, field=f"{TABLE.name}.{number}.{name}", rule=HEARING))
        if not row["evidence_file"]:
            told = f"“{TABLE.label}”第 {number} 行没有证据文件，请补充签到表、纪要、来函等。"
            place = f"{TABLE.name}.{number}.evidence"
            issues.append(Issue("policy.evidence", told, field=place, severity="warning", rule=HEARING))
    return issues


def _faults(row: Mapping[str, Any], revision: Revision) -> list[tuple[str, str]]:
    """(column, what is wrong) in one row."""
    found = []
    if row["adoption"] not in ("", Adoption.NONE) and not row["opinion"]:
        found.append(("opinion", "写了采纳情况，没有写意见摘要。"))
    if row["adoption"] in _EXPLAINED and not row["reason"]:
        found.append(("reason", f"{Adoption(row['adoption']).label}的，请写明理由。"))
    if row["asked_on"] and revision.formed_on and row["asked_on"] > revision.formed_on:
        found.append(
            ("asked_on", f"听取日期{row['asked_on']}晚于成文日期{revision.formed_on}：意见应当在制定过程中听取。")
        )
    return found


CHECKS: tuple[SubmitCheck, ...] = (check_rows,)
