"""Records of before this system, entered together: drafts with their original dates, marked as imported."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from mingchuang.core import chain
from mingchuang.core.actor import Actor
from mingchuang.core.models import Unit
from mingchuang.norms.outcome import Issue, Refused, errors, refuse_if
from mingchuang.records import checks
from mingchuang.records.do.drafting import History, create
from mingchuang.records.models import Revision


@dataclass(frozen=True, slots=True)
class Entry:
    """One record of history: form values, the line of its source (from 1), and where it stood before."""

    line: int
    values: Mapping[str, Any]
    address: str = ""


def enter_history(
    kind_id: str, unit: Unit, actor: Actor, entries: Iterable[Entry], *, record_class: str = ""
) -> tuple[Revision, ...]:
    """A draft for each entry, in their order, or none at all.

    Raises Refused with every fault of every line: values that cannot be read, and what would keep the text from review.
    They go through review like everything else; no clock of publication runs for them.
    """
    made: list[Revision] = []
    faults: list[Issue] = []
    with chain.together():
        for entry in entries:
            try:
                revision = create(
                    kind_id,
                    unit,
                    actor,
                    entry.values,
                    record_class=record_class,
                    history=History(entry.address),
                )
            except Refused as refusal:
                faults += [_at(entry, issue) for issue in refusal.issues]
                continue
            faults += [_at(entry, issue) for issue in errors(checks.complete(revision, actor, {}))]
            made.append(revision)
        refuse_if(faults)
        if not made:
            raise Refused([Issue("records.no_entries", "没有可以补录的内容。", field="file")])
    return tuple(made)


def _at(entry: Entry, issue: Issue) -> Issue:
    return replace(issue, message=f"第 {entry.line} 行：{issue.message}", context={**issue.context, "line": entry.line})
