"""The working-day calendars of this installation: the shipped notices and those that an office added.

Added ones lie in the data folder (`calendars/*.toml`), where the command line reads them without a database;
`core.calendar_notices` takes them in.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from mingchuang.norms.calendar import CalendarBook, WorkingDays


def folder() -> Path:
    """Where added notices lie."""
    return Path(settings.MINGCHUANG_DATA) / "calendars"


def paths() -> list[Path]:
    """The added notices, by name."""
    return sorted(folder().glob("*.toml"))


def book() -> CalendarBook:
    """Every notice that the installation knows. Raises `Refused` when a file in the folder is damaged."""
    stamps = tuple((path.name, path.stat().st_mtime_ns, path.stat().st_size) for path in paths())
    return _load(folder(), stamps)


def working_days(region: str, known_on: date | None = None) -> WorkingDays:
    """The working days of a region, as known on a day or now."""
    return book().working_days(region, known_on)


@lru_cache(maxsize=4)
def _load(folder: Path, stamps: tuple[tuple[str, int, int], ...]) -> CalendarBook:
    """One book for one content of the folder; `stamps` is what makes a changed folder a new key."""
    return CalendarBook.load(folder)
