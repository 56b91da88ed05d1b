"""Shut out for a while: counted per name and address, seen and ended by the administrator, never for good."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

pytestmark = pytest.mark.db

PASSWORD = "Vq7-sturdy-horse"
WRONG = "wrong"
HERE = {"REMOTE_ADDR": "203.0.113.9"}


@pytest.fixture
def house(cast: Any) -> Any:
    """The cast with a login `zhang`, and one administrator `guanli`."""
    from django.core.cache import cache

    from mingchuang.core import do
    from mingchuang.core.actor import Actor
    from mingchuang.core.roles import Role

    cache.clear()  # allauth counts attempts there
    do.open_account(cast.clerk, Actor.system(), username="zhang", password=PASSWORD)
    cast.admin = administrator(cast, "郑管理", "guanli")
    cast.keeper = Actor(cast.admin, Role.ADMIN, cast.county)
    return cast


def administrator(cast: Any, name: str, username: str = "", **kwargs: Any) -> Any:
    from mingchuang.core import do
    from mingchuang.core.actor import Actor
    from mingchuang.core.roles import Role

    login = {"username": username, "password": PASSWORD} if username else {}
    made = do.add_person(Actor.system(), name=name, **login, **kwargs)
    do.appoint(made, Actor.system(), unit=cast.county, role=Role.ADMIN, since=date(2019, 1, 1), note="测试任职")
    return made


def sign_in(client: Any, login: str = "zhang", password: str = WRONG, **where: str) -> Any:
    return client.post("/accounts/login/", {"login": login, "password": password}, **(where or HERE))


def shut_out(client: Any, login: str = "zhang", **where: str) -> None:
    for _ in range(5):
        sign_in(client, login, **where)


def refusals() -> list[str]:
    from mingchuang.core.models import Event

    return [event.data["reason"] for event in Event.objects.filter(move="refuse_sign_in").order_by("seq")]


def test_each_failed_sign_in_is_one_event(house: Any, client: Any) -> None:
    for _ in range(7):
        sign_in(client)
    assert refusals() == ["credentials"] * 4 + ["locked_out"] * 3


def test_the_spelling_of_a_name_gives_no_further_tries(house: Any, client: Any) -> None:
    for name in ("zhang", "Zhang", "ZHANG", "zhAng", "zhang"):
        sign_in(client, name)
    assert sign_in(client, "ZHANG", PASSWORD).status_code == 429
    assert len(refusals()) == 6, "all told on the one account"


def test_who_is_shut_out_from_where_until_when(house: Any, client: Any) -> None:
    from mingchuang.core import lockouts, now

    for _ in range(4):
        sign_in(client)
    assert lockouts.current() == []
    sign_in(client)
    shut_out(client, "nobody-has-this")
    (found,) = lockouts.current()
    assert (found.person, found.username, found.address, found.failures) == (house.clerk, "zhang", "203.0.113.9", 5)
    assert lockouts.current(house.clerk) == [found] and lockouts.current(house.admin) == []
    with now.travel(found.until - timedelta(minutes=30)):
        assert lockouts.current() == [found]
    with now.travel(found.until + timedelta(seconds=1)):
        assert lockouts.current() == []


def test_trying_on_does_not_prolong_it(house: Any, client: Any) -> None:
    from mingchuang.core import lockouts

    shut_out(client)
    (before,) = lockouts.current()
    for _ in range(5):
        sign_in(client)
    assert lockouts.current() == [before]


def test_a_stranger_elsewhere_shuts_nobody_out(house: Any, client: Any) -> None:
    shut_out(client, "guanli")
    assert sign_in(client, "guanli", PASSWORD, REMOTE_ADDR="203.0.113.77").status_code == 302


def test_the_administrator_ends_it_with_a_reason_and_an_event(house: Any, client: Any) -> None:
    from mingchuang.core import do, lockouts, verify
    from mingchuang.core.models import Event
    from mingchuang.norms.outcome import Refused

    shut_out(client)
    with pytest.raises(Refused) as refusal:
        do.lift_lockout(house.clerk, house.actor("office"), note="")
    assert {issue.code for issue in refusal.value.issues} >= {"machine.role", "machine.note"}
    do.lift_lockout(house.clerk, house.keeper, note="本人来电核实")
    assert lockouts.current() == []
    event = Event.objects.get(move="lift_lockout")
    assert (event.subject_id, event.person, event.words["note"]) == (house.clerk.pk, house.admin, "本人来电核实")
    assert "203.0.113.9" not in str(event.data), "an address is personal: never in the chain"
    assert sign_in(client, password=PASSWORD).status_code == 302
    assert verify.run() == []
    with pytest.raises(Refused, match="现在没有因连续输错密码被锁定"):
        do.lift_lockout(house.clerk, house.keeper, note="再来一次")


def test_the_command_line_shows_it_and_ends_it(house: Any, client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from click.testing import CliRunner

    from mingchuang.core.models import Event
    from mingchuang.site.cli import user

    monkeypatch.setattr(user, "start_django", lambda data: None)
    shut_out(client)
    listed = CliRunner().invoke(user.command, ["list"]).output
    assert "连续输错密码，暂不能从203.0.113.9" in listed and listed.count("连续输错") == 1
    done = CliRunner().invoke(user.command, ["unlock", "zhang", "--note", "本人核实"])
    assert "已解锁 zhang" in done.output, done.output
    assert Event.objects.get(move="lift_lockout").person is None
    assert sign_in(client, password=PASSWORD).status_code == 302
    assert "没有被锁定" in CliRunner().invoke(user.command, ["unlock", "zhang", "--note", "再来"]).output


@pytest.mark.parametrize("deed", ["lock", "close", "end"])
def test_the_last_administrator_who_can_sign_in_stays(house: Any, june: date, deed: str) -> None:
    from mingchuang.core import do
    from mingchuang.core.actor import Actor
    from mingchuang.core.models import Appointment
    from mingchuang.norms.outcome import Refused

    row = Appointment.objects.get(person=house.admin)
    administrator(house, "吴无账号")  # on paper only
    administrator(house, "周演示", "demo", demo=True)  # on this machine only
    locked = administrator(house, "冯锁定", "feng")
    do.lock_account(locked, Actor.system(), note="测试")

    def carry_out(note: str) -> None:
        if deed == "lock":
            do.lock_account(house.admin, house.keeper, note=note)
        elif deed == "close":
            do.close_account(house.admin, house.keeper, note=note, until=june)
        else:
            do.end_appointment(row, house.keeper, until=june, note=note)

    with pytest.raises(Refused) as refusal:
        carry_out("")
    assert {issue.code for issue in refusal.value.issues} == {"machine.note", "people.last_administrator"}
    assert "郑管理是唯一能登录的管理员" in str(refusal.value)
    administrator(house, "陈接任", "chen")
    carry_out("调离")


def test_the_machine_may_shut_the_last_administrator_out_and_in_again(house: Any) -> None:
    from mingchuang.core import do
    from mingchuang.core.actor import Actor

    do.lock_account(house.admin, Actor.system(), note="账号被盗用")
    do.unlock_account(house.admin, Actor.system(), note="已重置密码")
    house.admin.refresh_from_db()
    assert house.admin.access == "active"
