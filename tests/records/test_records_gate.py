"""The gate on texts: what stops them, who decides, that a decision holds for this content alone, and what is kept."""

from __future__ import annotations

import pytest
from tests import record_stages as stages

from mingchuang.core import files
from mingchuang.core.models import Event
from mingchuang.norms.outcome import Refused
from mingchuang.reading.gate.lists import NEUTRAL
from mingchuang.records import do, gate, gate_lists
from mingchuang.records.models import GateDecision, GateFinding, GateList, Revision

pytestmark = pytest.mark.db
#: A valid number of the unassigned area, of nobody.
NUMBER = "99990119900101001"


def number() -> str:
    from mingchuang.norms.identifiers import id_check_character

    return NUMBER + id_check_character(NUMBER)


def body(words: str) -> str:
    return f"<p>各镇人民政府：</p><p>{words}</p>"


def draft(cast, words: str = "现将有关事项通知如下。") -> Revision:
    return stages.draft(cast, body=body(words))


def refused(call) -> dict[str, str]:
    with pytest.raises(Refused) as caught:
        call()
    return {issue.code: issue.field for issue in caught.value.issues}


def stopped(revision) -> list[gate.Found]:
    return gate.open_findings(revision, gate.of_revision(revision))


def decide(revision, actor, found, *, verdict="false_alarm", note="已核对。"):
    examined = gate.of_revision(revision)
    return do.settle(revision, actor, content_hash=examined.content_hash, key=found.key, verdict=verdict, note=note)


def test_a_clean_text_goes_on_and_every_check_says_so(cast):
    revision = draft(cast)
    verdict = gate.of_revision(revision)
    assert [one.finding.rule.id for one in verdict.found if one.stops] == []
    do.submit(revision, cast.zhang.actor)
    assert verdict.content_hash == stages.fresh(revision).content_hash


def test_a_personal_number_stops_the_text_at_its_field_and_is_nowhere_repeated(cast):
    revision = draft(cast, f"联系人身份证号{number()}。")
    reasons = refused(lambda: do.submit(revision, cast.zhang.actor))
    assert reasons["gate.privacy.id_number"] == "body"
    (found,) = [one for one in stopped(revision) if one.finding.result == "fail"]
    assert number() not in repr(found)
    assert found.part == "正文"


def test_what_a_clerk_may_and_may_not_decide(cast):
    revision = draft(cast, f"身份证号{number()}，电话0953-3010000。")
    failing = next(one for one in stopped(revision) if one.finding.result == "fail")
    unsure = next(one for one in stopped(revision) if one.finding.result == "uncertain")
    assert "gate.who" in refused(lambda: decide(revision, cast.zhang.actor, failing))
    decide(revision, cast.zhang.actor, unsure, verdict="justified", note="单位公开电话。")
    decide(revision, cast.li.actor, failing, note="编号恰好像身份证号。")
    assert stopped(revision) == []
    do.submit(revision, cast.zhang.actor)
    decisions = GateDecision.objects.filter(revision=revision)
    assert {row.verdict for row in decisions} == {"justified", "false_alarm"}
    event = Event.objects.filter(move="settle_finding").select_related("text").latest("seq")
    assert event.note == "编号恰好像身份证号。"
    assert number() not in str(event.data)


def test_a_decision_holds_for_this_content_alone(cast):
    revision = draft(cast, "电话0953-3010000。")
    for one in stopped(revision):
        decide(revision, cast.zhang.actor, one)
    saved = do.save_draft(
        revision,
        cast.zhang.actor,
        {"body": body("电话0953-3010000，传真同上。")},
        version=stages.fresh(revision).version,
    )
    assert stopped(saved.revision)


def test_every_reason_against_a_decision(cast):
    revision = draft(cast, "电话0953-3010000。")
    examined = gate.of_revision(revision)
    told = {"content_hash": examined.content_hash, "key": "none", "verdict": "maybe", "note": " "}
    assert set(refused(lambda: do.settle(revision, cast.zhang.actor, **told))) == {
        "gate.unknown_finding", "gate.verdict", "gate.reason",
    }  # fmt: skip
    (one,) = stopped(revision)
    decide(revision, cast.zhang.actor, one)
    assert "gate.decided" in refused(lambda: decide(revision, cast.zhang.actor, one))
    wrong = {"content_hash": "sha256:00", "key": one.key, "verdict": "false_alarm", "note": "x"}
    assert "gate.changed_text" in refused(lambda: do.settle(revision, cast.zhang.actor, **wrong))


