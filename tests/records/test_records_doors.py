"""Who sees and does what: roles × moves, generated from the machines and the doors."""

from __future__ import annotations

import datetime

import pytest
from django.http import Http404
from tests import record_stages as stages
from tests.record_files import pdf

from mingchuang.core import access, now
from mingchuang.core.roles import Role
from mingchuang.norms.machine import load
from mingchuang.norms.outcome import Refused
from mingchuang.records import do, doors, inbox
from mingchuang.records.kind import kind
from mingchuang.records.models import Attachment, Evidence, NumberGap, Posting, Record, Revision

pytestmark = pytest.mark.db
DAY = datetime.date(2019, 8, 20)
PLAYERS = ("zhang", "li", "wu", "wang", "zhao", "sun", "zheng")

#: verb → who may, of a text of the office that is not public. Everybody else is a stranger.
DRAFT_DOORS = {
    (Record, "see"): {"zhang", "li", "wu", "zhao"},
    (Record, "edit"): {"zhang", "zhao"},
    (Record, "give_number"): {"zhao"},
    (Record, "publish"): {"zhang", "wu", "zhao"},
    (Record, "withdraw"): {"zhang", "wu", "zhao"},
    (Record, "set_validity"): {"zhang", "wu", "zhao"},
    (Record, "second_look"): {"li", "wu", "zhao"},
    (Revision, "see"): {"zhang", "li", "wu", "zhao"},
    (Revision, "edit"): {"zhang", "zhao"},
    (Revision, "review"): {"li", "wu", "zhao"},
    (Revision, "record_paper"): {"zhang", "zhao"},
    (Revision, "check_paper"): {"zhao"},
    (Revision, "post"): {"zhang", "zhao"},
    (Attachment, "edit"): {"zhang", "zhao"},
    (Evidence, "see"): {"zhang", "li", "wu", "zhao"},
    (NumberGap, "restate"): {"zhao"},
}
#: Of a print on a board, which only approved texts have.
BOARD_DOORS = {(Posting, "see"): {"zhang", "li", "wu", "zhao"}, (Posting, "take_down"): {"zhang", "zhao"}}


@pytest.fixture(autouse=True)
def _on_a_working_day():
    with now.travel(DAY):
        yield


def test_every_door_has_its_row():
    assert set(doors.DOORS) == set(DRAFT_DOORS) | set(BOARD_DOORS)


def test_doors_of_a_print_on_a_board(cast):
    revision = do.create(
        "household", cast.office, cast.zhang.actor, {**kind("household").samples[0], "formed_on": "2019-08-19"}
    )
    do.submit(revision, cast.zhang.actor)
    text = stages.signed(cast, stages.fresh(revision), *stages.signers(cast, "B"))
    told = {"content_hash": text.content_hash, "until": DAY + datetime.timedelta(7)}
    posting = do.post(text, cast.zhang.actor, place="示例村公示栏", **told)
    for (model, verb), allowed in BOARD_DOORS.items():
        for name in PLAYERS:
            seen = access.visible(cast.players[name].person, model, verb).filter(pk=posting.pk).exists()
            assert seen == (name in allowed), (verb, name)


def test_doors_of_an_unpublished_text(cast):
    revision = stages.draft(cast)
    from mingchuang.core import files

    do.attach(revision, cast.zhang.actor, files.put(pdf("x"), "x.pdf"), title="附件")
    table = kind("policy").table("consultations")
    told = {"row": 1, "version": stages.fresh(revision).version, "file": files.put(b"sheet", "b.txt"), "name": "b.txt"}
    do.write_row(revision, cast.zhang.actor, table, {"asked": "enterprise"}, **told)
    gap = do.explain_gap("OFFICE", 2019, cast.zhao.actor, first=1, last=1, reason="other", note="演示")
    rows = {
        Record: revision.record,
        Revision: revision,
        Attachment: revision.attachments.get(),
        Evidence: Evidence.objects.get(),
        NumberGap: gap,
    }
    for (model, verb), allowed in DRAFT_DOORS.items():
        for name in PLAYERS:
            person = cast.players[name].person
            if name in allowed:
                assert access.fetch(person, model, rows[model].pk, verb) == rows[model], (model, verb, name)
            else:
                with pytest.raises(Http404):
                    access.fetch(person, model, rows[model].pk, verb)
    assert not access.visible(None, Record, "see").exists()


def test_a_supervisor_sees_what_is_public(cast):
    record = stages.published(cast)
    assert access.fetch(cast.sun.person, Record, record.pk, "see") == record
    do.withdraw(record, cast.zhang.actor, reason="mistake", note="有误")
    assert not access.may(cast.sun.person, record, "see")


