"""The ledger in the desk: load, check beside the source, correct, split, merge, identify, prove, publish."""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from tests.cast import Cast
from tests.desk.conftest import Desk
from tests.desk.test_desk_permissions import NOTICE
from tests.record_stages import published

if TYPE_CHECKING:
    from mingchuang.ledger.models import Duty, Notice

pytestmark = pytest.mark.db
At = Callable[..., Desk]


def loaded(cast: Cast) -> Notice:
    from mingchuang.ledger import do

    return do.load(NOTICE.read_bytes(), NOTICE.name, cast.office, cast.zhao.actor)


def duty_of(notice: Notice, ref: str) -> Duty:
    found: Duty = notice.duties.get(ref=ref)
    return found


def checked(cast: Cast, found: Duty) -> Duty:
    """The duty once the office has confirmed it; names that nobody is found for are struck out."""
    from mingchuang.ledger import do

    strange = list(found.owners.filter(unit=None, collective=None).values_list("pk", flat=True))
    if strange:
        do.assign(found, cast.zhao.actor, strike=strange)
    do.confirm(found, cast.zhao.actor)
    return found


def test_a_notice_is_loaded_from_a_file_and_a_bad_file_gives_one_sentence(cast: Cast, at: At) -> None:
    from mingchuang.ledger.models import Notice

    zhao = at(cast.zhao)
    page = zhao.post("/desk/ledger/", {"file": SimpleUploadedFile("坏.docx", b"PK\x03\x04")}, status=422)
    assert 'href="#id_file"' in page and not Notice.objects.exists()
    page = zhao.post("/desk/ledger/", {"file": SimpleUploadedFile("空.txt", b"")}, status=422)
    assert not Notice.objects.exists()
    assert 'href="#id_file"' in zhao.post("/desk/ledger/", {}, status=422), "no file at all"
    place = zhao.post("/desk/ledger/", {"file": SimpleUploadedFile("60号.txt", NOTICE.read_bytes())})
    assert place == f"/desk/ledger/{Notice.objects.get().pk}/"
    again = {"file": SimpleUploadedFile("60号.txt", NOTICE.read_bytes())}
    page = zhao.post("/desk/ledger/", again, status=422)
    assert "已经载入过" in page and 'type="checkbox" name="again"' not in page, "the same bytes are never taken twice"


def test_another_file_of_the_same_number_needs_a_tick_and_is_not_chosen_again(cast: Cast, at: At) -> None:
    from mingchuang.ledger.models import Notice

    loaded(cast)
    zhao = at(cast.zhao)
    other = {"file": SimpleUploadedFile("另存.txt", NOTICE.read_bytes() + b"\n")}
    page = zhao.post("/desk/ledger/", other, status=422)
    assert "青政办发〔2019〕60号已经载入过" in page and "成文于2019-08-19" in page
    assert re.search(r'<input type="checkbox" name="again"', page) and "已收到“另存.txt”" in page
    kept = re.search(r'name="kept" value="([^"]+)"', page)
    assert kept is not None and Notice.objects.count() == 1
    assert "已经载入过" in zhao.post("/desk/ledger/", {"kept": kept[1]}, status=422), "not without the tick"
    zhao.post("/desk/ledger/", {"kept": kept[1], "again": "on"})
    assert Notice.objects.count() == 2


def test_only_the_office_is_offered_the_upload(cast: Cast, at: At) -> None:
    from mingchuang.ledger.models import Notice

    zhang = at(cast.zhang)
    assert "载入工作要点" in at(cast.zhao).get("/desk/ledger/")
    assert 'enctype="multipart/form-data"' not in zhang.get("/desk/ledger/")
    zhang.post("/desk/ledger/", {"file": SimpleUploadedFile("60号.txt", NOTICE.read_bytes())}, status=403)
    assert not Notice.objects.exists()


