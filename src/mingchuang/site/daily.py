"""What a new day brings by itself: documents lapse, notices put into the folder by hand count, pages that show the day.

Timed releases that are due are looked for here too: jobs come at their time, but one may have failed for good.
Each step is idempotent and looks at what is so, not at when it last ran: after downtime one run is enough.
"""

from __future__ import annotations

import logging
import threading
from datetime import date

from mingchuang.core import calendar_notices, checkpoints, now
from mingchuang.core.actor import Actor
from mingchuang.ledger import queries as ledger
from mingchuang.press.bake import Baker
from mingchuang.records import do as records
from mingchuang.records import releases
from mingchuang.records.models import Catalogue

log = logging.getLogger(__name__)
LOOK_SECONDS = 30.0


def happenings(day: date) -> int:
    """What `day` (Beijing) brings about by itself; returns how many things. Raises what the database raises."""
    adopted = calendar_notices.adopt(Actor.system())
    lapsed = [*records.lapse_expired(day), *records.end_displays(day)]
    cleared = records.clear_old(now.now())
    checkpoints.write("daily")
    if adopted or lapsed or cleared:
        told = (day, adopted, len(lapsed), cleared)
        log.info("%s: %d notices adopted, %d documents lapsed or taken down, %d unsaved forms cleared away", *told)
    return adopted + len(lapsed)


def follow(baker: Baker, stop: threading.Event) -> None:
    """Once for each day that begins, the present one included, until `stop` is set; between them every half minute the
    timed releases that no job came for."""
    done: date | None = None
    while not stop.is_set():
        releases.enqueue_due()
        day = now.today()
        if day != done:
            happenings(day)
            baker.bake(_pages_of_the_day())
            done = day
        stop.wait(LOOK_SECONDS)


def _pages_of_the_day() -> list[str]:
    """The pages that say what is overdue today, where the county has decided to show it; a catalogue that begins."""
    begins = ["/catalogue/"] if Catalogue.objects.filter(since=now.today()).exists() else []
    shown = ledger.public_notices().filter(lateness="public").values_list("pk", flat=True)
    pages = [f"/ledger/{pk}/" for pk in shown]
    return [*begins, *(["/", "/ledger/", *pages] if pages else [])]
