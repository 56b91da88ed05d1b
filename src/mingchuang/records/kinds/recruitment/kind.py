"""The kind `recruitment`: posts, numbers, conditions and results of examinations (条例 art. 20(14))."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mingchuang.records import fields, telling
from mingchuang.records.kind import Field, Kind, Table, catalogue_fields
from mingchuang.records.kinds.recruitment.checks import CHECKS, LAW
from mingchuang.records.kinds.recruitment.models import (
    Candidate,
    Conclusion,
    Employer,
    Post,
    RecruitmentNotice,
    Stage,
)
from mingchuang.records.kinds.recruitment.samples import GOLDEN, SAMPLES
from mingchuang.records.terms import RecordClass

_PRIVACY = "《个人信息保护法》第六条、第二十五条"

FIELDS: tuple[Field, ...] = (
    *catalogue_fields(title_hint="不写姓名，如：青铜峡市2019年事业单位公开招聘拟聘人员公示"),
    Field("employer", "招考类别", "choice", statute=LAW, required=True, choices=tuple(Employer.choices)),
    Field("stage", "公告环节", "choice", statute=LAW, required=True, choices=tuple(Stage.choices)),
    Field(
        "recruitment", "招考名称", "line", statute=LAW, required=True, max_length=200,
        hint="同一次招考的各个公告写同一个名称", chain="同一次招考的其他公告",
    ),
    fields.issuer(),
    Field("apply_from", "报名开始日期", "date", statute=LAW),
    Field("apply_until", "报名截止日期", "date", statute=LAW),
    Field("exam_on", "笔试日期", "date", statute=LAW),
    Field(
        "until", "公示至", "date", statute=_PRIVACY,
        hint="有人员名单的必填；过了这一天，网页自动撤下",
    ),
    Field(
        "contact", "咨询和监督", "line", statute=LAW, required=True, max_length=200,
        hint="受理单位和办公电话",
    ),
    fields.body("公告内容", statute=LAW, required=False),
)  # fmt: skip

TABLES: tuple[Table, ...] = (
    Table(
        "posts", "职位表", Post, statute=LAW,
        columns=(
            Field("code", "职位代码", "line", max_length=40, heads=("岗位代码", "代码")),
            Field("unit", "用人单位", "line", required=True, max_length=200, heads=("招录机关", "招聘单位", "单位")),
            Field("name", "职位", "line", required=True, max_length=200, heads=("岗位", "职位名称", "岗位名称")),
            Field("headcount", "名额", "integer", required=True, unit="人", heads=("招录人数", "招聘人数", "人数")),
            Field("education", "学历学位", "line", max_length=200, heads=("学历", "学历要求")),
            Field("major", "专业", "line", max_length=300, heads=("专业要求",)),
            Field("conditions", "其他报考条件", "line", max_length=500, heads=("其他条件", "报考条件")),
            Field("ratio", "开考比例", "line", max_length=20),
        ),
    ),
    Table(
        "candidates", "人员名单", Candidate, statute=_PRIVACY,
        hint="能用准考证号的不写姓名；重名需要区分的，身份证号只留前四位和后四位",
        columns=(
            Field("ticket", "准考证号", "line", max_length=40, heads=("考号",)),
            Field("name", "姓名", "line", max_length=40),
            Field("partial_id", "身份证号（遮盖）", "line", max_length=18, heads=("身份证号", "身份证")),
            Field("post_code", "职位代码", "line", max_length=40, heads=("岗位代码", "报考职位")),
            Field("written", "笔试成绩", "decimal", heads=("笔试",)),
            Field("interview", "面试成绩", "decimal", heads=("面试",)),
            Field("total", "总成绩", "decimal", heads=("综合成绩",)),
            Field("rank", "排名", "integer", heads=("名次",)),
            Field("conclusion", "结论", "choice", choices=tuple(Conclusion.choices)),
        ),
    ),
)  # fmt: skip


def _headcount(values: Mapping[str, Any]) -> str:
    headcount = sum(row["headcount"] or 0 for row in values["posts"])
    return f"{headcount}人" if headcount else ""


#: The recruitment and its posts; candidates are not found by name or number.
INDEX_TEXT = telling.words(FIELDS, "recruitment", "issuer", "employer", "body", posts=("unit", "name", "major"))
PUBLIC_ROWS = telling.rows(
    FIELDS,
    ("招考类别", "employer"),
    ("公告环节", "stage"),
    ("招考名称", "recruitment"),
    ("发布机关", "issuer"),
    ("名额", _headcount),
    ("报名时间", ("至", "apply_from", "apply_until")),
    ("笔试日期", "exam_on"),
    ("公示至", "until"),
    ("咨询和监督", "contact"),
    ("内容概述", "summary"),
)

KIND = Kind(
    id="recruitment",
    title="招考录用",
    model=RecruitmentNotice,
    schema=1,
    fields=FIELDS,
    tables=TABLES,
    template="records/recruitment/article.html",
    default_class=RecordClass.B,
    has_validity=False,
    until="until",
    index_text=INDEX_TEXT,
    public_rows=PUBLIC_ROWS,
    checks=CHECKS,
    samples=SAMPLES,
    golden=GOLDEN,
)
