"""Confirm, correct, split, merge, assign, prove; and corrections survive a second reading."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any

import pytest

from mingchuang import reading
from mingchuang.core.models import Unit
from mingchuang.ledger import do, queries
from mingchuang.ledger.models import Duty, Notice
from mingchuang.norms.outcome import Refused
from tests import record_files
from tests import record_stages as stages
from tests.cast import Cast

pytestmark = pytest.mark.db


@pytest.fixture
def duty(notice: Notice) -> Duty:
    return notice.duties.get(ref="一（四）4")


def reread_as(monkeypatch: pytest.MonkeyPatch, notice: Notice, cast: Cast, change: Any) -> dict[str, list[str]]:
    """Read again with a reader whose duties went through `change`."""
    real = reading.read

    def read(data: bytes, name: str) -> reading.Reading:
        found = real(data, name)
        return replace(found, duties=tuple(change(list(found.duties))))

    monkeypatch.setattr(reading, "read", read)
    return do.reread(notice, cast.zhao.actor)


def test_same_reading_changes_nothing(notice: Notice, cast: Cast) -> None:
    before = list(notice.duties.values_list("pk", "ref", "text", "confirmation"))
    outcome = do.reread(notice, cast.zhao.actor)
    assert len(outcome["same"]) == 27
    assert not (outcome["changed"] or outcome["new"] or outcome["missing"])
    assert list(notice.duties.values_list("pk", "ref", "text", "confirmation")) == before


def test_correction_survives_a_second_reading(notice: Notice, duty: Duty, cast: Cast) -> None:
    do.correct(duty, cast.zhao.actor, {"heading": "财政信息", "due_on": datetime.date(2019, 11, 30)})
    do.reread(notice, cast.zhao.actor)
    duty.refresh_from_db()
    assert (duty.heading, duty.due_on) == ("财政信息", datetime.date(2019, 11, 30))
    assert duty.confirmation == "confirmed"


def test_changed_text_asks_to_be_checked_again(
    notice: Notice, duty: Duty, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    do.confirm(duty, cast.zhao.actor)

    def longer(duties: list[Any]) -> list[Any]:
        return [replace(d, text=d.text + "并每年检查。") if d.ref == "一（四）4" else d for d in duties]

    assert reread_as(monkeypatch, notice, cast, longer)["changed"] == ["一（四）4"]
    duty.refresh_from_db()
    assert duty.text.endswith("并每年检查。")
    assert duty.confirmation == "read"


def test_renumbered_duty_keeps_its_identity(
    notice: Notice, duty: Duty, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def renumbered(duties: list[Any]) -> list[Any]:
        return [replace(d, ref="一（四）9") if d.ref == "一（四）4" else d for d in duties]

    reread_as(monkeypatch, notice, cast, renumbered)
    duty.refresh_from_db()
    assert duty.ref == "一（四）9"


def test_duty_that_is_no_longer_read_is_kept_and_shown_as_missing(
    notice: Notice, duty: Duty, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    outcome = reread_as(monkeypatch, notice, cast, lambda duties: [d for d in duties if d.ref != "一（四）4"])
    assert outcome["missing"] == ["一（四）4"]
    duty.refresh_from_db()
    assert duty.missing
    assert duty not in queries.readings()


def test_split_keeps_every_character_and_survives_rereading(notice: Notice, duty: Duty, cast: Cast) -> None:
    cut = duty.text.index("。") if "。" in duty.text[:-1] else len(duty.text) // 2
    parts = do.split(duty, cast.zhao.actor, [duty.text[: cut + 1], duty.text[cut + 1 :]])
    assert "".join(part.text for part in parts) == duty.text
    assert [part.ref for part in parts] == ["一（四）4-1", "一（四）4-2"]
    assert all(part.owners.count() == 1 for part in parts)
    do.reread(notice, cast.zhao.actor)
    assert set(queries.readings().filter(came_from=duty)) == set(parts)
    assert duty not in queries.readings()


def test_parts_of_a_duty_with_an_unknown_owner_stay_to_be_checked(notice: Notice, cast: Cast) -> None:
    audit = notice.duties.get(ref="一（二）2")
    half = len(audit.text) // 2
    parts = do.split(audit, cast.zhao.actor, [audit.text[:half], audit.text[half:]])
    assert [part.confirmation for part in parts] == ["read", "read"]


def test_split_that_loses_or_adds_characters_is_refused_with_all_reasons(duty: Duty, cast: Cast) -> None:
    with pytest.raises(Refused) as refusal:
        do.split(duty, cast.zhao.actor, ["只有一段"])
    assert [issue.code for issue in refusal.value.issues] == ["ledger.split_few", "ledger.split_lost"]


def test_merge_gathers_owners_and_text(notice: Notice, cast: Cast) -> None:
    one, two = notice.duties.get(ref="一（二）1"), notice.duties.get(ref="一（二）2")
    joined = do.merge([two, one], cast.zhao.actor)
    assert joined == one
    assert joined.text == one.text
    assert {row.written for row in joined.owners.filter(struck=False)} == {"市政府办公室", "市财政局", "审计局"}
    two.refresh_from_db()
    assert (two.confirmation, two.merged_into) == ("superseded", one)


def test_unknown_name_must_be_identified_before_confirming(notice: Notice, finance: Unit, cast: Cast) -> None:
    audit = notice.duties.get(ref="一（二）2")
    with pytest.raises(Refused, match="审计局"):
        do.confirm(audit, cast.zhao.actor)
    row = audit.owners.get(written="审计局")
    do.assign(audit, cast.zhao.actor, identify={row.pk: finance})
    do.confirm(audit, cast.zhao.actor)
    assert audit.confirmation == "confirmed"


def test_row_of_another_duty_cannot_be_assigned(notice: Notice, duty: Duty, cast: Cast) -> None:
    other = notice.duties.get(ref="一（二）1").owners.first()
    with pytest.raises(Refused, match="不属于这项任务"):
        do.assign(duty, cast.zhao.actor, strike=[other.pk])


def test_nothing_to_change_is_refused(duty: Duty, cast: Cast) -> None:
    with pytest.raises(Refused, match="没有改动"):
        do.correct(duty, cast.zhao.actor, {"heading": duty.heading, "text": duty.text})


def test_stale_version_is_refused(duty: Duty, cast: Cast) -> None:
    seen = duty.version
    do.correct(duty, cast.zhao.actor, {"heading": "甲"}, version=seen)
    with pytest.raises(Refused, match="刚刚被他人办理过"):
        do.correct(duty, cast.zhao.actor, {"heading": "乙"}, version=seen)


def test_evidence_of_the_owing_unit_counts_when_the_office_accepts_it(duty: Duty, finance: Unit, cast: Cast) -> None:
    from mingchuang.core import do as kernel
    from mingchuang.core.actor import Actor
    from mingchuang.core.roles import Role

    person = kernel.add_person(Actor.system(), name="周财政")
    kernel.appoint(
        person, Actor.system(), unit=finance, role=Role.CLERK, since=datetime.date(2018, 1, 1), note="演示任命"
    )
    clerk = Actor(person, Role.CLERK, finance)
    with pytest.raises(Refused, match="还没有核对"):
        do.offer_evidence(duty, clerk, finance, url="https://example.org/ys", title="2019年部门预算")
    do.confirm(duty, cast.zhao.actor)
    proof = do.offer_evidence(duty, clerk, finance, url="https://example.org/ys", title="2019年部门预算")
    duty.refresh_from_db()
    assert (proof.standing, duty.progress) == ("offered", "planned")
    assert proof not in queries.public_evidence()
    do.accept_evidence(proof, cast.zhao.actor)
    duty.refresh_from_db()
    assert duty.progress == "in_progress"
    do.finish(duty, cast.zhao.actor)
    assert duty.progress == "done"


def test_duty_is_not_done_without_evidence(duty: Duty, cast: Cast) -> None:
    do.confirm(duty, cast.zhao.actor)
    with pytest.raises(Refused, match="凭证"):
        do.finish(duty, cast.zhao.actor)


def test_all_faults_of_evidence_are_told_at_once(duty: Duty, cast: Cast) -> None:
    with pytest.raises(Refused) as refusal:
        do.offer_evidence(
            duty, cast.wang.actor, cast.justice, url="javascript:alert(1)", file=("空.pdf", b""), title="x"
        )
    codes = {issue.code for issue in refusal.value.issues}
    assert codes == {
        "ledger.proof_one",
        "ledger.proof_url",
        "ledger.proof_empty",
        "ledger.proof_unit",
        "ledger.proof_unchecked",
    }


def test_public_sees_only_a_published_ledger_and_no_lateness_unless_decided(notice: Notice, cast: Cast) -> None:
    assert not queries.public().exists()
    for row in [r for duty in notice.duties.all() for r in duty.owners.filter(unit=None, collective=None)]:
        do.assign(row.duty, cast.zhao.actor, strike=[row.pk])
    done, issues = do.confirm_all(notice, cast.zhao.actor)
    assert (len(done), issues) == (27, [])
    do.confirm_notice(notice, cast.zhao.actor)
    do.publish_notice(notice, cast.zhao.actor)
    assert queries.public().count() == 27
    day = datetime.date(2026, 1, 1)
    late = [row for row in queries.rows_of(queries.public(), day, shows_lateness=False) if row["late"]]
    assert late == []
    with pytest.raises(Refused):
        do.set_lateness(notice, cast.zhao.actor, public=True, note="")
    do.set_lateness(notice, cast.zhao.actor, public=True, note="领导小组会议纪要〔2020〕1号")
    rows = queries.rows_of(queries.public(), day, shows_lateness=True)
    assert [row["ref"] for row in rows if row["late"]] == ["三（十四）"]


def test_ledger_is_not_confirmed_while_duties_wait(notice: Notice, cast: Cast) -> None:
    with pytest.raises(Refused, match="27 项没有核对"):
        do.confirm_notice(notice, cast.zhao.actor)


def test_correction_made_beside_a_second_reading_survives(
    notice: Notice, duty: Duty, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reader's rows are read once the notice is held, so nothing older than the correction is written back."""
    real = reading.read

    def read(data: bytes, name: str) -> reading.Reading:
        do.correct(Duty.objects.get(pk=duty.pk), cast.zhao.actor, {"heading": "读的时候更正"})
        return real(data, name)

    monkeypatch.setattr(reading, "read", read)
    do.reread(notice, cast.zhao.actor)
    duty.refresh_from_db()
    assert (duty.heading, duty.corrected) == ("读的时候更正", ["heading"])


