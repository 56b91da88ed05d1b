"""Fictional policy documents: for the generated tests of every kind and for the demonstration county."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

#: Schema → hash of the canonical bytes of the first sample. What people signed never changes its form: raise
#: `Kind.schema` and add a line instead of editing one.
GOLDEN: Mapping[int, str] = {
    1: "sha256:c9625e9e7d3453c2e8a77ffdec48b824be3b4250a587aebe59dfe5b24267910c",
}

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
    },
)
