"""Routes that can be walked to their end: nobody signs early who alone can sign late."""

from __future__ import annotations

import datetime

import pytest
from tests import record_stages as stages

from mingchuang.core import do as kernel
from mingchuang.core.actor import Actor
from mingchuang.core.models import Appointment
from mingchuang.core.roles import Role
from mingchuang.norms.outcome import Refused
from mingchuang.records import do, staffing
from mingchuang.records.staffing import Staff, left_alone

pytestmark = pytest.mark.db


def leaves(*players):
    """These people held their office until the end of 2018."""
    pks = [player.person.pk for player in players]
    Appointment.objects.filter(person__in=pks).update(until=datetime.date(2018, 12, 31))


def sign(player, revision):
    revision = stages.fresh(revision)
    return do.approve(
        revision, player.actor, content_hash=revision.content_hash, step=revision.step, secrecy="open", note=""
    )


@pytest.mark.parametrize("record_class", ["A", "B"])
def test_the_only_signer_of_the_last_step_cannot_sign_an_early_one(cast, record_class):
    leaves(cast.qian)
    revision = stages.submitted(cast, record_class=record_class)
    with pytest.raises(Refused) as refused:
        sign(cast.wu, revision)
    (reason,) = refused.value.reasons
    assert "“终审”就没有别人可签" in reason and "吴签发" in reason
    assert staffing.stranded(stages.fresh(revision), cast.wu.person, revision.steps.first())
    stages.signed(cast, revision, *stages.signers(cast, record_class))
    assert stages.fresh(revision).progress == "approved"


def test_with_a_second_leader_the_first_may_sign_early(cast):
    revision = stages.submitted(cast, record_class="B")
    sign(cast.wu, revision)
    assert stages.fresh(revision).step == 2


def test_who_is_kept_for_another_step_is_offered_for_none_but_that():
    found = Staff({1: frozenset({7, 8}), 2: frozenset({8, 9}), 3: frozenset({9})}, {7: "甲", 8: "乙", 9: "丙"})
    assert staffing.offered(found).able == {1: {7}, 2: {8}, 3: {9}}
    free = Staff({1: frozenset({7, 8}), 2: frozenset({8, 9})}, found.names)
    assert staffing.offered(free).able == free.able
    early = Staff({1: frozenset({7}), 2: frozenset({7, 8})}, found.names)
    assert staffing.offered(early).able == {1: {7}, 2: {8}}


def test_nobody_who_would_be_refused_is_offered_to_sign_on_paper(cast):
    leaves(cast.qian)
    revision = stages.submitted(cast, record_class="B")
    everybody = [player.person for player in (cast.zhang, cast.li, cast.wu)]
    barred = staffing.barred(revision, revision.steps.get(number=1), everybody)
    assert barred == {cast.zhang.person.pk, cast.wu.person.pk}
    stages.signed(cast, revision, cast.li)
    revision = stages.fresh(revision)
    barred = staffing.barred(revision, revision.steps.get(number=2), everybody)
    assert barred == {cast.zhang.person.pk, cast.li.person.pk}


@pytest.mark.parametrize("record_class", ["A", "B", "C"])
def test_what_nobody_could_sign_is_not_sent_to_review(cast, record_class):
    revision = stages.draft(cast, record_class=record_class)
    leaves(cast.li, cast.zhou, cast.wu, cast.qian)
    with pytest.raises(Refused) as refused:
        do.submit(revision, cast.zhang.actor)
    named = {"A": ["初审", "复审", "终审"], "B": ["初审", "终审"], "C": ["审核"]}[record_class]
    assert len(refused.value.reasons) == len(named)
    for title, reason in zip(named, refused.value.reasons, strict=True):
        assert f"“{title}”" in reason
    assert stages.fresh(revision).progress == "draft"


def test_authors_and_those_who_are_needed_elsewhere_are_named(cast):
    kernel.appoint(
        cast.zhang.person, Actor.system(), unit=cast.office, role=Role.LEADER, since=datetime.date(2018, 1, 1), note="x"
    )
    leaves(cast.wu, cast.qian, cast.zhou)
    Appointment.objects.filter(person=cast.zhang.person).update(until=None)
    with pytest.raises(Refused) as refused:
        do.submit(stages.draft(cast), cast.zhang.actor)
    told = "\n".join(refused.value.reasons)
    assert "张经办参与了起草" in told and "李审核" in told and "每人只能签一个" in told


def test_who_must_wait_for_the_last_step_is_told_before(cast):
    leaves(cast.qian)
    revision = stages.draft(cast)
    (warning,) = staffing.reserved(revision, do.review.route_for(revision, datetime.date(2019, 9, 1)).steps, None)
    assert "“终审”只有吴签发一人可签，“初审”、“复审”须由他人签署" in warning.message
    assert warning.severity == "warning"


@pytest.mark.parametrize(
    ("able", "alone"),
    [
        ({1: {1, 2}, 2: {1, 2}, 3: {1}}, [1]),
        ({1: {1, 2}, 2: {1, 2, 3}, 3: {1}}, []),
        ({1: {1}, 2: {1}, 3: {1}}, [1, 2]),
        ({1: set(), 2: {1}}, [1]),
        ({}, []),
    ],
)
def test_people_are_given_away_as_well_as_can_be(able, alone):
    assert left_alone(Staff({number: frozenset(people) for number, people in able.items()}, {})) == alone
