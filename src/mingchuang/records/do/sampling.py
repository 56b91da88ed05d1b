"""A look at the scan behind a signature on paper, written down."""

from __future__ import annotations

from mingchuang.core import chain
from mingchuang.core.act import act
from mingchuang.core.actor import Actor
from mingchuang.core.models import Event
from mingchuang.records import sampling
from mingchuang.records.do.rows import locked
from mingchuang.records.models import Approval


def check_paper(approval: Approval, actor: Actor, *, outcome: str, note: str = "") -> Event:
    """Say whether what was recorded is what the scan shows (`sampling.Outcome`); `note` says what differs.

    Once for each signature, by the 政务公开办, and by nobody who signed, recorded or wrote. A difference keeps the
    text from publication (`sampling.alarms`). Raises Refused with every reason.
    """
    with chain.together():
        row = locked(approval.revision)
        told = {"approval": approval.pk, "outcome": outcome}
        data = {**told, "title": approval.step_title}
        return act(row, sampling.MOVE, actor, content_hash=row.content_hash, note=note, facts=told, data=data)
