"""Real threads on a real database: two people press at once, and one event comes of it."""

from __future__ import annotations

import datetime
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from tests import record_stages as stages
from tests.cast import gather

from mingchuang.core import now
from mingchuang.core.models import Event
from mingchuang.norms.outcome import Refused

pytestmark = pytest.mark.db
DAY = datetime.date(2019, 8, 20)


def together(*calls: Callable[[], Any]) -> list[Any]:
    """Run the calls in threads that start at one moment; what each returned, or the Refused it met."""
    barrier = threading.Barrier(len(calls))
    results: list[Any] = [None] * len(calls)

    def run(number: int, call: Callable[[], Any]) -> None:
        try:
            with now.travel(DAY):
                barrier.wait(timeout=10)
                results[number] = call()
        except Refused as refused:
            results[number] = refused
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return results


def codes(results: list[Any]) -> set[str]:
    return {issue.code for result in results if isinstance(result, Refused) for issue in result.issues}


def test_two_people_approve_at_once(fresh_database, django_db_blocker):
    from mingchuang.records import do

    with django_db_blocker.unblock(), now.travel(DAY):
        cast = gather()
        revision = stages.submitted(cast)
        told = {"content_hash": revision.content_hash, "step": 1, "secrecy": "open"}
        results = together(
            lambda: do.approve(revision, cast.li.actor, **told), lambda: do.approve(revision, cast.zhou.actor, **told)
        )
        assert sorted(type(result).__name__ for result in results) == ["Event", "Refused"]
        assert codes(results) == {"records.step"}
        assert Event.objects.filter(move="approve").count() == 1
        assert stages.fresh(revision).step == 2


def test_one_person_presses_twice_at_once(fresh_database, django_db_blocker):
    from mingchuang.records import do

    with django_db_blocker.unblock(), now.travel(DAY):
        cast = gather()
        revision = stages.submitted(cast)
        told = {"content_hash": revision.content_hash, "step": 1, "secrecy": "open"}
        results = together(*(lambda: do.approve(revision, cast.li.actor, **told) for _ in range(2)))
        assert Event.objects.filter(move="approve").count() == 1
        assert codes(results) == {"records.step", "records.twice"}


def test_publication_pressed_by_four_is_one_event_that_all_get(fresh_database, django_db_blocker):
    from mingchuang.core import verify
    from mingchuang.records import do
    from mingchuang.records.models import Record

    with django_db_blocker.unblock(), now.travel(DAY):
        cast = gather()
        revision = stages.approved(cast)
        record = revision.record
        results = together(
            *(
                lambda who=who: do.publish(record, who.actor, content_hash=revision.content_hash)
                for who in (cast.zhang, cast.he, cast.wu, cast.zhao)
            )
        )
        assert len({result.pk for result in results}) == 1
        assert Event.objects.filter(move="publish").count() == 1
        assert Record.objects.get(pk=record.pk).unit_slot == 1
        assert verify.run() == []


def test_different_records_published_at_once_get_different_numbers_without_a_gap(fresh_database, django_db_blocker):
    from mingchuang.records import do
    from mingchuang.records.models import Record

    with django_db_blocker.unblock(), now.travel(DAY):
        cast = gather()
        ready = [stages.approved(cast, record_class="C") for _ in range(4)]
        together(*(lambda r=r: do.publish(r.record, cast.zhang.actor, content_hash=r.content_hash) for r in ready))
        given = sorted(Record.objects.values_list("unit_slot", "year_slot", "index_number"))
        assert given == [(n, n, f"GOV-OFFICE/2019-{n:05d}") for n in range(1, 5)]


def test_two_who_save_at_once_lose_nothing(fresh_database, django_db_blocker):
    from mingchuang.records import do

    with django_db_blocker.unblock(), now.travel(DAY):
        cast = gather()
        revision = stages.draft(cast)
        results = together(
            lambda: do.save_draft(revision, cast.zhang.actor, {"title": "甲"}, version=revision.version),
            lambda: do.save_draft(revision, cast.he.actor, {"title": "乙"}, version=revision.version),
        )
        assert sorted(type(result).__name__ for result in results) == ["Conflict", "Saved"]
        kept = stages.fresh(revision).title
        conflict = next(result for result in results if isinstance(result, do.Conflict))
        assert {kept, conflict.differences["title"][0]} == {"甲", "乙"}


def test_three_workers_and_a_clerk_release_once(fresh_database, django_db_blocker):
    from mingchuang.records import do
    from mingchuang.records.models import Record, Release

    with django_db_blocker.unblock():
        with now.travel(DAY - datetime.timedelta(days=1)):
            cast = gather()
            revision = stages.approved(cast, record_class="C")
            told = {"content_hash": revision.content_hash, "at": now.now() + datetime.timedelta(hours=1)}
            told["despite_deadline"] = True
            release = do.schedule(revision.record, cast.zhang.actor, **told)
        together(
            *[lambda: do.carry_out(release.pk)] * 3,
            lambda: do.publish(revision.record, cast.zhang.actor, content_hash=revision.content_hash),
        )
        assert Event.objects.filter(move="publish").count() == 1
        assert Record.objects.get().visibility == "public"
        assert Release.objects.get().state in {"done", "cancelled"}
