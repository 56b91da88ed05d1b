"""The gate's lists in the desk: for two roles alone, in and out, and no word of them anywhere else."""

from __future__ import annotations

import io
import json
import logging
import re
from collections.abc import Callable

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.cast import Cast
from tests.desk.conftest import Desk
from tests.record_stages import draft, fresh, submitted

pytestmark = pytest.mark.db
At = Callable[..., Desk]
HERE = "/desk/gate/lists/"
#: In the text below, and in no text at all.
MET, UNMET = "培训内容", "藏而不露的词"
LIST = f"词语,建议\n{MET},换一个说法\n{UNMET},\n"


def upload(desk: Desk, slot: str, text: str | bytes, *, name: str = "词表.csv", status: int = 302, **typed: str) -> str:
    data = text if isinstance(text, bytes) else text.encode()
    return desk.post(f"{HERE}{slot}/", {"file": SimpleUploadedFile(name, data), **typed}, status=status)


def test_two_roles_fill_replace_and_clear_a_list(cast: Cast, at: At) -> None:
    zhao, zheng = at(cast.zhao), at(cast.zheng)
    page = zhao.get(HERE)
    assert page.count("没有内容") == 6
    assert upload(zhao, "sensitive", LIST) == f"{HERE}sensitive/"
    page = zhao.get(f"{HERE}sensitive/")
    assert "现有2条：新增2条，删去0条" in page and "赵主管（政务公开办）" in page
    # What would go has to be meant.
    page = upload(zheng, "sensitive", "词语\n另一个词\n", status=422)
    assert "会新增1条、删去2条（现有2条）" in page and "id_sure" in page
    upload(zheng, "sensitive", "词语\n另一个词\n", sure="on")
    page = zheng.get(f"{HERE}sensitive/")
    assert "第2版" in page and "郑管理（管理员）" in page
    assert "另一个词" not in page and "另一个词" in zheng.get(f"{HERE}sensitive/entries/")
    assert "#id_sure" in zhao.post(f"{HERE}sensitive/clear/", {"note": "重新整理"}, status=422)
    zhao.post(f"{HERE}sensitive/clear/", {"note": "重新整理", "sure": "on"})
    assert "重新整理" in zhao.get(f"{HERE}sensitive/")
    zhao.get(f"{HERE}sensitive/clear/", status=404)
    assert "这份词表没有内容" in zhao.get(f"{HERE}sensitive/entries/")


def test_every_fault_is_told_by_row_and_column_and_the_file_is_kept_nowhere(cast: Cast, at: At) -> None:
    from mingchuang.core.models import StoredFile

    bad = "姓名,职务,排序,任职起\n藏而某,,2,2019-01-01\n丙丁,副市长,x,2019-01-01\n丁戊,副市长,3,去年\n"
    page = upload(at(cast.zhao), "leaders", bad, status=422)
    assert all(said in page for said in ("第2行“职务”为空", "第3行“排序”应为", "第4行“任职起”应为日期"))
    assert "藏而某" not in page
    assert not StoredFile.objects.filter(first_name="词表.csv").exists()
    assert "没有一行数据" in upload(at(cast.zhao), "leaders", "姓名,职务,排序,任职起\n", status=422)
    assert "#id_file" in upload(at(cast.zhao), "leaders", b"PK\x03\x04nothing", status=422)


@pytest.mark.parametrize("slot", ["sensitive", "leaders", "map_numbers", "terms", "meetings", "documents"])
def test_a_sample_is_taken_and_imported_as_it_is(slot: str, cast: Cast, at: At) -> None:
    zhao = at(cast.zhao)
    for ending in ("xlsx", "csv"):
        response = zhao.client.get(f"{HERE}{slot}/sample.{ending}")
        data = b"".join(response.streaming_content)
        upload(zhao, slot, data, name=f"样表.{ending}", sure="on")
    assert "现有" in zhao.get(f"{HERE}{slot}/") and "列名" in zhao.get(f"{HERE}{slot}/")
    assert zhao.client.get(f"{HERE}{slot}/sample.docx").status_code == 404


