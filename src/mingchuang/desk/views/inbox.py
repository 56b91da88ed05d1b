"""The desk's first page: what waits for this person's hand, what will soon be due, what they began."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from mingchuang.core import access, lockouts, now
from mingchuang.core.models import Appointment, Person
from mingchuang.core.roles import Role
from mingchuang.core.units import Directory
from mingchuang.desk import waiting
from mingchuang.desk.acting import appointments, holds, person_of
from mingchuang.desk.due_rows import of_deadlines, of_duties
from mingchuang.desk.frame import desk_view, show
from mingchuang.desk.views.review import address
from mingchuang.desk.views.sampling import HERE as SAMPLES
from mingchuang.desk.views.sampling import waiting_for
from mingchuang.records import opinions, sampling
from mingchuang.records.models import Revision

MOST, FEW = 12, 6


@desk_view
@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    """Sections that hold something; what is empty stays away, and an empty desk says what to do next."""
    person = person_of(request)
    found = waiting.of(person)
    today = now.today()
    looks = [row.pk for row in found.to_look_again]
    owed = found.deadlines.exclude(pk__in=looks)[:MOST]
    near = sorted([*of_deadlines(owed, today), *of_duties(found.dated_duties[:MOST], today)])
    context = {
        "figures": _figures(found),
        "to_sign": [(row, address(row)) for row in found.to_sign],
        "returned": [(row, f"/desk/records/{row.record_id}/", opinions.sent_back(row)) for row in found.returned],
        "alarms": [(row, f"/desk/records/{row.record_id}/", sampling.alarms(row)) for row in _alarming(person)],
        "to_publish": [(row, f"/desk/records/{row.record_id}/") for row in found.to_publish],
        "postings": found.postings[:MOST],
        "releases": found.releases[:MOST],
        "releases_failed": found.releases_failed[:MOST],
        "to_look_again": of_deadlines(found.to_look_again, today),
        "drafts": [(row, f"/desk/records/{row.record_id}/") for row in found.drafts[:MOST]],
        "drafts_total": len(found.drafts),
        "evidence": found.evidence[:MOST],
        "not_begun": found.not_begun[:FEW],
        "not_begun_total": len(found.not_begun),
        "near": near[:MOST],
        "may_draft": holds(person, Role.CLERK, Role.OFFICE),
        "to_ask": [] if appointments(person) else _to_ask(),
        "greeting": f"{today.year}年{today.month}月{today.day}日",
    }
    return show(request, "desk/inbox/inbox.html", "待办", context, current="/desk/")


def _to_ask() -> list[tuple[str, str, str]]:
    """(unit and role, name, telephone) of those who give roles or know who does: administrators, then the office."""
    today = now.today()
    directory = Directory.on(today)
    rows = Appointment.objects.on(today).filter(person__access="active").select_related("person", "unit")
    return [
        (f"{directory.name(row.unit)}{role.label}", row.person.name, row.person.phone)
        for role in (Role.ADMIN, Role.OFFICE)
        for row in rows.filter(role=role.value).order_by("unit__order", "person__name")
    ]


def _alarming(person: Person) -> list[Revision]:
    """Texts in this person's reach with a signature on paper that its scan does not bear out."""
    return list(sampling.alarming().filter(pk__in=access.visible(person, Revision)).select_related("record__unit"))


def _figures(found: waiting.Waiting) -> list[tuple[int, str, str, str]]:
    """(number, words, its list, tone); only what this person may ever have."""
    roles = {
        "sign": holds(found.person, Role.REVIEWER, Role.LEADER),
        "draft": holds(found.person, Role.CLERK, Role.OFFICE),
        "office": holds(found.person, Role.OFFICE),
        "look": holds(found.person, Role.REVIEWER, Role.LEADER, Role.OFFICE),
        "admin": holds(found.person, Role.ADMIN),
        "publish": holds(found.person, Role.CLERK, Role.LEADER, Role.OFFICE),
    }
    overdue = found.deadlines.filter(due__lt=found.today).count()
    late = sum(1 for duty in found.dated_duties if duty.due_on is not None and duty.due_on < found.today)
    near = found.deadlines.count() + found.dated_duties.count() - overdue - late
    rows = [
        ("sign", len(found.to_sign), "待我审签", "#to-sign" if found.to_sign else "/desk/review/", "attention"),
        ("draft", len(found.returned), "被退回", "/desk/records/?state=returned", "attention"),
        ("publish", len(found.to_publish), "待公开", "/desk/records/?state=approved", "attention"),
        (
            "look",
            len(found.to_look_again),
            "待复核",
            "#to-look" if found.to_look_again else "/desk/records/",
            "attention",
        ),
        ("office", waiting_for(found.person), "待抽查签批", SAMPLES, "attention"),
        ("office", len(found.evidence), "待认定凭证", "#evidence" if found.evidence else "/desk/ledger/", "attention"),
        ("admin", len(lockouts.current()) if roles["admin"] else 0, "登录被锁定", "/desk/units/people/", "attention"),
        ("draft", len(found.not_begun), "未启动任务", "/desk/ledger/mine/", ""),
        ("", near, "快到期", "/desk/due/#near", "attention"),
        ("", overdue + late, "已逾期", "/desk/due/#overdue", "alarm"),
    ]
    return [(number, words, place, tone) for role, number, words, place, tone in rows if not role or roles[role]]
