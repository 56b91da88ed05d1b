"""Jobs: enqueued with the transaction, once while pending, under a lease, safe from a worker that dies."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

pytestmark = pytest.mark.db


@pytest.fixture
def tasks(stage: Any) -> Iterator[ModuleType]:
    import paper.tasks

    paper.tasks.ran.clear()
    paper.tasks.trouble.clear()
    yield paper.tasks


def test_a_job_runs_and_gives_its_result(tasks: Any) -> None:
    from mingchuang.core import jobs

    result = tasks.note.enqueue(21)
    assert jobs.run_pending() == 1
    result.refresh()
    assert (result.status, result.return_value, result.attempts, tasks.ran) == ("SUCCESSFUL", 42, 1, [21])


def test_a_job_of_a_transaction_that_is_undone_never_was(tasks: Any) -> None:
    from django.db import transaction

    from mingchuang.core import jobs

    with pytest.raises(RuntimeError), transaction.atomic():
        tasks.note.enqueue(1)
        raise RuntimeError
    assert jobs.run_pending() == 0


def test_the_same_pending_call_exists_once_and_a_running_one_does_not_count(tasks: Any) -> None:
    from mingchuang.core import jobs
    from mingchuang.core.models import Job

    first = tasks.note.enqueue(1)
    assert tasks.note.enqueue(1).id == first.id
    assert tasks.note.enqueue(2).id != first.id
    claimed = jobs.claim("w", 10)
    assert len(claimed) == 2
    assert tasks.note.enqueue(1).id != first.id  # what it saw may be stale: it has to run once more
    assert Job.objects.filter(status="READY").count() == 1


def test_urgent_first_and_later_ones_wait(tasks: Any) -> None:
    from mingchuang.core import jobs, now

    tasks.note.enqueue(1)
    tasks.urgent.enqueue(2)
    tasks.note.using(run_after=now.after(timedelta(hours=1))).enqueue(3)
    assert jobs.run_pending() == 2
    assert tasks.ran == [2, 1]
    with now.travel(now.after(timedelta(hours=2))):
        assert jobs.run_pending() == 1


def test_a_call_that_is_wanted_sooner_is_pulled_forward(tasks: Any) -> None:
    from mingchuang.core import jobs, now

    later = tasks.note.using(run_after=now.after(timedelta(hours=1))).enqueue(1)
    assert tasks.note.enqueue(1).id == later.id
    assert jobs.run_pending() == 1


def test_a_failure_is_tried_again_and_kept_in_the_end(tasks: Any) -> None:
    from mingchuang.core import jobs, now
    from mingchuang.core.jobs import queue

    tasks.trouble.update({1: 1, 2: 99})
    good, bad = tasks.fail.enqueue(1), tasks.fail.enqueue(2)
    for attempt in range(queue.MAX_ATTEMPTS + 2):
        with now.travel(now.after(timedelta(hours=attempt))):
            jobs.run_pending()
    good.refresh()
    bad.refresh()
    assert (good.status, good.attempts, tasks.ran) == ("SUCCESSFUL", 2, [1])
    assert (bad.status, len(bad.errors)) == ("FAILED", queue.MAX_ATTEMPTS)
    assert bad.errors[0].exception_class is ValueError and "trouble with 2" in bad.errors[0].traceback


def test_what_a_dead_worker_held_is_taken_back_and_it_cannot_finish_any_more(tasks: Any) -> None:
    from mingchuang.core import jobs, now
    from mingchuang.core.jobs import queue

    result = tasks.tell.enqueue(1)
    (held,) = jobs.claim("dead", 10)
    assert jobs.reap() == 0 and jobs.claim("other", 10) == []
    with now.travel(now.after(queue.LEASE + timedelta(minutes=1))):
        assert jobs.renew({held.lease}) == 1 and jobs.reap() == 0
    with now.travel(now.after(2 * queue.LEASE + timedelta(minutes=2))):
        assert jobs.reap() == 1
        assert jobs.finish(held, value="too late") is False
        with now.travel(now.after(timedelta(minutes=5))):
            assert jobs.run_pending() == 1
    result.refresh()
    assert (result.status, tasks.ran) == ("SUCCESSFUL", [(1, 2)])


def test_a_job_that_was_enqueued_anew_meanwhile_is_not_doubled(tasks: Any) -> None:
    from mingchuang.core import jobs, now
    from mingchuang.core.models import Job

    tasks.note.enqueue(1)
    jobs.claim("dead", 10)
    tasks.note.enqueue(1)
    with now.travel(now.after(timedelta(hours=1))):
        assert jobs.reap() == 1
        assert Job.objects.count() == 1 and jobs.run_pending() == 1


def test_released_jobs_do_not_count_as_tried_and_old_ones_are_forgotten(tasks: Any) -> None:
    from mingchuang.core import jobs, now
    from mingchuang.core.models import Job

    tasks.note.enqueue(1)
    jobs.release(jobs.claim("w", 1)[0])
    assert Job.objects.values_list("status", "attempts").get() == ("READY", 0)
    jobs.run_pending()
    assert jobs.prune() == 0
    with now.travel(now.after(timedelta(weeks=2))):
        assert jobs.prune() == 1


def test_two_workers_share_the_work_and_run_nothing_twice(tasks: Any) -> None:
    from mingchuang.core.jobs import Worker
    from mingchuang.core.models import Job

    for number in range(60):
        tasks.note.enqueue(number)
    stop = threading.Event()
    threads = [threading.Thread(target=Worker(stop, poll=0.05).run) for _ in range(2)]
    for thread in threads:
        thread.start()
    deadline = time.monotonic() + 60
    while Job.objects.filter(status="SUCCESSFUL").count() < 60 and time.monotonic() < deadline:
        time.sleep(0.05)
    stop.set()
    for thread in threads:
        thread.join(timeout=30)
    assert sorted(tasks.ran) == list(range(60))


def test_a_commit_wakes_the_worker_at_once(tasks: Any) -> None:
    from mingchuang.core.jobs import Worker

    stop = threading.Event()
    thread = threading.Thread(target=Worker(stop, poll=30).run)
    thread.start()
    time.sleep(1)
    tasks.note.enqueue(7)
    deadline = time.monotonic() + 15
    while not tasks.ran and time.monotonic() < deadline:
        time.sleep(0.02)
    ran = list(tasks.ran)
    stop.set()
    tasks.note.enqueue(8)  # its bell lets the worker see that it is to stop
    thread.join(timeout=30)
    assert ran == [7]


KILLED = """
import os
import django
django.setup()
from django.db import connection
connection.settings_dict["NAME"] = os.environ["NAME_OF_DATABASE"]
from mingchuang.core import jobs
print(len(jobs.claim("killed", 10)), flush=True)
os.kill(os.getpid(), 9)
"""


def environment() -> dict[str, str]:
    """A process of its own on this test's database."""
    from django.db import connection

    told = connection.settings_dict
    server = f"postgresql:///{told['NAME']}?host={told['HOST']}&user={told['USER']}&port={told['PORT']}"
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        "MINGCHUANG_TEST_DATABASE": server if connection.vendor == "postgresql" else "",
        "NAME_OF_DATABASE": told["NAME"],
    }


