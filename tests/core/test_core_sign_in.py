"""Signing in: every success and refusal an event, floods bounded, demonstration accounts on this machine only."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

pytestmark = pytest.mark.db

PASSWORD = "Vq7-sturdy-horse"
WIRING = {
    "AUTHENTICATION_BACKENDS": [
        "axes.backends.AxesStandaloneBackend",
        "mingchuang.core.demo_login.LoopbackOnlyBackend",
        "mingchuang.core.sign_in.OrdinaryBackend",
    ],
    "ACCOUNT_ADAPTER": "mingchuang.core.sign_in.AccountAdapter",
    "MINGCHUANG_BOUND_LOOPBACK": True,
}


@pytest.fixture
def house(cast: Any, settings: Any) -> Any:
    """The cast, where 张经办 has a login `zhang` and the demonstration person a login `demo`."""
    from mingchuang.core import do
    from mingchuang.core.actor import Actor

    for name, value in WIRING.items():
        setattr(settings, name, value)
    do.open_account(cast.clerk, Actor.system(), username="zhang", password=PASSWORD)
    cast.demo = do.add_person(Actor.system(), name="周演示", username="demo", password=PASSWORD, demo=True)
    return cast


def request(address: str = "203.0.113.9", host: str = "testserver", **headers: str) -> Any:
    from django.contrib.auth.models import AnonymousUser
    from django.contrib.sessions.backends.db import SessionStore
    from django.test import RequestFactory

    made = RequestFactory().post("/accounts/login/", REMOTE_ADDR=address, HTTP_HOST=host, **headers)
    made.session, made.user = SessionStore(), AnonymousUser()
    return made


def attempt(username: str, password: str = PASSWORD, **kwargs: Any) -> Any:
    from django.contrib.auth import authenticate

    return authenticate(request(**kwargs), username=username, password=password)


def moves(pk: int) -> list[str]:
    from mingchuang.core.models import Event

    rows = Event.objects.filter(subject_kind="core.person", subject_id=pk).order_by("seq")
    return list(rows.values_list("move", flat=True))


def test_signing_in_and_out_are_events_with_the_address_outside_the_chain(house: Any) -> None:
    from django.contrib.auth import login, logout

    from mingchuang.core.models import Event

    made = request(HTTP_USER_AGENT="Browser\x00 1")
    login(made, attempt("zhang"), backend=WIRING["AUTHENTICATION_BACKENDS"][2])
    logout(made)
    assert moves(house.clerk.pk)[-2:] == ["sign_in", "sign_out"]
    event = Event.objects.get(move="sign_in")
    assert (event.person, event.role) == (house.clerk, "self")
    assert event.words == {"address": "203.0.113.9"}
    assert "203.0.113.9" not in str((event.data, event.evidence))


def test_a_wrong_password_is_an_event_on_the_account(house: Any) -> None:
    from mingchuang.core.models import Event

    assert attempt("zhang", "wrong") is None
    event = Event.objects.latest("seq")
    assert (event.move, event.subject_id, event.role, event.person) == (
        "refuse_sign_in",
        house.clerk.pk,
        "system",
        None,
    )
    assert event.data == {"reason": "credentials", "further_in_log": False}


def test_a_name_that_nobody_has_is_not_kept(house: Any) -> None:
    from mingchuang.core.models import Event

    assert attempt("my-secret-password", "x") is None
    event = Event.objects.latest("seq")
    assert (event.move, event.subject_id) == ("refuse_unknown_sign_in", 0)
    assert "secret" not in str((event.data, event.words))


def test_five_failures_lock_name_and_address_and_nobody_else(house: Any, settings: Any) -> None:
    from mingchuang.core.models import Event

    for _ in range(settings.AXES_FAILURE_LIMIT):
        assert attempt("zhang", "wrong") is None
    assert attempt("zhang") is None
    assert Event.objects.filter(move="refuse_sign_in", data__reason="locked_out").exists()
    assert attempt("zhang", address="203.0.113.77") is not None


def test_a_flood_is_bounded_and_says_that_there_was_more(house: Any) -> None:
    from mingchuang.core import accounts
    from mingchuang.core.models import Event

    for number in range(40):
        attempt("zhang", "wrong", address=f"203.0.113.{number}")
    rows = Event.objects.filter(move="refuse_sign_in").order_by("seq")
    assert rows.count() == accounts.PER_PERSON
    assert [row.data["further_in_log"] for row in rows] == [False] * (accounts.PER_PERSON - 1) + [True]


def test_a_closed_account_does_not_open_and_its_session_ends(house: Any, june: date) -> None:
    from django.contrib.auth import get_user, login

    from mingchuang.core import do
    from mingchuang.core.actor import Actor

    made = request()
    login(made, attempt("zhang"), backend=WIRING["AUTHENTICATION_BACKENDS"][2])
    assert get_user(made).is_authenticated
    do.lock_account(house.clerk, Actor.system(), note="测试锁定")
    assert not get_user(made).is_authenticated
    assert attempt("zhang") is None


@pytest.mark.parametrize(
    ("address", "host", "headers", "bound", "opens"),
    [
        ("127.0.0.1", "127.0.0.1:8000", {}, True, True),
        ("127.0.0.1", "localhost:8000", {}, True, True),
        ("::1", "[::1]:8000", {}, True, True),
        ("::ffff:127.0.0.1", "localhost", {}, True, True),
        ("127.0.0.1", "127.0.0.1:8000", {}, False, False),
        ("203.0.113.9", "127.0.0.1:8000", {}, True, False),
        ("127.0.0.1", "www.example.com", {}, True, False),
        ("127.0.0.1", "localhost.example.com", {}, True, False),
        ("127.0.0.1", "", {}, True, False),
        ("127.0.0.1", "127.0.0.1", {"HTTP_X_FORWARDED_FOR": "203.0.113.9"}, True, False),
        ("127.0.0.1", "127.0.0.1", {"HTTP_FORWARDED": "for=203.0.113.9"}, True, False),
        ("127.0.0.1", "127.0.0.1", {"HTTP_VIA": "1.1 proxy"}, True, False),
        ("127.0.0.1", "127.0.0.1", {"HTTP_X_REAL_IP": "203.0.113.9"}, True, False),
    ],
)
def test_demonstration_accounts_open_on_this_machine_only(
    house: Any, settings: Any, *, address: str, host: str, headers: dict[str, str], bound: bool, opens: bool
) -> None:
    settings.MINGCHUANG_BOUND_LOOPBACK = bound
    found = attempt("demo", address=address, host=host, **headers)
    assert (found is not None) is opens
    if found is not None:
        assert found.backend == "mingchuang.core.demo_login.LoopbackOnlyBackend"


def test_a_password_drawn_by_lot_costs_nothing_to_make_and_is_kept_like_any_from_the_first_signing_in(
    house: Any, settings: Any
) -> None:
    from mingchuang.core import do
    from mingchuang.core.actor import Actor
    from mingchuang.core.models import User

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    do.add_person(Actor.system(), name="吴演示", username="drawn", password=PASSWORD, demo=True)
    other = do.add_person(Actor.system(), name="郑演示", demo=True)
    do.open_account(other, Actor.system(), username="own", password=PASSWORD)
    kept = dict(User.objects.values_list("username", "password"))
    assert "m=64,t=1,p=1" in kept["drawn"]
    assert "m=102400,t=2,p=8" in kept["own"], "whoever keeps accounts chose it"
    assert attempt("drawn", "another-password", address="127.0.0.1", host="localhost") is None
    assert attempt("drawn", address="127.0.0.1", host="localhost") is not None
    assert "m=102400,t=2,p=8" in User.objects.get(username="drawn").password


def test_a_demonstration_session_ends_when_the_server_listens_to_others(house: Any, settings: Any) -> None:
    from django.contrib.auth import get_user, login

    made = request("127.0.0.1", "localhost")
    login(made, attempt("demo", address="127.0.0.1", host="localhost"))
    assert get_user(made).is_authenticated
    settings.MINGCHUANG_BOUND_LOOPBACK = False
    assert not get_user(made).is_authenticated


def test_an_ordinary_account_does_not_come_in_by_the_demonstration_door(house: Any) -> None:
    found = attempt("zhang", address="127.0.0.1", host="localhost")
    assert found.backend == "mingchuang.core.sign_in.OrdinaryBackend"


def test_nobody_signs_up(house: Any) -> None:
    from allauth.account.adapter import get_adapter

    assert get_adapter().is_open_for_signup(request()) is False


def test_a_second_factor_and_a_new_password_are_events(house: Any) -> None:
    from types import SimpleNamespace

    from allauth.account.signals import password_changed
    from allauth.mfa.signals import authenticator_added, authenticator_removed

    told = {"sender": None, "request": request(), "user": house.clerk.user}
    authenticator = SimpleNamespace(type="totp")
    authenticator_added.send(**told, authenticator=authenticator)
    authenticator_removed.send(**told, authenticator=authenticator)
    password_changed.send(**told)
    assert moves(house.clerk.pk)[-3:] == ["enrol_factor", "remove_factor", "change_password"]


def test_everything_that_happened_at_the_door_verifies(house: Any) -> None:
    from mingchuang.core import verify

    attempt("zhang", "wrong")
    attempt("nobody", "wrong")
    assert verify.run() == []


@pytest.mark.parametrize("spelling", ["zhang", "Zhang", "ZHANG", " zhang "])
def test_the_case_of_a_name_does_not_matter(house: Any, spelling: str) -> None:
    assert attempt(spelling) == house.clerk.user
    name = spelling.replace("zhang", "demo").replace("Zhang", "Demo").replace("ZHANG", "DEMO")
    found = attempt(name, address="127.0.0.1", host="localhost")
    assert found is not None and found.person == house.demo


def test_an_account_opened_in_mixed_case_signs_in_however_it_is_typed(house: Any) -> None:
    from mingchuang.core import do
    from mingchuang.core.actor import Actor

    do.open_account(house.leader, Actor.system(), username="LiDong", password=PASSWORD)
    assert attempt("LiDong") == attempt("lidong") == attempt("LIDONG") == house.leader.user
