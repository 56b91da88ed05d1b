"""What a new day brings by itself: documents lapse, notices put into the folder by hand count, pages that show the day.

Each step is idempotent and looks at what is so, not at when it last ran: after downtime one run is enough.
"""

from __future__ import annotations

import logging
import threading
from datetime import date

from mingchuang.core import calendar_notices, now
from mingchuang.core.actor import Actor
from mingchuang.ledger import queries as ledger
from mingchuang.press.bake import Baker
from mingchuang.records import do as records

log = logging.getLogger(__name__)
LOOK_SECONDS = 30.0


def run(day: date, baker: Baker) -> None:
    """Do what `day` (Beijing) asks for. Raises what the database raises; what was done by then stays done."""
    adopted = calendar_notices.adopt(Actor.system())
    lapsed = records.lapse_expired(day)
    pages = _pages_of_the_day()
    report = baker.bake(pages)
    log.info("%s: %d notices adopted, %d documents lapsed, %d pages written", day, adopted, len(lapsed), report.written)


def follow(baker: Baker, stop: threading.Event) -> None:
    """Run once for each day that begins, the present one included, until `stop` is set."""
    done: date | None = None
    while not stop.is_set():
        day = now.today()
        if day != done:
            run(day, baker)
            done = day
        stop.wait(LOOK_SECONDS)


def _pages_of_the_day() -> list[str]:
    """The pages that say what is overdue today, where the county has decided to show it."""
    shown = ledger.public_notices().filter(lateness="public").values_list("pk", flat=True)
    pages = [f"/ledger/{pk}/" for pk in shown]
    return ["/", "/ledger/", *pages] if pages else []
