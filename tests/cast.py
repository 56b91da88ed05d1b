"""A cast with names, used in every test of who may do what: two units of one county, and the 政务公开办.

    cast = gather()
    do.approve(revision, cast.li.actor, …)

张经办 writes in the government's office, 李审核 and 周复审 review there, 吴签发 and 钱主任 sign, 何代录 is its second
clerk; 王局外 does everything in another bureau; 赵主管 is the 政务公开办, 孙监督 a supervisor, 郑管理 the
administrator. None of them exists.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests import database_rows

if TYPE_CHECKING:
    from mingchuang.core.actor import Actor
    from mingchuang.core.models import Person, Unit
    from mingchuang.core.roles import Role

#: Everybody holds office since long before any test's day.
SINCE = datetime.date(2018, 1, 1)
REGION = "640381"


@dataclass(frozen=True)
class Player:
    """One person in the role and unit in which the tests need them."""

    person: Person
    role: Role
    unit: Unit

    @property
    def actor(self) -> Actor:
        return self.as_role(self.role)

    def as_role(self, role: Role) -> Actor:
        """The same person acting in another role (which they may not hold)."""
        from mingchuang.core.actor import Actor

        return Actor(person=self.person, role=role, unit=self.unit)


@dataclass(frozen=True)
class Cast:
    """Everybody. `office` is the unit most tests are about, `justice` the other one, `county` is above both."""

    county: Unit
    office: Unit
    justice: Unit
    zhang: Player
    he: Player
    li: Player
    zhou: Player
    wu: Player
    qian: Player
    wang: Player
    wang_reviewer: Player
    zhao: Player
    sun: Player
    zheng: Player

    @property
    def players(self) -> dict[str, Player]:
        """Name of the attribute → player, for matrices."""
        return {name: value for name, value in vars(self).items() if isinstance(value, Player)}


def gather() -> Cast:
    """Put the units and people into the current database; once a database.

    The first time they are made through `core.do`, as everything else is. For every later test of this process that
    begins on the same day with an empty history, the very rows that this left are put back: the same events, the same
    chain, a tenth of the time.
    """
    from django.db import connection

    from mingchuang.core import now
    from mingchuang.core.models import Event

    if Event.objects.exists():
        return _made()
    key = (connection.vendor, now.today())
    if key in _KEPT:
        return database_rows.put_back(_KEPT[key], _found)
    before = database_rows.of_all_tables()
    made = _made()
    _KEPT[key] = database_rows.added(before)
    return made


_KEPT: dict[tuple[str, datetime.date], database_rows.Rows] = {}


def _found() -> Cast:
    """The cast out of the rows of the current database."""
    from mingchuang.core.models import Person, Unit
    from mingchuang.core.roles import Role

    units = {unit.code: unit for unit in Unit.objects.all()}
    people = {person.name: person for person in Person.objects.all()}
    county, office, justice = units["county"], units["gov-office"], units["justice"]

    def player(name: str, unit: Unit, role: Role) -> Player:
        return Player(people[name], role, unit)

    return Cast(
        county=county,
        office=office,
        justice=justice,
        zhang=player("张经办", office, Role.CLERK),
        he=player("何代录", office, Role.CLERK),
        li=player("李审核", office, Role.REVIEWER),
        zhou=player("周复审", office, Role.REVIEWER),
        wu=player("吴签发", office, Role.LEADER),
        qian=player("钱主任", office, Role.LEADER),
        wang=player("王局外", justice, Role.CLERK),
        wang_reviewer=player("王局外", justice, Role.REVIEWER),
        zhao=player("赵主管", office, Role.OFFICE),
        sun=player("孙监督", county, Role.SUPERVISOR),
        zheng=player("郑管理", county, Role.ADMIN),
    )


def _made() -> Cast:
    """Everybody, made by the system."""
    from mingchuang.core import do
    from mingchuang.core.actor import Actor
    from mingchuang.core.roles import Role

    system = Actor.system()
    county = do.create_unit(system, code="county", name="青铜峡市人民政府", region=REGION, since=SINCE, order=1)
    office = do.create_unit(
        system, code="gov-office", name="青铜峡市人民政府办公室", region=REGION, since=SINCE, parent=county, order=2
    )
    justice = do.create_unit(
        system, code="justice", name="青铜峡市司法局", region=REGION, since=SINCE, parent=county, order=3
    )

    def player(name: str, unit: Unit, *roles: Role) -> None:
        person = do.add_person(system, name=name)
        for role in roles:
            do.appoint(person, system, unit=unit, role=role, since=SINCE, note="演示任命")

    player("王局外", justice, Role.CLERK, Role.REVIEWER, Role.LEADER)
    for name, role in (
        ("张经办", Role.CLERK),
        ("何代录", Role.CLERK),
        ("李审核", Role.REVIEWER),
        ("周复审", Role.REVIEWER),
        ("吴签发", Role.LEADER),
        ("钱主任", Role.LEADER),
        ("赵主管", Role.OFFICE),
    ):
        player(name, office, role)
    player("孙监督", county, Role.SUPERVISOR)
    player("郑管理", county, Role.ADMIN)
    return _found()
