"""Who gets through which door of the desk: a row for every address of the URLconf, and none besides."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.urls import URLPattern

from tests.cast import Cast
from tests.record_stages import approved, draft, fresh, published, signed, signers, submitted

if TYPE_CHECKING:
    from mingchuang.core.models import Person

pytestmark = pytest.mark.db

NOTICE = Path(__file__).parents[2] / "src/mingchuang/site/demo/notice-2019-60.txt"
PEOPLE = ("wang", "zhang", "li", "zhao", "sun", "zheng")


def patterns() -> list[str]:
    from mingchuang.desk.urls import urlpatterns

    return [str(entry.pattern) for entry in urlpatterns if isinstance(entry, URLPattern)]


@dataclass(frozen=True)
class World:
    """An address for every pattern, of things that belong to the office (never to 王局外's bureau)."""

    addresses: dict[str, str]


def world(cast: Cast) -> World:
    """One record at every stage, the notice with its duties, a proof, a signature on paper."""
    from mingchuang.core import files
    from mingchuang.ledger import do as ledger
    from mingchuang.reading.catalogue import standard
    from mingchuang.records import do
    from mingchuang.records.catalogue import do as catalogue
    from mingchuang.records.models import Approval, Attachment

    stages = {
        "draft": draft(cast),
        "reviewing": submitted(cast, doc_number="青政办发〔2019〕911号"),
        "approved": approved(cast, record_class="C", doc_number="青政办发〔2019〕912号"),
        "paper": submitted(cast, record_class="B", doc_number="青政办发〔2019〕913号"),
        "returned": submitted(cast, doc_number="青政办发〔2019〕914号"),
    }
    do.attach(stages["draft"], cast.zhang.actor, files.put(b"words", "a.txt"), title="附件", name="a.txt")
    returned = fresh(stages["returned"])
    do.return_(returned, cast.li.actor, content_hash=returned.content_hash, step=1, note="请改。")
    paper = fresh(stages["paper"])
    do.record_paper_approval(
        paper, cast.he.person, signer=cast.li.person, role=cast.li.role, evidence=files.put(PNG, "scan.png"),
        content_hash=paper.content_hash, step=1, happened_on=_today(), secrecy="open",
    )  # fmt: skip
    public = published(cast, record_class="C", doc_number="青政办发〔2019〕915号")
    notice = ledger.load(NOTICE.read_bytes(), NOTICE.name, cast.office, cast.zhao.actor)
    duty = notice.duties.order_by("order").first()
    strange = duty.owners.filter(unit=None, collective=None).values_list("pk", flat=True)
    ledger.assign(duty, cast.zhao.actor, strike=list(strange))
    ledger.confirm(duty, cast.zhao.actor)
    proof = ledger.offer_evidence(duty, cast.zhang.actor, cast.office, file=("证明.txt", b"proof"))
    version = catalogue.accept(standard()[:2], cast.zhao.actor, title="目录")
    later = catalogue.accept(standard()[:1], cast.zhao.actor, title="目录")
    keys = {
        "old": version.pk,
        "version": later.pk,
        "item": later.rows.get().pk,
        **{name: row.record_id for name, row in stages.items()},
        "public": public.pk,
        **_of_other_kinds(cast),
        "revision": stages["reviewing"].pk,
        "evidence": _evidence(cast, stages["draft"]),
        "gap": do.explain_gap(
            "GOV-OFFICE", _today().year, cast.zhao.actor, first=90, last=91, reason="other", note="演示"
        ).pk,
        "attachment": Attachment.objects.get(revision=stages["draft"]).pk,
        "scan": Approval.objects.get(recorder=cast.he.person).pk,
        "notice": notice.pk,
        "duty": duty.pk,
        "owner": duty.owners.filter(struck=False).first().pk,
        "proof": proof.pk,
        "person": cast.he.person.pk,
        "appointment": cast.he.person.appointments.get().pk,
    }
    return World({pattern: "/desk/" + _filled(pattern, keys) for pattern in patterns()})


def _evidence(cast: Cast, revision: Any) -> int:
    """A file that proves a row of the draft."""
    from mingchuang.core import files
    from mingchuang.records import do
    from mingchuang.records.kind import kind
    from mingchuang.records.models import Evidence

    table = kind("policy").table("consultations")
    assert table is not None
    told = {"row": 1, "version": fresh(revision).version, "file": files.put(b"sheet", "b.txt"), "name": "b.txt"}
    do.write_row(revision, cast.zhang.actor, table, {"asked": "enterprise"}, **told)
    return int(Evidence.objects.get().pk)


def _of_other_kinds(cast: Cast) -> dict[str, int | str]:
    """A draft with tables, one with a finding of the gate, a list for boards and its print on one."""
    from mingchuang.records import do, gate
    from mingchuang.records.kind import kind

    budget = do.create("budget", cast.office, cast.zhang.actor, kind("budget").samples[0])
    telephone = draft(cast, body="<p>各镇人民政府：</p><p>电话0953-3010000。</p>", doc_number="青政办发〔2019〕916号")
    (found,) = gate.open_findings(telephone, gate.of_revision(telephone))
    board = do.create("household", cast.office, cast.zhang.actor, kind("household").samples[0])
    do.submit(board, cast.zhang.actor)
    board = signed(cast, fresh(board), *signers(cast, "B"))
    until = _today() + datetime.timedelta(days=7)
    told = {"content_hash": board.content_hash, "until": until}
    posting = do.post(board, cast.zhang.actor, place="示例村公示栏", **told)
    twice = submitted(cast, doc_number="青政办发〔2019〕917号")
    do.revise(twice, cast.zhang.actor, note="要改")
    return {
        "twice": twice.record_id,
        "budget": budget.record_id, "telephone": telephone.record_id, "finding": found.key,
        "board": board.record_id, "posting": posting.pk,
    }  # fmt: skip


def _today() -> datetime.date:
    from mingchuang.core import now

    return now.today()


PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
# pattern → which stage its record or row is at; the first that fits
PLACES = (
    (r"^records/files/", "attachment"),
    (r"^records/evidence/", "evidence"),
    (r"^records/numbers/gaps/", "gap"),
    (r"^records/<int:pk>/(edit|submit|discard)/", "draft"),
    (r"^records/<int:pk>/tables/", "budget"),
    (r"^records/<int:pk>/gate/", "telephone"),
    (r"^records/<int:pk>/post/", "board"),
    (r"^records/postings/", "posting"),
    (r"^records/<int:pk>/resume/", "returned"),
    (r"^records/<int:pk>/revise/", "reviewing"),
    (r"^records/<int:pk>/(publish|schedule)/", "approved"),
    (r"^records/<int:pk>/differences/", "twice"),
    (r"^records/<int:pk>/(republish|withdraw|validity|second-look|correct)/", "public"),
    (r"^records/", "draft"),
    (r"^catalogue/versions/", "version"),
    (r"^catalogue/items/", "item"),
    (r"^catalogue/records/", "draft"),
    (r"^review/(scans|samples)/", "scan"),
    (r"^review/", "revision"),
    (r"^ledger/duties/", "duty"),
    (r"^ledger/evidence/", "proof"),
    (r"^ledger/", "notice"),
    (r"^units/people/", "person"),
    (r"^units/appointments/", "appointment"),
)


def _filled(pattern: str, keys: dict[str, int | str]) -> str:
    place = next((stage for found, stage in PLACES if re.search(found, pattern)), "")
    text = (
        pattern.replace("rows/<int:row>", "rows/1")
        .replace("<int:row>", str(keys["owner"]))
        .replace("<int:pk>", str(keys.get(place, "")))
    )
    text = text.replace("<int:old>", str(keys["old"])).replace("<int:new>", str(keys["version"]))
    text = text.replace("<slug:key>", str(keys["finding"])).replace("tables/<slug:name>", "tables/balance")
    text = text.replace("records/history/<slug:name>", "records/history/land").replace("word/<slug:name>", "word/body")
    text = text.replace("<slug:slot>", "sensitive")
    text = text.replace("figures/<slug:name>", "figures/construction").replace("<int:number>", "1")
    text = text.replace("<int:year>/<slug:org>", f"{_today().year}/GOV-OFFICE")
    text = text.replace("<slug:ending>", "csv" if pattern.startswith(("figures/", "gate/")) else "pdf")
    return text.replace("<slug:code>", "justice").replace("<slug:name>", "inbox").replace("<str:name>", "inbox.png")


# pattern → what 王局外 (of another bureau), 张经办, 李审核, 赵主管 (政务公开办), 孙监督, 郑管理 get: GET where there
# is a page, else an empty POST. 200 the page, 302 done or refused in place, 404 a stranger.
EXPECTED: dict[str, str] = {
    "": "200 200 200 200 200 200",
    "session/": "200 200 200 200 200 200",
    "records/": "200 200 200 200 200 200",
    "records/new/": "200 200 404 200 404 404",
    "records/paste/": "200 200 200 200 200 200",
    "records/history/": "200 200 404 200 404 404",
    "records/history/<slug:name>.xlsx": "200 200 200 200 200 200",
    "records/numbers/": "404 404 404 200 404 404",
    "records/numbers/gaps/<int:pk>/": "404 404 404 200 404 404",
    "records/numbers/<int:year>/<slug:org>/": "404 404 404 200 404 404",
    "records/numbers/<int:year>/<slug:org>/explain/": "404 404 404 200 404 404",
    "records/evidence/<int:pk>/": "404 200 200 200 404 404",
    "records/<int:pk>/number/": "404 404 404 200 404 404",
    "records/<int:pk>/tables/<slug:name>/rows/<int:row>/": "404 200 404 200 404 404",
    "figures/": "200 200 200 200 200 200",
    "figures/<slug:name>/": "200 200 200 200 200 200",
    "figures/<slug:name>/list/": "404 404 404 404 404 404",
    "figures/<slug:name>/export.<slug:ending>": "200 200 200 200 200 200",
    "records/files/<int:pk>/": "404 200 200 200 404 404",
    "records/files/<int:pk>/preview/": "404 200 200 200 404 404",
    "records/files/<int:pk>/pages/<int:number>.png": "404 404 404 404 404 404",  # a text has no pages
    "records/<int:pk>/attachments/": "404 422 404 422 404 404",
    "records/<int:pk>/word/<slug:name>/": "404 200 404 200 404 404",
    "records/<int:pk>/": "404 200 200 200 404 404",
    "records/<int:pk>/preview/": "404 200 200 200 404 404",
    "records/<int:pk>/previews/": "404 200 200 200 404 404",
    "records/<int:pk>/differences/": "404 200 200 200 404 404",
    "records/<int:pk>/edit/": "404 200 404 200 404 404",
    "records/<int:pk>/autosave/": "404 200 404 200 404 404",
    "records/<int:pk>/autosave/discard/": "404 302 404 302 404 404",
    "records/<int:pk>/editing/": "404 200 404 200 404 404",
    "records/<int:pk>/submit/": "404 200 404 200 404 404",
    "records/<int:pk>/tables/<slug:name>/": "404 200 404 200 404 404",
    "records/<int:pk>/tables/<slug:name>/workbook/": "404 200 404 200 404 404",
    "records/<int:pk>/gate/": "404 200 200 200 404 404",
    "records/<int:pk>/gate/clean/<int:row>/": "404 404 404 404 404 404",
    "records/<int:pk>/gate/mask/": "404 200 404 200 404 404",
    "records/<int:pk>/gate/<slug:key>/": "404 200 200 200 404 404",
    "records/<int:pk>/document.<slug:ending>": "404 200 200 200 404 404",
    "records/<int:pk>/post/": "404 200 404 200 404 404",
    "records/postings/<int:pk>/take-down/": "404 200 404 200 404 404",
    "records/<int:pk>/resume/": "404 302 404 302 404 404",
    "records/<int:pk>/revise/": "404 200 404 200 404 404",
    "records/<int:pk>/discard/": "404 200 404 200 404 404",
    "records/<int:pk>/correct/": "404 200 404 200 404 404",
    "records/<int:pk>/publish/": "404 302 404 302 404 404",
    "records/<int:pk>/schedule/": "404 200 404 200 404 404",
    "records/<int:pk>/schedule/cancel/": "404 302 404 302 404 404",
    "records/<int:pk>/schedule/close/": "404 404 404 404 404 404",
    "records/<int:pk>/republish/": "404 302 404 302 404 404",
    "records/<int:pk>/withdraw/": "404 200 404 200 404 404",
    "records/<int:pk>/validity/": "404 200 404 200 404 404",
    "records/<int:pk>/second-look/": "404 404 200 200 404 404",
    "review/": "200 200 200 200 200 200",
    "review/scans/<int:pk>/": "404 200 200 200 404 404",
    "review/samples/": "404 404 404 200 404 404",
    "review/samples/<int:pk>/": "404 404 404 200 404 404",
    "review/<int:pk>/": "404 200 200 200 404 404",
    "review/<int:pk>/form/": "404 200 200 200 404 404",
    "review/<int:pk>/paper/": "404 200 404 200 404 404",
    "ledger/": "200 200 200 200 200 200",
    "ledger/mine/": "200 200 200 200 200 200",
    "ledger/by-date/": "200 200 200 200 200 200",
    "ledger/without-owner/": "200 200 200 200 200 200",
    "ledger/<int:pk>/": "200 200 200 200 200 200",
    "ledger/<int:pk>/units/": "200 200 200 200 200 200",
    "ledger/<int:pk>/breakdown.xlsx": "200 200 200 200 200 200",
    "ledger/<int:pk>/record/": "404 200 404 200 404 404",
    "ledger/<int:pk>/confirm-all/": "404 302 404 302 404 404",
    "ledger/<int:pk>/reread/": "404 302 404 302 404 404",
    "ledger/<int:pk>/merge/": "404 302 404 302 404 404",
    "ledger/<int:pk>/decide/confirm/": "404 302 404 302 404 404",
    "ledger/<int:pk>/decide/publish/": "404 302 404 302 404 404",
    "ledger/<int:pk>/decide/withdraw/": "404 200 404 200 404 404",
    "ledger/<int:pk>/decide/void/": "404 404 404 200 404 404",
    "ledger/<int:pk>/decide/restore/": "404 404 404 200 404 404",
    "ledger/<int:pk>/decide/show-lateness/": "404 200 404 200 404 404",
    "ledger/<int:pk>/decide/hide-lateness/": "404 200 404 200 404 404",
    "ledger/duties/<int:pk>/": "404 200 200 200 200 200",
    "ledger/duties/<int:pk>/correct/": "404 200 404 200 404 404",
    "ledger/duties/<int:pk>/split/": "404 200 404 200 404 404",
    "ledger/duties/<int:pk>/owners/": "404 200 404 200 404 404",
    "ledger/duties/<int:pk>/owners/<int:row>/identify/": "404 200 404 200 404 404",
    "ledger/duties/<int:pk>/owners/<int:row>/strike/": "404 302 404 302 404 404",
    "ledger/duties/<int:pk>/decide/confirm/": "404 302 404 302 404 404",
    "ledger/duties/<int:pk>/decide/start/": "404 302 404 302 404 404",
    "ledger/duties/<int:pk>/decide/finish/": "404 302 404 302 404 404",
    "ledger/duties/<int:pk>/reopen/": "404 200 404 200 404 404",
    "ledger/duties/<int:pk>/evidence/": "404 200 404 200 404 404",
    "ledger/evidence/<int:pk>/file/": "404 200 200 200 200 200",
    "ledger/evidence/<int:pk>/accept/": "404 404 404 302 404 404",
    "ledger/evidence/<int:pk>/strike/": "404 200 404 200 404 404",
    "catalogue/": "200 200 200 200 200 200",
    "catalogue/import/": "404 404 404 200 404 404",
    "catalogue/template.xlsx": "200 200 200 200 200 200",
    "catalogue/versions/": "200 200 200 200 200 200",
    "catalogue/versions/<int:pk>/": "200 200 200 200 200 200",
    "catalogue/versions/<int:pk>/export.xlsx": "200 200 200 200 200 200",
    "catalogue/versions/<int:old>/<int:new>/": "200 200 200 200 200 200",
    "catalogue/items/<int:pk>/": "200 200 200 200 200 200",
    "catalogue/execution/": "200 200 200 200 200 200",
    "catalogue/execution/list/": "200 200 200 200 200 200",
    "catalogue/records/<int:pk>/": "404 200 404 200 404 404",
    "gate/lists/": "403 403 403 200 403 200",
    "gate/lists/try/": "403 403 403 200 403 200",
    "gate/lists/<slug:slot>/": "403 403 403 200 403 200",
    "gate/lists/<slug:slot>/entries/": "403 403 403 200 403 200",
    "gate/lists/<slug:slot>/clear/": "403 403 403 404 403 404",
    "gate/lists/<slug:slot>/sample.<slug:ending>": "403 403 403 200 403 200",
    "gate/alarms/": "403 403 403 200 403 200",
    "gate/alarms/list/": "403 403 403 200 403 200",
    "gate/alarms/export.<slug:ending>": "403 403 403 200 403 200",
    "gate/alarms/list.<slug:ending>": "403 403 403 200 403 200",
    "due/": "200 200 200 200 200 200",
    "units/": "200 200 200 200 200 200",
    "units/new/": "404 404 404 200 404 200",
    "units/collectives/": "200 200 200 200 200 200",
    "units/collectives/new/": "404 404 404 200 404 200",
    "units/people/": "404 404 404 404 404 200",
    "units/people/new/": "404 404 404 404 404 200",
    "units/people/<int:pk>/": "404 404 404 404 404 200",
    "units/people/<int:pk>/open-account/": "404 404 404 404 404 200",
    "units/people/<int:pk>/reset-password/": "404 404 404 404 404 200",
    "units/people/<int:pk>/appoint/": "404 404 404 404 404 200",
    "units/people/<int:pk>/lock/": "404 404 404 404 404 200",
    "units/people/<int:pk>/unlock/": "404 404 404 404 404 200",
    "units/people/<int:pk>/lift-lockout/": "404 404 404 404 404 200",
    "units/people/<int:pk>/remove-factor/": "404 404 404 404 404 200",
    "units/people/<int:pk>/close/": "404 404 404 404 404 200",
    "units/people/<int:pk>/reopen/": "404 404 404 404 404 200",
    "units/appointments/<int:pk>/end/": "404 404 404 404 404 200",
    "units/unit/<slug:code>/": "200 200 200 200 200 200",
    "units/unit/<slug:code>/rename/": "404 404 404 200 404 200",
    "units/unit/<slug:code>/move/": "404 404 404 200 404 200",
    "units/unit/<slug:code>/capabilities/": "404 404 404 200 404 200",
    "units/unit/<slug:code>/join/": "404 404 404 200 404 200",
    "units/unit/<slug:code>/leave/": "404 404 404 200 404 200",
    "units/unit/<slug:code>/abolish/": "404 404 404 200 404 200",
    "rules/": "200 200 200 200 200 200",
    "rules/calculator/": "200 200 200 200 200 200",
    "help/": "200 200 200 200 200 200",
    "help/<slug:name>/": "200 200 200 200 200 200",
    "help/images/<str:name>": "200 200 200 200 200 200",
}


# On PostgreSQL the two whose pages ask most: whoever sees everything, and whoever sees the units in reach.
@pytest.mark.parametrize(
    "column",
    [
        pytest.param(at, id=name, marks=() if name in {"zhao", "li"} else pytest.mark.slow)
        for at, name in enumerate(PEOPLE)
    ],
)
def test_every_address_answers_each_person_as_expected(column: int, cast: Cast) -> None:
    from django.db import transaction

    found = world(cast).addresses
    person: Person = cast.players[PEOPLE[column]].person
    client = Client()
    client.force_login(person.user, backend="mingchuang.core.sign_in.OrdinaryBackend")
    answers = {}
    for pattern, address in found.items():
        with transaction.atomic():
            point = transaction.savepoint()
            response: Any = client.get(address)
            if response.status_code == 405:
                response = client.post(address)
            answers[pattern] = response.status_code
            if response.streaming:
                b"".join(response.streaming_content)  # to the end, as a browser would; closes the file
            transaction.savepoint_rollback(point)
    assert answers == {pattern: int(row.split()[column]) for pattern, row in EXPECTED.items()}


def test_every_address_has_its_row() -> None:
    assert sorted(EXPECTED) == sorted(patterns())


def test_whoever_is_not_signed_in_is_asked_to(cast: Cast) -> None:
    for pattern, address in world(cast).addresses.items():
        if pattern == "session/":
            assert Client().get(address).json()["signed_in"] is False
            continue
        for method in ("get", "post"):
            response = getattr(Client(), method)(address)
            if response.status_code != 405:
                assert response.status_code == 302, address
                assert response["Location"].startswith("/accounts/login/"), address


def test_no_form_is_taken_without_its_token(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.zhao.person.user, backend="mingchuang.core.sign_in.OrdinaryBackend")
    refused = [client.post(address).status_code for address in world(cast).addresses.values()]
    assert set(refused) == {403}


def test_objects_of_another_bureau_do_not_exist_for_a_stranger(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.wang.person.user, backend="mingchuang.core.sign_in.OrdinaryBackend")
    # Notices and catalogues are public documents.
    shared = {
        *("ledger/<int:pk>/", "ledger/<int:pk>/units/", "ledger/<int:pk>/breakdown.xlsx"),
        *("catalogue/versions/<int:pk>/", "catalogue/versions/<int:pk>/export.xlsx", "catalogue/items/<int:pk>/"),
    }
    for pattern, address in world(cast).addresses.items():
        if "<int:pk>" in pattern and pattern not in shared:
            assert client.get(address).status_code in {404, 405}, address
            assert client.post(address).status_code in {404, 405}, address


def test_the_desk_is_never_kept_by_a_cache(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.zhao.person.user, backend="mingchuang.core.sign_in.OrdinaryBackend")
    for address in ("/desk/", "/desk/records/", f"/desk/records/{draft(cast).record_id}/preview/"):
        assert "no-store" in client.get(address)["Cache-Control"], address


def test_a_supervisor_reads_what_is_public_and_no_draft_of_it(cast: Cast) -> None:
    from mingchuang.records import do

    record = published(cast)
    do.correct(record, cast.zhang.actor, note="日期有误")
    record.refresh_from_db()
    do.save_draft(record.current, cast.zhang.actor, {"title": "尚未公开的新名称"}, version=record.current.version)
    client = Client()
    client.force_login(cast.sun.person.user, backend="mingchuang.core.sign_in.OrdinaryBackend")
    for address in (f"/desk/records/{record.pk}/", f"/desk/records/{record.pk}/preview/", "/desk/records/"):
        response = client.get(address)
        assert response.status_code == 200, address
        assert "尚未公开的新名称" not in response.content.decode(), address
