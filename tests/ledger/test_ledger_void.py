"""A notice loaded by mistake is voided with a reason, leaves every list, and comes back when that was the mistake."""

from __future__ import annotations

import datetime

import pytest

from mingchuang.core import access, deadlines
from mingchuang.core.actor import Actor
from mingchuang.core.models import Deadline
from mingchuang.ledger import do, queries
from mingchuang.ledger.models import Duty, Evidence, Notice
from mingchuang.norms.outcome import Refused
from tests.cast import Cast
from tests.ledger.conftest import SEED

pytestmark = pytest.mark.db
LATER = datetime.date(2020, 2, 1)


def test_voided_notice_leaves_every_list_and_keeps_its_history(checked: Notice, cast: Cast) -> None:
    do.offer_evidence(checked.duties.get(ref="一（一）3"), cast.wang.actor, cast.justice, url="https://example.org/a")
    do.confirm_notice(checked, cast.zhao.actor)
    do.publish_notice(checked, cast.zhao.actor)
    assert queries.owed_by(cast.justice, LATER).exists() and queries.overdue(LATER).exists()
    assert access.visible(cast.zhao.person, Evidence, "accept").count() == 1
    do.void_notice(checked, cast.zhao.actor, "重复载入")
    for rows in (queries.readings(), queries.live(), queries.public(), queries.overdue(LATER), queries.without_owner()):
        assert not rows.exists()
    assert not queries.owed_by(cast.justice, LATER).exists()
    assert not queries.public_notices().exists()
    for verb in ("edit", "prove"):
        assert not access.visible(cast.zhao.person, Duty, verb).exists()
    assert not access.visible(cast.zhao.person, Evidence, "accept").exists()
    event = queries.notice_history(checked).last()
    assert event is not None
    assert (event.move, event.person, event.note) == ("void", cast.zhao.person, "重复载入")


def test_voiding_needs_a_reason_and_the_office(notice: Notice, cast: Cast) -> None:
    with pytest.raises(Refused):
        do.void_notice(notice, cast.zhao.actor, " ")
    with pytest.raises(Refused, match="政务公开办"):
        do.void_notice(notice, cast.zhang.actor, "重复")


def test_deadlines_of_a_voided_notice_are_closed(notice: Notice, cast: Cast) -> None:
    duty = notice.duties.get(ref="一（一）1")
    about = [duty, notice]
    made = [
        deadlines.start_until(row, LATER, cast.office, title="落实", cite="青政办发〔2019〕60号", actor=Actor.system())
        for row in about
    ]
    do.void_notice(notice, cast.zhao.actor, "误传")
    assert {row.clock for row in Deadline.objects.filter(pk__in=[row.pk for row in made])} == {"void"}


def test_same_file_can_be_loaded_once_the_first_is_void_and_then_the_first_stays_void(
    notice: Notice, cast: Cast
) -> None:
    do.void_notice(notice, cast.zhao.actor, "误传")
    again = do.load(SEED.read_bytes(), "通知.txt", cast.office, cast.zhao.actor)
    with pytest.raises(Refused, match="代替它"):
        do.restore_notice(notice, cast.zhao.actor, "没有误传")
    do.void_notice(again, cast.zhao.actor, "重复")
    do.restore_notice(notice, cast.zhao.actor, "没有误传")
    assert (notice.progress, queries.readings().count()) == ("loaded", 27)


def test_another_file_of_the_same_number_keeps_a_voided_one_away(notice: Notice, cast: Cast) -> None:
    do.void_notice(notice, cast.zhao.actor, "误传")
    do.load(SEED.read_bytes() + b"\n", "另存.txt", cast.office, cast.zhao.actor)
    with pytest.raises(Refused, match="另存"):
        do.restore_notice(notice, cast.zhao.actor, "没有误传")


def test_nothing_is_proven_for_a_voided_notice(checked: Notice, cast: Cast) -> None:
    duty = checked.duties.get(ref="一（一）1")
    do.void_notice(checked, cast.zhao.actor, "误传")
    with pytest.raises(Refused, match="已作废"):
        do.offer_evidence(Duty.objects.get(pk=duty.pk), cast.zhao.actor, cast.office, url="https://example.org/a")


def test_reading_that_nobody_checked_is_seen_by_the_loading_office_alone(notice: Notice, cast: Cast) -> None:
    """Others get no duty, no inbox entry, no count until it has been checked."""
    duty = notice.duties.get(ref="三（十四）")
    owed = notice.duties.get(ref="一（一）3")
    for player in (cast.wang, cast.sun, cast.zheng):
        assert not access.visible(player.person, Duty).exists()
    assert access.visible(cast.zhao.person, Duty).count() == access.visible(cast.zhang.person, Duty).count() == 27
    assert not queries.owed_by(cast.justice, LATER).exists()
    assert duty not in queries.overdue(LATER)
    counts = queries.counts(notice, LATER)
    assert (counts["total"], counts["overdue"], counts["unchecked"]) == (0, 0, 27)
    for row in owed.owners.filter(unit=None, collective=None):
        do.assign(owed, cast.zhao.actor, strike=[row.pk])
    do.confirm(owed, cast.zhao.actor)
    assert list(access.visible(cast.wang.person, Duty)) == [owed]
    assert list(access.visible(cast.wang.person, Duty, "prove")) == [owed]
    assert list(access.visible(cast.sun.person, Duty)) == [owed]


def test_evidence_is_offered_by_clerks_of_the_owing_units_and_the_office_alone(checked: Notice, cast: Cast) -> None:
    budget = checked.duties.get(ref="一（四）4")
    for player in (cast.zhang, cast.wang, cast.li, cast.sun, cast.zheng):
        assert budget not in access.visible(player.person, Duty, "prove")
    assert budget in access.visible(cast.zhao.person, Duty, "prove")
