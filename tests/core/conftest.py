"""The cast and the stage of the kernel's tests."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent / "apps"))

TODAY = date(2026, 6, 15)
SINCE = date(2019, 1, 1)


@dataclass
class Cast:
    """Two units under one county, and the people of examples.md: own unit, own unit, other unit, the office."""

    county: Any
    bureau: Any
    other: Any
    clerk: Any  # 张经办
    reviewer: Any  # 李审核
    leader: Any  # 孙签发, who never signs in
    stranger: Any  # 王局外
    office: Any  # 赵主管

    def actor(self, name: str, **kwargs: Any) -> Any:
        from mingchuang.core.actor import Actor
        from mingchuang.core.roles import Role

        roles = {
            "clerk": (Role.CLERK, self.bureau),
            "reviewer": (Role.REVIEWER, self.bureau),
            "leader": (Role.LEADER, self.bureau),
            "stranger": (Role.CLERK, self.other),
            "office": (Role.OFFICE, self.county),
        }
        role, unit = roles[name]
        return Actor(getattr(self, name), role, unit, **kwargs)


def build_cast() -> Cast:
    """Made by the kernel's own verbs, so that every row has its events."""
    from mingchuang.core import do
    from mingchuang.core.actor import Actor
    from mingchuang.core.models import Capability
    from mingchuang.core.roles import Role

    system = Actor.system()
    unit = {"region": "999901", "since": SINCE, "capabilities": [Capability.ADMINISTRATIVE]}
    county = do.create_unit(system, code="gov", name="样例市人民政府", short_name="市政府", order=1, **unit)
    bureau = do.create_unit(
        system,
        code="nyj",
        name="样例市农业农村局",
        plates=["扶贫办"],
        short_name="农业农村局",
        parent=county,
        order=2,
        **unit,
    )
    other = do.create_unit(system, code="sjj", name="样例市审计局", short_name="审计局", parent=county, order=3, **unit)

    def person(name: str, role: Role, where: Any) -> Any:
        made = do.add_person(system, name=name)
        do.appoint(made, system, unit=where, role=role, since=SINCE, note="测试任职")
        return made

    return Cast(
        county=county,
        bureau=bureau,
        other=other,
        clerk=person("张经办", Role.CLERK, bureau),
        reviewer=person("李审核", Role.REVIEWER, bureau),
        leader=person("孙签发", Role.LEADER, bureau),
        stranger=person("王局外", Role.CLERK, other),
        office=person("赵主管", Role.OFFICE, county),
    )


@pytest.fixture
def june() -> Iterator[date]:
    """Today is 15 June 2026, a Monday."""
    from mingchuang.core import now

    with now.travel(TODAY):
        yield TODAY


@pytest.fixture
def cast(db: None, june: date) -> Cast:
    """The cast in a transaction that is rolled back."""
    return build_cast()


@pytest.fixture
def stage(
    fresh_database: None, django_db_blocker: Any, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Cast]:
    """The cast, committed in a database of its own, with the test app `paper` installed and no other room's wiring."""
    from django.apps import apps
    from django.db import connection

    from mingchuang.core import checks, reactions

    with django_db_blocker.unblock():
        settings.INSTALLED_APPS = [*settings.INSTALLED_APPS, "paper"]  # makes every app ready anew
        monkeypatch.setattr(checks, "_checks", {})
        monkeypatch.setattr(reactions, "_reactions", {})
        with connection.schema_editor() as editor:
            editor.create_model(apps.get_model("paper", "Draft"))
        yield build_cast()
