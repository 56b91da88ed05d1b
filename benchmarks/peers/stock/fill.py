"""Fill the stock site's database, and write every page it answers into a folder."""

from __future__ import annotations

import datetime as dt
import os
import random
import sys
from pathlib import Path

PAGES = 200
_UNITS = 10
_NAVIGATION = 40
_PARAGRAPHS = 8
# A paragraph as long as makes the page 27 to 28 KB, two words in five common ones: it then compresses to about half.
_WORDS_A_PARAGRAPH = 470
_COMMON = [
    "政务",
    "公开",
    "行政",
    "许可",
    "处罚",
    "决定",
    "信息",
    "主动",
    "依法",
    "公示",
    "监督",
    "检查",
    "部门",
    "单位",
    "责任",
    "落实",
    "工作",
    "要点",
    "通知",
    "办理",
]


def _paragraph(draw: random.Random) -> str:
    words = []
    for _ in range(_WORDS_A_PARAGRAPH):
        if draw.random() < 0.4:
            words.append(draw.choice(_COMMON))
        else:
            words.append(chr(draw.randrange(0x4E00, 0x5E00)) + chr(draw.randrange(0x4E00, 0x5E00)))
    return "".join(words) + "。"


def fill(folder: Path) -> None:
    """Make the tables and rows, ask for each page once, and write the answers to `folder`/<number>.html."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.peers.stock.settings"
    from django.core.management import call_command
    from django.test import Client

    from benchmarks.peers.stock import site  # noqa: F401 - sets Django up
    from benchmarks.peers.stock.models import Document, Unit

    call_command("migrate", run_syncdb=True, verbosity=0)
    draw = random.Random(20190919)
    units = [Unit.objects.create(name=f"示例单位{number:02d}办公室") for number in range(_NAVIGATION)]
    for number in range(1, PAGES + 1):
        Document.objects.create(
            pk=number,
            unit=units[number % _UNITS],
            title=f"关于做好第{number}项政务公开工作的通知",
            number=f"示政办发〔2019〕{number}号",
            date=dt.date(2019, 1, 1) + dt.timedelta(days=number),
            body="\n".join(_paragraph(draw) for _ in range(_PARAGRAPHS)),
        )
    client = Client()
    for number in range(1, PAGES + 1):
        (folder / f"{number}.html").write_bytes(client.get(f"/records/{number}/").content)


if __name__ == "__main__":
    fill(Path(sys.argv[1]))
