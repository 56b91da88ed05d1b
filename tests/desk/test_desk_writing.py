"""Writing a body: pasted, filled from Word; attachments dropped one by one and looked at. Through the views."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tests import record_files
from tests.record_stages import draft, fresh
from tests.ui.test_ui_styles import YOUNGER_CSS, YOUNGER_JS

if TYPE_CHECKING:
    from tests.cast import Cast

pytestmark = pytest.mark.db

CLIPS = Path(__file__).parent / "clipboard"


STATIC = Path(__file__).parents[2] / "src/mingchuang/desk/static/desk"


@pytest.mark.parametrize("name", ["editor.js", "attachments.js", "editor.css"])
def test_the_scripts_of_writing_work_in_chromium_78_and_load_nothing_from_elsewhere(name: str) -> None:
    code = re.sub(r"/\*.*?\*/", "", (STATIC / name).read_text("utf-8"), flags=re.DOTALL)
    younger = YOUNGER_CSS if name.endswith(".css") else YOUNGER_JS
    assert not [f"{pattern}: {since}" for pattern, since in younger.items() if re.search(pattern, code)]
    assert not re.search(r"eval\(|innerHTML|https?://", code)


def test_the_vendored_editor_is_the_one_that_is_named() -> None:
    import hashlib

    choices = (STATIC.parents[4] / "docs/choices.md").read_text("utf-8")
    for name in ("jodit.min.js", "jodit.min.css"):
        assert hashlib.sha256((STATIC / "vendor/jodit" / name).read_bytes()).hexdigest() in choices, name
    assert "Permission is hereby granted" in (STATIC / "vendor/jodit/LICENSE.txt").read_text("utf-8")
    code = (STATIC / "vendor/jodit/jodit.min.js").read_text("utf-8")
    assert not re.search(r"\beval\(|new Function\(|\?\.[a-z]\w*\(", code)


def upload(name: str, data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def word(*, header: str = "", picture: bool = False) -> bytes:
    """A notice with a red head's title, automatic numbers, a table with merged head rows, a signature."""
    import docx
    from docx.oxml.ns import qn

    from tests.reading.documents import add_abstract, add_num, set_numbering

    document = docx.Document()
    root = document.part.numbering_part.element
    number = add_num(root, add_abstract(root, [{"text": "%1、", "fmt": "chineseCountingThousand"}]))
    document.add_paragraph("某某县人民政府办公室关于做好政务公开工作的通知").alignment = 1
    document.add_paragraph("各镇人民政府：")
    for text in ("加强组织领导", "严格公开时限"):
        set_numbering(document.add_paragraph(text), number, 0)
    table = document.add_table(3, 3)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "事项"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "时限"
    for place, text in (((1, 1), "首次"), ((1, 2), "更新"), ((2, 0), "预算"), ((2, 1), "20日"), ((2, 2), "每年")):
        table.cell(*place).text = text
    table.cell(2, 1).paragraphs[0].alignment = 2
    for row in table.rows[:2]:
        properties = row._tr.get_or_add_trPr()
        properties.append(properties.makeelement(qn("w:tblHeader"), {}))
    document.add_paragraph("2019年8月19日").alignment = 2
    if header:
        document.sections[0].header.paragraphs[0].text = header
    if picture:
        document.add_paragraph().add_run().add_picture(io.BytesIO(photo((9, 9))))
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def photo(size: tuple[int, int] = (3000, 2000)) -> bytes:
    """A photo with a place in its metadata."""
    exif = Image.Exif()
    exif[0x010E] = "secret place"
    stream = io.BytesIO()
    Image.new("RGB", size, "green").save(stream, "JPEG", exif=exif)
    return stream.getvalue()


def paste(desk: Any, html: str = "", text: str = "", status: int = 200) -> dict[str, Any]:
    sent = {"html": upload("html", html.encode()), "text": upload("text", text.encode())}
    response = desk.client.post("/desk/records/paste/", {name: file for name, file in sent.items() if file.size})
    assert response.status_code == status
    return response.json()


