"""Which of the five elements of a year's admission are public, and since when."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from mingchuang.records import queries
from mingchuang.records.kinds.admission.models import AdmissionText, Part, Sector

#: The five elements that the notice names, in its order.
FIVE = (Part.PLAN, Part.DISTRICTS, Part.SCHOOLS, Part.RESULT, Part.CONTACTS)
_IN_WHOLE = frozenset(FIVE) - {Part.RESULT}


@dataclass(frozen=True, slots=True)
class Element:
    """An element with the day on which it first was public; None while it is not."""

    title: str
    since: datetime.date | None


def elements(year: int) -> tuple[Element, ...]:
    """The five elements of compulsory education for a year of admission. Two queries."""
    texts = AdmissionText.objects.filter(year=year, sector=Sector.COMPULSORY)
    parts = dict(texts.values_list("pk", "part"))
    since: dict[str, datetime.date] = {}
    public = queries.public().filter(kind="admission", published_id__in=parts)
    for text, day in public.values_list("published_id", "published_on"):
        if day is None:
            continue
        for part in _IN_WHOLE if parts[text] == Part.WHOLE else {parts[text]}:
            since[part] = min(day, since.get(part, day))
    return tuple(Element(part.label, since.get(part)) for part in FIVE)