def test_two_corrections_of_different_fields_both_stand(duty: Duty, cast: Cast) -> None:
    one, two = Duty.objects.get(pk=duty.pk), Duty.objects.get(pk=duty.pk)
    do.correct(one, cast.zhao.actor, {"heading": "甲"})
    do.correct(two, cast.zhao.actor, {"due_on": datetime.date(2019, 12, 1)})
    duty.refresh_from_db()
    assert (duty.heading, duty.due_on) == ("甲", datetime.date(2019, 12, 1))


def test_duty_whose_only_proof_is_struck_is_in_progress_again(duty: Duty, cast: Cast) -> None:
    proof = do.offer_evidence(duty, cast.zhao.actor, cast.office, url="https://example.org/ys", title="预算")
    do.confirm(duty, cast.zhao.actor)
    do.finish(duty, cast.zhao.actor)
    do.strike_evidence(proof, cast.zhao.actor, "网址不对")
    duty.refresh_from_db()
    assert duty.progress == "in_progress"


def test_withdrawn_record_proves_nothing_in_public(notice: Notice, duty: Duty, cast: Cast) -> None:
    from mingchuang.records import do as records
    from tests import record_stages

    record = record_stages.published(cast)
    do.offer_evidence(duty, cast.zhao.actor, cast.office, record=record)
    assert [
        row["title"] for row in queries.rows_of([duty], datetime.date(2026, 1, 1), shows_lateness=False)[0]["evidence"]
    ]
    records.withdraw(record, cast.zhang.actor, reason="mistake", note="内容有误")
    assert queries.rows_of([duty], datetime.date(2026, 1, 1), shows_lateness=False)[0]["evidence"] == []


