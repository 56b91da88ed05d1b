"""The clocks that a machine's move carries (`starts`, `pauses`, `resumes`, `extends`, `meets`, `voids`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mingchuang.core.actor import Actor
from mingchuang.core.deadlines import do
from mingchuang.core.models import Deadline, Event
from mingchuang.core.subject import Subject
from mingchuang.norms.machine import load
from mingchuang.norms.outcome import Refused


def follow_clocks(
    subject: Subject, event: Event, actor: Actor, clocks: Mapping[str, tuple[str, ...]], facts: Mapping[str, Any]
) -> None:
    """Carry out a move's clocks on the deadlines of `subject`, in the order of the machine's file.

    Facts that matter: `anchor` (a start whose day is not the day it happened), `consulted` (whom a pause asks),
    `extend_by` (units granted). A rule that is not in force on that day starts nothing: it binds nobody yet.
    """
    note = f"随“{load(subject.machine).moves[event.move].title}”。"
    for verb, rules in clocks.items():
        for rule_id in rules:
            if verb == "starts":
                _start(subject, rule_id, event, actor, facts)
                continue
            about = {"about_kind": subject.subject_kind(), "about_id": subject.pk}
            for deadline in Deadline.objects.open().filter(**about, rule=rule_id).order_by("pk"):
                _carry_out(verb, deadline, event, actor, note=note, facts=facts)


def _start(subject: Subject, rule_id: str, event: Event, actor: Actor, facts: Mapping[str, Any]) -> None:
    anchor = facts.get("anchor") or event.happened_on
    try:
        do.start(subject, rule_id, anchor, subject.subject_unit(), actor=actor, cause=event)
    except Refused as refusal:
        if {issue.code for issue in refusal.issues} != {"rule.not_in_force"}:
            raise


def _carry_out(
    verb: str, deadline: Deadline, event: Event, actor: Actor, *, note: str, facts: Mapping[str, Any]
) -> None:
    who = str(facts.get("consulted", ""))
    if verb == "pauses":
        do.pause(deadline, actor, note=note, who=who, cause=event)
    elif verb == "resumes":
        do.resume(deadline, actor, who=who, cause=event)
    elif verb == "extends":
        do.extend(deadline, actor, amount=int(facts.get("extend_by", 0)), note=note, cause=event)
    elif verb == "meets":
        do.meet(deadline, actor, cause=event)
    elif verb == "voids":
        do.void(deadline, actor, note=note, cause=event)
    else:
        raise ValueError(f"no clock verb {verb}")
