"""Which of the eight classes a project has published, and which it has not."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from mingchuang.records import queries
from mingchuang.records.kinds.construction.models import ConstructionInformation, InformationClass


@dataclass(frozen=True, slots=True)
class Progress:
    """A project with the number of public pieces of each class, in the order of 国办发〔2017〕94号."""

    project_code: str
    project_name: str
    counts: tuple[tuple[str, int], ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """The classes of which nothing is public; whether one is due yet, the stage tells and a person judges."""
        return tuple(label for label, count in self.counts if not count)


def projects() -> tuple[Progress, ...]:
    """Every project of which anything is public, by code. One query."""
    public = queries.public().filter(kind="construction").values("published_id")
    found = ConstructionInformation.objects.filter(pk__in=public).order_by("revision_id")
    names: dict[str, str] = {}
    counts: Counter[tuple[str, str]] = Counter()
    for code, name, information in found.values_list("project_code", "project_name", "information"):
        names[code] = name
        counts[code, information] += 1
    return tuple(
        Progress(code, names[code], tuple((label, counts[code, value]) for value, label in InformationClass.choices))
        for code in sorted(names)
    )