def test_attachments_are_examined_too(cast):
    revision = draft(cast)
    data = f"名单\n身份证号 {number()}\n".encode()
    do.attach(revision, cast.zhang.actor, files.put(data, "名单.txt"), title="名单", name="名单.txt")
    reasons = refused(lambda: do.submit(revision, cast.zhang.actor))
    assert "gate.privacy.id_number" in reasons
    assert {one.part for one in stopped(revision)} == {"附件“名单”"}


def test_what_was_found_is_kept_with_the_event(cast):
    revision = draft(cast, "电话0953-3010000。")
    for one in stopped(revision):
        decide(revision, cast.zhang.actor, one)
    event = do.submit(revision, cast.zhang.actor)
    kept = GateFinding.objects.filter(event=event)
    assert "uncertain" in {row.result for row in kept}
    assert {row.content_hash for row in kept} == {event.content_hash}


def test_release_is_examined_again_by_todays_lists(cast):
    text = stages.approved(cast)
    do.fill_list("sensitive", "词语,建议\n培训,\n".encode(), "词表.csv", cast.zhao.actor)
    reasons = refused(lambda: do.publish(text.record, cast.zhang.actor, content_hash=text.content_hash))
    assert [code for code in reasons if code.startswith("gate.politics")]
    for one in stopped(text):
        decide(text, cast.li.actor, one)
    do.publish(text.record, cast.zhang.actor, content_hash=text.content_hash)


class TestLists:
    def test_a_list_is_filled_replaced_and_cleared_by_two_roles_alone(self, cast):
        data, name = NEUTRAL["sensitive"], "测试词表.csv"
        data = data if isinstance(data, bytes) else data.encode()
        filled = do.fill_list("sensitive", data, name, cast.zhao.actor)
        assert filled.entries == len(gate_lists.current().lists.sensitive) > 0
        do.fill_list("sensitive", data + b"\n", name, cast.zheng.actor)
        assert "machine.role" in refused(lambda: do.fill_list("sensitive", data, name, cast.zhang.actor))
        do.clear_list("sensitive", cast.zhao.actor, note="重新整理。")
        assert gate_lists.current().lists.sensitive == ()
        assert bytes(GateList.objects.get(slot="sensitive").data) == b""

    def test_its_words_stand_in_no_event(self, cast):
        do.fill_list("sensitive", "词语,建议\n秘而不宣的词,\n".encode(), "表.csv", cast.zhao.actor)
        events = Event.objects.filter(subject_kind=GateList.subject_kind())
        assert not any("秘而不宣" in str(event.data) for event in events)

    def test_every_fault_of_a_list_is_told_and_the_old_one_stays(self, cast):
        do.fill_list(
            "leaders", "姓名,职务,排序,任职起\n甲乙,试验市市长,1,2019-01-01\n".encode(), "名册.csv", cast.zhao.actor
        )
        bad = "姓名,职务,排序,任职起\n乙丙,,2,2019-01-01\n丙丁,副市长,x,2019-01-01\n丁戊,副市长,3,去年\n".encode()
        with pytest.raises(Refused) as caught:
            do.fill_list("leaders", bad, "名册.csv", cast.zhao.actor)
        assert len(caught.value.issues) >= 3
        assert gate_lists.current().lists.leaders[0].name == "甲乙"


def test_a_file_that_hides_something_is_cleaned_in_its_place(cast):
    import io

    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["项目", "金额"])
    hidden = book.create_sheet("底稿")
    hidden.append(["身份证号", number()])
    hidden.sheet_state = "hidden"
    target = io.BytesIO()
    book.save(target)
    revision = draft(cast)
    do.attach(revision, cast.zhang.actor, files.put(target.getvalue(), "表.xlsx"), title="表", name="表.xlsx")
    assert any(one.is_hidden and one.finding.result == "fail" for one in stopped(revision))
    attachment = revision.attachments.get()
    assert do.clean(attachment, cast.zhang.actor)
    attachment.refresh_from_db()
    assert number().encode() not in files.read(attachment.file_id)
    assert not any(one.is_hidden and one.stops for one in stopped(revision))
