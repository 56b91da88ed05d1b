"""Publish or withdraw in a process of its own, beside a running server: `acting.py publish TITLE`, `withdraw ID`."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Prints the key of the record. `MINGCHUANG_DATA` names the demonstration's folder."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "mingchuang.site.settings"
    import django

    django.setup()
    print({"publish": publish, "withdraw": withdraw}[sys.argv[1]](sys.argv[2]))


def publish(title: str) -> int:
    """A class B document of the office with an attachment, through its review, to the public."""
    from mingchuang.core import files
    from mingchuang.core.models import Unit
    from mingchuang.core.roles import Role
    from mingchuang.records import do
    from mingchuang.records.kinds.policy.samples import SAMPLES
    from mingchuang.site.demo import cast, documents

    clerk = cast.acting("zhang", Role.CLERK)
    values = {**SAMPLES[0], "doc_number": "", "title": title}
    draft = do.create("policy", Unit.objects.get(code="office"), clerk, values, record_class="B")
    do.attach(draft, clerk, files.put(f"附件：{title}".encode(), "附件.txt"), title="附件")
    documents.publish(draft.record, lambda sentence: None)
    return draft.record_id


def withdraw(key: str) -> int:
    """Take it down, the title kept in the tombstone."""
    from mingchuang.core.roles import Role
    from mingchuang.records import do
    from mingchuang.records.models import Record
    from mingchuang.site.demo import cast

    record = Record.objects.get(pk=int(key))
    do.withdraw(record, cast.acting("zhang", Role.CLERK), reason="mistake", note="测试撤下：内容有误。")
    return record.pk


if __name__ == "__main__":
    main()
