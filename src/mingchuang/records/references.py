"""Records that name each other by 索引号 or 文号: found in both directions, so that each page leads to the other.

A kind declares `Field.reference`; or `Field.chain`, for records that share a number of their own. What is named is
looked up when it is asked for and never copied: a policy that is published later, corrected or taken down changes the
pages that name it (`linked` tells the press which).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from mingchuang.norms import docnumber
from mingchuang.records import queries
from mingchuang.records.kind import Field, Kind, Reference, kind, kinds
from mingchuang.records.models import Record, Revision


@dataclass(frozen=True, slots=True)
class Links:
    """Public records under one heading, newest first."""

    words: str
    rows: tuple[queries.Row, ...]


def spelling(number: str) -> str:
    """A document number in its normal form; what is none (an 索引号) as it is."""
    known = docnumber.normalise(number)
    return str(known) if known else number.strip()


def named(number: str, reference: Reference) -> QuerySet[Record]:
    """The records that this number means: public ones and those at work, of the kinds that may be named."""
    spelled = spelling(number)
    means = Q(index_number=spelled) | Q(published__doc_number=spelled) | Q(current__doc_number=spelled)
    return Record.objects.filter(means, kind__in=reference.kinds) if spelled else Record.objects.none()


def public_named(number: str, reference: Reference) -> QuerySet[Record]:
    """Those of them that citizens may see, by the number under which they see them."""
    spelled = spelling(number)
    means = Q(index_number=spelled) | Q(published__doc_number=spelled)
    return queries.public().filter(means, kind__in=reference.kinds) if spelled else Record.objects.none()


def links(declared: Kind, record_id: int, index_number: str, values: Mapping[str, Any]) -> tuple[Links, ...]:
    """What a public page leads to: what its text names, then what names it. One query for each field concerned."""
    found = []
    for field, reference in _references(declared):
        if values[field.name]:
            there = public_named(values[field.name], reference).exclude(pk=record_id)
            found.append(Links(reference.forward, _rows(there)))
    numbers = {index_number, str(values.get("doc_number") or "")} - {""}
    for other, field, reference in _naming(declared.id):
        here = _public_naming(other, field, numbers).exclude(pk=record_id)
        found.append(Links(reference.back, _rows(here)))
    for field in _chains(declared):
        if values[field.name]:
            found.append(
                Links(field.chain, _rows(in_chain(declared, field, [values[field.name]]).exclude(pk=record_id)))
            )
    return tuple(group for group in found if group.rows)


def in_chain(declared: Kind, field: Field, shared: Iterable[str]) -> QuerySet[Record]:
    """The public records of a kind that have one of these values in a field that declares a chain."""
    texts = declared.model._default_manager.filter(**{f"{field.name}__in": sorted(shared)}).values("revision_id")
    return queries.public().filter(kind=declared.id, published_id__in=texts)


def linked(record_id: int) -> tuple[int, ...]:
    """The public records whose pages lead to this one or did so while an earlier text of it was public."""
    record = Record.objects.filter(pk=record_id).values("kind", "index_number").first()
    if record is None:
        return ()
    declared = kind(record["kind"])
    texts = Revision.objects.filter(record_id=record_id, progress=Revision.Progress.APPROVED)
    found: set[int] = set()
    for field, reference in _references(declared):
        given = declared.model._default_manager.filter(revision__in=texts).exclude(**{field.name: ""})
        for number in given.values_list(field.name, flat=True).distinct():
            found.update(public_named(number, reference).values_list("pk", flat=True))
    for field in _chains(declared):
        given = declared.model._default_manager.filter(revision__in=texts).exclude(**{field.name: ""})
        shared = set(given.values_list(field.name, flat=True))
        found.update(in_chain(declared, field, shared).values_list("pk", flat=True))
    naming = list(_naming(declared.id))
    if naming:
        given_numbers = (record["index_number"] or "", *texts.values_list("doc_number", flat=True))
        numbers = {number for number in given_numbers if number}
        for other, field, _reference in naming:
            found.update(_public_naming(other, field, numbers).values_list("pk", flat=True))
    return tuple(sorted(found - {record_id}))


def at_work(record: Record) -> list[Revision]:
    """The texts at work, of records that were never public, that name this public record."""
    published = record.published
    numbers = {record.index_number or "", published.doc_number if published else ""} - {""}
    found: list[Revision] = []
    for other, field, _reference in _naming(record.kind):
        texts = other.model._default_manager.filter(**{f"{field.name}__in": numbers}).values("revision_id")
        waiting = Record.objects.filter(kind=other.id, published=None, current__in=texts).exclude(pk=record.pk)
        revisions = Revision.objects.filter(pk__in=waiting.values("current_id"))
        found += revisions.select_related("record__unit").order_by("pk")
    return found


def _references(declared: Kind) -> Iterator[tuple[Field, Reference]]:
    yield from ((field, field.reference) for field in declared.fields if field.reference is not None)


def _chains(declared: Kind) -> Iterator[Field]:
    yield from (field for field in declared.fields if field.chain)


def _naming(kind_id: str) -> Iterator[tuple[Kind, Field, Reference]]:
    """Every field of every kind that may name a record of this kind."""
    for other in kinds().values():
        for field, reference in _references(other):
            if kind_id in reference.kinds:
                yield other, field, reference


def _public_naming(other: Kind, field: Field, numbers: Iterable[str]) -> QuerySet[Record]:
    texts = other.model._default_manager.filter(**{f"{field.name}__in": sorted(numbers)}).values("revision_id")
    return queries.public().filter(kind=other.id, published__in=texts)


def _rows(records: QuerySet[Record]) -> tuple[queries.Row, ...]:
    return queries.rows(records.order_by("-published_on", "-id"))
