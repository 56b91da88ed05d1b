"""Fictional policy documents: for the generated tests of every kind and for the demonstration county."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

#: Schema → hash of the canonical bytes of the first sample. What people signed never changes its form: raise
#: `Kind.schema` and add a line instead of editing one.
GOLDEN: Mapping[int, str] = {
    1: "sha256:c9625e9e7d3453c2e8a77ffdec48b824be3b4250a587aebe59dfe5b24267910c",
    2: "sha256:2f8160f0c0b95fb9f4613814d03c1fba4301cb541e9c981273d54bd1ffaf7a51",
    3: "sha256:cf88fcf680dd88a363565c12cc488f42b7342c7a6dc85c40b28eeb418aeca28c",
}

_NOT_NORMATIVE: Mapping[str, Any] = {
    "normative": "no",
    **dict.fromkeys(("register_number", "drafted_by", "business", "comment_from", "comment_to", "comment_address"), ""),
    **dict.fromkeys(("comments", "comments_adopted", "fair_competition", "review_from", "review_to"), ""),
    **dict.fromkeys(("review_conclusion", "review_organ", "review_urgent", "meeting", "meeting_on"), ""),
    **dict.fromkeys(("issued_on", "gazette_on", "filed_on"), ""),
    "consultations": (),
}


def _heard(asked: str, name: str, **told: str) -> Mapping[str, Any]:
    """A row of the 涉企 record."""
    common = {"asked_on": "2019-08-02", "reason": "", "evidence": "座谈会签到表和纪要（演示）", "evidence_file": ""}
    return {"asked": asked, "name": name, **common, **told}


SAMPLES: tuple[Mapping[str, Any], ...] = (
    {
        "title": "青铜峡市人民政府办公室关于做好政府信息公开指南更新工作的通知",
        "doc_number": "青政办发〔2019〕901号",
        "formed_on": "2019-08-20",
        "summary": "演示数据：要求各部门在机构改革后更新政府信息公开指南和目录，写明公开工作机构和联系方式。",
        "issuer": "青铜峡市人民政府办公室",
        "disclosure": "proactive",
        "theme": "general",
        "keywords": "政府信息公开；指南；目录",
        "effective_on": "2019-08-20",
        "expires_on": "",
        "body": "<p>各镇人民政府、裕民街道办事处、农林场，市直各部门、单位：</p><h2>一、更新内容</h2>"
        "<p>公开工作机构的名称、办公地址、办公时间、联系电话和互联网联系方式发生变化的，应当及时更新。</p>"
        "<h2>二、检查方式</h2><table><tbody><tr><th>项目</th><th>频次</th></tr>"
        '<tr><td rowspan="2">指南</td><td>每季度</td></tr><tr><td>机构变动时</td></tr></tbody></table>',
        **_NOT_NORMATIVE,
    },
    {
        "title": "青铜峡市审批服务管理局关于公布第一批保留证明事项清单的通告",
        "doc_number": "",
        "formed_on": "2019-09-02",
        "summary": "演示数据：公布确需保留的证明事项，清单以外的证明一律不得要求群众提供。",
        "issuer": "青铜峡市审批服务管理局",
        "disclosure": "proactive",
        "theme": "civil",
        "keywords": "证明事项；清单",
        "effective_on": "",
        "expires_on": "2021-09-02",
        "body": "<p>现将第一批保留的证明事项清单予以公布，自公布之日起执行，有效期两年。</p>",
        **_NOT_NORMATIVE,
    },
    {
        "title": "青铜峡市政府信息公开场所管理办法（试行）",
        "doc_number": "青政规发〔2019〕902号",
        "formed_on": "2019-08-30",
        "summary": "演示数据：规定政府信息查阅场所的设置、开放时间、资料送交和检查。",
        "issuer": "青铜峡市人民政府办公室",
        "disclosure": "proactive",
        "theme": "general",
        "keywords": "政府信息公开；查阅场所",
        "effective_on": "2019-10-08",
        "expires_on": "2021-10-07",
        "body": "<h2>第一章　总则</h2><p>第一条　为方便公众查阅政府信息，制定本办法。</p>"
        "<p>第二条　本办法自2019年10月8日起施行，有效期至2021年10月7日。</p>",
        "normative": "yes",
        "register_number": "QTXDR-2019-01902",
        "drafted_by": "青铜峡市人民政府办公室",
        "business": "no",
        "comment_from": "2019-06-03",
        "comment_to": "2019-07-05",
        "comment_address": "",
        "comments": "12",
        "comments_adopted": "7",
        "fair_competition": "none",
        "review_from": "2019-07-22",
        "review_to": "2019-08-02",
        "review_conclusion": "lawful",
        "review_organ": "青铜峡市司法局",
        "review_urgent": "no",
        "meeting": "演示会议：市人民政府第××次常务会议",
        "meeting_on": "2019-08-16",
        "issued_on": "2019-08-30",
        "gazette_on": "",
        "filed_on": "",
        "consultations": (),
    },
    {
        "title": "青铜峡市人民政府办公室关于优化企业开办服务的通知",
        "doc_number": "青政办发〔2019〕903号",
        "formed_on": "2019-09-05",
        "summary": "演示数据：压缩企业开办时间，公开办理进度。",
        "issuer": "青铜峡市人民政府办公室",
        "disclosure": "proactive",
        "theme": "market",
        "keywords": "企业开办；营商环境",
        "effective_on": "",
        "expires_on": "",
        "body": "<p>各镇人民政府、裕民街道办事处，市直各部门、单位：</p><h2>一、压缩时间</h2>"
        "<p>企业开办当日办结。</p><h2>二、信息公开</h2><p>责任主体为市审批服务管理局；"
        "公开内容为办理流程和平均用时，通过市人民政府门户网站公开；完成时限为每季度首月10日前。</p>",
        **_NOT_NORMATIVE,
        "business": "yes",
        "consultations": (
            _heard(
                "enterprise", "示例食品有限公司（演示）", way="meeting", opinion="希望一次提交全部材料。",
                adoption="adopted",
            ),
            _heard(
                "association", "示例行业协会（演示）", way="meeting", opinion="建议取消两项复印件。",
                adoption="partly", reason="一项依法须留存，另一项取消。",
            ),
            _heard("chamber", "示例商会（演示）", way="letter", opinion="", adoption="none"),
            _heard(
                "lawyers", "示例律师协会（演示）", way="letter", opinion="建议写明救济渠道。", adoption="adopted"
            ),
        ),
    },
)  # fmt: skip
