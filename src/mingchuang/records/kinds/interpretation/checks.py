"""What an interpretation lacks: the document, the five elements, who speaks, and the rule that the writer explains."""

from __future__ import annotations

from typing import cast

from mingchuang.norms.outcome import Issue
from mingchuang.records import markup, references
from mingchuang.records.kind import SubmitCheck, kind
from mingchuang.records.kinds.interpretation.models import GRAPHIC, SPOKEN, Form, Interpretation
from mingchuang.records.models import Content, Revision

_RULES = "国办发〔2016〕80号"
_NOTICE = "青政办发〔2019〕60号 一（五）"
#: The five elements (column → how a text heads it).
CORE = {
    "background": "背景依据",
    "goals": "目标任务",
    "content": "主要内容",
    "scope": "涉及范围",
    "standards": "执行标准",
}


def check_document(revision: Revision, content: Content) -> list[Issue]:
    """The document is named, and the system knows it: otherwise the pages cannot lead to each other."""
    given = cast(Interpretation, content)
    field = kind("interpretation").field("interprets")
    reference = field.reference if field else None
    if not given.interprets or reference is None:
        message = "没有填写解读的文件，政策页面和解读页面无法互相链接；请填写它的文号或者索引号。"
        return [Issue("interpretation.document", message, field="interprets", rule=_RULES)]
    found = references.named(given.interprets, reference)
    if not found.exists():
        message = f"本系统没有文号或者索引号为“{given.interprets}”的政策文件，请核对；文件公开后两边会自动链接。"
        return [Issue("interpretation.document", message, field="interprets", severity="warning", rule=_RULES)]
    if not references.public_named(given.interprets, reference).exists():
        message = f"“{given.interprets}”还没有公开；解读与文件同步审签、同步发布，先公开文件。"
        return [Issue("interpretation.order", message, field="interprets", severity="remark", rule=_RULES)]
    if not found.filter(unit=revision.record.unit_id).exists():
        message = "解读的文件由其他单位公开；按照谁起草谁解读，请核对解读单位。"
        return [Issue("interpretation.writer", message, field="issuer", severity="remark", rule=_RULES)]
    return []


def check_elements(revision: Revision, content: Content) -> list[Issue]:
    """All five elements are told, or the words of the text speak of them; there is something to read or to look at."""
    given = cast(Interpretation, content)
    words = markup.plain_text(given.body)
    issues = []
    for name, label in CORE.items():
        if not getattr(given, name) and label not in words:
            message = f"没有“{label}”：解读应当说清背景依据、目标任务、主要内容、涉及范围、执行标准五项要素。"
            issues.append(Issue("interpretation.element", message, field=name, severity="warning", rule=_RULES))
    told = words or any(getattr(given, name) for name in CORE)
    if not told and not revision.attachments.exists():
        message = "解读没有内容：请填写要素或者全文，或者添加附件。"
        issues.append(Issue("interpretation.empty", message, field="body", rule=_RULES))
    if given.form in GRAPHIC and not revision.attachments.exists():
        message = f"“{Form(given.form).label}”还没有附件，请添加图片或者视频。"
        issues.append(Issue("interpretation.graphic", message, field="form", severity="warning", rule=_RULES))
    return issues


def check_speaker(revision: Revision, content: Content) -> list[Issue]:
    """An interpretation by a leader or an expert names the person and the post; only a leader's counts as one."""
    given = cast(Interpretation, content)
    issues = []
    if given.form in SPOKEN:
        label = Form(given.form).label
        for name, missing in (("speaker", "解读人"), ("post", "解读人职务")):
            if not getattr(given, name):
                message = f"{label}应当写明{missing}。"
                issues.append(Issue("interpretation.speaker", message, field=name, rule=_NOTICE))
    if given.form == Form.LEADER and given.head_of_unit != "yes":
        message = "“主要负责人解读”的解读人应当是单位主要负责人，请核对解读形式或者“是否单位主要负责人”。"
        issues.append(Issue("interpretation.head", message, field="head_of_unit", rule=_NOTICE))
    return issues


CHECKS: tuple[SubmitCheck, ...] = (check_document, check_elements, check_speaker)
