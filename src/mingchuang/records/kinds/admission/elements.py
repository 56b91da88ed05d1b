"""Which of the five elements of a year's admission are public, and since when."""

from __future__ import annotations

import datetime
from collections import defaultdict
from dataclasses import dataclass

from mingchuang.records import queries
from mingchuang.records.kinds.admission.models import AdmissionText, Part, Sector

#: The five elements that the notice names, in its order.
FIVE = (Part.PLAN, Part.DISTRICTS, Part.SCHOOLS, Part.RESULT, Part.CONTACTS)
_IN_WHOLE = frozenset(FIVE) - {Part.RESULT}


@dataclass(frozen=True, slots=True)
class Element:
    """An element with the day on which it first was public (None while it is not) and the records that tell it."""

    title: str
    since: datetime.date | None
    records: tuple[int, ...] = ()


def elements(year: int) -> tuple[Element, ...]:
    """The five elements of compulsory education for a year of admission. Two queries."""
    texts = AdmissionText.objects.filter(year=year, sector=Sector.COMPULSORY)
    parts = dict(texts.values_list("pk", "part"))
    since: dict[str, datetime.date] = {}
    public = queries.public().filter(kind="admission", published_id__in=parts)
    told: dict[str, list[int]] = defaultdict(list)
    for record, text, day in public.order_by("pk").values_list("pk", "published_id", "published_on"):
        if day is None:
            continue
        for part in _IN_WHOLE if parts[text] == Part.WHOLE else {parts[text]}:
            since[part] = min(day, since.get(part, day))
            told[part].append(record)
    return tuple(Element(part.label, since.get(part), tuple(told[part])) for part in FIVE)


def years() -> tuple[int, ...]:
    """The years of admission of which anything is public, newest first."""
    public = queries.public().filter(kind="admission").values("published_id")
    found = AdmissionText.objects.filter(pk__in=public, year__isnull=False)
    told = found.order_by("-year").values_list("year", flat=True).distinct()
    return tuple(year for year in told if year is not None)
