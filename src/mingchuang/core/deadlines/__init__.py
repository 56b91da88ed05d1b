"""Deadlines: started, paused, met by events; worked out by `norms`; explained day by day; never stored as overdue."""

from mingchuang.core.deadlines.clocks import follow_clocks
from mingchuang.core.deadlines.do import (
    extend,
    meet,
    pause,
    recompute,
    reopen,
    restart,
    resume,
    settled,
    start,
    start_until,
    void,
)
from mingchuang.core.deadlines.reckoning import Reckoning, explain, reckon, then_and_now, uncertain
from mingchuang.core.deadlines.soundness import unsound

__all__ = [
    "Reckoning",
    "explain",
    "extend",
    "follow_clocks",
    "meet",
    "pause",
    "reckon",
    "recompute",
    "reopen",
    "restart",
    "resume",
    "settled",
    "start",
    "start_until",
    "then_and_now",
    "uncertain",
    "unsound",
    "void",
]
