"""Fictional lists: for the generated tests of every kind and for the demonstration county."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

#: Schema → hash of the canonical bytes of the first sample. What people signed never changes its form: raise
#: `Kind.schema` and add a line instead of editing one.
GOLDEN: Mapping[int, str] = {
    1: "sha256:bfa982cf7cd44636b31ed657fe88dd9cf3f2783cd72af9ac5b255cb7aec25f53",
}

_COLUMNS = (
    *("code", "name", "category", "basis", "level", "authority"),
    *("counterpart", "purpose", "standard", "materials", "limit"),
)


def _matter(**cells: str) -> dict[str, str]:
    return {name: cells.get(name, "") for name in _COLUMNS}


SAMPLES: tuple[Mapping[str, Any], ...] = (
    {
        "title": "青铜峡市保留的证明事项清单（演示，2019年版）",
        "doc_number": "",
        "formed_on": "2019-09-02",
        "summary": "演示数据：确需保留的证明事项三项，写明依据、开具单位、索要单位和用途，均为虚构。",
        "list_type": "保留的证明事项清单",
        "list_name": "青铜峡市保留的证明事项清单（演示）",
        "issuer": "青铜峡市审批服务管理局",
        "effective_on": "2019-09-02",
        "previous": "",
        "body": "<p>清单以外的证明，一律不得要求群众提供。</p>",
        "matters": (
            _matter(
                code="YS-ZM-001",
                name="演示从业年限证明",
                basis="《演示管理条例》第九条",
                authority="演示行业主管部门",
                counterpart="用人单位",
                purpose="申请演示资格",
            ),
            _matter(
                code="YS-ZM-002",
                name="演示场地使用证明",
                basis="《演示管理办法》第三条",
                authority="演示审批部门",
                counterpart="场地产权人",
                purpose="办理演示登记",
            ),
            _matter(
                code="YS-ZM-003",
                name="演示亲属关系证明",
                basis="《演示登记办法》第七条",
                authority="演示登记机构",
                counterpart="户籍机关",
                purpose="办理演示继承登记",
            ),
        ),
    },
    {
        "title": "青铜峡市政务服务事项清单（演示）",
        "doc_number": "",
        "formed_on": "2019-09-03",
        "summary": "演示数据：四级四同政务服务事项两项，名称、编码、类型、依据均为虚构。",
        "list_type": "政务服务事项清单（四级四同）",
        "list_name": "青铜峡市政务服务事项清单（演示）",
        "issuer": "青铜峡市审批服务管理局",
        "effective_on": "2019-10-01",
        "previous": "",
        "body": "",
        "matters": (
            _matter(
                code="YS000101",
                name="演示经营许可",
                category="行政许可",
                basis="《演示经营条例》第五条",
                level="县级",
                authority="演示审批部门",
                materials="申请表；营业执照复印件",
                limit="5个工作日",
            ),
            _matter(
                code="YS000102",
                name="演示备案",
                category="其他行政权力",
                basis="《演示经营条例》第八条",
                level="乡级",
                authority="演示镇人民政府",
                materials="备案表",
                limit="当场",
            ),
        ),
    },
)
