"""The worker: one thread of the serving process, or a process of its own on another node."""

from __future__ import annotations

import logging
import os
import socket
import threading
import time
from typing import Final

from django.db import DatabaseError, InterfaceError, OperationalError, close_old_connections, connections
from django.utils.crypto import get_random_string
from django.utils.module_loading import import_string
from django_tasks.base import TaskContext
from django_tasks.signals import task_finished, task_started
from django_tasks.utils import get_exception_traceback, get_module_path, normalize_json

from mingchuang.core.jobs import bell, queue
from mingchuang.core.jobs.backend import DatabaseBackend, result_of
from mingchuang.core.models import Job

log = logging.getLogger(__name__)

POLL_SECONDS: Final = 1.0
BATCH: Final = 10
_UPKEEP_SECONDS: Final = 15.0
_PRUNE_SECONDS: Final = 3600.0


class Worker:
    """Runs jobs until `stop` is set: claims in batches, keeps the leases alive, takes back what dead workers held."""

    def __init__(self, stop: threading.Event, *, queues: tuple[str, ...] = (), poll: float = POLL_SECONDS) -> None:
        self.stop = stop
        self.queues = queues
        self.poll = poll
        self.name = f"{socket.gethostname()[:12]}-{os.getpid()}-{get_random_string(8)}"
        self._tokens: set[str] = set()
        self._guard = threading.Lock()
        self._upkept = self._pruned = float("-inf")

    def run(self) -> None:
        """Work until stopped. A database that cannot be reached is waited for, never a reason to die."""
        pulse = threading.Thread(target=self._pulse, name="job-heartbeat", daemon=True)
        pulse.start()
        heard, away = bell.count(), False
        while not self.stop.is_set():
            busy = False
            try:
                close_old_connections()
                self._upkeep()
                busy, away = self.run_batch() > 0, False
            except DatabaseError as error:
                # One line for one outage: it is tried again every second, and the reason stays the same.
                if not away:
                    log.warning("the worker cannot reach the database; it tries again: %s", _line(error))
                away = True
                connections.close_all()
                self.stop.wait(self.poll)
            if not busy:
                heard = bell.wait(heard, self.poll)
        pulse.join(timeout=5)
        connections.close_all()

    def run_batch(self) -> int:
        """Claim one batch and run it; returns how many were claimed."""
        jobs = queue.claim(self.name, BATCH, self.queues)
        if not jobs:
            return 0
        with self._guard:
            self._tokens.add(jobs[0].lease)
        try:
            for job in jobs:
                if self.stop.is_set():
                    queue.release(job)
                else:
                    execute(job)
        finally:
            with self._guard:
                self._tokens.discard(jobs[0].lease)
        return len(jobs)

    def _upkeep(self) -> None:
        moment = time.monotonic()
        if moment - self._upkept > _UPKEEP_SECONDS:
            self._upkept = moment
            queue.reap()
        if moment - self._pruned > _PRUNE_SECONDS:
            self._pruned = moment
            queue.prune()

    def _pulse(self) -> None:
        """Renew the leases three times in a lease's life, from a connection of its own."""
        while not self.stop.wait(queue.LEASE.total_seconds() / 3):
            with self._guard:
                tokens = set(self._tokens)
            if tokens:
                try:
                    queue.renew(tokens)
                except DatabaseError as error:
                    log.warning("a heartbeat did not reach the database: %s", _line(error))
                    connections.close_all()
        connections.close_all()


def execute(job: Job) -> bool:
    """Run one claimed job and write its outcome; True when it succeeded. Exceptions of the task are its outcome."""
    try:
        task = import_string(job.task)
        result = result_of(job, task)
        task_started.send(DatabaseBackend, task_result=result)
        context = (TaskContext(task_result=result),) if task.takes_context else ()
        value = normalize_json(task.call(*context, *job.args, **job.kwargs))
    except Exception as fault:
        if isinstance(fault, OperationalError | InterfaceError):
            log.warning("job %s (%s) failed: %s", job.id, job.task, _line(fault))
        else:
            log.exception("job %s (%s) failed", job.id, job.task)
        path = get_module_path(type(fault))
        queue.finish(job, error={"exception_class_path": path, "traceback": get_exception_traceback(fault)})
        return False
    queue.finish(job, value=value)
    job.refresh_from_db()
    task_finished.send(DatabaseBackend, task_result=result_of(job, task))
    return True


def _line(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__


def run_pending(limit: int = 10_000) -> int:
    """Run what is due now in this thread, for commands and tests; returns how many ran. Raises nothing of theirs."""
    worker = Worker(threading.Event())
    done = 0
    while done < limit:
        count = worker.run_batch()
        if count == 0:
            break
        done += count
    return done
