"""Which of the eight classes a project has published, and which it has not."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from mingchuang.records import queries
from mingchuang.records.kinds.construction.models import ConstructionInformation, InformationClass


@dataclass(frozen=True, slots=True)
class Progress:
    """A project with its public pieces (keys of their records) of each class, in the order of 国办发〔2017〕94号."""

    project_code: str
    project_name: str
    pieces: tuple[tuple[str, tuple[int, ...]], ...]

    @property
    def counts(self) -> tuple[tuple[str, int], ...]:
        """How many of each class."""
        return tuple((label, len(records)) for label, records in self.pieces)

    @property
    def missing(self) -> tuple[str, ...]:
        """The classes of which nothing is public; whether one is due yet, the stage tells and a person judges."""
        return tuple(label for label, records in self.pieces if not records)


def projects() -> tuple[Progress, ...]:
    """Every project of which anything is public, by code. Two queries."""
    public = dict(queries.public().filter(kind="construction").values_list("published_id", "pk"))
    found = ConstructionInformation.objects.filter(pk__in=public).order_by("revision_id")
    names: dict[str, str] = {}
    pieces: dict[tuple[str, str], list[int]] = defaultdict(list)
    for text, code, name, information in found.values_list("pk", "project_code", "project_name", "information"):
        names[code] = name
        pieces[code, information].append(public[text])
    return tuple(
        Progress(
            code, names[code], tuple((label, tuple(pieces[code, value])) for value, label in InformationClass.choices)
        )
        for code in sorted(names)
    )
