"""Rows of the ledger, held: whoever decides about a notice or a duty of it first holds the notice.

One order for everybody (the notice, then what belongs to it), so that two never wait for each other, and a decision is
made upon what is there and not upon what a page showed a minute ago.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

from mingchuang.core import chain
from mingchuang.core.subject import Subject
from mingchuang.ledger.models import Duty, Evidence, Notice

P = ParamSpec("P")
R = TypeVar("R")


def holding(writer: Callable[Concatenate[Duty, P], R]) -> Callable[Concatenate[Duty, P], R]:
    """For a function that decides about a duty: one transaction, the notice held, the duty as it is now."""

    @functools.wraps(writer)
    def held(duty: Duty, /, *args: P.args, **kwargs: P.kwargs) -> R:
        with chain.together():
            hold_duty(duty)
            return writer(duty, *args, **kwargs)

    return held


def hold(notice: Notice | int) -> None:
    """Hold a notice until the transaction ends; a row that is given is brought up to date."""
    pk = notice if isinstance(notice, int) else notice.pk
    Notice._base_manager.select_for_update(of=("self",)).filter(pk=pk).values_list("pk").first()
    if isinstance(notice, Notice):
        notice.refresh_from_db()


def hold_duty(duty: Duty) -> None:
    """Hold the notice of a duty and bring the duty up to date."""
    hold(duty.notice_id)
    duty.refresh_from_db()


def hold_evidence(proof: Evidence) -> None:
    """Hold the notice that a proof is offered to, and bring the proof and its duty up to date."""
    hold(proof.duty.notice_id)
    proof.refresh_from_db()


def save_columns(row: Subject) -> None:
    """Write everything but axes and version: those are `act`'s alone."""
    theirs = {"version", *row.axis_names()}
    row.save(update_fields=[f.name for f in row._meta.concrete_fields if not f.primary_key and f.name not in theirs])