def test_a_notice_is_voided_with_a_reason_and_restored(cast: Cast, at: At) -> None:
    notice = loaded(cast)
    checked(cast, duty_of(notice, "一（一）3"))
    zhao, here = at(cast.zhao), f"/desk/ledger/{notice.pk}/"
    assert "一（一）3" in at(cast.wang).get("/desk/")
    assert f"{here}decide/void/" in zhao.get(here)
    assert 'href="#id_note"' in zhao.post(f"{here}decide/void/", {"note": ""}, status=422)
    zhao.post(f"{here}decide/void/", {"note": "与另一份重复"})
    page = zhao.get(here)
    assert "赵主管作废：与另一份重复" in page and f"{here}decide/restore/" in page and "已作废" in page
    assert "decide/void/" not in page and "reread" not in page and "merge/" not in page.split("facing")[0]
    listed = zhao.get("/desk/ledger/")
    assert "已作废（1）" in listed and "与另一份重复" in listed
    assert "已作废" not in at(cast.wang).get("/desk/ledger/")
    assert "一（一）3" not in at(cast.wang).get("/desk/")
    for address in ("/desk/ledger/mine/", "/desk/ledger/by-date/", "/desk/ledger/without-owner/", "/desk/due/"):
        assert "/desk/ledger/duties/" not in zhao.get(address), address
    zhao.post(f"{here}decide/restore/", {"note": "没有重复"})
    assert "一（一）3" in at(cast.wang).get("/desk/")
    assert "没有重复" in zhao.get(here)


def test_a_published_notice_that_is_voided_leaves_the_public_page(cast: Cast, at: At) -> None:
    from mingchuang.ledger import do

    notice = loaded(cast)
    for found in notice.duties.all():
        checked(cast, found)
    do.confirm_notice(notice, cast.zhao.actor)
    do.publish_notice(notice, cast.zhao.actor)
    assert Client().get(f"/ledger/{notice.pk}/").status_code == 200
    at(cast.zhao).post(f"/desk/ledger/{notice.pk}/decide/void/", {"note": "误传"})
    assert Client().get(f"/ledger/{notice.pk}/").status_code == 404
    assert "一（一）3" not in Client().get("/units/justice/").content.decode()


def test_duties_of_another_notice_are_not_joined_under_this_address(cast: Cast, at: At) -> None:
    from mingchuang.ledger import do

    notice = loaded(cast)
    lines = "\n".join(f"（{n}）公开第{n}类信息。（司法局负责落实）" for n in "一二三")
    other = do.load(f"演示要点\n一、公开\n{lines}".encode(), "另一份.txt", cast.office, cast.zhao.actor)
    strangers = list(other.duties.values_list("pk", flat=True))
    at(cast.zhao).post(f"/desk/ledger/{notice.pk}/merge/", {"duty": strangers[:2]}, status=404)
    assert not other.duties.filter(confirmation="superseded").exists()
    mixed = [strangers[0], notice.duties.first().pk]
    at(cast.zhao).post(f"/desk/ledger/{notice.pk}/merge/", {"duty": mixed}, status=404)


def test_what_nobody_has_checked_waits_for_the_office_alone(cast: Cast, at: At) -> None:
    notice = loaded(cast)
    here = f"/desk/ledger/{notice.pk}/"
    assert "待核对 27" in at(cast.zhao).get("/desk/ledger/")
    zhao = at(cast.zhao).get(here)
    assert zhao.count('<article class="duty"') == 27
    wang = at(cast.wang)
    assert "待核对 27" not in wang.get("/desk/ledger/")
    assert '<article class="duty"' not in wang.get(here) and "还没有核对" in wang.get(here)
    for address in ("/desk/", "/desk/ledger/mine/", "/desk/ledger/without-owner/", "/desk/ledger/by-date/"):
        assert "/desk/ledger/duties/" not in wang.get(address), address
    assert "/desk/ledger/duties/" not in at(cast.zhao).get("/desk/due/"), "no count of what nobody has checked"


def test_a_day_that_cannot_be_meant_is_refused_on_the_page(cast: Cast, at: At) -> None:
    row = duty_of(loaded(cast), "三（十四）")
    given = {"heading": row.heading, "text": row.text, "due_on": "1919-05-04", "version": str(row.version)}
    page = at(cast.zhang).post(f"/desk/ledger/duties/{row.pk}/correct/", given, status=422)
    assert "早于文件的成文日期2019-08-19" in page and "早于1949年" in page and 'href="#id_due_on"' in page