def _attempts(cast):
    """(machine, move) → (a row from which the move leads on, what is told besides role)."""
    draft = stages.draft(cast)
    waiting = stages.submitted(cast, record_class="C")
    returned = stages.submitted(cast)
    do.return_(returned, cast.li.actor, content_hash=returned.content_hash, step=1, note="退回")
    ready = stages.approved(cast, record_class="C")
    public = stages.published(cast, record_class="C")
    signature = {"step": 1, "secrecy": "open", "last_step": True}
    told = {"approved": True}
    return {
        ("review", "edit"): (draft, {}, {}),
        ("review", "submit"): (draft, {"content_hash": "sha256:x"}, {}),
        ("review", "approve"): (waiting, {"content_hash": waiting.content_hash}, signature),
        ("review", "return"): (waiting, {"content_hash": waiting.content_hash, "note": "退回"}, signature),
        ("review", "check_paper"): (waiting, {"content_hash": waiting.content_hash}, {"outcome": "same"}),
        ("review", "revise"): (stages.fresh(returned), {}, {}),
        ("review", "void"): (draft, {"note": "作废"}, {}),
        ("publication", "publish"): (
            ready.record, {"content_hash": ready.content_hash}, {**told, "revision": ready},
        ),
        ("publication", "republish"): (
            public,
            {"content_hash": public.published.content_hash, "note": "更正"},
            {**told, "revision": public.published},
        ),
        ("publication", "second_look"): (public, {"content_hash": public.published.content_hash, "note": "一致"}, {}),
        ("publication", "classify"): (public, {}, {}),
        ("publication", "give_number"): (draft.record, {}, {}),
        ("publication", "link_preview"): (draft.record, {}, {}),
        ("publication", "revoke_previews"): (draft.record, {}, {}),
        ("publication", "withdraw"): (public, {"note": "有误"}, {"reason": "mistake"}),
        ("publication", "set_validity"): (public, {"note": "依据"}, {"validity": "repealed"}),
    }  # fmt: skip


#: Moves that have no row to begin from, or are told by another person than the one who decides; tested by name.
ELSEWHERE = {
    ("review", "create"),
    ("review", "settle_finding"),
    ("publication", "create"),
    ("review", "approve_on_paper"),
    ("review", "adopt"),
}


def test_roles_and_moves(cast):
    """Every move of both machines, tried by every role: allowed exactly where the machine says so and the unit fits."""
    attempts = _attempts(cast)
    assert set(attempts) | ELSEWHERE == {(m, move) for m in ("review", "publication") for move in load(m).moves}
    for (machine, move), (subject, told, facts) in attempts.items():
        for name in PLAYERS:
            player = cast.players[name]
            refused = _refusal(subject, move, player.actor, told, facts)
            by_role = load(machine).moves[move].open_to(player.role)
            reached = player.unit == cast.office or player.role in {Role.OFFICE, Role.SUPERVISOR, Role.ADMIN}
            permission = refused & {"machine.role", "standing.unit", "standing.role"}
            assert bool(permission) == (not (by_role and reached)), (machine, move, name, refused)


def _refusal(subject, move, actor, told, facts) -> set[str]:
    """Why the move was refused; nothing when it went through. Undone either way."""
    from django.db import transaction

    from mingchuang.core.act import act

    row = type(subject).objects.get(pk=subject.pk)
    try:
        with transaction.atomic():
            act(row, move, actor, facts=facts, **told)
            transaction.set_rollback(True)
    except Refused as refused:
        return {issue.code for issue in refused.issues}
    return set()


# -- inboxes


def test_what_waits_for_whom(cast):
    revision = stages.submitted(cast)
    assert list(inbox.to_sign(cast.li.person)) == [revision]
    assert list(inbox.to_sign(cast.wu.person)) == [revision]
    for name in ("zhang", "wang", "sun", "zheng"):
        assert not inbox.to_sign(cast.players[name].person).exists()
    revision = stages.signed(cast, revision, cast.li)
    assert not inbox.to_sign(cast.li.person).exists()
    assert list(inbox.to_sign(cast.zhou.person)) == [revision]
    revision = stages.signed(cast, revision, cast.zhou)
    assert not inbox.to_sign(cast.zhou.person).exists()
    revision = stages.signed(cast, revision, cast.wu)
    assert list(inbox.to_publish(cast.zhang.person)) == [revision]
    assert not inbox.to_publish(cast.wang.person).exists()
    do.publish(revision.record, cast.zhang.actor, content_hash=revision.content_hash)
    assert not inbox.to_publish(cast.zhang.person).exists()


def test_what_came_back_and_what_is_begun(cast):
    revision = stages.submitted(cast)
    do.return_(revision, cast.li.actor, content_hash=revision.content_hash, step=1, note="数字有误")
    assert list(inbox.returned(cast.zhang.person)) == [revision]
    assert not inbox.returned(cast.he.person).exists()
    again = do.revise(revision, cast.zhang.actor)
    assert not inbox.returned(cast.zhang.person).exists()
    assert list(inbox.drafts(cast.zhang.person)) == [again]


def test_what_is_about_to_be_due(cast):
    revision = stages.draft(cast)
    soon = datetime.date(2019, 9, 17)
    assert [row.about_id for row in inbox.deadlines(cast.li.person, soon)] == [revision.record_id]
    assert not inbox.deadlines(cast.li.person, soon - datetime.timedelta(days=1)).exists()
    assert not inbox.deadlines(cast.wang.person, soon).exists()
