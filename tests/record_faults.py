"""What speaks against a text of any kind, found as a clerk finds it: a draft is made from values and looked over.

faults = Faults("project", SAMPLE, DAY)
assert faults(cast, amount="1") == [("project.funding", "funding")]
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mingchuang.norms.outcome import Issue
    from mingchuang.records.models import Revision
    from tests.cast import Cast


@dataclass(frozen=True)
class Faults:
    """A complete form of a kind, on a day; called with changes it tells every finding as (code, field)."""

    kind: str
    sample: Mapping[str, Any]
    day: datetime.date

    def __call__(self, cast: Cast, **changed: Any) -> list[tuple[str, str]]:
        return [(issue.code, issue.field) for issue in self.issues(cast, **changed)]

    def errors(self, cast: Cast, **changed: Any) -> list[tuple[str, str]]:
        """Only those that keep the text from review."""
        return [(issue.code, issue.field) for issue in self.issues(cast, **changed) if issue.severity == "error"]

    def issues(self, cast: Cast, **changed: Any) -> list[Issue]:
        from mingchuang.core import now
        from mingchuang.records import checks

        with now.travel(self.day):
            return checks.complete(self.draft(cast, **changed), cast.zhang.actor, {})

    def draft(self, cast: Cast, **changed: Any) -> Revision:
        """A draft of the sample with these changes."""
        from mingchuang.core import now
        from mingchuang.records import do

        with now.travel(self.day):
            return do.create(self.kind, cast.office, cast.zhang.actor, {**self.sample, **changed})

    def with_row(self, table: str, number: int, **cells: Any) -> dict[str, Any]:
        """The sample's table with other values in one row, counted from 1."""
        rows = [dict(row) for row in self.sample[table]]
        rows[number - 1] |= cells
        return {table: rows}

    def without_row(self, table: str, number: int) -> dict[str, Any]:
        """The sample's table less one row."""
        return {table: [row for place, row in enumerate(self.sample[table], 1) if place != number]}

    def owed(self, cast: Cast, **changed: Any) -> list[tuple[str, datetime.date | None]]:
        """(rule, due day) of the clocks that run for such a draft."""
        from mingchuang.core.models import Deadline

        revision = self.draft(cast, **changed)
        open_ = Deadline.objects.open().filter(about_id=revision.record_id).order_by("pk")
        return [(deadline.rule, deadline.due) for deadline in open_]

    def published(self, cast: Cast, record_class: str = "B", **changed: Any) -> Any:
        """The sample as a public record."""
        from mingchuang.core import now
        from mingchuang.records import do
        from mingchuang.records.models import Record
        from tests import record_stages as stages

        with now.travel(self.day):
            revision = do.create(
                self.kind, cast.office, cast.zhang.actor, {**self.sample, **changed}, record_class=record_class
            )
            stages.settle(cast, revision)
            do.submit(revision, cast.zhang.actor)
            text = stages.signed(cast, stages.fresh(revision), *stages.signers(cast, record_class))
            do.publish(text.record, cast.zhang.actor, content_hash=text.content_hash)
        return Record.objects.get(pk=revision.record_id)
