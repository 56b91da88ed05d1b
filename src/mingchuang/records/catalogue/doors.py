"""Who may see and accept catalogues: everybody who works here sees them, the 政务公开办 accepts."""

from __future__ import annotations

from django.db.models import QuerySet

from mingchuang.core import access
from mingchuang.core.models import Person
from mingchuang.core.roles import Role
from mingchuang.core.standing import appointments, holds
from mingchuang.records.models import Catalogue, CatalogueRow


def seen_catalogues(person: Person) -> QuerySet[Catalogue]:
    """A catalogue is a public document: whoever works here sees every version."""
    return Catalogue.objects.all() if appointments(person) else Catalogue.objects.none()


def accepted_catalogues(person: Person) -> QuerySet[Catalogue]:
    """The 政务公开办 alone keeps the catalogue."""
    return Catalogue.objects.all() if holds(person, Role.OFFICE) else Catalogue.objects.none()


def seen_rows(person: Person) -> QuerySet[CatalogueRow]:
    """The rows of the catalogues that one sees."""
    return CatalogueRow.objects.filter(catalogue__in=seen_catalogues(person)).select_related("catalogue", "item")


def register() -> None:
    """Open the doors; called once when the application starts."""
    access.register(Catalogue, "see", seen_catalogues)
    access.register(Catalogue, "accept", accepted_catalogues)
    access.register(CatalogueRow, "see", seen_rows)