def test_a_text_is_tried_and_forgotten(cast: Cast, at: At) -> None:
    zhao = at(cast.zhao)
    page = zhao.get(f"{HERE}try/")
    sample = re.search(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)
    assert sample
    page = zhao.post(f"{HERE}try/", {"text": sample[1].strip(), "lists": "neutral"}, status=200)
    for said in (
        "<mark>试验词甲</mark>",
        "规范表述：试验正称甲",
        "疑似职务与名册不符",
        "届次有误",
        "疑似排序",
        "审图号",
        "试政办发",
    ):
        assert said in page, said
    page = zhao.post(f"{HERE}try/", {"text": f"有{MET}", "lists": "current"}, status=200)
    assert "没有导入敏感词" in page and "<mark>" not in page
    upload(zhao, "sensitive", LIST)
    page = zhao.post(f"{HERE}try/", {"text": f"有{MET}", "lists": "current"}, status=200)
    assert f"<mark>{MET}</mark>" in page and "换一个说法" in page
    assert zhao.post(f"{HERE}try/", {"text": "", "lists": "current"}, status=422)


def test_no_word_of_a_list_is_anywhere_else(
    cast: Cast, at: At, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    from mingchuang.core import verify
    from mingchuang.core.models import Event
    from mingchuang.records import gate
    from mingchuang.records.models import GateDecision, GateFinding

    caplog.set_level(logging.DEBUG)
    zhao = at(cast.zhao)
    upload(zhao, "sensitive", LIST)
    upload(zhao, "terms", f"类别,不规范表述,规范表述\n民族,{MET},{UNMET}丙\n")
    upload(zhao, "sensitive", f"词语\n{UNMET}\n,\n{UNMET}\n", status=422)
    zhao.post(f"{HERE}try/", {"text": f"{UNMET}", "lists": "current"}, status=200)
    revision = draft(cast)
    zhang, li = at(cast.zhang), at(cast.li)
    here = f"/desk/records/{revision.record_id}/"
    pages = [zhang.get(f"{here}{name}") for name in ("", "gate/", "edit/", "submit/")]
    assert f"<mark>{MET}</mark>" in pages[1], "the clerk's own words, lit where the finding is"
    for found in gate.open_findings(revision, gate.of_revision(revision)):
        assert MET not in found.finding.message + found.finding.advice
        address = f"{here}gate/{found.key}/"
        form = zhang.get(address)
        given = {"verdict": "false_alarm", "note": "不是。", "content_hash": fresh(revision).content_hash}
        given["content_hash"] = re.search(r'name="content_hash" value="([^"]+)"', form)[1]  # type: ignore[index]
        zhang.post(address, given)
    zhang.post(f"{here}submit/", {"version": str(fresh(revision).version), "declared_open": "on"})
    pages += [li.get("/desk/review/"), li.get(f"/desk/review/{revision.pk}/"), zhao.get("/desk/gate/alarms/")]
    pages += [zhao.get("/desk/gate/alarms/list/"), zhao.get(HERE), zhao.get(f"{HERE}sensitive/")]
    for stranger in (zhang, li, at(cast.sun)):
        closed = (HERE, f"{HERE}sensitive/", f"{HERE}sensitive/entries/", f"{HERE}try/", "/desk/gate/alarms/")
        pages += [stranger.get(address, status=403) for address in closed]
        pages.append(stranger.post(f"{HERE}sensitive/", {"file": SimpleUploadedFile("a.csv", LIST.encode())}, 403))
    told = json.dumps(list(Event.objects.values_list("data", "evidence", "text__body")), ensure_ascii=False)
    kept = repr(list(GateFinding.objects.values_list("message", "part"))) + repr(list(GateDecision.objects.values()))
    for place in (*pages, told, kept, caplog.text, repr(verify.run()), *capsys.readouterr()):
        assert UNMET not in place
    assert MET not in told + kept + caplog.text


def test_false_alarms_are_counted_apart_from_what_is_answered_for(cast: Cast, at: At) -> None:
    from mingchuang.core import now
    from mingchuang.records import do, gate, gate_alarms
    from mingchuang.records.gate_alarms import Period

    words = "<p>各镇人民政府：</p><p>电话0953-3010000，传真0953-3010001。</p>"
    revision = draft(cast, body=words)
    verdict = gate.of_revision(revision)
    for found, verdict_name in zip(gate.open_findings(revision, verdict), ("false_alarm", "justified"), strict=True):
        told = {"content_hash": verdict.content_hash, "key": found.key, "verdict": verdict_name, "note": "看过。"}
        do.settle(revision, cast.zhang.actor, **told)
    do.submit(revision, cast.zhang.actor)
    submitted(cast, doc_number="青政办发〔2019〕917号")
    counts = gate_alarms.counts(Period(now.today(), now.today()))
    (one,) = counts.rules
    assert (one.rule.id, one.found, one.false_alarms, one.justified, one.documents) == ("privacy.landline", 2, 1, 1, 1)
    assert counts.texts == 2 and one.per_document(counts.texts) == 0.5 and one.rate == 0.5
    zheng = at(cast.zheng)
    page = zheng.get("/desk/gate/alarms/")
    assert "50%" in page and "平均每件误报 0.50 处" in page
    for address in re.findall(r'href="(/desk/gate/alarms/[^"]+)"', page):
        response = zheng.client.get(address.replace("&amp;", "&"))
        assert response.status_code == 200, address
        if response.streaming:
            data = b"".join(response.streaming_content)
            assert len(data) > 100
    listed = zheng.get("/desk/gate/alarms/list/?rule=privacy.landline&sort=false_alarm")
    assert "误报 1 处" in listed and "张经办" in listed and "没有判断" not in listed
    assert revision.title not in listed, "an administrator reads no drafts"
    assert revision.title in at(cast.zhao).get("/desk/gate/alarms/list/")
    data = b"".join(zheng.client.get("/desk/gate/alarms/list.xlsx").streaming_content)
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    assert [cell.value for cell in sheet[1]][:3] == ["日期", "单位", "文稿"] and sheet.max_row == 3
    text = b"".join(zheng.client.get("/desk/gate/alarms/export.csv").streaming_content).decode("utf-8-sig")
    assert text.splitlines()[1].startswith("固定电话,隐私,2,1,50%,1,1,0.50")
    assert "没有检查结果" in zheng.get("/desk/gate/alarms/?since=2001-01-01&until=2001-12-31")
    assert "先按今年显示" in zheng.get("/desk/gate/alarms/?since=x")


def test_masking_shows_before_and_after_and_the_gate_runs_again(cast: Cast, at: At) -> None:
    revision = draft(cast, body="<p>各镇人民政府：</p><p>电话13812345678，传真0953-3010001。</p>")
    here = f"/desk/records/{revision.record_id}/gate/"
    zhang = at(cast.zhang)
    page = zhang.get(here)
    assert "13812345678" not in page and "遮蔽全部个人信息" in page
    assert "<mark>***********</mark>" in page
    only = re.search(rf'href="({re.escape(here)}mask/\?only=[0-9a-f]+)"', page)
    assert only
    form = zhang.get(only[1])
    assert form.count(" checked") == 1 and "<mark>13812345678</mark>" in form and "<mark>***</mark>" in form
    keys = re.findall(r'name="chosen" id="mask-\d+" value="([0-9a-f]+)" checked', form)
    told = {"use": "document", "version": str(fresh(revision).version)}
    assert "请勾选要遮蔽的内容" in zhang.post(f"{here}mask/", told, status=422)
    zhang.post(f"{here}mask/", {**told, "chosen": keys})
    page = zhang.get(here)
    assert "已遮蔽1处" in page and "手机号码" not in page and "固定电话" in page
    assert "095****0001" in zhang.get(f"{here}mask/?use=list")
    at(cast.li).get(f"{here}mask/", status=404)
