"""Who wrote a text: whoever began it, changed it or submitted it. None of them may sign it."""

from __future__ import annotations

from mingchuang.core.models import Event
from mingchuang.records.models import Revision

#: The moves by which somebody has a hand in a text.
AUTHORING = ("create", "edit", "submit")


def authors(revision: Revision) -> set[int]:
    """Everybody who had a hand in the text, by its events and its columns (keys of people)."""
    acted = Event.objects.filter(
        subject_kind=Revision.subject_kind(), subject_id=revision.pk, move__in=AUTHORING, person__isnull=False
    ).values_list("person_id", flat=True)
    named = (revision.author_id, revision.changed_by_id, revision.submitted_by_id)
    return {*acted, *(pk for pk in named if pk is not None)}
