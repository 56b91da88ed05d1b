"""Where a record stands, in the office's words: one tag for a row, one filter for a list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from mingchuang.records.models import Posting, Record, Revision

_PUBLIC = Q(visibility=Record.Visibility.PUBLIC)


@dataclass(frozen=True)
class State:
    """A place in a record's life; `tone` is the tag's."""

    key: str
    title: str
    tone: str
    where: Q


#: Texts for notice boards that were put up: they stay approved, and go no further.
_ON_BOARDS = Q(Exists(Posting.objects.filter(revision=OuterRef("current"))))


def _progress(key: str, title: str, tone: str) -> State:
    return State(key, title, tone, Q(current__progress=key))


#: In the order of a record's life. A public record with a correction at work is in two of them.
STATES = (
    _progress("draft", "草稿", "quiet"),
    _progress("reviewing", "审签中", "plain"),
    _progress("returned", "已退回", "attention"),
    State("approved", "待公开", "attention", Q(current__progress="approved") & ~_ON_BOARDS),
    State("posted", "已张贴", "done", _ON_BOARDS),
    State("public", "已公开", "done", _PUBLIC),
    State("withdrawn", "已撤下", "void", Q(visibility=Record.Visibility.WITHDRAWN)),
    State("void", "已作废", "void", Q(current=None, visibility=Record.Visibility.NONE)),
)
BY_KEY = {state.key: state for state in STATES}


def titled(records: QuerySet[Record], *, public_only: bool = False) -> QuerySet[Record]:
    """The records with `title` and `doc_number`: of the text at work, else the public one, else the last there was.

    With `public_only` of the published text alone, for those who may not read drafts.
    """
    if public_only:
        return records.annotate(title=F("published__title"), doc_number=F("published__doc_number"))
    last = Revision.objects.filter(record=OuterRef("pk")).order_by("-ordinal")
    return records.annotate(
        title=Coalesce("current__title", "published__title", Subquery(last.values("title")[:1])),
        doc_number=Coalesce("current__doc_number", "published__doc_number", Subquery(last.values("doc_number")[:1])),
    )


def states_of(record: Record) -> list[State]:
    """What is true of one record (its `current` at hand): usually one, two while it is corrected."""
    found = [record.visibility] if record.visibility != Record.Visibility.NONE else []
    if record.current is not None:
        posted = record.current.progress == "approved" and record.current.postings.exists()
        found.append("posted" if posted else record.current.progress)
    return [BY_KEY[key] for key in found] or [BY_KEY["void"]]


def counts(records: QuerySet[Record]) -> list[tuple[State, int]]:
    """Every state with the number of records in it."""
    sums: dict[str, Any] = {state.key: Count("pk", filter=state.where) for state in STATES}
    found = records.aggregate(**sums)
    return [(state, found[state.key]) for state in STATES]
