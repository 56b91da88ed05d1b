"""Fictional interpretations: for the generated tests of every kind and for the demonstration county."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

#: Schema → hash of the canonical bytes of the first sample. What people signed never changes its form: raise
#: `Kind.schema` and add a line instead of editing one.
GOLDEN: Mapping[int, str] = {
    1: "sha256:67e17618c7598c1614d4b58f0f1136f95b4571f8226ffa4f3f08415a23d60167",
}

SAMPLES: tuple[Mapping[str, Any], ...] = (
    {
        "title": "《关于做好政府信息公开指南更新工作的通知》政策解读",
        "formed_on": "2019-08-20",
        "summary": "演示数据：说明为什么要更新政府信息公开指南、谁来更新、什么时候完成。",
        "interprets": "青政办发〔2019〕901号",
        "issuer": "青铜峡市人民政府办公室",
        "form": "words",
        "speaker": "",
        "post": "",
        "head_of_unit": "",
        "background": "新修订的《政府信息公开条例》施行，机构改革后公开工作机构有变化。",
        "goals": "各部门的指南和目录与机构改革后的职责一致。",
        "content": "更新公开工作机构的名称、地址、办公时间、联系方式。",
        "scope": "各镇人民政府、裕民街道办事处、农林场，市直各部门、单位。",
        "standards": "内容变化的及时更新，每季度检查一次。",
        "cautions": "",
        "key_words": "指南：告诉公众怎样获取政府信息的说明。",
        "benefits": "",
        "differences": "",
        "keywords": "政府信息公开；指南",
        "body": "<h2>一、为什么更新</h2><p>机构改革后，部分单位的名称和地址已经改变。</p>",
    },
    {
        "title": "主要负责人解读：怎样用好政府信息公开指南",
        "formed_on": "2019-08-22",
        "summary": "演示数据：单位主要负责人在线解答怎样查找和申请政府信息。",
        "interprets": "青政办发〔2019〕901号",
        "issuer": "青铜峡市人民政府办公室",
        "form": "leader",
        "speaker": "甲某",
        "post": "演示单位主任",
        "head_of_unit": "yes",
        "background": "指南更新后，群众来电询问较多。",
        "goals": "让群众查得到、看得懂。",
        "content": "主动公开的信息在网站查找，没有公开的可以申请。",
        "scope": "全体公民、法人和其他组织。",
        "standards": "申请的答复期限以条例为准。",
        "cautions": "申请时写明所需信息的名称或者特征。",
        "key_words": "",
        "benefits": "申请不收费，数量明显超过合理范围的除外。",
        "differences": "",
        "keywords": "",
        "body": "",
    },
)
