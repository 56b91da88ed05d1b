"""The kind `policy`: documents that a government or its departments issue (条例 art. 20(1))."""

from __future__ import annotations

from typing import cast

from mingchuang.norms import docnumber
from mingchuang.norms.outcome import Issue
from mingchuang.records import fields, telling
from mingchuang.records.kind import Field, Kind, catalogue_fields
from mingchuang.records.kinds.policy import consultation, normative
from mingchuang.records.kinds.policy.models import PolicyDocument
from mingchuang.records.kinds.policy.samples import GOLDEN, SAMPLES
from mingchuang.records.kinds.policy.themes import THEMES
from mingchuang.records.models import Content, Revision
from mingchuang.records.terms import Disclosure, RecordClass

_PLATFORM = "国办公开办函〔2019〕61号"

FIELDS: tuple[Field, ...] = (
    *catalogue_fields(title_hint="公文标题全称，如：××关于印发××的通知", numbered=True),
    fields.issuer("制发机关", hint="落款的机关；联合发文的写牵头机关"),
    fields.disclosure(),
    Field("theme", "主题分类", "choice", statute=_PLATFORM, required=True, choices=THEMES),
    fields.keywords(),
    Field("effective_on", "生效日期", "date", hint="正文写明施行日期的填写；没有写明的留空", statute=_PLATFORM),
    Field("expires_on", "失效日期", "date", hint="正文写明有效期的填写；没有写明的留空", statute=_PLATFORM),
    fields.body(),
    *normative.FIELDS,
)


def check_number(revision: Revision, content: Content) -> list[Issue]:
    """The document number is well formed, and its year is the year of the date (GB/T 9704)."""
    if not revision.doc_number:
        return []
    number = docnumber.normalise(revision.doc_number)
    if number is None:
        message = f"文号“{revision.doc_number}”的写法无法识别，请核对；规范写法如：青政办发〔2019〕60号。"
        return [Issue("policy.number", message, field="doc_number", severity="warning", rule="GB/T 9704")]
    if revision.formed_on and number.year not in {None, revision.formed_on.year}:
        message = f"文号是{number.year}年的，成文日期却在{revision.formed_on.year}年，请核对。"
        return [Issue("policy.number_year", message, field="doc_number", severity="warning")]
    return []


def check_dates(revision: Revision, content: Content) -> list[Issue]:
    """A text takes effect after it was formed at the earliest on its day, and lapses after it took effect."""
    document = cast(PolicyDocument, content)
    issues = []
    if document.effective_on and revision.formed_on and document.effective_on < revision.formed_on:
        message = "生效日期早于成文日期；确有溯及既往的，请核对正文。"
        issues.append(Issue("policy.effective", message, field="effective_on", severity="warning"))
    start = document.effective_on or revision.formed_on
    if document.expires_on and start and document.expires_on <= start:
        issues.append(Issue("policy.expires", "失效日期应当晚于生效日期，请更正。", field="expires_on"))
    return issues


def check_disclosure(revision: Revision, content: Content) -> list[Issue]:
    """Only what is to be disclosed proactively goes to review for publication (条例 art. 19)."""
    document = cast(PolicyDocument, content)
    if document.disclosure in {"", Disclosure.PROACTIVE}:
        return []
    label = Disclosure(document.disclosure).label
    message = f"公开属性为“{label}”，不能送审公开；确需公开的，先把公开属性改为“主动公开”。"
    return [Issue("policy.disclosure", message, field="disclosure", rule="《政府信息公开条例》第十九条")]


INDEX_TEXT = telling.words(FIELDS, "issuer", "register_number", "drafted_by", "theme", "keywords", "body")
PUBLIC_ROWS = telling.rows(
    FIELDS,
    ("发布机构", "issuer"),
    ("文号", "doc_number"),
    ("统一登记号", "register_number"),
    ("主题分类", "theme"),
    ("成文日期", "formed_on"),
    ("生效日期", "effective_on"),
    ("失效日期", "expires_on"),
    ("公开方式", "disclosure"),
    ("关键词", "keywords"),
    ("内容概述", "summary"),
)

KIND = Kind(
    id="policy",
    title="政策文件",
    model=PolicyDocument,
    schema=3,
    fields=FIELDS,
    tables=(consultation.TABLE,),
    gate_facts=consultation.facts,
    template="records/policy/article.html",
    default_class=RecordClass.A,
    has_validity=True,
    index_text=INDEX_TEXT,
    public_rows=PUBLIC_ROWS,
    expiry="expires_on",
    checks=(check_number, check_dates, check_disclosure, *normative.CHECKS, *consultation.CHECKS),
    samples=SAMPLES,
    golden=GOLDEN,
)
