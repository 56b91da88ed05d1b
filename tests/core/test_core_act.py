"""`act`: one door, all reasons, one event, nothing backdated unseen."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

pytestmark = pytest.mark.db

HASH = "sha256:" + "a" * 64


def draft(stage: Any, **kwargs: Any) -> Any:
    from django.apps import apps

    from mingchuang.core.act import act

    row = apps.get_model("paper", "Draft")(title="通知", unit=stage.bureau, **kwargs)
    act(row, "create", stage.actor("clerk"))
    return row


def reviewing(stage: Any) -> Any:
    from mingchuang.core.act import act

    row = draft(stage)
    act(row, "submit", stage.actor("clerk"), content_hash=HASH, facts={"complete": True})
    return row


def codes(refusal: Any) -> list[str]:
    return [issue.code for issue in refusal.value.issues]


def test_an_act_moves_the_row_and_leaves_one_event_with_everything_in_it(stage: Any) -> None:
    from mingchuang.core import now
    from mingchuang.core.act import act
    from mingchuang.core.models import Event

    row = draft(stage)
    event = act(
        row,
        "submit",
        stage.actor("clerk"),
        content_hash=HASH,
        note=" 请审核 ",
        evidence=[{"kind": "file", "value": "b" * 64}],
        data={"step": 1},
        facts={"complete": True},
    )
    row.refresh_from_db()
    assert (row.progress, row.version) == ("reviewing", 2)
    kept = Event.objects.get(pk=event.pk)
    assert kept.changes == {"progress": ["draft", "reviewing"]}
    assert (kept.person, kept.role, kept.unit, kept.via) == (stage.clerk, "clerk", stage.bureau, "system")
    assert (kept.content_hash, kept.evidence, kept.data) == (HASH, [{"kind": "file", "value": "b" * 64}], {"step": 1})
    assert (kept.happened_on, kept.late, kept.note) == (now.today(), False, "请审核")
    assert kept.seq == Event.objects.count()


def test_a_refusal_lists_every_reason_and_writes_nothing(stage: Any) -> None:
    from mingchuang.core import checks, now
    from mingchuang.core.act import act
    from mingchuang.core.models import Event
    from mingchuang.norms.outcome import Issue, Refused

    row = reviewing(stage)
    before = Event.objects.exclude(machine="kernel").count()
    checks.register("review", "return", no_secrecy_conclusion)
    with pytest.raises(Refused) as refusal:
        act(row, "return", stage.actor("stranger"), note="", happened_on=now.today() + timedelta(days=1))
    assert {"machine.role", "machine.note", "standing.unit", "act.future", "test.secrecy"} <= set(codes(refusal))
    assert all(isinstance(issue, Issue) and issue.message.endswith("。") for issue in refusal.value.issues)
    row.refresh_from_db()
    assert (row.progress, row.version) == ("reviewing", 2)
    assert Event.objects.exclude(machine="kernel").count() == before


def no_secrecy_conclusion(subject: Any, actor: Any, facts: Any) -> list[Any]:
    from mingchuang.norms.outcome import Issue

    return [Issue("test.secrecy", "缺少保密审查结论。")]


def test_what_was_refused_for_want_of_standing_is_itself_an_event(stage: Any) -> None:
    from mingchuang.core.act import act
    from mingchuang.core.models import Event
    from mingchuang.norms.outcome import Refused

    row = reviewing(stage)
    with pytest.raises(Refused):
        act(row, "approve", stage.actor("stranger"), content_hash=HASH, facts={"last_step": True})
    event = Event.objects.latest("seq")
    assert (event.move, event.person, event.data["object"], event.data["verb"]) == (
        "refuse_access",
        stage.stranger,
        "paper.draft",
        "approve",
    )


def test_the_trace_of_a_refusal_outlives_the_transaction_that_it_undid(stage: Any) -> None:
    from mingchuang.core import chain, verify
    from mingchuang.core.act import act
    from mingchuang.core.models import Event
    from mingchuang.norms.outcome import Refused

    row, second = draft(stage), draft(stage)
    with pytest.raises(Refused), chain.together():
        act(row, "submit", stage.actor("clerk"), content_hash=HASH, facts={"complete": True})
        act(second, "submit", stage.actor("stranger"), content_hash=HASH, facts={"complete": True})
    row.refresh_from_db()
    assert (row.progress, Event.objects.latest("seq").move) == ("draft", "refuse_access")
    assert not Event.objects.filter(move="submit").exists()
    assert verify.run() == []


def test_a_new_row_that_is_refused_keeps_no_key(stage: Any) -> None:
    from django.apps import apps

    from mingchuang.core.act import act
    from mingchuang.norms.outcome import Refused

    model = apps.get_model("paper", "Draft")
    row = model(title="通知", unit=stage.bureau)
    with pytest.raises(Refused):
        act(row, "create", stage.actor("stranger"))
    assert (row.pk, row.version, row.progress, row._state.adding) == (None, 0, "", True)
    assert model.objects.count() == 0
    act(row, "create", stage.actor("clerk"))
    assert row.pk is not None and row.progress == "draft"


def test_backdating_is_refused_without_a_reason_and_shown_with_one(stage: Any) -> None:
    from mingchuang.core import now
    from mingchuang.core.act import act
    from mingchuang.norms.outcome import Refused

    row = draft(stage)
    day = now.today() - timedelta(days=3)
    with pytest.raises(Refused) as refusal:
        act(row, "submit", stage.actor("clerk"), content_hash=HASH, happened_on=day, facts={"complete": True})
    assert codes(refusal) == ["act.late_reason"]
    event = act(
        row,
        "submit",
        stage.actor("clerk"),
        content_hash=HASH,
        happened_on=day,
        late_reason="当日系统停电",
        facts={"complete": True},
    )
    event.refresh_from_db()
    assert event.late and event.late_reason == "当日系统停电"
    assert event.happened_on == day and now.day_of(event.recorded_at) == now.today()


def test_the_future_is_refused(stage: Any) -> None:
    from mingchuang.core import now
    from mingchuang.core.act import act
    from mingchuang.norms.outcome import Refused

    row = draft(stage)
    with pytest.raises(Refused) as refusal:
        act(row, "submit", stage.actor("clerk"), content_hash=HASH, happened_on=now.today() + timedelta(days=1))
    assert "act.future" in codes(refusal)


def test_a_version_that_the_person_did_not_see_is_refused(stage: Any) -> None:
    from mingchuang.core.act import act
    from mingchuang.norms.outcome import Refused

    row = draft(stage)
    act(row, "submit", stage.actor("clerk"), content_hash=HASH, version=1, facts={"complete": True})
    with pytest.raises(Refused) as refusal:
        act(row, "return", stage.actor("reviewer"), note="错字", content_hash=HASH, version=1)
    assert codes(refusal) == ["act.stale"]


def test_two_people_pressing_approve_at_once_yield_one_event(stage: Any) -> None:
    from django.apps import apps
    from django.db import connection

    from mingchuang.core.act import act
    from mingchuang.core.models import Event
    from mingchuang.norms.outcome import Refused

    row = reviewing(stage)
    model = apps.get_model("paper", "Draft")
    start = threading.Barrier(4)
    outcomes: list[str] = []

    def press(name: str) -> None:
        try:
            mine = model.objects.get(pk=row.pk)
            start.wait(timeout=20)
            act(mine, "approve", stage.actor(name), content_hash=HASH, facts={"last_step": True})
            outcomes.append("yes")
        except Refused:
            outcomes.append("no")
        except BaseException as fault:
            outcomes.append(repr(fault))
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=(name,)) for name in ("reviewer", "leader", "reviewer", "office")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sorted(outcomes) == ["no", "no", "no", "yes"]
    assert Event.objects.filter(subject_kind="paper.draft", subject_id=row.pk, move="approve").count() == 1
    row.refresh_from_db()
    assert (row.progress, row.version) == ("approved", 3)


def test_many_threads_leave_a_chain_without_gaps(stage: Any) -> None:
    from django.db import connection

    from mingchuang.core import verify
    from mingchuang.core.models import Event

    before = Event.objects.count()
    faults: list[BaseException] = []

    def work() -> None:
        try:
            for _ in range(5):
                reviewing(stage)
        except BaseException as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    assert faults == []
    assert Event.objects.count() == before + 40
    assert verify.run() == []


def test_reactions_and_nested_acts_join_the_same_transaction_in_order(stage: Any) -> None:
    from mingchuang.core import reactions
    from mingchuang.core.act import act
    from mingchuang.core.models import Event

    row = draft(stage)
    twin = draft(stage)

    def submit_the_twin(event: Event, subject: Any) -> None:
        if subject.pk == row.pk:
            act(twin, "submit", stage.actor("clerk"), content_hash=HASH, facts={"complete": True})

    reactions.register("review", "submit", submit_the_twin)
    event = act(row, "submit", stage.actor("clerk"), content_hash=HASH, facts={"complete": True})
    twin_event = Event.objects.get(subject_kind="paper.draft", subject_id=twin.pk, move="submit")
    assert twin_event.seq == event.seq + 1


def test_a_reaction_that_fails_undoes_everything(stage: Any) -> None:
    from mingchuang.core import reactions, verify
    from mingchuang.core.act import act
    from mingchuang.core.models import Event

    row = draft(stage)
    count = Event.objects.count()

    def fail(event: Event, subject: Any) -> None:
        raise RuntimeError("a fault in a reaction")

    reactions.register("review", "submit", fail)
    with pytest.raises(RuntimeError):
        act(row, "submit", stage.actor("clerk"), content_hash=HASH, facts={"complete": True})
    assert (row.progress, row.version) == ("draft", 1)
    row.refresh_from_db()
    assert (row.progress, row.version, Event.objects.count()) == ("draft", 1, count)
    assert verify.run() == []


def test_characters_that_no_database_keeps_are_refused_with_their_place(stage: Any) -> None:
    from mingchuang.core.act import act
    from mingchuang.norms.outcome import Refused

    row = reviewing(stage)
    with pytest.raises(Refused) as refusal:
        act(row, "return", stage.actor("reviewer"), note="错\x00字", content_hash=HASH, data={"a": ["\ud800"]})
    found = {(issue.code, issue.field) for issue in refusal.value.issues}
    assert found == {("edge.nul", "note"), ("edge.surrogate", "data.a[1]")}
    assert "第2个字符" in str(refusal.value)


def test_system_travels_in_time_only_here(june: date) -> None:
    from mingchuang.core import now

    with now.travel(date(2030, 1, 1)):
        assert now.today() == date(2030, 1, 1)
    assert now.today() == june


def test_a_reason_too_long_to_be_one_is_refused_in_words(stage: Any) -> None:
    from mingchuang.core.act import LONGEST_WORDS, act
    from mingchuang.norms.outcome import Refused

    row = reviewing(stage)
    with pytest.raises(Refused) as refusal:
        act(
            row,
            "return",
            stage.actor("reviewer"),
            note="错" * (LONGEST_WORDS + 1),
            late_reason="晚" * 30_000,
            content_hash=HASH,
        )
    assert {(issue.code, issue.field) for issue in refusal.value.issues} == {
        ("act.too_long", "note"),
        ("act.too_long", "late_reason"),
    }
    assert "有20001个字符，最多20000个" in str(refusal.value)
    act(row, "return", stage.actor("reviewer"), note="错" * LONGEST_WORDS, content_hash=HASH)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-06-14T15:59:59+00:00", date(2026, 6, 14)),
        ("2026-06-14T16:00:00+00:00", date(2026, 6, 15)),  # midnight in Beijing
        ("2026-06-14T23:30:00+00:00", date(2026, 6, 15)),
        ("2026-06-15T00:30:00+08:00", date(2026, 6, 15)),
    ],
)
def test_a_day_is_a_day_in_beijing(moment: str, day: date) -> None:
    from mingchuang.core import now

    at = datetime.fromisoformat(moment)
    assert now.day_of(at) == day
    with now.travel(at):
        assert now.today() == day
    assert now.noon(day) == datetime(day.year, day.month, day.day, 4, tzinfo=UTC)


def test_what_changed_between_deciding_and_writing_is_refused(stage: Any) -> None:
    """Compare-and-set: on SQLite no row is locked, so a check may still see what a later statement overtakes."""
    from django.apps import apps

    from mingchuang.core import checks
    from mingchuang.core.act import act
    from mingchuang.core.models import Event
    from mingchuang.norms.outcome import Refused

    model = apps.get_model("paper", "Draft")
    count = Event.objects.count()
    for overtaken in ({"version": 40}, {"progress": "approved"}):
        row = draft(stage)

        def overtake(subject: Any, actor: Any, facts: Any, values: Any = overtaken) -> list[Any]:
            model.objects.filter(pk=subject.pk).update(**values)
            return []

        checks._checks.clear()
        checks.register("review", "submit", overtake)
        with pytest.raises(Refused) as refusal:
            act(row, "submit", stage.actor("clerk"), content_hash=HASH, facts={"complete": True})
        assert codes(refusal) == ["act.stale"]
        count += 1
        row.refresh_from_db()
        assert (row.progress, row.version, Event.objects.count()) == ("draft", 1, count)
