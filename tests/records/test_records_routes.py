"""Review routes: the default ones keep the rule of their class, a unit's own may ask for more and never for less."""

from __future__ import annotations

import datetime

import pytest
from tests import record_stages as stages

from mingchuang.core import now
from mingchuang.records import do, routes, signatures
from mingchuang.records.terms import RecordClass

DAY = datetime.date(2019, 8, 20)
OWN = """
[[route]]
unit = "gov-office"
class = "{record_class}"
since = {since}
title = "政府办四审"
basis = "本单位信息发布审签制度"
steps = [{steps}]
"""
STEP = '{{ title = "{title}", role = "{role}", secrecy = {secrecy} }}'


def own(folder, *, steps, record_class="A", since="2019-01-01"):
    text = ",".join(STEP.format(title=t, role=r, secrecy=str(s).lower()) for t, r, s in steps)
    (folder / "own.toml").write_text(OWN.format(record_class=record_class, since=since, steps=text), encoding="utf-8")


FOUR = [
    ("科室负责人初审", "reviewer", True),
    ("保密审查", "reviewer", True),
    ("复审", "leader", True),
    ("终审", "leader", True),
]


@pytest.mark.parametrize("record_class", RecordClass.values)
def test_default_routes_ask_for_as_many_people_as_the_rule(record_class):
    book = routes.RouteBook.load()
    route = book.find("any", "policy", record_class, DAY)
    assert len(route.steps) == signatures.at_least(record_class, "640381", DAY)
    assert all(step.secrecy for step in route.steps)


def test_a_units_own_route_wins_from_its_day_on(tmp_path):
    own(tmp_path, steps=FOUR)
    book = routes.RouteBook.load(tmp_path)
    assert len(book.find("gov-office", "policy", "A", DAY).steps) == 4
    assert len(book.find("justice", "policy", "A", DAY).steps) == 3
    own(tmp_path, steps=FOUR, since="2019-08-21")
    assert len(routes.RouteBook.load(tmp_path).find("gov-office", "policy", "A", DAY).steps) == 3


def test_a_route_with_fewer_steps_is_refused(tmp_path):
    own(tmp_path, steps=FOUR[:2])
    with pytest.raises(routes.RouteError, match="只有2个环节，甲类（三审）至少3个"):
        routes.RouteBook.load(tmp_path)


def test_a_route_without_secrecy_review_is_refused(tmp_path):
    own(tmp_path, steps=[(title, role, False) for title, role, _ in FOUR])
    with pytest.raises(routes.RouteError, match="先审查、后公开"):
        routes.RouteBook.load(tmp_path)


@pytest.mark.parametrize("text", ["[[route]]", "route = 1", "[[route]]\nclass='Z'", "x ="])
def test_a_damaged_file_names_itself(tmp_path, text):
    (tmp_path / "bad.toml").write_text(text, encoding="utf-8")
    with pytest.raises(routes.RouteError, match=r"bad\.toml"):
        routes.RouteBook.load(tmp_path)


def test_days_before_the_regulation_have_no_route():
    with pytest.raises(routes.RouteError):
        routes.RouteBook.load().find("gov-office", "policy", "A", datetime.date(2010, 1, 1))


@pytest.mark.db
def test_the_route_is_copied_when_a_text_is_submitted(cast, settings):
    with now.travel(DAY):
        revision = stages.submitted(cast)
        folder = settings.MINGCHUANG_DATA / "routes"
        folder.mkdir()
        own(folder, steps=FOUR)
        assert revision.steps.count() == 3
        again = do.revise(revision, cast.zhang.actor, note="按新制度重新送审")
        event = do.submit(again, cast.zhang.actor)
    assert [step.title for step in again.steps.all()] == [title for title, _, _ in FOUR]
    assert event.data["route"]["basis"] == "本单位信息发布审签制度"