def test_pasting_answers_clean_markup_and_what_went(cast: Cast, at: Any) -> None:
    found = paste(at(cast.zhang), (CLIPS / "wps-sheet.html").read_text("utf-8"))
    assert found["rows"] == 32 and 'rowspan="3"' in found["html"] and "mso" not in found["html"]
    assert any("样式代码" in sentence for sentence in found["removed"])
    assert paste(at(cast.zhang), text="一、任务\n办好")["html"] == "<h2>一、任务</h2><p>办好</p>"
    assert paste(at(cast.zhang), "<script>x</script>", "文字")["html"] == "文字"


def test_five_thousand_rows_of_seven_are_refused_in_words_and_fewer_are_taken(cast: Cast, at: Any) -> None:
    row = f"<tr>{'<td>格</td>' * 7}</tr>"
    refused = paste(at(cast.zhang), f"<table>{row * 5000}</table>", status=422)["refused"]
    assert "5000行" in refused and "35000格" in refused and "附件" in refused
    assert paste(at(cast.zhang), f"<table>{row * 1900}</table>")["rows"] == 1900


def test_a_body_too_large_for_the_editor_stays_a_text_area(cast: Cast, at: Any) -> None:
    small, large = (f"<table><tbody>{'<tr><td>格</td></tr>' * rows}</tbody></table>" for rows in (3, 15_000))
    for body, edited in ((small, True), (large, False)):
        revision = draft(cast, body=body)
        page = at(cast.zhang).get(f"/desk/records/{revision.record_id}/edit/")
        assert ('data-editor="' in page) is edited and "格" in page


def test_the_form_offers_the_editor_its_markup_cleaned(cast: Cast, at: Any) -> None:
    revision = draft(cast, body="<p>原文</p>")
    typed = {
        "version": "-1",
        "title": "",
        "body": "<p onclick=x()>新文</p><script>y()</script>",
        "doc_number": "坏" * 900,
    }
    page = at(cast.zhang).post(f"/desk/records/{revision.record_id}/edit/", typed, 422)
    markup = page.partition('data-markup="')[2].partition('"')[0]
    assert markup == "&lt;p&gt;新文&lt;/p&gt;"


def test_a_word_file_is_shown_with_what_is_not_in_it_and_saved_only_when_told(cast: Cast, at: Any) -> None:
    revision = draft(cast, body="<p>先写的话。</p>")
    desk, here = at(cast.zhang), f"/desk/records/{revision.record_id}/word/body/"
    page = desk.post(here, {"file": upload("通知.docx", word(header="内部页眉", picture=True))}, 200)
    for said in (
        "页眉（1处）没有放进正文：“内部页眉”",
        "1 张图片",
        "“某某县人民政府办公室关于做好政务公开工作的通知”",
        "先写的话。",
    ):
        assert said in page, said
    assert "<p>一、" not in page and "<h2>一、加强组织领导</h2>" in page
    assert '<th scope="col" colspan="2">时限</th>' in page and '<th scope="col" rowspan="2">事项</th>' in page
    assert '<td class="align-right">20日</td>' in page
    assert fresh(revision).version == revision.version, "nothing is saved yet"
    html = _hidden(page, "html")
    for how, begins in (("append", "<p>先写的话。</p><p>各镇"), ("replace", "<p>各镇人民政府：</p><h2>一、")):
        sent = {"how": how, "html": html, "version": str(fresh(revision).version)}
        assert desk.post(here, sent).endswith("/edit/")
        assert _body(revision).startswith(begins)


def _hidden(page: str, name: str) -> str:
    from html import unescape

    field = next(part for part in page.split("<input") if f'name="{name}"' in part)
    return unescape(field.partition('value="')[2].partition('"')[0])


def _body(revision: Any) -> str:
    from mingchuang.desk import record_text

    return str(record_text.values(fresh(revision))["body"])


