"""One row of a table, written or taken off by itself, with the file that proves it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mingchuang.core import chain, now
from mingchuang.core.actor import Actor
from mingchuang.core.models import StoredFile
from mingchuang.norms.outcome import Issue, Refused, refuse_if
from mingchuang.records import attachments, examination, tables
from mingchuang.records.do.drafting import Conflict, Saved, save_draft
from mingchuang.records.kind import Table
from mingchuang.records.models import Evidence, Revision


def write_row(
    revision: Revision,
    actor: Actor,
    table: Table,
    values: Mapping[str, Any] | None,
    *,
    row: int,
    version: int,
    file: StoredFile | None = None,
    name: str = "",
) -> Saved | Conflict:
    """Put `values` into row `row` of a draft's table (from 1; one more than there are: a new row); None takes it off.

    `file` (called `name`) proves the row, in a table that asks for evidence. It is opened and looked through like an
    attachment. Raises Refused with every reason, like `save_draft`.
    """
    # Before any row is held: a document is read by a child process.
    faults = examination.issues(file, name) if file is not None and table.evidence else []
    rows: list[Mapping[str, Any]] = list(tables.rows_of(revision, table))
    if not 1 <= row <= len(rows) + 1:
        raise Refused([Issue("records.no_row", f"“{table.label}”没有第 {row} 行，请刷新页面。")])
    refuse_if(faults)
    with chain.together():
        if values is None:
            del rows[row - 1 : row]
        else:
            before = rows[row - 1] if row <= len(rows) else {}
            told = {column.name: values.get(column.name, before.get(column.name)) for column in table.columns}
            if file is not None and table.evidence:
                told[table.evidence] = file.sha256
            rows[row - 1 : row] = [told]
        saved = save_draft(revision, actor, {table.name: rows}, version=version)
        if isinstance(saved, Saved) and values is not None and file is not None and table.evidence:
            _keep(revision, actor, file, name)
    return saved


def _keep(revision: Revision, actor: Actor, file: StoredFile, name: str) -> None:
    called = attachments.clean_name(name or file.first_name, file)[:200]
    told = {"name": called, "added_by": actor.person, "added_at": now.now()}
    Evidence.objects.get_or_create(record_id=revision.record_id, file=file, defaults=told)
