"""Timed release: decided by whoever may publish, asked again when the time comes, carried out exactly once."""

from __future__ import annotations

import datetime
import threading
from typing import Any

import pytest
from tests import record_stages as stages

from mingchuang.core import do as core
from mingchuang.core import jobs, now
from mingchuang.core.actor import Actor
from mingchuang.core.models import Event, Job
from mingchuang.norms.outcome import Refused
from mingchuang.records import do, inbox, releases, timeline
from mingchuang.records.models import Record, Release
from mingchuang.site import daily

pytestmark = pytest.mark.db

HOUR = datetime.timedelta(hours=1)


def codes(refused: Any) -> set[str]:
    return {issue.code for issue in refused.value.issues}


@pytest.fixture
def approved(cast):
    return stages.approved(cast, record_class="C")


def scheduled(cast, revision, at=None, **told) -> Release:
    given = {"content_hash": revision.content_hash, "at": at or now.now() + HOUR, "despite_deadline": True, **told}
    return do.schedule(revision.record, cast.zhang.actor, **given)


def visibility(revision) -> str:
    return Record.objects.get(pk=revision.record_id).visibility


def moves(release: Release) -> list[str]:
    mine = Event.objects.filter(subject_kind="records.release", subject_id=release.pk)
    return list(mine.order_by("seq").values_list("move", flat=True))


class TestSetting:
    def test_a_time_is_an_event_and_shown(self, cast, approved):
        release = scheduled(cast, approved)
        assert releases.waiting_of(approved.record) == release and visibility(approved) == "none"
        assert [*releases.waiting(cast.zhang.person)] == [release]
        assert [*releases.waiting(cast.wang.person)] == []
        assert not inbox.to_publish(cast.zhang.person).exists(), "nobody needs to press a button"
        assert any("定于" in entry.sentence and "公开第1稿" in entry.sentence for entry in timeline.of(approved.record))

    @pytest.mark.parametrize(
        ("shift", "code"),
        [
            (datetime.timedelta(0), "records.release_past"),
            (-HOUR, "records.release_past"),
            (datetime.timedelta(hours=91 * 24), "records.release_far"),
        ],
    )
    def test_a_time_gone_by_or_far_away_is_refused(self, cast, approved, shift, code):
        with now.travel(now.now()), pytest.raises(Refused) as refused:
            scheduled(cast, approved, now.now() + shift)
        assert codes(refused) == {code}
        assert not Release.objects.exists()

    def test_a_second_time_another_text_and_a_stranger_are_refused_with_all_reasons(self, cast, approved):
        scheduled(cast, approved)
        with pytest.raises(Refused) as refused:
            do.schedule(approved.record, cast.wang.actor, content_hash="sha256:other", at=now.now() - HOUR)
        assert {"records.release_twice", "records.release_past", "records.changed_text", "standing.unit"} <= codes(
            refused
        )

    def test_what_is_not_approved_and_what_belongs_on_boards_is_refused(self, cast):
        with pytest.raises(Refused) as refused:
            scheduled(cast, stages.submitted(cast))
        assert "records.not_approved" in codes(refused)

    def test_another_time_and_none_need_a_reason(self, cast, approved):
        release = scheduled(cast, approved)
        later = now.now() + 3 * HOUR
        with pytest.raises(Refused) as refused:
            do.alter(release, cast.zhang.actor, at=later, note=" ", despite_deadline=True)
        assert codes(refused) == {"machine.note"}
        do.alter(release, cast.wu.actor, at=later, note="会议延后", despite_deadline=True)
        release.refresh_from_db()
        assert (release.at, release.person) == (later, cast.wu.person)
        with pytest.raises(Refused):
            do.cancel(release, cast.zhang.actor, note="")
        do.cancel(release, cast.zhang.actor, note="另行研究")
        assert moves(release) == ["schedule", "alter", "cancel"] and releases.waiting_of(approved.record) is None
        assert visibility(approved) == "none"

    def test_a_time_after_a_deadline_is_warned_of(self, cast, approved):
        from mingchuang.core.models import Deadline

        owed = Deadline.objects.get(about_id=approved.record_id, about_kind="records.record")
        late = now.noon(owed.due + datetime.timedelta(days=1))
        (issue,) = releases.after_deadlines(approved.record, late)
        assert issue.severity == "warning" and f"{owed.due:%Y-%m-%d}" in issue.message
        assert releases.after_deadlines(approved.record, now.noon(owed.due)) == []
        with now.travel(owed.due), pytest.raises(Refused) as refused:
            scheduled(cast, approved, late, despite_deadline=False)
        assert codes(refused) == {"records.release_late"}


