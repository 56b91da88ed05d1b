"""Review in the desk: the exact text, one signature a person and step, returns with reasons, signatures on paper."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.cast import Cast
from tests.desk.conftest import Desk
from tests.desk.test_desk_permissions import PNG, _today
from tests.record_stages import fresh, published, signed, submitted

pytestmark = pytest.mark.db
At = Callable[..., Desk]


def page_of(revision: object) -> str:
    return f"/desk/review/{revision.pk}/"  # type: ignore[attr-defined]


def decision(revision: object, **changed: str) -> dict[str, str]:
    row = fresh(revision)  # type: ignore[arg-type]
    return {"content_hash": row.content_hash, "step": str(row.step), "secrecy": "open", "note": ""} | changed


def test_the_page_shows_the_frozen_text_and_takes_a_signature(cast: Cast, at: At) -> None:
    revision = submitted(cast)
    li = at(cast.li)
    assert revision.title in li.get("/desk/")
    assert page_of(revision) in li.get("/desk/review/")
    page = li.get(page_of(revision))
    assert revision.content_hash in page and "新修订的政府信息公开条例" in page
    li.post(page_of(revision), decision(revision, approve="1"))
    assert fresh(revision).step == 2
    assert "您已签署过这一稿" in li.get(page_of(revision))


def test_the_text_on_the_page_is_the_stored_bytes_and_not_the_columns(cast: Cast, at: At) -> None:
    from mingchuang.records.models import Revision

    revision = submitted(cast)
    Revision.objects.filter(pk=revision.pk).update(summary="送审以后被改过的列")
    page = at(cast.li).get(page_of(revision))
    assert "送审以后被改过的列" not in page.partition("内容指纹")[0]
    assert revision.summary in page


def test_damaged_bytes_are_named_and_nothing_is_shown_for_signature(cast: Cast, at: At) -> None:
    from mingchuang.core import files

    revision = submitted(cast)
    place = files.path(revision.frozen_id)
    place.chmod(0o600)
    place.write_bytes(b"{}")
    assert "冻结的文本与内容指纹不一致" in at(cast.li).get(page_of(revision))


def test_all_reasons_stand_together_and_the_words_stay(cast: Cast, at: At) -> None:
    revision = submitted(cast)
    page = at(cast.li).post(
        page_of(revision), decision(revision, approve="1", secrecy="", note="写好的意见"), status=422
    )
    assert "请选择保密审查结论" in page and "写好的意见" in page
    page = at(cast.li).post(page_of(revision), {**decision(revision), "return": "1"}, status=422)
    assert "请写明理由" in page and 'href="#id_note"' in page
    stale = decision(revision, approve="1", content_hash="sha256:" + "0" * 64, secrecy="closed")
    page = at(cast.li).post(page_of(revision), stale, status=422)
    assert "不是同一稿" in page and "不能同意公开" in page
    assert fresh(revision).step == 1


def test_one_does_not_sign_twice_nor_out_of_turn(cast: Cast, at: At) -> None:
    revision = signed(cast, submitted(cast), cast.li)
    page = at(cast.li).post(page_of(revision), decision(revision, approve="1"), status=422)
    assert "每人只能签署一个环节" in page
    page = at(cast.zhou).post(page_of(revision), decision(revision, approve="1", step="1"), status=422)
    assert "已由李审核签署" in page


def test_a_return_reaches_its_author_with_the_reason(cast: Cast, at: At) -> None:
    revision = submitted(cast)
    at(cast.li).post(page_of(revision), {**decision(revision, note="附件不全。", secrecy=""), "return": "1"})
    assert fresh(revision).progress == "returned"
    assert revision.title in at(cast.zhang).get("/desk/")


def test_a_correction_is_compared_with_what_is_public(cast: Cast, at: At) -> None:
    from mingchuang.records import do

    record = published(cast)
    revision = do.correct(record, cast.zhang.actor, note="日期有误")
    do.save_draft(revision, cast.zhang.actor, {"summary": "演示数据：安排2020年度培训。"}, version=revision.version)
    do.submit(fresh(revision), cast.zhang.actor)
    page = at(cast.li).get(page_of(revision))
    assert "与现在公开的内容相比" in page
    assert "<mark>" in page and "2020" in page


def test_the_printed_form_carries_fingerprint_and_code(cast: Cast, at: At) -> None:
    revision = submitted(cast)
    page = at(cast.zhang).get(f"{page_of(revision)}form/")
    assert revision.content_hash in page and "□ 可以公开" in page
    assert page.count('class="qr__code"') == 1
    assert "初审" in page and "复审" in page and "终审" in page


def test_a_signature_on_paper_is_recorded_by_somebody_else(cast: Cast, at: At) -> None:
    revision = submitted(cast, record_class="B")
    zhang = at(cast.zhang)
    page = zhang.get(f"{page_of(revision)}paper/")
    options = dict(re.findall(r'<option value="(\d+)">([^<]+)（', page))
    assert "李审核" in options.values() and "张经办" not in options.values()
    signer = next(key for key, name in options.items() if name == "李审核")
    given = {"signer": signer, "happened_on": "2019-08-01", "content_hash": revision.content_hash, "step": "1"}
    scan = SimpleUploadedFile("审签单.png", PNG, content_type="image/png")
    page = zhang.post(f"{page_of(revision)}paper/", {**given, "file": scan, "note": "同意。"}, status=422)
    for words in ("早于送审日期", "补录", "请选择保密审查结论", "已收到“审签单.png”", "同意。"):
        assert words in page
    kept = re.search(r'name="kept" value="([^"]+)"', page)
    assert kept is not None
    again = {**given, "happened_on": _today().isoformat(), "secrecy": "open", "kept": kept[1]}
    zhang.post(f"{page_of(revision)}paper/", again)
    approval = revision.approvals.get()
    assert (approval.person, approval.recorder, approval.via) == (cast.li.person, cast.zhang.person, "paper")
    assert "李审核（纸质，张经办代录，代录人参与起草）" in at(cast.wu).get(page_of(revision))
    assert "代录李审核在纸质审签单上的签批（代录人参与起草本稿）" in zhang.get(f"/desk/records/{revision.record_id}/")
    assert at(cast.wu).client.get(f"/desk/review/scans/{approval.pk}/").getvalue() == PNG


def test_a_kept_file_cannot_be_named_by_hand(cast: Cast, at: At) -> None:
    from mingchuang.core import files

    revision = submitted(cast, record_class="B")
    secret = files.put(PNG + b"another", "别处的文件.png")
    given = {"happened_on": _today().isoformat(), "content_hash": revision.content_hash, "step": "1", "kept": secret.pk}
    page = at(cast.zhang).post(f"{page_of(revision)}paper/", given, status=422)
    assert "请上传带签字的审签单" in page
    assert not revision.approvals.exists()


def test_opinions_stand_beside_the_signatures(cast: Cast, at: At) -> None:
    from mingchuang.records import do

    revision = submitted(cast)
    do.approve(
        revision, cast.li.actor, content_hash=revision.content_hash, step=1, secrecy="open", note="数字已逐项核对。"
    )
    assert "意见：数字已逐项核对。" in at(cast.wu).get(page_of(revision))


def test_the_only_leader_is_warned_before_signing_early(cast: Cast, at: At) -> None:
    from mingchuang.core.models import Appointment

    Appointment.objects.filter(person=cast.qian.person).update(until=datetime.date(2018, 12, 31))
    revision = submitted(cast, record_class="B")
    assert "“终审”就没有别人可签" in at(cast.wu).get(page_of(revision))
    assert "就没有别人可签" not in at(cast.li).get(page_of(revision))


def test_who_would_be_refused_is_not_offered(cast: Cast, at: At) -> None:
    from mingchuang.core.models import Appointment
    from tests.record_stages import draft

    Appointment.objects.filter(person=cast.qian.person).update(until=datetime.date(2018, 12, 31))
    page = at(cast.zhang).get(f"/desk/records/{draft(cast, record_class='B').record_id}/submit/")
    first, last = re.findall(r"<li[^>]*><strong>(?:初审|终审).*?</li>", page, re.DOTALL)
    assert cast.li.person.name in first and cast.wu.person.name not in first
    assert cast.wu.person.name in last
    revision = submitted(cast, record_class="B")
    page = at(cast.he).get(f"{page_of(revision)}paper/")
    assert f"{cast.li.person.name}（" in page and f"{cast.wu.person.name}（" not in page


def test_a_wrong_scan_is_refused_and_not_said_to_be_received(cast: Cast, at: At) -> None:
    revision = submitted(cast, record_class="B")
    zhang = at(cast.zhang)
    page = zhang.get(f"{page_of(revision)}paper/")
    signer = next(key for key, name in re.findall(r'<option value="(\d+)">([^<]+)（', page) if name == "李审核")
    given = {"signer": signer, "happened_on": _today().isoformat(), "secrecy": "open", "step": "1"}
    wrong = SimpleUploadedFile("审签单.docx", b"PK\x03\x04nothing", content_type="image/png")
    page = zhang.post(
        f"{page_of(revision)}paper/", {**given, "content_hash": revision.content_hash, "file": wrong}, status=422
    )
    assert "请附上带签字的审签单照片" in page
    assert "已收到" not in page and not re.search(r'name="kept" value="[^"]', page)


def test_the_office_holds_paper_against_its_scan(cast: Cast, at: At) -> None:
    from mingchuang.core import files
    from mingchuang.records import do

    revision = submitted(cast, record_class="B")
    do.record_paper_approval(
        revision, cast.he.person, signer=cast.li.person, role=cast.li.role, evidence=files.put(PNG, "a.png"),
        content_hash=revision.content_hash, step=1, happened_on=_today(), secrecy="open", note="同意公开",
    )  # fmt: skip
    zhao, key = at(cast.zhao), revision.approvals.get().pk
    assert f'href="/desk/review/samples/{key}/"' in zhao.get("/desk/review/samples/")
    assert "纸质签批抽查" in zhao.get("/desk/review/")
    page = zhao.get(f"/desk/review/samples/{key}/")
    assert "李审核" in page and "何代录" in page and "同意公开" in page and f"/desk/review/scans/{key}/" in page
    page = zhao.post(f"/desk/review/samples/{key}/", {"outcome": "different"}, status=422)
    assert "请写明哪里不一致" in page
    zhao.post(f"/desk/review/samples/{key}/", {"outcome": "different", "note": "签名不是本人的"})
    for player, place in ((cast.zhao, "/desk/"), (cast.zhang, "/desk/"), (cast.wu, page_of(revision))):
        assert "抽查不一致" in at(player).get(place)
    assert "签名不是本人的" in zhao.get("/desk/review/samples/")
    assert at(cast.zhang).client.get("/desk/review/samples/").status_code == 404
