"""Jobs in the database: enqueued in the transaction that wants them, claimed under a lease, safe from kill -9.

Declare a task with `django_tasks.task()` and enqueue it with ids only. `settings.TASKS` names
`mingchuang.core.jobs.DatabaseBackend`. Handlers are idempotent: a job may run again after a crash, never be lost.
"""

from mingchuang.core.jobs.backend import DatabaseBackend
from mingchuang.core.jobs.bell import wake
from mingchuang.core.jobs.queue import claim, finish, prune, reap, release, renew
from mingchuang.core.jobs.worker import Worker, run_pending

__all__ = [
    "DatabaseBackend",
    "Worker",
    "claim",
    "finish",
    "prune",
    "reap",
    "release",
    "renew",
    "run_pending",
    "wake",
]