class TestWhenTheTimeComes:
    def test_it_is_public_by_the_decision_of_whoever_set_it(self, cast, approved):
        release = scheduled(cast, approved)
        assert jobs.run_pending() == 0, "the job waits for its time"
        with now.travel(release.at + datetime.timedelta(seconds=1)):
            assert jobs.run_pending() == 1
        release.refresh_from_db()
        assert (release.state, visibility(approved)) == ("done", "public")
        event = Event.objects.get(move="publish", subject_id=approved.record_id)
        assert (event.person, event.data["release"]) == (cast.zhang.person, release.pk)
        assert any("按定时公开第1稿" in entry.sentence for entry in timeline.of(approved.record))

    def test_a_time_moved_on_holds(self, cast, approved):
        release = scheduled(cast, approved)
        do.alter(release, cast.zhang.actor, at=release.at + HOUR, note="延后", despite_deadline=True)
        with now.travel(release.at + datetime.timedelta(minutes=1)):
            jobs.run_pending()
            assert visibility(approved) == "none"
        with now.travel(release.at + HOUR + datetime.timedelta(minutes=1)):
            jobs.run_pending()
            assert visibility(approved) == "public"

    def test_a_time_moved_forward_holds(self, cast, approved):
        release = scheduled(cast, approved, now.now() + 5 * HOUR)
        do.alter(release, cast.zhang.actor, at=now.now() + HOUR, note="提前", despite_deadline=True)
        with now.travel(now.now() + 2 * HOUR):
            jobs.run_pending()
            assert visibility(approved) == "public"

    def test_what_speaks_against_it_keeps_it_back_and_is_told_whole(self, cast, approved):
        release = scheduled(cast, approved)
        core.end_appointment(
            cast.zhang.person.appointments.get(),
            Actor.system(),
            until=now.today() + datetime.timedelta(days=1),
            note="调离",
        )
        with now.travel(release.at + datetime.timedelta(days=1)):
            jobs.run_pending()
            release.refresh_from_db()
            assert (release.state, visibility(approved)) == ("failed", "none")
            assert any("未担任" in reason for reason in release.reasons)
            for person in (cast.zhang.person, cast.zhao.person, cast.wu.person):
                assert [*releases.troubled(person)] == [release], person
            assert [*releases.troubled(cast.wang.person)] == []
            assert inbox.to_publish(cast.wu.person).exists(), "it can be published by hand"
            do.close(release, cast.zhao.actor)
            assert [*releases.troubled(cast.zhao.person)] == []
        assert moves(release) == ["schedule", "fail", "close"]

    def test_the_gate_is_asked_again_of_the_very_bytes(self, cast, approved):
        release = scheduled(cast, approved)
        do.fill_list("sensitive", "词语,建议\n培训,\n".encode(), "词表.csv", cast.zhao.actor)
        with now.travel(release.at + HOUR):
            jobs.run_pending()
            release.refresh_from_db()
        assert (release.state, visibility(approved)) == ("failed", "none")
        assert release.reasons and "检查" in release.reasons[0]

    def test_another_time_after_a_failure_closes_it(self, cast, approved):
        failed = scheduled(cast, approved)
        do.fill_list("sensitive", "词语,建议\n培训,\n".encode(), "词表.csv", cast.zhao.actor)
        with now.travel(failed.at + HOUR):
            jobs.run_pending()
            do.clear_list("sensitive", cast.zhao.actor, note="误填")
            again = scheduled(cast, approved)
            failed.refresh_from_db()
            assert (failed.state, failed.settled_at is not None) == ("closed", True)
            assert releases.waiting_of(approved.record) == again and releases.failed_of(approved.record) is None
        assert any("第1稿未能定时公开一事已另行处理" in entry.sentence for entry in timeline.of(approved.record))

    @pytest.mark.parametrize("way", ["published", "revised", "discarded"])
    def test_a_text_that_went_another_way_is_left_alone(self, cast, approved, way):
        release = scheduled(cast, approved)
        if way == "published":
            do.publish(approved.record, cast.zhang.actor, content_hash=approved.content_hash)
        elif way == "revised":
            do.revise(approved, cast.zhang.actor, note="还要改")
        else:
            do.discard(approved, cast.zhang.actor, note="不办了")
        release.refresh_from_db()
        assert (release.state, moves(release)) == ("cancelled", ["schedule", "cancel"])
        with now.travel(release.at + HOUR):
            jobs.run_pending()
            assert moves(release) == ["schedule", "cancel"]

    def test_a_correction_waits_with_its_reason_and_goes_with_its_record(self, cast):
        record = stages.published(cast, record_class="C")
        correction = do.correct(record, cast.zhang.actor, note="有误")
        do.save_draft(correction, cast.zhang.actor, {"title": "更正后的名称"}, version=correction.version)
        do.submit(correction, cast.zhang.actor)
        correction = stages.signed(cast, stages.fresh(correction), cast.li)
        with pytest.raises(Refused) as refused:
            scheduled(cast, correction)
        assert "records.release_note" in codes(refused)
        release = scheduled(cast, correction, note="名称有误")
        with now.travel(release.at + HOUR):
            jobs.run_pending()
        event = Event.objects.get(move="republish", subject_id=record.pk)
        assert event.note == "名称有误"
        release.refresh_from_db()
        assert release.state == "done"