def test_somebody_else_who_saved_the_body_meanwhile_is_not_overwritten(cast: Cast, at: Any) -> None:
    from mingchuang.records import do

    revision = draft(cast, body="<p>先写的话。</p>")
    opened = fresh(revision).version
    do.save_draft(fresh(revision), cast.he.actor, {"body": "<p>何代录写的。</p>"}, version=opened)
    sent = {"how": "replace", "html": "<p>新的。</p>", "version": str(opened)}
    page = at(cast.zhang).post(f"/desk/records/{revision.record_id}/word/body/", sent, 409)
    assert "何代录" in page and "新的。" in page and _body(revision) == "<p>何代录写的。</p>"


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("旧.doc", record_files.old_word(), "另存为 DOCX"),
        ("表.pdf", record_files.pdf(), "不是 Word（DOCX）文件"),
        ("空.docx", b"", "文件是空的"),
        ("炸.docx", record_files.docx(word__more_xml=b"0" * 80_000_000), "压缩炸弹"),
        ("坏.docx", record_files.docx()[:-200], "损坏"),
        ("无.docx", record_files.docx(""), "没有文字"),
    ],
)
def test_what_is_no_word_file_is_refused_in_words(cast: Cast, at: Any, name: str, data: bytes, says: str) -> None:
    revision = draft(cast, body="<p>先写的话。</p>")
    page = at(cast.zhang).post(f"/desk/records/{revision.record_id}/word/body/", {"file": upload(name, data)}, 422)
    assert says in page and _body(revision) == "<p>先写的话。</p>"


def test_a_document_type_in_a_word_file_is_refused(cast: Cast, at: Any) -> None:
    import zipfile

    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word())) as source, zipfile.ZipFile(stream, "w") as copy:
        for name in source.namelist():
            part = source.read(name)
            if name == "word/document.xml":
                part = part.replace(
                    b"<w:document", b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><w:document', 1
                )
            copy.writestr(name, part)
    revision = draft(cast)
    sent = {"file": upload("通知.docx", stream.getvalue())}
    assert "DOCTYPE" in at(cast.zhang).post(f"/desk/records/{revision.record_id}/word/body/", sent, 422)


def test_the_draft_is_saved_before_a_word_file_is_asked_for(cast: Cast, at: Any) -> None:
    revision = draft(cast)
    sent = {"version": str(revision.version), "body": "刚写的话。", "word": "body"}
    target = at(cast.zhang).post(f"/desk/records/{revision.record_id}/edit/", sent)
    assert target == f"/desk/records/{revision.record_id}/word/body/" and _body(revision) == "<p>刚写的话。</p>"
    assert at(cast.zhang).get(f"/desk/records/{revision.record_id}/word/title/", 404)


def add(desk: Any, revision: Any, name: str, data: bytes, status: int = 200) -> dict[str, Any]:
    response = desk.client.post(f"/desk/records/{revision.record_id}/attachments/", {"file": upload(name, data)})
    assert response.status_code == status, response.content.decode()
    return response.json()


def test_each_dropped_file_is_typed_hashed_and_listed_or_refused_with_all_reasons(cast: Cast, at: Any) -> None:
    import hashlib

    revision, desk = draft(cast), at(cast.zhang)
    data = record_files.pdf()
    told = add(desk, revision, "分工 表.pdf", data)
    assert told["sha256"] == hashlib.sha256(data).hexdigest()
    assert (told["name"], told["kind"], told["renamed"]) == ("分工-表.pdf", "PDF", True)
    for name, bad, says in (
        ("包.zip", record_files.packed("x"), "压缩包"),
        ("报表.pdf", b"MZ\x90\x00" + b"\x00" * 90, "程序"),
        ("图.png", record_files.png(60_000, 60_000), "60000×60000"),
        ("空.txt", b"", "空文件"),
    ):
        assert says in "".join(add(desk, revision, name, bad, 422)["reasons"]), name
    both = add(desk, revision, "别名.exe", data, 422)["reasons"]
    assert len(both) == 2 and "后缀是“.exe”" in both[0] and "内容相同" in both[1]
    assert [row.name for row in revision.attachments.all()] == ["分工-表.pdf"]
    assert desk.client.post(f"/desk/records/{revision.record_id}/attachments/").status_code == 422


