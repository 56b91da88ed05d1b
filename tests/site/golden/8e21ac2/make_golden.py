"""Make a golden data folder with the code of an older version; see the README one folder up.

    PYTHONPATH=CLONE/src:CLONE python make_golden.py EMPTY_FOLDER ARCHIVE.tar.xz [POSTGRESQL_ADDRESS]

It speaks only to what version 8e21ac2 has (its `do` functions, its tests' cast), so it is run with that version alone.
"""

from __future__ import annotations

import io
import json
import lzma
import os
import sqlite3
import subprocess
import sys
import tarfile
from pathlib import Path
from typing import Any

FOLDER, ARCHIVE = Path(sys.argv[1]).absolute(), Path(sys.argv[2]).absolute()
ADDRESS = sys.argv[3] if len(sys.argv) > 3 else ""
KEPT = ("db.sqlite3", "installation.json", "dump", "files", "expected.json")

os.environ |= {"MINGCHUANG_DATA": str(FOLDER), "DJANGO_SETTINGS_MODULE": "mingchuang.site.settings"}
if ADDRESS:
    os.environ["MINGCHUANG_DATABASE"] = ADDRESS

NOTICE = """青铜峡市人民政府办公室
关于印发虚构政务公开工作要点的通知

青政办发〔2026〕9901号

各镇人民政府，市政府各部门、直属机构：

虚构数据：2026年政务公开工作要点如下。

一、公开
（一）公开预算。及时公开部门预算。（市人民政府办公室负责落实，2026年12月底前完成）
（二）公开执法。全面公开行政执法信息。（市司法局牵头，2026年12月底前完成）
（三）解读政策。每季度解读政策不少于1次。（市人民政府办公室、市司法局负责落实）
二、监督
（四）开展检查。组织一次检查。（市司法局负责落实，2027年6月底前完成）

青铜峡市人民政府办公室
2026年3月10日
"""
ATTACHMENT = "虚构附件。\n"
SECOND_NOTICE = """青铜峡市司法局虚构工作要点

一、公开
（一）公开目录。编制主动公开目录。（市司法局负责落实，2026年12月底前完成）
"""


def build() -> dict[str, object]:
    """A county of three units through the doors of that version; returns the keys that the test asks for."""
    import django

    django.setup()
    from tests.cast import gather

    from mingchuang.core import do as kernel
    from mingchuang.core.actor import Actor
    from mingchuang.core.models import User
    from mingchuang.site import installation

    installation.upgrade_database(print)
    cast = gather()
    kernel.open_account(cast.zhang.person, Actor.system(), username="zhang", password="gone-after-a-moment-1")
    keys = documents(cast)
    keys |= notices(cast, keys["public"])
    User.objects.update(password="!")
    return {**keys, "attachment": ATTACHMENT}


def documents(cast: Any) -> dict[str, int]:
    """A published record with an attachment, a withdrawn one, one in review, one that waits for its second look."""
    from tests import record_stages as stages

    from mingchuang.core import files
    from mingchuang.records import do as records

    text = stages.draft(cast, record_class="B", title="虚构文件：带附件的公开文件", doc_number="青政办发〔2026〕9902号")
    records.attach(text, cast.zhang.actor, files.put(ATTACHMENT.encode(), "附件.txt"), title="附件")
    records.submit(text, cast.zhang.actor)
    text = stages.signed(cast, text, *stages.signers(cast, "B"))
    records.publish(text.record, cast.zhang.actor, content_hash=text.content_hash)
    gone = stages.published(cast, title="虚构文件：已经撤下的文件", doc_number="青政办发〔2026〕9903号")
    records.withdraw(gone, cast.zhang.actor, reason="mistake", note="虚构撤下：内容有误。")
    stages.submitted(cast, title="虚构文件：正在审核的文件", doc_number="青政办发〔2026〕9904号")
    stages.published(cast, record_class="C", title="虚构文件：等待复看的文件", doc_number="青政办发〔2026〕9905号")
    return {"public": text.record_id, "gone": gone.pk}


def notices(cast: Any, public: int) -> dict[str, int]:
    """One whose duties are confirmed in part, the first of them begun and proven; one that is public."""
    from mingchuang.ledger import do as ledger
    from mingchuang.ledger.models import Duty, Notice
    from mingchuang.records.models import Record

    office = cast.zhao.actor
    notice = ledger.load(NOTICE.encode(), "虚构要点.txt", cast.office, office)
    first, second, *_ = Duty.objects.filter(notice=notice).order_by("order")
    for duty in (first, second):
        ledger.confirm(duty, office)
    ledger.start(Duty.objects.get(pk=first.pk), office, note="虚构进展")
    begun, record = Duty.objects.get(pk=first.pk), Record.objects.get(pk=public)
    ledger.offer_evidence(begun, cast.zhang.actor, cast.office, record=record)
    shown = ledger.load(SECOND_NOTICE.encode(), "虚构要点之二.txt", cast.office, office)
    ledger.confirm_all(shown, office)
    ledger.confirm_notice(Notice.objects.get(pk=shown.pk), office)
    ledger.publish_notice(Notice.objects.get(pk=shown.pk), office)
    return {"notice": notice.pk, "public_notice": shown.pk}


def expected() -> dict[str, object]:
    """What the test has to find again, in the words of tests/site/telling.py."""
    from mingchuang.core.models import Deadline, Event
    from mingchuang.ledger.models import Duty, Evidence

    return {
        "events": [[row.seq, row.move, row.link] for row in Event.objects.order_by("seq")],
        "duties": [[duty.ref, duty.confirmation, duty.progress] for duty in Duty.objects.order_by("pk")],
        "open_deadlines": [[row.title, str(row.due or "")] for row in Deadline.objects.open().order_by("pk")],
        "evidence": Evidence.objects.count(),
    }


def settle() -> None:
    """Everything in one file: no write-ahead log, no free pages; PostgreSQL as an archive that isn't packed twice."""
    from django.db import connections

    connections.close_all()
    if ADDRESS:
        dump = ["pg_dump", "--format=custom", "--compress=0", "--no-owner", "--file", str(FOLDER / "dump")]
        subprocess.run([*dump, "--dbname", ADDRESS], check=True)
        return
    database = sqlite3.connect(FOLDER / "db.sqlite3")
    database.execute("PRAGMA journal_mode=DELETE")
    database.execute("VACUUM")
    database.close()


def pack() -> None:
    """The kept names alone (no secret key), in order, with no time, owner or machine in the archive."""
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for path in sorted(FOLDER.rglob("*")):
            name = str(path.relative_to(FOLDER))
            if not path.is_file() or name.split("/", maxsplit=1)[0] not in KEPT:
                continue
            entry = tarfile.TarInfo(name)
            entry.size, entry.mode = path.stat().st_size, 0o600
            archive.addfile(entry, io.BytesIO(path.read_bytes()))
    ARCHIVE.write_bytes(lzma.compress(raw.getvalue(), preset=9 | lzma.PRESET_EXTREME))


def main() -> None:
    """Build, write down what is expected, settle, pack."""
    told = build()
    told |= expected()
    settle()
    (FOLDER / "expected.json").write_text(json.dumps(told, ensure_ascii=False, indent=1), "utf-8")
    pack()


if __name__ == "__main__":
    main()
