"""Claiming, renewing, finishing and reaping: short transactions, each guarded by the lease's token."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import F, Q
from django.utils.crypto import get_random_string

from mingchuang.core import now
from mingchuang.core.models import Job

LEASE: Final = dt.timedelta(seconds=60)
MAX_ATTEMPTS: Final = 5
KEPT: Final = dt.timedelta(weeks=1)
_LONGEST_PAUSE: Final = dt.timedelta(minutes=5)


def claim(worker: str, limit: int, queues: tuple[str, ...] = ()) -> list[Job]:
    """Take up to `limit` due jobs under one new lease, most urgent first.

    PostgreSQL passes over rows that others hold; on SQLite the transaction is immediate, so there are no others.
    """
    moment = now.now()
    token = get_random_string(32)
    with transaction.atomic():
        due = Job.objects.filter(status=Job.Status.READY).filter(Q(run_after__isnull=True) | Q(run_after__lte=moment))
        if queues:
            due = due.filter(queue__in=queues)
        skip = connection.features.has_select_for_update_skip_locked
        jobs = list(due.select_for_update(skip_locked=skip).order_by("-priority", "enqueued_at", "id")[:limit])
        for job in jobs:
            job.status, job.lease, job.lease_until = Job.Status.RUNNING, token, moment + LEASE
            job.attempts += 1
            job.worker_ids = [*job.worker_ids, worker]
            job.started_at = job.started_at or moment
            job.last_attempted_at = moment
        fields = ["status", "lease", "lease_until", "attempts", "worker_ids", "started_at", "last_attempted_at"]
        Job.objects.bulk_update(jobs, fields)
    return jobs


def renew(tokens: set[str]) -> int:
    """Prolong the leases with these tokens; returns how many rows still carry them."""
    return Job.objects.filter(status=Job.Status.RUNNING, lease__in=tokens).update(lease_until=now.now() + LEASE)


def finish(job: Job, *, value: Any = None, error: dict[str, str] | None = None) -> bool:
    """Write the outcome, unless the lease has passed to somebody else (then False). A failure is tried again later,
    after a pause that doubles, until `MAX_ATTEMPTS`."""
    with transaction.atomic():
        if not _held(job):
            return False
        if error is None:
            Job.objects.filter(pk=job.pk).update(
                status=Job.Status.SUCCESSFUL, return_value=value, finished_at=now.now(), lease="", lease_until=None
            )
        else:
            _again(job, error)
    return True


def release(job: Job) -> None:
    """Give an untouched job back (the worker stops): it doesn't count as an attempt."""
    with transaction.atomic():
        if _held(job) and not _merged(job):
            ready = {"status": Job.Status.READY, "lease": "", "lease_until": None}
            Job.objects.filter(pk=job.pk).update(**ready, attempts=F("attempts") - 1)


def reap() -> int:
    """Take back jobs whose worker died: their lease has run out. Returns how many."""
    with transaction.atomic():
        dead = Job.objects.filter(status=Job.Status.RUNNING, lease_until__lt=now.now())
        skip = connection.features.has_select_for_update_skip_locked
        jobs = list(dead.select_for_update(skip_locked=skip))
        for job in jobs:
            _again(job, {"exception_class_path": "builtins.TimeoutError", "traceback": "租约到期：执行进程已中断。"})
    return len(jobs)


def prune() -> int:
    """Forget calls that succeeded more than `KEPT` ago; failures stay until somebody has looked."""
    old = Job.objects.filter(status=Job.Status.SUCCESSFUL, finished_at__lt=now.now() - KEPT)
    return old.delete()[0]


def _held(job: Job) -> bool:
    """Lock the row and say whether it still carries this job's lease."""
    row = Job.objects.select_for_update().filter(pk=job.pk).values_list("status", "lease").first()
    return row == (Job.Status.RUNNING, job.lease)


def _again(job: Job, error: dict[str, str]) -> None:
    errors = [*job.errors, error]
    moment = now.now()
    if job.attempts >= MAX_ATTEMPTS:
        end = {"status": Job.Status.FAILED, "finished_at": moment}
        Job.objects.filter(pk=job.pk).update(**end, errors=errors, lease="", lease_until=None)
        return
    if _merged(job):
        return
    pause = min(dt.timedelta(seconds=2**job.attempts), _LONGEST_PAUSE)
    Job.objects.filter(pk=job.pk).update(
        status=Job.Status.READY, errors=errors, lease="", lease_until=None, run_after=moment + pause
    )


def _merged(job: Job) -> bool:
    """Whether the same call was enqueued anew meanwhile: that one will do the work, so this one goes."""
    if not Job.objects.filter(key=job.key, status=Job.Status.READY).exists():
        return False
    Job.objects.filter(pk=job.pk).delete()
    return True
