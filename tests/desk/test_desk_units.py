"""Units and people in the desk: dated changes, roles, accounts; a password is shown once."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.contrib.auth import authenticate
from django.core.cache import cache
from django.test import Client, RequestFactory

from mingchuang.core.actor import Actor
from mingchuang.core.roles import Role
from tests.cast import Cast
from tests.desk.conftest import Desk

pytestmark = pytest.mark.db
At = Callable[..., Desk]
HERE = "/desk/units/"


def test_the_tree_stands_as_it_was_on_a_day(cast: Cast, at: At) -> None:
    zhao = at(cast.zhao)
    zhao.post(f"{HERE}unit/justice/rename/", {"name": "青铜峡市法治局", "since": "2020-01-01", "basis": "演示批复"})
    assert "青铜峡市司法局" in zhao.get(f"{HERE}?on=2019-12-31")
    later = zhao.get(f"{HERE}?on=2020-01-01")
    assert "青铜峡市法治局" in later and "青铜峡市司法局" not in later
    assert "这一天还没有单位" in zhao.get(f"{HERE}?on=2000-01-01")
    page = zhao.get(f"{HERE}unit/justice/?on=2019-12-31")
    assert "青铜峡市司法局" in page and "演示批复" in page


def test_a_unit_is_registered_and_all_faults_are_told(cast: Cast, at: At) -> None:
    from mingchuang.core.models import Unit

    zheng = at(cast.zheng)
    given = {"name": "青铜峡市司法局", "code": "Wrong Code", "since": "2019-01-01", "region": "640381", "uscc": "123"}
    page = zheng.post(f"{HERE}new/", given, status=422)
    assert "已有单位名为" in page and 'value="Wrong Code"' in page
    assert "只用小写字母、数字和连字符" in page and "统一社会信用代码" in page.partition("novalidate")[0]
    place = zheng.post(
        f"{HERE}new/",
        {
            "name": "青铜峡市演示局", "code": "shown", "since": "2019-01-01", "region": "640381",
            "plates": "甲办；乙办", "parent": "county", "capabilities": ["administrative"],
        },
    )  # fmt: skip
    made = Unit.objects.get(code="shown")
    assert place == f"{HERE}unit/shown/"
    assert sorted(made.names.values_list("kind", "name")) == [
        ("full", "青铜峡市演示局"),
        ("plate", "乙办"),
        ("plate", "甲办"),
    ]
    assert "行政机关" in zheng.get(place) and "受理依申请公开" in zheng.get(place)


def test_collectives_are_defined_joined_and_left(cast: Cast, at: At) -> None:
    from mingchuang.core.models import Collective

    zhao = at(cast.zhao)
    zhao.post(f"{HERE}collectives/new/", {"name": "市直各部门", "aliases": "各部门；各部门、单位"})
    group = Collective.objects.get()
    assert group.aliases == ["各部门", "各部门、单位"]
    zhao.post(f"{HERE}unit/justice/join/", {"collective": str(group.pk), "since": "2019-01-01"})
    assert "青铜峡市司法局" in zhao.get(f"{HERE}collectives/?on=2019-06-01")
    zhao.post(f"{HERE}unit/justice/leave/", {"collective": str(group.pk), "until": "2019-07-01"})
    assert "青铜峡市司法局" in zhao.get(f"{HERE}collectives/?on=2019-06-01")
    assert "这一天没有成员" in zhao.get(f"{HERE}collectives/?on=2019-07-01")


def test_moving_and_abolishing(cast: Cast, at: At) -> None:
    zhao = at(cast.zhao)
    page = zhao.post(f"{HERE}unit/gov-office/move/", {"parent": "justice", "since": "2017-01-01"}, status=422)
    assert "生效日期须晚于" in page
    zhao.post(f"{HERE}unit/justice/move/", {"parent": "gov-office", "since": "2019-01-01"})
    zhao.post(f"{HERE}unit/justice/capabilities/", {"capabilities": ["vertical"], "since": "2019-02-01"})
    page = zhao.post(f"{HERE}unit/justice/abolish/", {"on": "2019-03-01", "successors": ["gov-office"]}, status=422)
    assert 'href="#id_note"' in page
    zhao.post(f"{HERE}unit/justice/abolish/", {"on": "2019-03-01", "successors": ["gov-office"], "note": "机构改革"})
    cast.justice.refresh_from_db()
    assert cast.justice.existence == "abolished"
    assert f"{HERE}unit/justice/rename/" not in zhao.get(f"{HERE}unit/justice/")


def password_on(page: str) -> str:
    found = re.search(r'class="password"><strong class="mono">([a-z0-9-]+)<', page)
    assert found is not None
    return found[1]


def test_a_person_gets_an_account_whose_password_is_shown_once_and_works(cast: Cast, at: At) -> None:
    from mingchuang.core.models import Person

    zheng = at(cast.zheng)
    page = zheng.post(f"{HERE}people/new/", {"name": "新同事", "username": "xin"}, status=200)
    password = password_on(page)
    made = Person.objects.get(name="新同事")
    assert authenticate(RequestFactory().get("/"), username="xin", password=password) == made.user
    assert password not in zheng.get(f"{HERE}people/{made.pk}/") + zheng.get(f"{HERE}people/")
    given = {"unit": "justice", "role": "clerk", "since": "2019-01-01", "kind": "office", "note": "调入"}
    zheng.post(f"{HERE}people/{made.pk}/appoint/", given)
    row = made.appointments.get()
    assert (row.unit, row.role) == (cast.justice, "clerk")
    page = zheng.post(f"{HERE}people/{made.pk}/appoint/", given, status=422)
    assert "在此期间已任" in page
    zheng.post(f"{HERE}appointments/{row.pk}/end/", {"until": "2019-06-01", "note": "调出"})
    row.refresh_from_db()
    assert row.until.isoformat() == "2019-06-01"


def test_a_mandate_needs_basis_and_end(cast: Cast, at: At) -> None:
    given = {"unit": "gov-office", "role": "leader", "since": "2019-01-01", "kind": "mandate", "note": "岗位空缺"}
    page = at(cast.zheng).post(f"{HERE}people/{cast.he.person.pk}/appoint/", given, status=422)
    assert "委托须写明依据和终止日期" in page and 'href="#id_basis"' in page


def test_resetting_locking_and_closing(cast: Cast, at: At) -> None:
    zheng, he = at(cast.zheng), cast.he.person
    password = password_on(zheng.post(f"{HERE}people/{he.pk}/reset-password/", {"csrf": ""}, status=200))
    assert authenticate(RequestFactory().get("/"), username="he", password=password) == he.user
    assert 'href="#id_note"' in zheng.post(f"{HERE}people/{he.pk}/lock/", {"note": ""}, status=422)
    zheng.post(f"{HERE}people/{he.pk}/lock/", {"note": "休假"})
    he.refresh_from_db()
    assert he.access == "locked"
    assert authenticate(RequestFactory().get("/"), username="he", password=password) is None
    zheng.post(f"{HERE}people/{he.pk}/unlock/", {"note": "销假"})
    zheng.post(f"{HERE}people/{he.pk}/close/", {"note": "调离"})
    he.refresh_from_db()
    assert he.access == "closed" and he.appointments.get().until is not None
    zheng.post(f"{HERE}people/{he.pk}/reopen/", {"note": "调回"})
    assert "账号记录" in zheng.get(f"{HERE}people/{he.pk}/")


def test_whoever_signs_on_paper_only_gets_a_login_later(cast: Cast, at: At) -> None:
    from mingchuang.core.models import Person

    zheng = at(cast.zheng)
    zheng.post(f"{HERE}people/new/", {"name": "只在纸上签的人"})
    made = Person.objects.get(name="只在纸上签的人")
    assert "没有账号，只在纸面上签批" in zheng.get(f"{HERE}people/{made.pk}/")
    page = zheng.post(f"{HERE}people/{made.pk}/open-account/", {"username": "he"}, status=422)
    assert 'value="he"' in page
    password_on(zheng.post(f"{HERE}people/{made.pk}/open-account/", {"username": "paper"}, status=200))


def test_the_search_for_people_finds_by_name_and_account(cast: Cast, at: At) -> None:
    zheng = at(cast.zheng)
    assert "张经办" in (page := zheng.get(f"{HERE}people/?q=zhang")) and "李审核" not in page
    assert "没有这样的人员" in zheng.get(f"{HERE}people/?q=无此人")


def shut_out(username: str, times: int = 5) -> None:
    cache.clear()  # allauth counts attempts there
    for _ in range(times):
        Client().post("/accounts/login/", {"login": username, "password": "x"}, REMOTE_ADDR="203.0.113.9")


def test_the_administrator_sees_who_is_locked_out_and_ends_it_with_a_reason(cast: Cast, at: At) -> None:
    from mingchuang.core.models import Event

    zheng, li = at(cast.zheng), cast.li.person
    assert "暂时锁定" not in zheng.get(f"{HERE}people/")
    shut_out("li")
    assert "登录被锁定" in zheng.get("/desk/")
    listed = zheng.get(f"{HERE}people/")
    assert "从 203.0.113.9 输错 5 次，锁定至 " in listed and f'href="{HERE}people/{li.pk}/lift-lockout/"' in listed
    assert "暂时锁定" in zheng.get(f"{HERE}people/{li.pk}/")
    assert 'href="#id_note"' in zheng.post(f"{HERE}people/{li.pk}/lift-lockout/", {"note": ""}, status=422)
    zheng.post(f"{HERE}people/{li.pk}/lift-lockout/", {"note": "本人来电核实"})
    assert "暂时锁定" not in zheng.get(f"{HERE}people/")
    assert "解除锁定" in zheng.get(f"{HERE}people/{li.pk}/") and "本人来电核实" in zheng.get(f"{HERE}people/{li.pk}/")
    assert Event.objects.get(move="lift_lockout").subject_id == li.pk
    again = zheng.post(f"{HERE}people/{li.pk}/lift-lockout/", {"note": "再来"}, status=422)
    assert "现在没有因连续输错密码被锁定" in again
    assert "登录被锁定" not in at(cast.zhao).get("/desk/")
    at(cast.zhao).post(f"{HERE}people/{li.pk}/lift-lockout/", {"note": "不是管理员"}, status=404)


def test_the_last_administrator_does_not_shut_himself_out(cast: Cast, at: At) -> None:
    zheng, own = at(cast.zheng), cast.zheng.person
    for deed in ("lock", "close"):
        told = zheng.post(f"{HERE}people/{own.pk}/{deed}/", {"note": "离岗"}, status=422)
        assert "郑管理是唯一能登录的管理员" in told
    row = own.appointments.get()
    told = zheng.post(f"{HERE}appointments/{row.pk}/end/", {"until": "2099-01-01", "note": "离岗"}, status=422)
    assert "郑管理是唯一能登录的管理员" in told


def test_whoever_holds_no_role_is_told_whom_to_ask(cast: Cast, at: At) -> None:
    from mingchuang.core import do
    from tests.cast import Player
    from tests.desk.conftest import give_account

    new = do.add_person(Actor.system(), name="新来者")
    give_account(new, "new")
    do.add_person(Actor.system(), name="无关者")
    page = at(Player(new, Role.CLERK, cast.office)).get("/desk/")
    assert "还没有为您任职" in page and "没有待办" not in page
    assert "郑管理</strong>　青铜峡市人民政府管理员" in page
    assert "赵主管</strong>　青铜峡市人民政府办公室政务公开办" in page
    assert "无关者" not in page
    assert "还没有为您任职" not in at(cast.zhang).get("/desk/")


def test_a_lost_second_step_is_switched_off_with_a_reason(cast: Cast, at: At) -> None:
    from allauth.mfa.models import Authenticator
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    from mingchuang.core.models import Event

    zheng, li = at(cast.zheng), cast.li.person
    place = f"{HERE}people/{li.pk}/remove-factor/"
    assert place not in zheng.get(f"{HERE}people/{li.pk}/")
    assert "没有启用两步验证" in zheng.post(place, {"note": "丢了"}, status=422)
    TOTP.activate(li.user, generate_totp_secret())
    assert place in zheng.get(f"{HERE}people/{li.pk}/")
    zheng.post(place, {"note": ""}, status=422)
    at(cast.zhao).post(place, {"note": "不是管理员"}, status=404)
    zheng.post(place, {"note": "手机丢失，当面核实"})
    assert not Authenticator.objects.filter(user=li.user).exists()
    event = Event.objects.get(move="remove_factor")
    assert (event.subject_id, event.person, event.words["note"]) == (
        li.pk,
        cast.zheng.person,
        "手机丢失，当面核实",
    )