def look(desk: Any, told: dict[str, Any]) -> str:
    return str(desk.get(told["preview"]))


def test_previews_show_pixels_and_words_and_never_the_file_itself(cast: Cast, at: Any) -> None:
    revision, desk = draft(cast), at(cast.zhang)
    jpeg, pdf = add(desk, revision, "图.jpg", photo()), add(desk, revision, "表.pdf", record_files.pdf())
    for told in (jpeg, pdf):
        assert f'<img src="{told["address"]}pages/1.png"' in look(desk, told)
        answer = desk.client.get(f"{told['address']}pages/1.png")
        drawn = Image.open(io.BytesIO(answer.content))
        assert answer["Content-Type"] == "image/png" and "sandbox" in answer["Content-Security-Policy"]
        assert drawn.size[0] <= 900 and not drawn.info and b"secret place" not in answer.content
        assert desk.client.get(f"{told['address']}pages/2.png").status_code == 404
        assert desk.client.get(told["address"])["Content-Disposition"].startswith("attachment")
    document = look(desk, add(desk, revision, "通知.docx", word()))
    assert "一、加强组织领导" in document and '<td class="align-right">20日</td>' in document
    film, ofd = add(desk, revision, "片.mp4", record_files.film()), add(desk, revision, "版.ofd", record_files.ofd())
    assert "视频不在这里播放" in look(desk, film) and film["sha256"] in look(desk, film)
    assert "OFD 版式文件暂不能预览" in look(desk, ofd)
    torn = add(desk, revision, "缺.png", record_files.png(40, 40))
    assert "已损坏，画不出来" in look(desk, torn)


def test_a_workbook_is_looked_at_as_a_table_with_its_remarks(cast: Cast, at: Any) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["单位", "金额<b>"])
    sheet.append(["甲镇", 12.5])
    sheet.merge_cells("A3:B3")
    sheet["A3"] = "合计"
    book.create_sheet("底稿").append(["不公开"])
    book["底稿"].sheet_state = "hidden"
    stream = io.BytesIO()
    book.save(stream)
    page = look(at(cast.zhang), add(at(cast.zhang), draft(cast), "表.xlsx", stream.getvalue()))
    assert "<td>甲镇</td><td>12.5</td>" in page and '<td colspan="2">合计</td>' in page and "金额&lt;b&gt;" in page
    assert "底稿" in page and "不公开" not in page


@pytest.mark.slow
def test_a_pdf_of_a_hundred_megabytes_is_answered_within_limits(cast: Cast, at: Any) -> None:
    """Just below the reader's limit it is taken, above it refused with the reason; this process doesn't swell."""
    import resource

    revision, desk = draft(cast), at(cast.zhang)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    below, above = (_large_pdf(megabytes) for megabytes in (98, 101))
    told = add(desk, revision, "大.pdf", below)
    assert told["size"].startswith("98")
    assert "超过 100 MB" in "".join(add(desk, revision, "更大.pdf", above, 422)["reasons"])
    assert "pages/1.png" in look(desk, told)
    swollen = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    assert swollen < 1200, f"{swollen:.0f} MB more at the peak, of which 300 are this test's own two files"


def _large_pdf(megabytes: int) -> bytes:
    """One page, and a stream of incompressible bytes that nothing uses."""
    import random

    noise = random.Random(megabytes).randbytes(megabytes * 1024 * 1024)
    return record_files.pdf(more=[b"<</Length %d>>stream\n%s\nendstream" % (len(noise), noise)])