def test_every_field_leads_to_its_characters_and_back(cast: Cast, at: At) -> None:
    notice = loaded(cast)
    page = at(cast.zhang).get(f"/desk/ledger/{notice.pk}/")
    lights = set(re.findall(r'data-lights="([^"]+)"', page))
    lit = {key for keys in re.findall(r'data-keys="([^"]+)"', page) for key in keys.split()}
    anchors = re.findall(r'id="src-([^"]+)"', page)
    assert lights == lit, "a field without characters, or characters that lead nowhere"
    assert len(anchors) == len(set(anchors)) and set(anchors) == lit
    assert len([key for key in lights if key.startswith("duty-")]) == 27


def test_the_source_loses_and_adds_no_character(cast: Cast) -> None:
    from mingchuang.desk import source_text
    from mingchuang.ledger import queries

    notice = loaded(cast)
    found = source_text.paragraphs(notice, queries.spans(notice))
    shown = "".join(segment.text for paragraph in found for segment in paragraph.segments)
    assert "".join(shown.split()) == "".join(notice.text.split())
    for key, start, end in queries.spans(notice):
        pieces = [s.text for p in found for s in p.segments if key in s.keys]
        assert "".join("".join(pieces).split()) == "".join(notice.text[start:end].split()), key


def test_a_text_that_todays_reader_no_longer_gives_is_shown_line_by_line(cast: Cast) -> None:
    from mingchuang.desk import source_text

    notice = loaded(cast)
    notice.text = "第一行\n第二行"
    found = source_text.paragraphs(notice, [("duty-1", 4, 7)])
    assert [(p.kind, [(s.text, s.keys) for s in p.segments]) for p in found] == [
        ("line", [("第一行", ())]),
        ("line", [("第二行", ("duty-1",))]),
    ]


def test_figures_open_the_duties_that_they_count(cast: Cast, at: At) -> None:
    notice = loaded(cast)
    zhang = at(cast.zhang)
    page = zhang.get(f"/desk/ledger/{notice.pk}/")
    found = re.findall(r'<a href="(/desk/ledger/\d+/\?show=\w+)#duties"><strong>(\d+)</strong>', page)
    assert len(found) >= 5
    for address, number in found:
        assert zhang.get(address).count('<article class="duty"') == int(number), address


def test_what_nobody_has_checked_counts_nowhere_and_is_never_late(cast: Cast, at: At) -> None:
    notice = loaded(cast)
    notice.duties.update(due_on=datetime.date(2019, 8, 31))
    row = notice.duties.first()
    assert row is not None
    zhao = at(cast.zhao)
    here = f"/desk/ledger/{notice.pk}/"
    listed, page, one = zhao.get("/desk/ledger/"), zhao.get(here), zhao.get(f"/desk/ledger/duties/{row.pk}/")
    assert "0 项任务" in listed and "待核对 27" in listed
    assert "任务　0 项，待核对 27 项" in page
    assert re.findall(r'show=(\w+)#duties"><strong>(\d+)</strong>', page) == [
        ("checked", "0"), ("done", "0"), ("in_progress", "0"), ("planned", "0"), ("unchecked", "27"),
        ("ownerless", re.findall(r'show=ownerless#duties"><strong>(\d+)', page)[0]),
    ]  # fmt: skip
    for shown in (listed, page, one):
        assert "已逾期" not in shown and "逾期 27" not in shown
    assert "时限 2019-08-31" in page and "时限 2019-08-31" in one
    checked(cast, row)
    assert "任务　1 项，待核对 26 项" in zhao.get(here)


def test_checking_goes_on_to_the_next_duty_and_ends(cast: Cast, at: At) -> None:
    notice = loaded(cast)
    zhao = at(cast.zhao)
    for row in notice.duties.filter(owners__unit=None, owners__collective=None, owners__struck=False).distinct():
        for owner in row.owners.all():
            zhao.post(f"/desk/ledger/duties/{row.pk}/owners/{owner.pk}/strike/")
    first, second = notice.duties.order_by("order")[:2]
    place = zhao.post(f"/desk/ledger/duties/{first.pk}/decide/confirm/", {"next": "1"})
    assert place == f"/desk/ledger/duties/{second.pk}/"
    zhao.post(f"/desk/ledger/{notice.pk}/confirm-all/")
    assert not notice.duties.filter(confirmation="read").exists()
    zhao.post(f"/desk/ledger/{notice.pk}/decide/confirm/")
    zhao.post(f"/desk/ledger/{notice.pk}/decide/publish/")
    notice.refresh_from_db()
    assert notice.progress == "published"
    page = zhao.post(f"/desk/ledger/{notice.pk}/decide/show-lateness/", {"note": ""}, status=422)
    assert 'href="#id_note"' in page
    zhao.post(f"/desk/ledger/{notice.pk}/decide/show-lateness/", {"note": "领导小组2019年第3次会议"})
    notice.refresh_from_db()
    assert notice.lateness == "public"


