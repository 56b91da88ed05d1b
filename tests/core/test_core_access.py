"""The one door: fetch and authorise in one step; a stranger learns nothing and leaves a trace."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.db


@pytest.fixture
def door(cast: Any) -> Any:
    """Units may be edited by the people of the unit (a rule made for this test, taken away afterwards)."""
    from mingchuang.core import access
    from mingchuang.core.models import Unit

    def own_unit(person: Any) -> Any:
        return Unit.objects.filter(appointments__person=person).distinct()

    access.register(Unit, "edit", own_unit)
    yield cast
    del access._rules["core.unit", "edit"]


def test_one_who_may_gets_the_row(door: Any) -> None:
    from mingchuang.core import access
    from mingchuang.core.models import Unit

    assert access.fetch(door.clerk, Unit, door.bureau.pk, "edit") == door.bureau
    assert access.may(door.clerk, door.bureau, "edit")
    assert list(access.visible(door.clerk, Unit, "edit")) == [door.bureau]


@pytest.mark.parametrize("key", ["other", 10**30, -1, "abc", None, "1 OR 1=1", "\x00"])
def test_a_stranger_gets_404_whatever_the_key(door: Any, key: Any) -> None:
    from django.http import Http404

    from mingchuang.core import access, verify
    from mingchuang.core.models import Event, Unit

    with pytest.raises(Http404, match="没有这条单位"):
        access.fetch(door.clerk, Unit, door.other.pk if key == "other" else key, "edit")
    event = Event.objects.latest("seq")
    assert (event.move, event.person, event.data["object"]) == ("refuse_access", door.clerk, "core.unit")
    assert verify.run() == []


def test_nobody_and_unopened_verbs_get_nothing(door: Any) -> None:
    from django.http import Http404

    from mingchuang.core import access
    from mingchuang.core.models import Event, Unit

    count = Event.objects.count()
    with pytest.raises(Http404):
        access.fetch(None, Unit, door.bureau.pk, "edit")
    assert Event.objects.count() == count
    with pytest.raises(Http404):
        access.fetch(door.clerk, Unit, door.bureau.pk, "delete")
    assert list(access.visible(door.clerk, Unit, "delete")) == []


def test_a_rule_is_said_once(door: Any) -> None:
    from mingchuang.core import access
    from mingchuang.core.models import Unit

    with pytest.raises(ValueError, match="twice"):
        access.register(Unit, "edit", lambda person: Unit.objects.all())
    assert ("core.unit", "edit") in access.registered()
