"""What an installation holds, told as JSON by a process of its own that finds `MINGCHUANG_DATA` in its environment."""

from __future__ import annotations

import json
import os


def main() -> None:
    """Prints events (seq, move, link), duties (ref, confirmation, progress), open deadlines (title, due), evidence."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "mingchuang.site.settings"
    import django

    django.setup()
    from mingchuang.core.models import Deadline, Event
    from mingchuang.ledger.models import Duty, Evidence

    told = {
        "events": [[row.seq, row.move, row.link] for row in Event.objects.order_by("seq")],
        "duties": [[duty.ref, duty.confirmation, duty.progress] for duty in Duty.objects.order_by("pk")],
        "open_deadlines": [[row.title, str(row.due or "")] for row in Deadline.objects.open().order_by("pk")],
        "evidence": Evidence.objects.count(),
    }
    print(json.dumps(told, ensure_ascii=False))


if __name__ == "__main__":
    main()
