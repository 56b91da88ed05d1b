"""Records in the desk: drafting, saving together, submitting, publishing, and what is never lost on the way."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.cast import Cast
from tests.desk.conftest import Desk
from tests.record_stages import approved, draft, fresh, published, submitted, values

pytestmark = pytest.mark.db
At = Callable[..., Desk]


def typed(**changed: str) -> dict[str, str]:
    return {**values(**changed), "record_class": "A"}


def edit(record_id: int) -> str:
    return f"/desk/records/{record_id}/edit/"


def test_an_empty_list_says_what_to_do_next(cast: Cast, at: At) -> None:
    page = at(cast.zhang).get("/desk/records/")
    assert "还没有信息公开记录" in page
    assert 'href="/desk/records/new/"' in page


def test_a_record_is_begun_filled_in_and_submitted(cast: Cast, at: At) -> None:
    from mingchuang.records.models import Record

    zhang = at(cast.zhang)
    place = zhang.post("/desk/records/new/", {"kind": "policy", "record_class": "A", "unit": "gov-office"})
    record = Record.objects.get()
    assert place == edit(record.pk)
    body = "各镇人民政府：\n一、培训内容\n新修订的条例。"
    place = zhang.post(place, {**typed(body=body), "version": str(record.current.version), "submit": "1"})
    assert place == f"/desk/records/{record.pk}/submit/"
    page = zhang.get(place)
    assert (
        "甲类三审" in page
        and "送审后由吴签发、周复审、李审核、钱主任中的一人签署" in page
        and "不含国家秘密和工作秘密" in page
    )
    record.refresh_from_db()
    assert record.current.progress == "draft", "asked once more before anything is frozen"
    assert "请核对后勾选" in zhang.post(place, {"version": str(record.current.version)}, status=422)
    place = zhang.post(place, {"version": str(record.current.version), "declared_open": "on"})
    assert place == f"/desk/records/{record.pk}/"
    record.refresh_from_db()
    assert record.current.progress == "reviewing"
    assert "并确认不含国家秘密和工作秘密" in zhang.get(place)
    assert record.current.policydocument.body == "<p>各镇人民政府：</p><h2>一、培训内容</h2><p>新修订的条例。</p>"
    page = zhang.get(place)
    assert record.current.content_hash in page
    assert "撤回修改" in page and "代录纸质签批" in page


def test_submission_lists_every_gap_linked_to_its_field_and_keeps_what_was_typed(cast: Cast, at: At) -> None:
    revision = draft(cast, title="", summary="", body="")
    given = typed(title="", summary="", body="", issuer="我写到一半的机关")
    page = at(cast.zhang).post(
        edit(revision.record_id), {**given, "version": str(revision.version), "submit": "1"}, status=422
    )
    for name in ("title", "summary", "body"):
        assert f'href="#id_{name}"' in page
    assert 'value="我写到一半的机关"' in page
    assert fresh(revision).progress == "draft"


def test_a_value_that_cannot_be_read_stays_as_typed_and_files_are_kept(cast: Cast, at: At) -> None:
    revision = draft(cast)
    given = typed(formed_on="去年夏天", title="改过的名称")
    files = [SimpleUploadedFile("清单.txt", "一".encode()), SimpleUploadedFile("空.txt", b"")]
    page = at(cast.zhang).post(
        edit(revision.record_id), {**given, "version": str(revision.version), "added": files}, status=422
    )
    assert 'value="去年夏天"' in page and 'type="date" name="formed_on"' not in page
    assert "不是一个日期" in page and "空.txt" in page
    assert 'value="改过的名称"' in page
    assert [row.name for row in revision.attachments.all()] == ["清单.txt"]
    assert fresh(revision).title == values()["title"], "nothing of a refused form is saved"


def test_two_who_save_at_once_see_both_sides_and_lose_nothing(cast: Cast, at: At) -> None:
    revision = draft(cast)
    opened = str(revision.version)
    at(cast.he).post(edit(revision.record_id), {**typed(title="何代录改的名称"), "version": opened})
    mine = {**typed(title="张经办改的名称"), "version": opened}
    page = at(cast.zhang).post(edit(revision.record_id), mine, status=409)
    assert "何代录在您编辑期间保存了这一稿" in page
    assert 'value="张经办改的名称"' in page and "<mark>何代录</mark>" in page
    standing = fresh(revision)
    assert standing.title == "何代录改的名称"
    at(cast.zhang).post(edit(revision.record_id), {**mine, "version": str(standing.version)})
    assert fresh(revision).title == "张经办改的名称"


def test_the_same_person_on_two_pages_is_not_called_two(cast: Cast, at: At) -> None:
    revision = draft(cast)
    opened = str(revision.version)
    at(cast.zhang).post(edit(revision.record_id), {**typed(title="先改的名称"), "version": opened})
    page = at(cast.zhang).post(edit(revision.record_id), {**typed(title="后改的名称"), "version": opened}, status=409)
    assert "您在另一个页面保存过这一稿" in page
    assert "您先前保存的" in page
    assert "两人" not in page and "他人" not in page


def test_a_refused_form_does_not_hide_what_another_saved_meanwhile(cast: Cast, at: At) -> None:
    revision = draft(cast)
    opened = str(revision.version)
    at(cast.he).post(edit(revision.record_id), {**typed(title="何代录改的名称"), "version": opened})
    wrong = {**typed(title="张经办改的名称", formed_on="不知道"), "version": opened}
    page = at(cast.zhang).post(edit(revision.record_id), wrong, status=422)
    assert f'name="version" value="{opened}"' in page
    page = at(cast.zhang).post(
        edit(revision.record_id), {**typed(title="张经办改的名称"), "version": opened}, status=409
    )
    assert "何代录" in page


def test_attachments_come_and_go(cast: Cast, at: At) -> None:
    revision = draft(cast)
    zhang = at(cast.zhang)
    many = [SimpleUploadedFile(f"附件{n}.txt", f"第{n}份".encode()) for n in (1, 2)]
    zhang.post(edit(revision.record_id), {**typed(), "version": str(revision.version), "added": many})
    first, second = revision.attachments.order_by("order")
    assert "附件1.txt" in zhang.get(f"/desk/records/{revision.record_id}/")
    assert zhang.client.get(f"/desk/records/files/{first.pk}/").getvalue() == "第1份".encode()
    zhang.post(edit(revision.record_id), {**typed(), "version": str(fresh(revision).version), "detach": [first.pk]})
    assert list(revision.attachments.all()) == [second]


def test_a_document_is_read_from_a_file_which_becomes_its_attachment(cast: Cast, at: At) -> None:
    from mingchuang.records.models import Record
    from tests.desk.test_desk_permissions import NOTICE

    upload = SimpleUploadedFile("青政办发〔2019〕60号.txt", NOTICE.read_bytes())
    given = {"kind": "policy", "record_class": "A", "unit": "gov-office", "file": upload}
    place = at(cast.zhang).post("/desk/records/new/", given)
    current = Record.objects.get().current
    assert current.doc_number == "青政办发〔2019〕60号"
    assert current.formed_on.isoformat() == "2019-08-19"
    assert current.attachments.get().file.size == len(NOTICE.read_bytes())
    assert "一、紧盯重点领域" in at(cast.zhang).get(place)


def test_a_kind_is_begun_in_its_own_class_of_review_unless_another_is_chosen(cast: Cast, at: At) -> None:
    from mingchuang.records.models import Record

    zhang = at(cast.zhang)
    assert "按所选类别的惯例" in zhang.get("/desk/records/new/")
    zhang.post("/desk/records/new/", {"kind": "budget", "record_class": "", "unit": "gov-office"})
    zhang.post("/desk/records/new/", {"kind": "budget", "record_class": "C", "unit": "gov-office"})
    assert [record.record_class for record in Record.objects.order_by("pk")] == ["B", "C"]


def test_numbers_have_their_unit_beside_them_and_moments_their_form(cast: Cast, at: At) -> None:
    from mingchuang.records import do
    from mingchuang.records.kind import kind

    project = do.create("project", cast.office, cast.zhang.actor, kind("project").samples[0])
    assert "（万元）" in at(cast.zhang).get(edit(project.record_id))
    emergency = do.create("emergency", cast.office, cast.zhang.actor, kind("emergency").samples[0])
    page = at(cast.zhang).get(f"/desk/records/{emergency.record_id}/tables/releases/")
    assert "时刻，如 2019-08-19 08:30" in page


def test_validity_is_changed_only_where_there_is_one(cast: Cast, at: At) -> None:
    import datetime

    from mingchuang.records.kind import kind
    from tests.record_faults import Faults

    notice = Faults("notice", kind("notice").samples[0], datetime.date(2019, 9, 20)).published(cast)
    assert "调整有效性" not in at(cast.zhang).get(f"/desk/records/{notice.pk}/")
    assert "调整有效性" in at(cast.zhang).get(f"/desk/records/{published(cast).pk}/")


def test_a_file_that_cannot_be_read_leaves_nothing_behind(cast: Cast, at: At) -> None:
    from mingchuang.records.models import Record

    given = {"kind": "policy", "record_class": "A", "unit": "gov-office"}
    page = at(cast.zhang).post(
        "/desk/records/new/", {**given, "file": SimpleUploadedFile("坏.docx", b"PK\x03\x04broken")}, status=422
    )
    assert 'href="#id_file"' in page
    assert not Record.objects.exists()


def test_the_list_sifts_by_state_unit_and_words(cast: Cast, at: At) -> None:
    first = draft(cast, title="关于甲的通知", doc_number="青政办发〔2019〕920号")
    submitted(cast, title="关于乙的通知", doc_number="青政办发〔2019〕921号")
    zhao = at(cast.zhao)
    assert "关于甲" in (page := zhao.get("/desk/records/?state=draft")) and "关于乙" not in page
    assert "关于乙" in (page := zhao.get("/desk/records/?q=青政办发[2019]921号")) and "关于甲" not in page
    assert "没有符合条件的记录" in zhao.get("/desk/records/?unit=justice")
    assert f'href="/desk/records/{first.record_id}/"' in zhao.get("/desk/records/?page=99")


def test_preview_is_the_public_page_under_a_banner(cast: Cast, at: At) -> None:
    revision = draft(cast)
    page = at(cast.zhang).get(f"/desk/records/{revision.record_id}/preview/")
    assert "预览，公众看不到本页" in page
    assert "新修订的政府信息公开条例" in page and "公开时编定" in page
    assert 'content="noindex, nofollow"' in page


def test_publication_correction_and_withdrawal(cast: Cast, at: At) -> None:
    from mingchuang.records.models import Record

    revision = approved(cast)
    here = f"/desk/records/{revision.record_id}/"
    zhang = at(cast.zhang)
    zhang.post(f"{here}publish/", {"content_hash": revision.content_hash})
    record = Record.objects.get(pk=revision.record_id)
    assert record.visibility == "public"
    assert 'href="#id_note"' in zhang.post(f"{here}correct/", {"note": ""}, status=422)
    assert zhang.post(f"{here}correct/", {"note": "日期有误"}) == edit(record.pk)
    record.refresh_from_db()
    assert record.current.progress == "draft"
    zhang.post(f"{here}discard/", {"note": "不改了"})
    page = zhang.post(f"{here}withdraw/", {"note": "说明写好了", "hide_title": "on"}, status=422)
    assert "说明写好了" in page and "checked" in page
    zhang.post(f"{here}withdraw/", {"reason": "other", "note": "误撤。"})
    record.refresh_from_db()
    assert record.visibility == "withdrawn"
    assert "恢复公开" not in zhang.get(here) and "恢复公开" in at(cast.wu).get(here)
    given = {"note": "已核对无误", "content_hash": revision.content_hash}
    assert "决定并写明理由" in zhang.post(f"{here}republish/", given, status=422)
    at(cast.wu).post(f"{here}republish/", given)
    record.refresh_from_db()
    assert record.visibility == "public"


def test_a_correction_at_work_blocks_the_return_of_what_was_taken_down_and_says_so(cast: Cast, at: At) -> None:
    from mingchuang.records import do

    record = published(cast)
    again = do.correct(record, cast.zhang.actor, note="更正")
    do.withdraw(record, cast.zhang.actor, reason="other", note="误撤。")
    here = f"/desk/records/{record.pk}/"
    wu = at(cast.wu)
    for page in (wu.get(here), at(cast.zhang).get(here)):
        assert "恢复公开" in page and f"先将第{again.ordinal}稿（草稿）作废" in page
    do.discard(again, cast.zhang.actor, note="不改了")
    page = wu.get(here)
    assert "恢复公开" in page and "先将第" not in page


def test_a_faulty_text_has_no_button_that_brings_it_back(cast: Cast, at: At) -> None:
    from mingchuang.records import do

    record = published(cast)
    do.withdraw(record, cast.zhang.actor, reason="privacy", note="涉及个人隐私。")
    here = f"/desk/records/{record.pk}/"
    wu = at(cast.wu)
    assert "恢复公开" not in wu.get(here)
    given = {"note": "恢复", "content_hash": record.published.content_hash}
    assert "原稿不能恢复公开" in wu.post(f"{here}republish/", given, status=422)


def test_a_text_that_became_another_since_it_was_seen_is_not_put_in_place(cast: Cast, at: At) -> None:
    from mingchuang.records import do
    from tests.record_stages import signed

    record = published(cast)
    again = do.correct(record, cast.zhang.actor, note="更正")
    do.submit(again, cast.zhang.actor)
    again = signed(cast, fresh(again), cast.li, cast.zhou, cast.wu)
    here, zhang = f"/desk/records/{record.pk}/republish/", at(cast.zhang)
    assert f'value="{again.content_hash}"' in zhang.get(here)
    page = zhang.post(here, {"note": "更正", "content_hash": record.published.content_hash}, status=422)
    assert "不是同一稿" in page
    zhang.post(here, {"note": "更正"}, status=422)
    record.refresh_from_db()
    assert record.published_id != again.pk
    zhang.post(here, {"note": "更正", "content_hash": again.content_hash})
    record.refresh_from_db()
    assert record.published_id == again.pk


def test_publication_of_another_text_than_the_one_seen_is_refused(cast: Cast, at: At) -> None:
    revision = approved(cast)
    here = f"/desk/records/{revision.record_id}/"
    zhang = at(cast.zhang)
    assert zhang.post(f"{here}publish/", {"content_hash": "sha256:" + "0" * 64}) == here
    assert "不是同一稿" in zhang.get(here)
    assert fresh(revision).record.visibility == "none"


def test_a_second_look_is_asked_of_those_who_may_take_it(cast: Cast, at: At) -> None:
    from mingchuang.core.models import Deadline
    from mingchuang.norms.wording import day_text

    record = published(cast, record_class="C")
    here = f"/desk/records/{record.pk}/"
    due = day_text(Deadline.objects.get(rule="review.second_look").due)
    page = at(cast.zhang).get(here)
    assert f"由没有参与起草、审签和发布的另一名审核人或者负责人在{due}前完成" in page
    assert "复核期限</span>" in page and "公开期限</span>" in page
    assert f"请您在{due}前完成" in at(cast.zhou).get(here)
    assert f'href="{here}second-look/"' in at(cast.zhou).get(here)
    assert f'href="{here}second-look/"' not in at(cast.li).get(here), "signed it"
    assert "已公开，待我复核" in at(cast.zhou).get("/desk/")
    assert "已公开，待我复核" not in at(cast.li).get("/desk/")
    at(cast.zhou).post(f"{here}second-look/", {"note": "一致。", "content_hash": record.published.content_hash})
    assert "已公开，待我复核" not in at(cast.zhou).get("/desk/")
    assert "还要复核" not in at(cast.zhou).get(here)


def test_validity_and_second_look(cast: Cast, at: At) -> None:
    record = published(cast, record_class="C")
    here = f"/desk/records/{record.pk}/"
    assert "复核" in at(cast.zhou).get(here)
    seen = {"content_hash": record.published.content_hash}
    assert seen["content_hash"] in at(cast.zhou).get(f"{here}second-look/")
    page = at(cast.zhou).post(f"{here}second-look/", {"note": "一致", "content_hash": "sha256:0"}, status=422)
    assert "不是同一稿" in page
    page = at(cast.li).post(f"{here}second-look/", {"note": "一致", **seen}, status=422)
    assert "须由另一人复核" in page
    at(cast.zhou).post(f"{here}second-look/", {"note": "与原件一致。", **seen})
    at(cast.zhang).post(f"{here}validity/", {"validity": "repealed", "note": "青政发〔2020〕1号"})
    record.refresh_from_db()
    assert record.validity == "repealed"


def test_after_a_return_the_author_goes_on_with_a_new_draft(cast: Cast, at: At) -> None:
    from mingchuang.records import do

    revision = submitted(cast)
    do.return_(revision, cast.li.actor, content_hash=revision.content_hash, step=1, note="日期请写具体。")
    zhang = at(cast.zhang)
    assert "被退回" in zhang.get("/desk/")
    assert "日期请写具体。" in zhang.get(f"/desk/records/{revision.record_id}/")
    assert zhang.post(f"/desk/records/{revision.record_id}/resume/") == edit(revision.record_id)
    assert fresh(revision).progress == "void"


def test_what_is_typed_is_shown_as_text(cast: Cast, at: At) -> None:
    bad = "<script>alert(1)</script>关于安全的通知"
    revision = draft(cast, title=bad, body="<p onclick=x()>正文</p><script>alert(2)</script>")
    for address in (f"/desk/records/{revision.record_id}/", edit(revision.record_id), "/desk/records/", "/desk/"):
        page = at(cast.zhang).get(address)
        assert "<script>alert" not in page and "onclick" not in page
        assert html.escape(bad) in page


def opened_form(page: str) -> dict[str, str]:
    """The hidden fields of the form on a page, as a browser sends them back."""
    return {
        name: html.unescape(value)
        for name, value in re.findall(r'<input type="hidden" name="(version|opened|both)" value="([^"]*)"', page)
    }


def test_a_second_save_after_a_conflict_keeps_what_only_the_other_touched(cast: Cast, at: At) -> None:
    revision = draft(cast)
    zhang = at(cast.zhang)
    mine = {
        **typed(title="张经办改的名称", summary="张经办改的概述"),
        **opened_form(zhang.get(edit(revision.record_id))),
    }
    theirs = typed(title="何代录改的名称", issuer="何代录改的机关")
    at(cast.he).post(edit(revision.record_id), {**theirs, **opened_form(zhang.get(edit(revision.record_id)))})
    page = zhang.post(edit(revision.record_id), mine, status=409)
    assert 'value="何代录改的机关"' in page, "what the person did not touch shows what stands"
    assert "张经办改的概述" in page and 'name="keep_title"' in page and 'name="keep_issuer"' not in page
    again = {**mine, "issuer": "何代录改的机关", **opened_form(page)}
    page = zhang.post(edit(revision.record_id), again, status=409)
    assert fresh(revision).title == "何代录改的名称", "nothing is saved before the person has chosen"
    zhang.post(edit(revision.record_id), {**again, **opened_form(page), "keep_title": "mine"})
    standing = fresh(revision)
    assert (standing.title, standing.summary) == ("张经办改的名称", "张经办改的概述")
    assert standing.policydocument.issuer == "何代录改的机关"


def test_the_other_side_of_a_conflict_may_be_chosen(cast: Cast, at: At) -> None:
    revision = draft(cast)
    zhang, start = at(cast.zhang), opened_form(at(cast.zhang).get(edit(revision.record_id)))
    at(cast.he).post(edit(revision.record_id), {**typed(title="何代录改的名称"), **start})
    mine = {**typed(title="张经办改的名称", summary="张经办改的概述"), **start}
    page = zhang.post(edit(revision.record_id), mine, status=409)
    zhang.post(edit(revision.record_id), {**mine, **opened_form(page), "keep_title": "theirs"})
    assert (fresh(revision).title, fresh(revision).summary) == ("何代录改的名称", "张经办改的概述")


def test_two_who_change_different_fields_need_no_choice(cast: Cast, at: At) -> None:
    revision = draft(cast)
    zhang, start = at(cast.zhang), opened_form(at(cast.zhang).get(edit(revision.record_id)))
    at(cast.he).post(edit(revision.record_id), {**typed(issuer="何代录改的机关"), **start})
    zhang.post(edit(revision.record_id), {**typed(summary="张经办改的概述"), **start})
    standing = fresh(revision)
    assert (standing.summary, standing.policydocument.issuer) == ("张经办改的概述", "何代录改的机关")


def test_an_attached_file_under_another_name_is_told(cast: Cast, at: At) -> None:
    revision = draft(cast)
    zhang = at(cast.zhang)
    upload = SimpleUploadedFile("CON.txt", "一".encode())
    place = zhang.post(edit(revision.record_id), {**typed(), "version": str(revision.version), "added": upload})
    assert "文件名改为“附件-CON.txt”" in zhang.get(place)
    packed = SimpleUploadedFile("包.rar", b"Rar!\x1a\x07\x01\x00" + b"\x00" * 30)
    page = zhang.post(edit(revision.record_id), {**typed(), "version": "99", "added": packed}, status=422)
    assert "压缩包" in page and "不能作为附件" in page


def test_the_reason_of_a_return_stands_wherever_the_drafter_looks(cast: Cast, at: At) -> None:
    from mingchuang.records import do

    revision = submitted(cast)
    told = {"content_hash": revision.content_hash, "step": 1}
    do.return_(revision, cast.li.actor, note="第三段金额与附件不符，请核对。", **told)
    zhang, here = at(cast.zhang), f"/desk/records/{revision.record_id}/"
    for page in ("/desk/", here, f"/desk/review/{revision.pk}/"):
        assert "第三段金额与附件不符，请核对。" in zhang.get(page), page
    place = zhang.post(f"{here}resume/")
    assert "第三段金额与附件不符，请核对。" in zhang.get(place)


def test_publishing_twice_is_answered_with_the_day(cast: Cast, at: At) -> None:
    revision = approved(cast)
    zhang, here = at(cast.zhang), f"/desk/records/{revision.record_id}/"
    given = {"content_hash": revision.content_hash}
    zhang.post(f"{here}publish/", given)
    zhang.get(here)
    for _ in range(2):
        zhang.post(f"{here}publish/", given)
        page = zhang.get(here)
        assert re.search(r"这一稿已于\d+年\d+月\d+日公开，不必再办。", page)
        assert "flash--error" not in page
    zhang.post(f"{here}republish/", {**given, "note": "再来一次"})
    assert "公开，不必再办" in zhang.get(here)


def test_who_must_sign_in_again_hears_that_the_typed_text_is_kept(client, db) -> None:
    told = "填写的文字已保存在这台电脑的浏览器里"
    sent_on = client.post("/desk/records/1/edit/", {"title": "写到一半"}, follow=True)
    assert told in sent_on.content.decode()
    assert told not in client.get("/accounts/login/").content.decode()
    assert told not in client.get("/accounts/login/?next=/desk/").content.decode()


def test_a_refused_file_has_one_line_with_the_name_that_was_chosen(cast: Cast, at: At) -> None:
    revision = draft(cast)
    files = [
        SimpleUploadedFile("工具 一.pdf", b"MZ\x90\x00" + bytes(400)),
        SimpleUploadedFile("清单 二.pdf", "只是文字".encode()),
        SimpleUploadedFile("照片.docx", b"GIF89a" + bytes(40)),
    ]
    page = at(cast.zhang).post(
        edit(revision.record_id), {**typed(), "version": str(revision.version), "added": files}, 422
    )
    field = html.unescape(page[page.index('id="id_added_error"') :])
    field = field[: field.index("<input")]
    for name in ("工具 一.pdf", "清单 二.pdf", "照片.docx"):
        assert f"“{name}”" in field and f"“{name}”" in page
    assert page.count('href="#id_added"') == len(files), "one line for each file"
    assert "程序" in field and "别的类型" not in field
    assert page.count("GIF图片、WebP图片") == 1, "what is taken stands once, beside the control"


def test_attachments_keep_their_suffix_in_the_form(cast: Cast, at: At) -> None:
    revision = draft(cast)
    zhang = at(cast.zhang)
    upload = SimpleUploadedFile("清单.txt", "一".encode())
    zhang.post(edit(revision.record_id), {**typed(), "version": str(revision.version), "added": upload})
    assert ">清单.txt</a>" in zhang.get(edit(revision.record_id))