class TestExactlyOnce:
    def test_running_twice_publishes_once(self, cast, approved):
        release = scheduled(cast, approved)
        with now.travel(release.at + HOUR):
            assert [do.carry_out(release.pk) for _ in range(3)] == ["done"] * 3
        assert Event.objects.filter(move="publish").count() == 1

    def test_a_worker_that_is_killed_has_done_nothing_and_the_next_does_it(self, cast, approved, monkeypatch):
        from mingchuang.records.do import releasing

        release = scheduled(cast, approved)
        with now.travel(release.at + HOUR):

            def dies(*_: Any) -> None:
                raise SystemExit

            with monkeypatch.context() as patched, pytest.raises(SystemExit):
                patched.setattr(releasing, "_settle", dies)  # after the publication, before the end
                do.carry_out(release.pk)
            assert (visibility(approved), Event.objects.filter(move="publish").count()) == ("none", 0)
            assert do.carry_out(release.pk) == "done"

    def test_what_no_job_came_for_is_found_after_downtime_with_its_real_time(self, cast, approved):
        release = scheduled(cast, approved)
        Job.objects.all().delete()
        back = release.at + datetime.timedelta(days=2)
        with now.travel(back):
            assert [*releases.troubled(cast.zhao.person)] == [release], "past its time and nothing done: told"
            assert releases.enqueue_due() == 1 and releases.enqueue_due() == 1
            assert jobs.run_pending() == 1, "the same call waits once"
            record = Record.objects.get(pk=approved.record_id)
            assert (record.visibility, record.published_at) == ("public", back)
            assert releases.enqueue_due() == 0

    def test_the_loop_of_the_day_looks_for_them_all_the_time(self, cast, approved, monkeypatch):
        class TwoLooks(threading.Event):
            looks = 0

            def wait(self, timeout: float | None = None) -> bool:
                self.looks += 1
                Job.objects.all().delete()
                return self.set() or True if self.looks > 1 else False

        class Baker:
            def bake(self, pages: Any) -> None: ...

        release = scheduled(cast, approved)
        found = []
        monkeypatch.setattr(releases, "enqueue_due", lambda: found.append(now.now()))
        with now.travel(release.at):
            daily.follow(Baker(), TwoLooks())  # type: ignore[arg-type]
        assert len(found) == 2

    def test_a_clock_set_back_only_waits(self, cast, approved):
        release = scheduled(cast, approved)
        with now.travel(release.at - datetime.timedelta(minutes=30)):
            assert do.carry_out(release.pk) == "waiting"
        assert visibility(approved) == "none"
