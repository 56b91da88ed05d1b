"""The django-tasks interface over our own table (the library's database backend doesn't survive a kill -9)."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.module_loading import import_string
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskError, TaskResult, TaskResultStatus
from django_tasks.exceptions import TaskResultDoesNotExist
from django_tasks.signals import task_enqueued
from django_tasks.utils import get_random_id, normalize_json

from mingchuang.core import hashing, now
from mingchuang.core.canonical import canonical_bytes
from mingchuang.core.jobs.bell import wake
from mingchuang.core.models import Job


class DatabaseBackend(BaseTaskBackend):
    """Tasks become `Job` rows in the caller's transaction. The same pending call exists once."""

    supports_defer = True
    supports_async_task = True
    supports_get_result = True
    supports_priority = True

    def enqueue(self, task: Task, args: Any, kwargs: Any) -> TaskResult:
        """Add the call, or join the same call that is still pending; runs after commit.

        Raises TypeError for arguments that are no JSON values.
        """
        self.validate_task(task)
        values = {"args": normalize_json(list(args)), "kwargs": normalize_json(dict(kwargs))}
        key = hashing.hexdigest(canonical_bytes([self.alias, task.module_path, task.queue_name, values]), "sha256")
        with transaction.atomic():
            job = self._pending(key, task, values)
            transaction.on_commit(wake)
        result = result_of(job, task)
        task_enqueued.send(type(self), task_result=result)
        return result

    def _pending(self, key: str, task: Task, values: dict[str, Any]) -> Job:
        """Insert, or hold the pending row until commit: no worker takes it before it can see what we have written."""
        while True:
            job = Job(
                id=get_random_id(),
                backend=self.alias,
                task=task.module_path,
                key=key,
                queue=task.queue_name,
                priority=task.priority,
                run_after=task.run_after,
                enqueued_at=now.now(),
                **values,
            )
            Job.objects.bulk_create([job], ignore_conflicts=True)
            there = Job.objects.select_for_update().filter(key=key, status=Job.Status.READY).first()
            if there is not None:
                return _sooner(there, task)

    def get_result(self, result_id: str) -> TaskResult:
        """The call by its id. Raises TaskResultDoesNotExist."""
        job = Job.objects.filter(pk=result_id, backend=self.alias).first()
        if job is None:
            raise TaskResultDoesNotExist(result_id)
        return result_of(job, import_string(job.task))


def _sooner(job: Job, task: Task) -> Job:
    """A joined call runs at the earlier of both times and with the higher of both priorities."""
    sooner = job.run_after is not None and (task.run_after is None or task.run_after < job.run_after)
    if sooner or task.priority > job.priority:
        job.run_after = task.run_after if sooner else job.run_after
        job.priority = max(job.priority, task.priority)
        job.save(update_fields=["run_after", "priority"])
    return job


def result_of(job: Job, task: Task) -> TaskResult:
    """The row as django-tasks shows it."""
    result: TaskResult = TaskResult(
        task=task,
        id=job.id,
        status=TaskResultStatus(job.status),
        enqueued_at=job.enqueued_at,
        started_at=job.started_at,
        finished_at=job.finished_at,
        last_attempted_at=job.last_attempted_at,
        args=job.args,
        kwargs=job.kwargs,
        backend=job.backend,
        errors=[TaskError(**error) for error in job.errors],
        worker_ids=list(job.worker_ids),
    )
    object.__setattr__(result, "_return_value", job.return_value)
    return result