def test_kernel_itself_refuses_an_unchecked_ledger_and_an_unproven_duty(notice: Notice, duty: Duty, cast: Cast) -> None:
    from mingchuang.core.act import act

    with pytest.raises(Refused, match="没有核对"):
        act(notice, "confirm", cast.zhao.actor, facts={"all_confirmed": True})
    do.confirm(duty, cast.zhao.actor)
    with pytest.raises(Refused, match="没有已认定的凭证"):
        act(duty, "finish", cast.zhao.actor, evidence=["https://example.org/"])


def test_duty_is_not_merged_with_itself(duty: Duty, cast: Cast) -> None:
    with pytest.raises(Refused, match="至少要选两项"):
        do.merge([duty, Duty.objects.get(pk=duty.pk)], cast.zhao.actor)


@pytest.mark.parametrize(
    ("day", "codes"),
    [
        (datetime.date(2019, 8, 18), {"ledger.date_before"}),
        (datetime.date(1921, 7, 1), {"ledger.date_before", "ledger.date_old"}),
        (datetime.date(2049, 8, 20), {"ledger.date_far"}),
    ],
)
def test_day_that_cannot_be_meant_is_refused_with_all_reasons(
    duty: Duty, cast: Cast, day: datetime.date, codes: set[str]
) -> None:
    with pytest.raises(Refused) as refusal:
        do.correct(duty, cast.zhao.actor, {"due_on": day})
    assert {issue.code for issue in refusal.value.issues} == codes
    assert {issue.field for issue in refusal.value.issues} == {"due_on"}


@pytest.mark.parametrize("day", [datetime.date(2019, 8, 19), datetime.date(2049, 8, 19)])
def test_day_at_the_bounds_is_taken(duty: Duty, cast: Cast, day: datetime.date) -> None:
    do.correct(duty, cast.zhao.actor, {"due_on": day})
    duty.refresh_from_db()
    assert duty.due_on == day


