"""Deciding on duties: what was read is right; how far it has come."""

from __future__ import annotations

from mingchuang.core import chain
from mingchuang.core.act import act
from mingchuang.core.actor import Actor
from mingchuang.core.models import Event
from mingchuang.ledger.checks import unfit
from mingchuang.ledger.do.held import hold, holding
from mingchuang.ledger.models import Duty, Notice
from mingchuang.norms.outcome import Issue


@holding
def confirm(duty: Duty, actor: Actor, *, version: int | None = None) -> Event:
    """What was read is right. Refused when a name is not assigned to anybody yet."""
    return act(duty, "confirm", actor, version=version)


def confirm_all(notice: Notice, actor: Actor) -> tuple[list[Duty], list[Issue]]:
    """Confirm every duty still to be checked; returns those done, and the reasons for those that could not be."""
    done: list[Duty] = []
    issues: list[Issue] = []
    with chain.together():
        hold(notice)
        for duty in notice.duties.filter(confirmation="read", missing=False):
            found = unfit(duty, actor, {})
            if found:
                issues += found
                continue
            act(duty, "confirm", actor)
            done.append(duty)
    return done, issues


@holding
def start(duty: Duty, actor: Actor, *, note: str = "", version: int | None = None) -> Event:
    """Work on it has begun."""
    return act(duty, "start", actor, note=note, version=version)


@holding
def finish(duty: Duty, actor: Actor, *, note: str = "", version: int | None = None) -> Event:
    """It is done; the accepted evidence is the proof, and without any it is refused."""
    proof = [f"evidence:{pk}" for pk in duty.evidence.filter(standing="accepted").values_list("pk", flat=True)]
    return act(duty, "finish", actor, note=note, evidence=proof, version=version)


@holding
def reopen(duty: Duty, actor: Actor, note: str, *, version: int | None = None) -> Event:
    """It was not done after all; a reason is required."""
    return act(duty, "reopen", actor, note=note, version=version)