def test_kill_9_between_claim_and_end_loses_nothing(tasks: Any) -> None:
    from django.db import connection

    from mingchuang.core import jobs, now

    tasks.note.enqueue(5)
    told = environment()
    connection.close()
    command = [sys.executable, "-c", KILLED]
    killed = subprocess.run(
        command, capture_output=True, text=True, timeout=90, check=False, env=told, cwd=Path(__file__).parents[2]
    )
    assert (killed.returncode, killed.stdout.strip()) == (-9, "1"), killed.stderr
    with now.travel(now.after(timedelta(hours=1))):
        assert jobs.reap() == 1
    with now.travel(now.after(timedelta(hours=2))):
        assert jobs.run_pending() == 1
    assert tasks.ran == [5]


def test_a_database_that_is_away_is_one_line_in_the_log(
    tasks: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from django.db import OperationalError

    from mingchuang.core.jobs import queue, worker

    stop, tries = threading.Event(), []

    def away(*_: Any) -> list[Any]:
        tries.append(1)
        if len(tries) == 5:
            stop.set()
        raise OperationalError("connection refused\n\tIs the server running?")

    monkeypatch.setattr(queue, "reap", lambda: 0)
    monkeypatch.setattr(queue, "prune", lambda: 0)
    monkeypatch.setattr(queue, "claim", away)
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)
    monkeypatch.setattr(worker.connections, "close_all", lambda: None)
    caplog.set_level("INFO", "mingchuang.core.jobs.worker")
    worker.Worker(stop, poll=0.01).run()
    assert len(tries) == 5
    (line,) = [record for record in caplog.records if record.name == "mingchuang.core.jobs.worker"]
    assert line.exc_info is None
    assert line.getMessage().endswith("connection refused Is the server running?")
