"""People and standing: appointed to the role, for the unit, on the day; signer and recorder are two."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.db

PHOTO = [{"kind": "file", "value": "d" * 64}]


def paper(cast: Any, recorder: str, signer: Any, **kwargs: Any) -> Any:
    from mingchuang.core.actor import Actor, Way
    from mingchuang.core.roles import Role

    return Actor(
        getattr(cast, recorder), Role.LEADER, cast.bureau, on_behalf_of=signer, via=kwargs.get("via", Way.PAPER)
    )


def issue_codes(subject: Any, actor: Any, day: date, evidence: bool = True) -> list[str]:
    from mingchuang.core import standing

    return [issue.code for issue in standing.issues(subject, actor, day, evidence)]


def test_a_signature_on_paper_is_recorded_by_somebody_else(cast: Any, june: date) -> None:
    assert issue_codes(cast.bureau, paper(cast, "clerk", cast.leader), june) == []


def test_nobody_records_the_own_signature(cast: Any, june: date) -> None:
    from mingchuang.core import do
    from mingchuang.core.roles import Role

    do.appoint(
        cast.clerk, cast.actor("office").system(), unit=cast.bureau, role=Role.LEADER, since=june, note="主持工作"
    )
    assert issue_codes(cast.bureau, paper(cast, "clerk", cast.clerk), june) == ["standing.same"]


def test_paper_needs_a_signer_who_held_the_office_that_day_and_a_photograph(cast: Any, june: date) -> None:
    found = issue_codes(cast.bureau, paper(cast, "clerk", cast.stranger), june, evidence=False)
    assert found == ["standing.evidence", "standing.role"]
    assert issue_codes(cast.bureau, paper(cast, "clerk", None), june) == ["standing.signer"]
    assert issue_codes(cast.bureau, paper(cast, "stranger", cast.leader), june) == ["standing.role"]
    assert issue_codes(cast.bureau, paper(cast, "reviewer", cast.leader), june) == ["standing.role"]
    assert issue_codes(cast.bureau, paper(cast, "office", cast.leader), june) == []


def test_acting_for_somebody_names_the_way(cast: Any, june: date) -> None:
    from mingchuang.core.actor import Way

    assert issue_codes(cast.bureau, paper(cast, "clerk", cast.leader, via=Way.SYSTEM), june) == ["standing.way"]


def test_a_role_ends_with_its_appointment(cast: Any, june: date) -> None:
    from mingchuang.core import do
    from mingchuang.core.models import Appointment

    row = Appointment.objects.get(person=cast.clerk)
    do.end_appointment(row, cast.actor("office").system(), until=june, note="调离")
    assert issue_codes(cast.bureau, cast.actor("clerk"), june) == ["standing.role"]


def test_a_clerk_reaches_the_own_unit_and_what_is_under_it(cast: Any, june: date) -> None:
    from mingchuang.core import do

    assert issue_codes(cast.other, cast.actor("clerk"), june) == ["standing.unit"]
    assert issue_codes(cast.other, cast.actor("office"), june) == []
    do.move_unit(cast.other, cast.actor("office"), parent=cast.bureau, since=june)
    assert issue_codes(cast.other, cast.actor("clerk"), june) == []


def test_a_mandate_needs_basis_and_end(cast: Any, june: date) -> None:
    from mingchuang.core import do
    from mingchuang.core.models import Appointment
    from mingchuang.core.roles import Role
    from mingchuang.norms.outcome import Refused

    told = {"unit": cast.other, "role": Role.REVIEWER, "since": june, "kind": Appointment.Kind.MANDATE, "note": "空缺"}
    with pytest.raises(Refused):
        do.appoint(cast.reviewer, cast.actor("office").system(), **told)
    do.appoint(
        cast.reviewer,
        cast.actor("office").system(),
        **told,
        basis="样政办函〔2026〕1号",
        until=june + timedelta(weeks=8),
    )
    with pytest.raises(Refused) as refusal:
        do.appoint(cast.reviewer, cast.actor("office").system(), **told, basis="再次", until=june + timedelta(weeks=4))
    assert [issue.code for issue in refusal.value.issues] == ["people.twice"]


def test_only_administrators_give_roles_and_must_say_why(cast: Any, june: date) -> None:
    from mingchuang.core import do
    from mingchuang.core.models import Appointment
    from mingchuang.core.roles import Role
    from mingchuang.norms.outcome import Refused

    count = Appointment.objects.count()
    with pytest.raises(Refused) as refusal:
        do.appoint(cast.clerk, cast.actor("clerk"), unit=cast.bureau, role=Role.LEADER, since=june, note="")
    assert {"machine.role", "machine.note"} <= {issue.code for issue in refusal.value.issues}
    with pytest.raises(Refused) as refusal:
        do.appoint(cast.clerk, cast.actor("office").system(), unit=cast.bureau, role=Role.SYSTEM, since=june, note="x")
    assert "people.role" in [issue.code for issue in refusal.value.issues]
    assert Appointment.objects.count() == count


def test_closing_an_account_ends_every_role_and_keeps_the_past(cast: Any, june: date) -> None:
    from mingchuang.core import do, verify
    from mingchuang.core.models import Appointment, Event

    system = cast.actor("office").system()
    do.close_account(cast.clerk, system, note="退休", until=june)
    assert not Appointment.objects.on(june).filter(person=cast.clerk).exists()
    assert Appointment.objects.on(june - timedelta(days=1)).filter(person=cast.clerk).exists()
    assert issue_codes(cast.bureau, cast.actor("clerk"), june) == ["standing.closed", "standing.role"]
    assert Event.objects.filter(subject_kind="core.person", subject_id=cast.clerk.pk).count() == 3
    do.reopen_account(cast.clerk, admin(cast), note="返聘")
    assert verify.run() == []


def admin(cast: Any) -> Any:
    from mingchuang.core import do
    from mingchuang.core.actor import Actor
    from mingchuang.core.roles import Role

    person = do.add_person(Actor.system(), name="钱管理")
    do.appoint(person, Actor.system(), unit=cast.county, role=Role.ADMIN, since=date(2019, 1, 1), note="测试任职")
    return Actor(person, Role.ADMIN, cast.county)


def test_a_login_is_refused_with_every_reason_of_name_and_password(cast: Any) -> None:
    from mingchuang.core import do
    from mingchuang.core.models import User
    from mingchuang.norms.outcome import Refused

    with pytest.raises(Refused) as refusal:
        do.open_account(cast.clerk, admin(cast), username="有 空格", password="123")
    assert {"username", "password"} == {issue.field for issue in refusal.value.issues}
    assert len(refusal.value.issues) >= 3
    do.open_account(cast.clerk, admin(cast), username="zhang", password="Vq7-sturdy-horse")
    with pytest.raises(Refused) as refusal:
        do.open_account(cast.clerk, admin(cast), username="zhang2", password="Vq7-sturdy-horse")
    assert [issue.code for issue in refusal.value.issues] == ["people.login"]
    assert User.objects.count() == 1


def _deeds(cast: Any, actor: Any, june: date) -> list[Any]:
    from mingchuang.core import do
    from mingchuang.core.roles import Role

    secret = "Vq7-sturdy-horse"
    return [
        lambda: do.add_person(actor, name="新来的"),
        lambda: do.open_account(cast.reviewer, actor, username="li", password=secret),
        lambda: do.set_password(cast.stranger, actor, password=secret),
        lambda: do.lock_account(cast.stranger, actor, note="试一试"),
        lambda: do.unlock_account(cast.leader, actor, note="试一试"),
        lambda: do.appoint(cast.reviewer, actor, unit=cast.bureau, role=Role.LEADER, since=june, note="试一试"),
        lambda: do.close_account(cast.stranger, actor, note="试一试", until=june),
    ]


@pytest.mark.parametrize("name", ["clerk", "reviewer", "leader", "office", "own", "paper"])
def test_only_an_administrator_in_person_keeps_accounts(cast: Any, june: date, name: str) -> None:
    from mingchuang.core import do
    from mingchuang.core.actor import Actor, Way
    from mingchuang.core.models import Appointment, Event, User
    from mingchuang.core.roles import Role
    from mingchuang.norms.outcome import Refused

    keeper = admin(cast)
    do.open_account(cast.stranger, keeper, username="wang", password="Vq7-sturdy-horse")
    do.lock_account(cast.leader, keeper, note="长期外出")
    password = User.objects.get(person=cast.stranger).password
    actor = (
        Actor.own(cast.clerk)
        if name == "own"
        else Actor(cast.clerk, Role.ADMIN, cast.county, on_behalf_of=keeper.person, via=Way.PAPER)
        if name == "paper"
        else cast.actor(name)
    )
    before = Appointment.objects.count(), User.objects.count(), Event.objects.exclude(move="refuse_access").count()
    for number, deed in enumerate(_deeds(cast, actor, june), 1):
        with pytest.raises(Refused) as refusal:
            deed()
        assert {i.code for i in refusal.value.issues} & {"standing.role", "standing.keeper", "machine.role"}
        assert Event.objects.filter(move="refuse_access").count() == number
    after = Appointment.objects.count(), User.objects.count(), Event.objects.exclude(move="refuse_access").count()
    assert after == before
    assert User.objects.get(person=cast.stranger).password == password


def test_an_administrator_and_the_software_keep_accounts(cast: Any, june: date) -> None:
    from mingchuang.core import do, verify
    from mingchuang.core.models import User

    keeper = admin(cast)
    do.open_account(cast.stranger, keeper, username="wang", password="Vq7-sturdy-horse")
    do.lock_account(cast.leader, keeper, note="长期外出")
    for deed in _deeds(cast, keeper, june):
        deed()
    do.set_password(cast.reviewer, keeper.system(), password="Vq8-sturdy-horse")
    assert User.objects.get(person=cast.reviewer).check_password("Vq8-sturdy-horse")
    assert verify.run() == []


def test_nobody_appoints_himself(cast: Any, june: date) -> None:
    from mingchuang.core import do
    from mingchuang.core.models import Appointment
    from mingchuang.core.roles import Role
    from mingchuang.norms.outcome import Refused

    keeper = admin(cast)
    told = {"unit": cast.bureau, "role": Role.LEADER, "since": june, "note": "自任"}
    with pytest.raises(Refused) as refusal:
        do.appoint(keeper.person, keeper, **told)
    assert [issue.code for issue in refusal.value.issues] == ["standing.self"]
    row = Appointment.objects.get(person=keeper.person)
    do.end_appointment(row, keeper, until=june, note="交接")
    assert not Appointment.objects.on(june).filter(person=keeper.person).exists()


@pytest.mark.parametrize("twin", ["ZHANG", "Zhang", "zhang"])
def test_a_name_that_differs_in_case_alone_is_taken(cast: Any, twin: str) -> None:
    from mingchuang.core import do
    from mingchuang.core.models import User
    from mingchuang.norms.outcome import Refused

    do.open_account(cast.clerk, admin(cast), username="zhang", password="Vq7-sturdy-horse")
    with pytest.raises(Refused) as refusal:
        do.open_account(cast.reviewer, admin(cast), username=twin, password="Vq7-sturdy-horse")
    assert list(refusal.value.reasons) == ["账号“zhang”已经有人使用（账号不分大小写），请换一个。"]
    with pytest.raises(Refused):
        do.add_person(cast.actor("office").system(), name="章二", username=twin, password="Vq7-sturdy-horse")
    assert User.objects.count() == 1


def test_older_twins_are_told_apart_by_their_spelling_and_found(cast: Any) -> None:
    from mingchuang.core import do, usernames
    from mingchuang.core.models import User

    do.open_account(cast.clerk, admin(cast), username="zhang", password="Vq7-sturdy-horse")
    assert usernames.twins() == []
    User(username="ZHANG", person=cast.reviewer).save(force_insert=True)
    assert usernames.twins() == [["ZHANG", "zhang"]]
    assert [usernames.find(name).person for name in ("zhang", "ZHANG")] == [cast.clerk, cast.reviewer]  # type: ignore[union-attr]
    assert usernames.find("Zhang") is None
    from mingchuang.site import health

    (finding,) = health._accounts(Path())
    assert (finding.level, "ZHANG、zhang" in finding.message) == ("warning", True)


@pytest.mark.parametrize("phone", ["", "0999-1234567", "+86 (999) 123-4567", "（0999）1234567"])
def test_a_telephone_is_digits_and_what_groups_them(cast: Any, phone: str) -> None:
    from mingchuang.core import do

    assert do.add_person(cast.actor("office").system(), name="章二", phone=phone).phone == phone


@pytest.mark.parametrize("phone", ["<script>", "电话", "--", "12345\n678", "1" * 41])
def test_anything_else_is_no_telephone(cast: Any, phone: str) -> None:
    from mingchuang.core import do
    from mingchuang.norms.outcome import Refused

    with pytest.raises(Refused) as refusal:
        do.add_person(cast.actor("office").system(), name="章二", phone=phone)
    assert {issue.field for issue in refusal.value.issues} == {"phone"}


def test_a_name_too_long_is_refused_with_both_lengths(cast: Any) -> None:
    from mingchuang.core import do
    from mingchuang.norms.outcome import Refused

    with pytest.raises(Refused) as refusal:
        do.add_person(cast.actor("office").system(), name="长" * 61)
    assert list(refusal.value.reasons) == ["姓名最多60个字，现在有61个。"]
