"""What the pictures of the gate, tables and boards show, put beside a served demonstration: run with its data folder.

`python -m tests.desk.gate_stage FOLDER` prints the keys of the records as JSON.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from mingchuang.site.cli._start import start_django

WORDS = (
    "<p>各镇人民政府：</p><h2>一、报名</h2><p>请于9月3日前报名，联系人测某，手机13812345678，电话0953-3010000。</p>"
    "<h2>二、地点</h2><p>市国土资源局三楼会议室。</p>"
)


def main(folder: Path) -> dict[str, int]:
    """A draft with findings, a draft with tables, an approved list for boards."""
    start_django(folder)
    from mingchuang.core.roles import Role
    from mingchuang.records import do
    from mingchuang.records.kind import kind
    from mingchuang.site.demo.cast import acting
    from tests.record_stages import fresh, values

    zhang, li, wang = acting("zhang", Role.CLERK), acting("li", Role.REVIEWER), acting("wang", Role.LEADER)
    told = values(title="关于报名参加政府信息公开培训的通知（演示）", doc_number="", body=WORDS)
    findings = do.create("policy", zhang.unit, zhang, told, record_class="B")
    tables = do.create("budget", zhang.unit, zhang, kind("budget").samples[0])
    board = do.create("household", zhang.unit, zhang, kind("household").samples[0], record_class="B")
    do.submit(board, zhang)
    for signer in (li, wang):
        board = fresh(board)
        do.approve(board, signer, content_hash=board.content_hash, step=board.step, secrecy="open", note="同意")
    return {"findings": findings.record_id, "tables": tables.record_id, "board": board.record_id}


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]))))
