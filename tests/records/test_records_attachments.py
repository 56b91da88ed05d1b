"""Attachments: a name that every file system takes, a content that somebody looked through."""

from __future__ import annotations

import io
import zipfile
import zlib

import pytest
from tests import record_files
from tests import record_stages as stages

from mingchuang.core import files
from mingchuang.norms.outcome import Refused
from mingchuang.press import paths
from mingchuang.records import attachments, compound, do, pictures, timeline

pytestmark = pytest.mark.db


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("CON.pdf", "附件-CON.pdf"),
        ("lpt1.2019年.pdf", "附件-lpt1.2019年.pdf"),
        ("com¹.pdf", "com¹.pdf"),
        ("分工表. . .pdf", "分工表.pdf"),
        ("分工表.pdf. ", "分工表.pdf"),
        (".pdf", "pdf.pdf"),
        ("a\u202egnp.\u200b表.pdf", "agnp.表.pdf"),
        ("一\x00\x07二\t三.pdf", "一二-三.pdf"),
        ("..\\..\\etc/秘密/表.pdf", "表.pdf"),
        ("表：附件?一*.pdf", "表：附件-一.pdf"),
    ],
)
def test_every_name_is_made_fit_to_bake(cast, name, shown):
    file = files.put(record_files.pdf(), "x.pdf")
    found = attachments.clean_name(name, file)
    assert found == shown
    assert paths.fault(f"records/1/files/0123456789ab/{found}") is None


@pytest.mark.parametrize("sign", ["表", "𠮷", "e\u0301", "a", "\u202e"])
@pytest.mark.parametrize("length", [59, 60, 61, 179, 180, 255, 4000])
def test_a_name_of_any_length_bakes_and_keeps_its_suffix(cast, sign, length):
    file = files.put(record_files.pdf(), "x.pdf")
    found = attachments.clean_name(sign * length + ".pdf", file)
    assert paths.fault(found) is None and found.endswith(".pdf")
    assert len(found.encode()) <= 200


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (record_files.packed("x.txt"), "包.zip", ["“包.zip”的内容是压缩包"]),
        (record_files.packed("x.txt"), "包.docx", ["“包.docx”的内容是压缩包"]),
        (b"Rar!\x1a\x07\x01\x00" + b"\x00" * 20, "包.rar", ["压缩包"]),
        (b"MZ\x90\x00\x03\x00\x00\x00\x04\x00" + b"\x00" * 90, "报表.pdf", ["“报表.pdf”的内容是程序"]),
        (b"\x7fELF\x02\x01\x01" + b"\x00" * 90, "报表", ["程序"]),
        (b"@echo off\r\ndel *.*\r\n", "清理.bat", ["后缀是“.bat”，内容却是TXT"]),
        (b"alert(1)", "x.js", ["后缀是“.js”"]),
        (record_files.pdf(), "表.exe", ["后缀是“.exe”，内容却是PDF"]),
        (record_files.pdf()[:120], "表.pdf", ["PDF 已损坏"]),
        (record_files.docx(), "表.pdf", ["后缀是“.pdf”，内容却是Word（DOCX）"]),
        (record_files.docx()[:-200], "表.docx", ["压缩包"]),
        (record_files.docx(word__vbaProject_bin=b"x"), "表.docx", ["带有宏"]),
        (record_files.docx(word__more_xml=b"0" * 8_000_000), "表.docx", ["压缩炸弹"]),
        (record_files.docx(word__more_xml=b"<!DOCTYPE x [<!ENTITY a 'b'>]><x/>"), "表.docx", ["DOCTYPE"]),
        (record_files.packed("OFD.xml"), "表.ofd", ["已损坏"]),
        (record_files.packed("ppt/presentation.xml"), "表.pptx", ["已损坏"]),
        (record_files.png()[:-6], "图.png", ["不完整"]),
        (record_files.png(60_000, 60_000), "图.png", ["60000×60000"]),
        (record_files.film()[:-4], "片.mp4", ["不完整"]),
        (record_files.old_word(flags=0x0100), "旧.doc", ["打开密码"]),
        (record_files.old_word(extra="Macros"), "旧.doc", ["带有宏"]),
        (record_files.old_word()[:2000], "旧.doc", ["已损坏"]),
        (record_files.old_word(extra="EncryptedPackage"), "锁.docx", ["打开密码"]),
    ],
)
def test_what_nobody_should_download_is_refused_with_every_reason(cast, data, name, says):
    revision = stages.draft(cast)
    with pytest.raises(Refused) as refused:
        do.attach(revision, cast.zhang.actor, files.put(data, name), title="附件", name=name)
    told = "\n".join(refused.value.reasons)
    for words in says:
        assert words in told, told
    assert not revision.attachments.exists()


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (record_files.pdf(), "表.PDF"),
        (record_files.docx(), "通知.docx"),
        (record_files.ofd(), "通知.ofd"),
        (record_files.png(), "图.png"),
        (record_files.film(), "片.mp4"),
        (record_files.old_word(), "旧.doc"),
        (record_files.old_word(), "旧.wps"),
        ("序号,单位\n1,甲\n".encode("gb18030"), "表.csv"),
        (record_files.pdf(), "关于2019年.要点"),
    ],
)
def test_what_offices_publish_is_taken(cast, data, name):
    revision = stages.draft(cast)
    kept = do.attach(revision, cast.zhang.actor, files.put(data, name), title="附件", name=name)
    assert paths.fault(kept.name) is None
    stages.settle(cast, stages.fresh(revision))
    do.submit(stages.fresh(revision), cast.zhang.actor)
    assert stages.fresh(revision).progress == "reviewing"


RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def relations(kind: str, target: str, *, external: bool = False) -> bytes:
    """A list of relationships with one in it."""
    mode = ' TargetMode="External"' if external else ""
    row = f'<Relationship Id="rId1" Type="{RELATIONS}{kind}" Target="{target}"{mode}/>'
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{row}</Relationships>'.encode()


def object_stream(body: bytes, *, extra: bytes = b"") -> bytes:
    """A PDF object of that body, packed away in an object stream."""
    packed = zlib.compress(b"7 0 " + body)
    return b"<</Type/ObjStm/N 1/First 4/Filter/FlateDecode%s/Length %d>>stream\n%s\nendstream" % (
        extra,
        len(packed),
        packed,
    )


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (record_files.pdf(catalogue=b"/OpenAction<</S/JavaScript/JS(app.alert(1))>>"), "表.pdf", ["JavaScript"]),
        (record_files.pdf(catalogue=b"/OpenAction<</S/J#61vaScript/J#53(app.alert(1))>>"), "表.pdf", ["JavaScript"]),
        (record_files.pdf(catalogue=b"/OpenAction 6 0 R", more=[b"<</S/Launch/F(cmd.exe)>>"]), "表.pdf", ["Launch"]),
        (record_files.pdf(catalogue=b"/Names<</EmbeddedFiles 6 0 R>>", more=[b"<<>>"]), "表.pdf", ["嵌入的文件"]),
        (record_files.pdf(more=[b"<</F(a.exe)/EF<</F 4 0 R>>>>"]), "表.pdf", ["嵌入的文件"]),
        (record_files.pdf(catalogue=b"/AcroForm<</XFA[]>>"), "表.pdf", ["XFA"]),
        (record_files.pdf(more=[object_stream(b"<</S/JavaScript/JS(1)>>")]), "表.pdf", ["JavaScript"]),
        (record_files.pdf(more=[object_stream(b"<</S/Launch>>"), b"<</S/JavaScript>>"]), "表.pdf", ["Launch", "Java"]),
        (
            record_files.pdf(more=[object_stream(b"<<>>", extra=b"/DecodeParms<</Predictor 12>>")]),
            "表.pdf",
            ["无法检查"],
        ),
        (record_files.docx(word__embeddings__oleObject1_bin=b"\xd0\xcf"), "表.docx", ["OLE对象"]),
        (record_files.docx(word__embeddings__a_exe=b"MZ"), "表.docx", ["OLE对象"]),
        (record_files.docx(word__activeX__activeX1_xml=b"<x/>"), "表.docx", ["ActiveX"]),
        (
            record_files.docx(
                word___rels__settings_xml_rels=relations("attachedTemplate", "http://x/a", external=True)
            ),
            "表.docx",
            ["外部模板"],
        ),
        (
            record_files.docx(
                word___rels__header_xml_rels=relations("oleObject", "x.dat"), word__activeX__activeX1_xml=b"<x/>"
            ),
            "表.docx",
            ["OLE对象", "ActiveX"],
        ),
        (record_files.docx(word___rels__header_xml_rels=relations("vbaProject", "x.dat")), "表.docx", ["带有宏"]),
        (
            record_files.docx(word__embeddings__sheet_xlsx=record_files.packed("xl/vbaProject.bin")),
            "表.docx",
            ["带有宏"],
        ),
    ],
)
def test_what_runs_or_is_carried_inside_is_refused_by_name(cast, data, name, says):
    revision = stages.draft(cast)
    with pytest.raises(Refused) as refused:
        do.attach(revision, cast.zhang.actor, files.put(data, name), title="附件", name=name)
    told = "\n".join(refused.value.reasons)
    for words in says:
        assert words in told, told


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (record_files.pdf(catalogue=b"/OpenAction[3 0 R/Fit]"), "表.pdf"),
        (record_files.pdf(more=[b"<</Type/Action/S/URI/URI(http://example.org/javascript)>>"]), "表.pdf"),
        (record_files.pdf(more=[object_stream(b"<</JSFont 1/EFG 2>>")]), "表.pdf"),
        (record_files.pdf(more=[b"<</Length 8>>stream\n/JS /EF<\nendstream"]), "表.pdf"),
        (record_files.docx(word__embeddings__sheet_xlsx=record_files.packed("xl/workbook.xml")), "表.docx"),
    ],
)
def test_links_first_pages_and_charts_are_no_programs(cast, data, name):
    revision = stages.draft(cast)
    assert do.attach(revision, cast.zhang.actor, files.put(data, name), title="附件", name=name).name == name


