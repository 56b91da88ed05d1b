"""Signing in through allauth's own pages: password, second factor, recovery codes, lock-out, no sign-up."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.db

PASSWORD = "Vq7-sturdy-horse"


@pytest.fixture
def house(cast: Any) -> Any:
    from django.core.cache import cache

    from mingchuang.core import do
    from mingchuang.core.actor import Actor

    cache.clear()  # allauth counts attempts there
    do.open_account(cast.clerk, Actor.system(), username="zhang", password=PASSWORD)
    return cast


def sign_in(client: Any, password: str = PASSWORD) -> Any:
    return client.post("/accounts/login/", {"login": "zhang", "password": password})


def moves(house: Any) -> list[str]:
    from mingchuang.core.models import Event

    rows = Event.objects.filter(subject_kind="core.person", subject_id=house.clerk.pk).order_by("seq")
    return list(rows.values_list("move", flat=True))


def test_in_and_out(house: Any, client: Any) -> None:
    answer = sign_in(client)
    assert (answer.status_code, answer["Location"]) == (302, "/desk/")
    client.post("/accounts/logout/")
    assert moves(house)[-2:] == ["sign_in", "sign_out"]


def test_a_wrong_password_stays_outside(house: Any, client: Any) -> None:
    answer = sign_in(client, "wrong")
    assert answer.status_code == 200 and "_auth_user_id" not in client.session
    assert moves(house)[-1] == "refuse_sign_in"


def test_the_sixth_try_is_locked_out_even_with_the_right_password(house: Any, client: Any, settings: Any) -> None:
    for _ in range(settings.AXES_FAILURE_LIMIT):
        sign_in(client, "wrong")
    sign_in(client)
    assert "_auth_user_id" not in client.session


def test_a_second_factor_is_asked_for_and_a_recovery_code_opens_once(house: Any, client: Any) -> None:
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    TOTP.activate(house.clerk.user, generate_totp_secret())
    codes = RecoveryCodes.activate(house.clerk.user).get_unused_codes()
    answer = sign_in(client)
    assert "/2fa/" in answer["Location"] and "_auth_user_id" not in client.session
    client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert "_auth_user_id" not in client.session
    client.post("/accounts/2fa/authenticate/", {"code": codes[0]})
    assert client.session["_auth_user_id"] == str(house.clerk.user.pk)
    assert moves(house)[-1] == "sign_in"
    client.post("/accounts/logout/")
    sign_in(client)
    client.post("/accounts/2fa/authenticate/", {"code": codes[0]})
    assert "_auth_user_id" not in client.session


def test_a_demonstration_account_with_a_second_factor_gets_in(house: Any, client: Any, settings: Any) -> None:
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    from mingchuang.core import do
    from mingchuang.core.actor import Actor

    settings.MINGCHUANG_BOUND_LOOPBACK = True
    here = {"HTTP_HOST": "localhost", "REMOTE_ADDR": "127.0.0.1"}
    demo = do.add_person(Actor.system(), name="周演示", username="demo", password=PASSWORD, demo=True)
    TOTP.activate(demo.user, generate_totp_secret())
    code = RecoveryCodes.activate(demo.user).get_unused_codes()[0]
    client.post("/accounts/login/", {"login": "demo", "password": PASSWORD}, **here)
    client.post("/accounts/2fa/authenticate/", {"code": code}, **here)
    assert client.get("/desk/", **here).status_code == 200


def test_nobody_signs_up_by_the_page(house: Any, client: Any) -> None:
    from mingchuang.core.models import User

    client.post("/accounts/signup/", {"username": "intruder", "password1": PASSWORD, "password2": PASSWORD})
    assert User.objects.count() == 1


def test_characters_that_no_database_keeps_are_a_wrong_form_and_not_a_fault(house: Any, client: Any) -> None:
    form = "application/x-www-form-urlencoded"
    for name in ("zhang%00", "%ED%A0%80", "x" * 5000):
        answer = client.post("/accounts/login/", f"login={name}&password=x%00", content_type=form)
        assert answer.status_code == 200
        assert "_auth_user_id" not in client.session