def test_day_that_was_read_wrongly_keeps_a_duty_from_being_confirmed(cast: Cast) -> None:
    task = "（一）公开预算。2009年12月底前完成。（司法局负责落实）"
    text = f"演示要点\n一、公开\n{task}\n青铜峡市人民政府办公室\n2019年8月19日"
    notice = do.load(text.encode(), "演示.txt", cast.office, cast.zhao.actor)
    duty = notice.duties.get()
    assert duty.due_on == datetime.date(2009, 12, 31)
    with pytest.raises(Refused, match="早于文件的成文日期"):
        do.confirm(duty, cast.zhao.actor)
    assert [issue.code for issue in do.confirm_all(notice, cast.zhao.actor)[1]] == ["ledger.date_before"]


def test_evidence_is_typed_by_its_content_and_the_refusal_says_what_is_taken(duty: Duty, cast: Cast) -> None:
    with pytest.raises(Refused) as refusal:
        do.offer_evidence(duty, cast.zhao.actor, cast.office, file=("照片.jpg", b"MZ\x90\x00\x03\x00" * 20))
    assert [issue.code for issue in refusal.value.issues] == ["ledger.proof_type", "records.attachment_suffix"]
    assert "照片.jpg" in refusal.value.reasons[0] and "PDF" in refusal.value.reasons[0]
    with pytest.raises(Refused, match="内容却是TXT"):
        do.offer_evidence(duty, cast.zhao.actor, cast.office, file=("通知.exe", "通知".encode()))
    proof = do.offer_evidence(duty, cast.zhao.actor, cast.office, file=("通知", "通知".encode()))
    assert proof.file_name.endswith(".txt"), "the true suffix"


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (record_files.png()[:-6], "照片.png", "不完整"),
        (record_files.pdf()[:120], "纪要.pdf", "PDF 已损坏"),
        (record_files.docx(word__vbaProject_bin=b"x"), "纪要.docx", "带有宏"),
        (record_files.pdf(catalogue=b"/OpenAction<</S/JavaScript/JS(app.alert(1))>>"), "纪要.pdf", "JavaScript"),
    ],
)
def test_a_file_that_proves_is_looked_through_like_an_attachment(
    duty: Duty, cast: Cast, data: bytes, name: str, says: str
) -> None:
    with pytest.raises(Refused, match=says):
        do.offer_evidence(duty, cast.zhao.actor, cast.office, file=(name, data))


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("https://zhao:pass@example.org/a", "账号或者密码"),
        ("http://localhost:9000/a", "公众看不到"),
        ("http://127.0.0.2/a", "公众看不到"),
        ("http://2130706433/a", "公众看不到"),
        ("http://0x7f.1/a", "公众看不到"),
        ("http://[::1]:9000/a", "公众看不到"),
        ("http://192.168.1.8/a", "公众看不到"),
        ("http://oa.internal./a", "公众看不到"),
        ("http://oa/a", "公众看不到"),
        ("https://desk.example.gov.cn/a", "公众看不到"),
        ("https://www.example.gov.cn/desk/records/1/", "工作台和其他页面"),
        ("http://WWW.example.gov.cn./search/?q=1", "工作台和其他页面"),
        ("https://www.example.gov.cn/records/999999/", "已公开记录的页面"),
        ("https://[broken/a", "http://"),
        ("ftp://example.org/a", "http://"),
        ("", "请给一种凭证"),
    ],
)
def test_an_address_that_citizens_cannot_open_proves_nothing(
    duty: Duty, cast: Cast, settings: Any, url: str, says: str
) -> None:
    settings.MINGCHUANG_ADDRESS = "https://www.example.gov.cn"
    settings.ALLOWED_HOSTS = ["www.example.gov.cn", "desk.example.gov.cn"]
    with pytest.raises(Refused, match=says):
        do.offer_evidence(duty, cast.zhao.actor, cast.office, url=url, title="会议")


def test_an_address_of_this_site_is_its_record(duty: Duty, cast: Cast, settings: Any) -> None:
    settings.MINGCHUANG_ADDRESS = "https://www.example.gov.cn"
    record = stages.published(cast)
    url = f"http://www.example.gov.cn/records/{record.pk}/"
    with pytest.raises(Refused, match="账号或者密码"):
        do.offer_evidence(duty, cast.zhao.actor, cast.office, url=url.replace("//", "//zhao@"))
    proof = do.offer_evidence(duty, cast.zhao.actor, cast.office, url=url)
    assert (proof.record, proof.url) == (record, "")
    assert record.published is not None and proof.title == record.published.title


def test_whoever_owes_nothing_offers_nothing_not_even_in_the_loading_unit(checked: Notice, cast: Cast) -> None:
    with pytest.raises(Refused, match="没有要求贵单位落实"):
        do.offer_evidence(
            checked.duties.get(ref="一（四）4"), cast.zhang.actor, cast.office, url="https://example.org/a"
        )