def test_a_correction_stays_and_a_stale_one_is_refused_with_its_words(cast: Cast, at: At) -> None:
    notice = loaded(cast)
    row = duty_of(notice, "三（十四）")
    zhang = at(cast.zhang)
    given = {
        "heading": "加强基础工作（更正）",
        "text": row.text,
        "due_on": "2019年12月30日",
        "version": str(row.version),
    }
    zhang.post(f"/desk/ledger/duties/{row.pk}/correct/", given)
    row.refresh_from_db()
    assert (row.heading, row.due_on.isoformat()) == ("加强基础工作（更正）", "2019-12-30")
    page = zhang.post(f"/desk/ledger/duties/{row.pk}/correct/", {**given, "heading": "又一次更正"}, status=422)
    assert 'value="又一次更正"' in page
    at(cast.zhang).post(f"/desk/ledger/{notice.pk}/reread/")
    row.refresh_from_db()
    assert row.heading == "加强基础工作（更正）"


def test_splitting_and_merging(cast: Cast, at: At) -> None:
    notice = loaded(cast)
    row = duty_of(notice, "一（一）3")
    zhang = at(cast.zhang)
    page = zhang.post(f"/desk/ledger/duties/{row.pk}/split/", {"text": "少了的文字\n\n另一段"}, status=422)
    assert "不能增减" in page and "少了的文字" in page
    half = row.text.index("。") + 1
    zhang.post(f"/desk/ledger/duties/{row.pk}/split/", {"text": row.text[:half] + "\n\n" + row.text[half:]})
    parts = list(row.parts.order_by("order"))
    assert [part.ref for part in parts] == ["一（一）3-1", "一（一）3-2"]
    zhang.post(f"/desk/ledger/{notice.pk}/merge/", {"duty": [part.pk for part in parts]})
    assert notice.duties.get(pk=parts[1].pk).confirmation == "superseded"


def test_an_unknown_name_is_identified_and_owners_are_added(cast: Cast, at: At) -> None:
    notice = loaded(cast)
    row = duty_of(notice, "一（三）1")
    owner = row.owners.get()
    zhang = at(cast.zhang)
    here = f"/desk/ledger/duties/{row.pk}/owners/"
    assert "请选择单位" in zhang.post(here, {"owner": ""}, status=422)
    zhang.post(here, {"owner": f"unit-{cast.office.pk}", "lead": "on"})
    assert row.owners.get(unit=cast.office).lead
    zhang.post(f"{here}{owner.pk}/identify/", {"owner": f"unit-{cast.justice.pk}"})
    owner.refresh_from_db()
    assert owner.unit == cast.justice
    strange = duty_of(notice, "一（一）2").owners.first()
    zhang.get(f"{here}{strange.pk}/identify/", status=404)


def test_evidence_is_offered_kept_accepted_and_struck(cast: Cast, at: At) -> None:
    notice = loaded(cast)
    row = checked(cast, duty_of(notice, "一（一）1"))
    zhang, zhao = at(cast.zhang), at(cast.zhao)
    here = f"/desk/ledger/duties/{row.pk}/evidence/"
    upload = SimpleUploadedFile("会议通知.txt", "通知".encode())
    page = zhang.post(here, {"url": "not-an-address", "title": "会议公开", "file": upload}, status=422)
    assert "只给一种凭证" in page and "网址要以 http" in page
    assert 'value="会议公开"' in page and "已收到“会议通知.txt”" in page
    kept = re.search(r'name="kept" value="([^"]+)"', page)
    assert kept is not None
    zhang.post(here, {"title": "会议公开", "kept": kept[1]})
    proof = row.evidence.get()
    assert (proof.standing, proof.file.size) == ("offered", 6)
    assert "会议公开" in zhao.get("/desk/")
    zhao.post(f"/desk/ledger/evidence/{proof.pk}/accept/")
    page = zhang.post(f"/desk/ledger/evidence/{proof.pk}/strike/", {"note": ""}, status=422)
    assert 'href="#id_note"' in page
    zhang.post(f"/desk/ledger/evidence/{proof.pk}/strike/", {"note": "传错了"})
    proof.refresh_from_db()
    assert proof.standing == "struck"