def test_nothing_that_was_not_looked_through_goes_to_review(cast):
    """A row from before the examination, or one written around `do`."""
    revision = stages.draft(cast)
    row = do.attach(revision, cast.zhang.actor, files.put(record_files.pdf(), "x.pdf"), title="附件")
    packed = files.put(record_files.packed("x.txt"), "x.zip")
    revision.attachments.filter(pk=row.pk).update(file=packed, name="x.zip")
    with pytest.raises(Refused) as refused:
        do.submit(stages.fresh(revision), cast.zhang.actor)
    assert any("附件1" in reason and "压缩包" in reason for reason in refused.value.reasons)


def test_the_history_names_the_file(cast):
    revision = stages.draft(cast)
    row = do.attach(
        revision, cast.zhang.actor, files.put(record_files.pdf(), "x.pdf"), title="附件", name="任务 表.pdf"
    )
    do.detach(row, cast.zhang.actor)
    said = [entry.sentence for entry in timeline.of(revision.record)]
    assert any("添加了附件“任务-表.pdf”" in sentence for sentence in said)
    assert any("移除了第1稿的附件“任务-表.pdf”" in sentence for sentence in said)


def test_jpeg_gif_and_webp_are_whole_or_refused():
    jpeg = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x0b\x08\x00\x10\x00\x10\x01\x01\x11\x00\xff\xda\x00\x02xx\xff\xd9"
    assert pictures.jpeg(jpeg) == []
    assert pictures.jpeg(jpeg[:-2]) and pictures.jpeg(b"\xff\xd8\xff") and pictures.jpeg(jpeg[:12])
    gif = b"GIF89a\x01\x00\x01\x00\x80\x00\x00" + b"\x00" * 8 + b";"
    assert pictures.gif(gif) == [] and pictures.gif(gif[:-1])
    webp = b"RIFF\x10\x00\x00\x00WEBPVP8 \x04\x00\x00\x00abcd"
    assert pictures.webp(webp) == [] and pictures.webp(webp[:-5])


@pytest.mark.parametrize("cut", range(0, 5700, 97))
def test_a_torn_old_office_file_never_breaks_the_checker(cut):
    whole = record_files.old_word()
    assert compound.faults(whole) == []
    for data in (whole[:cut], whole[:cut] + b"\xff" * 64 + whole[cut + 64 :]):
        assert all(isinstance(fault, str) for fault in compound.faults(data))


def test_the_archive_inside_is_never_opened(cast):
    """A picture folder of an office file may hold anything; nothing is unpacked but XML parts."""
    out = io.BytesIO(record_files.docx())
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("word/media/inner.zip", record_files.packed("y"))
    revision = stages.draft(cast)
    assert do.attach(revision, cast.zhang.actor, files.put(out.getvalue(), "a.docx"), title="附件").name == "a.docx"
