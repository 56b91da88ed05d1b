"""The kind `interpretation`: what a policy means, said by those who wrote it, linked with it in both directions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mingchuang.records import fields, references, telling
from mingchuang.records.kind import Field, Kind, Owed, Reference, catalogue_fields, owed_by_formed_on
from mingchuang.records.kinds.interpretation.checks import CHECKS, CORE
from mingchuang.records.kinds.interpretation.models import Form, Interpretation
from mingchuang.records.kinds.interpretation.samples import GOLDEN, SAMPLES
from mingchuang.records.terms import RecordClass

_RULES = "国办发〔2016〕80号"
_NOTICE = "青政办发〔2019〕60号 一（五）"
POLICY = Reference(forward="解读的文件", back="政策解读", kinds=("policy",))

#: What helps besides the five elements (column → label).
MORE = {
    "cautions": "注意事项",
    "key_words": "关键词诠释",
    "benefits": "惠民利民举措",
    "differences": "新旧政策差异",
}

FIELDS: tuple[Field, ...] = (
    *catalogue_fields(title_hint="如：《××办法》政策解读"),
    fields.names_record(
        "interprets", "解读的文件", POLICY, statute=_RULES, hint="文号或者索引号；两边的页面自动互相链接"
    ),
    fields.issuer("解读单位", hint="谁起草谁解读", statute=_RULES),
    Field("form", "解读形式", "choice", statute=_RULES, required=True, choices=tuple(Form.choices)),
    Field("speaker", "解读人", "line", statute=_NOTICE, max_length=60, hint="专家解读、主要负责人解读的填写姓名"),
    Field("post", "解读人职务", "line", statute=_NOTICE, max_length=100, hint="有解读人的填写"),
    fields.yes_no("head_of_unit", "是否单位主要负责人", statute=_NOTICE, hint="主要负责同志一年内的解读次数由此统计"),
    *(Field(name, label, "text", statute=_RULES, hint="五项要素之一") for name, label in CORE.items()),
    *(Field(name, label, "text", statute=_RULES, hint="可以不填") for name, label in MORE.items()),
    fields.keywords(),
    fields.body("解读全文", hint="图解、视频的放在附件里，这里写文字说明", required=False),
)


def owed(values: Mapping[str, Any]) -> Owed:
    """Three working days from the publication of the policy (norms: D14); nothing runs while that is not public.

    A document that the system does not know is explained under the rule of everybody.
    """
    if values["interprets"]:
        public = references.public_named(values["interprets"], POLICY).order_by("published_on")
        day = public.values_list("published_on", flat=True).first()
        if day is not None:
            return "interpretation.publish", day
        if references.named(values["interprets"], POLICY).exists():
            return "interpretation.publish", None
    return owed_by_formed_on(values)


#: The document, who explains, every element, the words.
INDEX_TEXT = telling.words(FIELDS, "issuer", "interprets", "speaker", "keywords", *CORE, *MORE, "body")
PUBLIC_ROWS = telling.rows(
    FIELDS,
    ("解读的文件", "interprets"),
    ("解读单位", "issuer"),
    ("解读形式", "form"),
    ("解读人", (" ", "speaker", "post")),
    ("成文日期", "formed_on"),
    ("关键词", "keywords"),
    ("内容概述", "summary"),
)

KIND = Kind(
    id="interpretation",
    title="政策解读",
    model=Interpretation,
    schema=1,
    fields=FIELDS,
    template="records/interpretation/article.html",
    default_class=RecordClass.A,
    has_validity=False,
    owed=owed,
    index_text=INDEX_TEXT,
    public_rows=PUBLIC_ROWS,
    checks=CHECKS,
    samples=SAMPLES,
    golden=GOLDEN,
)