def test_a_public_record_proves_by_its_number_in_any_spelling(cast: Cast, at: At) -> None:
    record = published(cast)
    row = duty_of(loaded(cast), "一（一）1")
    here = f"/desk/ledger/duties/{row.pk}/evidence/"
    assert "没有索引号或文号" in at(cast.zhao).post(here, {"record": "青政办发〔2019〕999号"}, status=422)
    at(cast.zhao).post(here, {"record": "青政办发[2019] 910 号"})
    assert row.evidence.get().record == record


def test_a_notice_is_tied_to_the_record_as_which_it_was_published(cast: Cast, at: At) -> None:
    from mingchuang.ledger import queries
    from mingchuang.press.sources import Change
    from mingchuang.site import wiring

    notice, other = loaded(cast), published(cast)
    type(notice).objects.filter(pk=notice.pk).update(number="")
    here = f"/desk/ledger/{notice.pk}/record/"
    zhao = at(cast.zhao)
    assert here in zhao.get(f"/desk/ledger/{notice.pk}/")
    assert "请选一条已公开的记录" in zhao.post(here, {}, status=422)
    assert "没有索引号或文号" in zhao.post(here, {"record": "没有"}, status=422)
    zhao.post(here, {"record": other.index_number})
    notice.refresh_from_db()
    assert notice.record == other
    assert "不必再办" in zhao.post(here, {"record": other.index_number}, status=422)
    record = published(cast, doc_number="青政办发〔2019〕60号")
    type(notice).objects.filter(pk=notice.pk).update(number="青政办发〔2019〕60号", progress="published")
    page = zhao.get(here)
    assert f'value="{record.pk}"' in page and record.published is not None and record.published.title in page
    zhao.post(here, {"same": str(record.pk)})
    notice.refresh_from_db()
    event = queries.notice_history(notice).last()
    assert notice.record == record and event is not None and event.move == "bind"
    assert f"/ledger/{notice.pk}/" in Client().get(f"/records/{record.pk}/").content.decode()
    assert f"/records/{record.pk}/" in Client().get(f"/ledger/{notice.pk}/").content.decode()
    touched = set(wiring._ledger_pages_for(Change(event.subject_kind, event.subject_id, event.seq, event.move)))
    assert {f"/records/{record.pk}/", f"/records/{other.pk}/", f"/ledger/{notice.pk}/"} <= touched


def test_the_breakdown_sheet_shows_what_clerks_corrected(cast: Cast, at: At) -> None:
    notice = loaded(cast)
    row = duty_of(notice, "三（十四）")
    given = {"heading": "改过的标题", "text": row.text, "due_on": "2019-12-30", "version": str(row.version)}
    zhang = at(cast.zhang)
    zhang.post(f"/desk/ledger/duties/{row.pk}/correct/", given)
    response = zhang.client.get(f"/desk/ledger/{notice.pk}/breakdown.xlsx")
    sheet = load_workbook(io.BytesIO(response.getvalue())).worksheets[0]
    cells = [[cell.value for cell in line] for line in sheet.iter_rows()]
    line = next(line for line in cells if line[0] == "三（十四）")
    assert line[1] == "改过的标题" and "2019年12月30日前" in str(line[4])
    assert sum(1 for line in cells if line[0] and str(line[0])[0] in "一二三结") == 27


def test_lists_by_unit_by_date_and_without_owner(cast: Cast, at: At) -> None:
    notice = loaded(cast)
    zhao = at(cast.zhao)
    for ref in ("三（十四）", "一（三）1", "一（一）3"):
        checked(cast, duty_of(notice, ref))
    assert "三（十四）" in zhao.get("/desk/ledger/by-date/")
    assert "三（十一）" in zhao.get("/desk/ledger/without-owner/")
    assert "青铜峡市司法局" in zhao.get(f"/desk/ledger/{notice.pk}/units/")
    assert "一（三）1" in at(cast.wang).get("/desk/ledger/mine/")
    inbox = at(cast.wang).get("/desk/")
    assert "本单位未启动的任务" in inbox and "一（一）3" in inbox, "a duty not begun waits in the inbox of its unit"
