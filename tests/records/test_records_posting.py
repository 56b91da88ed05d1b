"""Notice boards: what concerns households hangs where it concerns, ends by itself, and never reaches the web."""

from __future__ import annotations

import datetime

import pytest
from tests import record_stages as stages

from mingchuang.core import files, now
from mingchuang.core.actor import Actor
from mingchuang.core.models import Deadline, Event
from mingchuang.norms.outcome import Refused
from mingchuang.records import do
from mingchuang.records.kind import kind
from mingchuang.records.models import Posting, Record, Revision

DAY = datetime.date(2019, 9, 20)
UNTIL = datetime.date(2019, 9, 27)
LIST = dict(kind("household").samples[0])
PAID = dict(kind("subsidy").samples[0])
pytestmark = pytest.mark.db


def approved(cast, kind_id="household", **changed) -> Revision:
    revision = do.create(kind_id, cast.office, cast.zhang.actor, {**kind(kind_id).samples[0], **changed})
    do.submit(revision, cast.zhang.actor)
    return stages.signed(cast, stages.fresh(revision), *stages.signers(cast, "B"))


def posted(cast, **told) -> Posting:
    revision = approved(cast)
    words = {"content_hash": revision.content_hash, "place": "示例村公示栏", "until": UNTIL} | told
    return do.post(revision, cast.zhang.actor, **words)


def codes(caught) -> set[str]:
    return {issue.code for issue in caught.value.issues}


def test_a_posting_says_where_until_when_and_meets_the_clock(cast):
    with now.travel(DAY):
        posting = posted(cast, photo=files.put(b"\x89PNG", "board.png"))
    event = Event.objects.filter(subject_kind=Posting.subject_kind(), subject_id=posting.pk).get()
    assert event.data["place"] == "示例村公示栏"
    assert event.data["until"] == "2019-09-27"
    assert event.evidence == [f"sha256:{posting.photo.sha256}"]
    deadline = Deadline.objects.get(about_kind=Record.subject_kind(), about_id=posting.revision.record_id)
    assert (deadline.clock, deadline.met_on) == ("met", DAY)


def test_one_list_hangs_on_several_boards(cast):
    with now.travel(DAY):
        first = posted(cast)
        told = {"content_hash": first.revision.content_hash, "until": UNTIL}
        do.post(first.revision, cast.zhang.actor, place="示例二村公示栏", **told)
    assert Posting.objects.filter(revision=first.revision, state="up").count() == 2


def test_every_reason_against_a_posting_at_once(cast):
    with now.travel(DAY):
        draft = do.create("household", cast.office, cast.zhang.actor, LIST)
        with pytest.raises(Refused) as caught:
            told = {"content_hash": "sha256:00", "place": " ", "until": DAY - datetime.timedelta(1)}
            do.post(draft, cast.zhang.actor, **told)
        assert codes(caught) == {"records.place", "records.until"}
        with pytest.raises(Refused) as caught:
            do.post(draft, cast.zhang.actor, content_hash="sha256:00", place="示例村", until=UNTIL)
    assert {"records.not_approved", "records.not_frozen", "records.changed_text"} <= codes(caught)


def test_what_is_for_the_web_is_not_posted(cast):
    with now.travel(DAY):
        revision = approved(cast, "subsidy")
        with pytest.raises(Refused) as caught:
            do.post(revision, cast.zhang.actor, content_hash=revision.content_hash, place="示例村", until=UNTIL)
    assert codes(caught) == {"records.not_for_boards"}


def test_its_time_runs_out_by_itself_once(cast):
    with now.travel(DAY):
        posting = posted(cast)
    assert do.end_displays(UNTIL) == []
    with now.travel(UNTIL + datetime.timedelta(3)):
        assert len(do.end_displays(now.today())) == 1
        assert do.end_displays(now.today()) == []
        posting.refresh_from_db()
        assert posting.state == "over"
        do.take_down(posting, cast.zhang.actor, photo=files.put(b"\x89PNG2", "empty.png"))
    posting.refresh_from_db()
    assert (posting.state, posting.down_on) == ("down", datetime.date(2019, 9, 30))


def test_before_its_last_day_it_comes_down_only_with_a_reason(cast):
    with now.travel(DAY):
        posting = posted(cast)
        with pytest.raises(Refused) as caught:
            do.take_down(posting, cast.zhang.actor)
        assert codes(caught) == {"records.early_down"}
        do.take_down(posting, cast.zhang.actor, note="名单有误，另行公示。")
    posting.refresh_from_db()
    assert posting.state == "down"


def test_a_reviewer_does_not_post(cast):
    with now.travel(DAY):
        revision = approved(cast)
        with pytest.raises(Refused) as caught:
            do.post(revision, cast.li.actor, content_hash=revision.content_hash, place="示例村", until=UNTIL)
    assert "machine.role" in codes(caught)


def test_a_list_on_the_web_comes_down_everywhere_after_its_last_day(cast):
    with now.travel(DAY):
        revision = approved(cast, "subsidy")
        do.publish(revision.record, cast.zhang.actor, content_hash=revision.content_hash)
    assert do.end_displays(datetime.date(2019, 12, 31)) == []
    with now.travel(datetime.date(2020, 1, 1)):
        (event,) = do.end_displays(now.today())
    record = Record.objects.get(pk=revision.record_id)
    assert (record.visibility, record.withdrawal_reason) == ("withdrawn", "expired")
    assert record.withdrawal_explanation == "公示期到2019年12月31日为止，已经届满。"
    assert event.person_id is None


@pytest.mark.parametrize(
    ("cells", "code", "column"),
    [
        ({"category": "999901199001010018"}, "records.personal", "category"),
        ({"group": "一组 13900000000"}, "records.personal", "group"),
        ({"name": "甲乙", "minor": "是"}, "household.minor", "name"),
    ],
)
def test_no_more_of_a_person_than_needed(cast, cells, code, column):
    rows = [{**LIST["households"][0], **cells}]
    with now.travel(DAY), pytest.raises(Refused) as caught:
        revision = do.create("household", cast.office, cast.zhang.actor, {**LIST, "households": rows})
        do.submit(revision, cast.zhang.actor)
    found = [(issue.code, issue.field) for issue in caught.value.issues if not issue.code.startswith("gate.")]
    assert found == [(code, f"households.1.{column}")]
    assert not any(value in str(caught.value) for value in cells.values() if value.isdigit())


def test_identity_numbers_on_the_web_are_masked_and_the_sum_proven(cast):
    rows = [{**PAID["receivers"][0], "tail": "9999011990****0018", "amount": "801"}]
    with now.travel(DAY), pytest.raises(Refused) as caught:
        revision = do.create("subsidy", cast.office, cast.zhang.actor, {**PAID, "receivers": rows})
        do.submit(revision, cast.zhang.actor)
    found = [(issue.code, issue.field) for issue in caught.value.issues]
    assert found == [("records.unmasked", "receivers.1.tail"), ("subsidy.total", "total")]


def test_the_system_alone_lets_a_posting_lapse(cast):
    from mingchuang.core.act import act

    with now.travel(DAY):
        posting = posted(cast)
        with pytest.raises(Refused):
            act(posting, "lapse", cast.zhang.actor)
        act(posting, "lapse", Actor.system())
