"""DOCX: revisions, comments, hidden text, people, objects, links, macros: found, cleaned, not a byte left."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt, RGBColor
from tests.reading.hidden.planted import ID_NUMBER, TODAY, found_in, holds, rules_in

from mingchuang.reading.formats import Unreadable, extract
from mingchuang.reading.gate import cleaning, personal

_TRACKED = 'w:id="{id}" w:author="修订者甲" w:date="2026-01-01T00:00:00Z"'


def saved(document: Document) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def with_parts(data: bytes, parts: dict[str, bytes]) -> bytes:
    """The archive with members added or exchanged."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            if name not in parts:
                target.writestr(name, source.read(name))
        for name, part in parts.items():
            target.writestr(name, part)
    return stream.getvalue()


def text(data: bytes) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs]


def _tracked(kind: str, words: str, number: int = 1) -> object:
    letters = "delText" if kind in {"del", "moveFrom"} else "t"
    inner = f"<w:r><w:{letters}>{words}</w:{letters}></w:r>"
    return parse_xml(f"<w:{kind} {nsdecls('w')} {_TRACKED.format(id=number)}>{inner}</w:{kind}>")


def revised() -> Document:
    document = docx.Document()
    paragraph = document.add_paragraph("低保名单，")
    paragraph._p.append(_tracked("del", f"身份证号{ID_NUMBER}，"))
    paragraph._p.append(_tracked("ins", "共十二人。", 2))
    return document


def test_tracked_changes_are_stopped_shown_and_cleaned() -> None:
    data = saved(revised())
    found = found_in(data)
    revisions = [one for one in found if one.rule.id == "hidden.revision"]
    assert [one.result for one in revisions] == ["fail", "fail"]
    assert {one.place.words for one in revisions} == {"正文第1段"}
    numbers = [one for one in found if one.rule.id == "privacy.id_number"]
    assert [(one.result, one.place.words, one.place.member) for one in numbers] == [
        ("fail", "正文第1段", "word/document.xml")
    ]
    assert all(ID_NUMBER not in str(one.to_json()) and "修订者甲" not in str(one.to_json()) for one in found)
    for choice, expected in (("accept", "低保名单，共十二人。"), ("reject", f"低保名单，身份证号{ID_NUMBER}，")):
        cleaned = cleaning.strip(data, choice)  # type: ignore[arg-type]
        assert text(cleaned.data) == [expected]
        assert found_in(cleaned.data) == []
        assert ("修订", 2) in {(one.what, one.count) for one in cleaned.removed}
        assert not holds(cleaned.data, "修订者甲")
    accepted = cleaning.strip(data).data
    assert not holds(accepted, ID_NUMBER)
    assert personal.find(extract(accepted, "a.docx").text, TODAY) == []


def test_moves_formats_and_paragraph_marks_are_settled_as_word_does() -> None:
    document = docx.Document()
    first, second = document.add_paragraph("甲"), document.add_paragraph("乙")
    first._p.append(_tracked("moveFrom", "移动的话", 3))
    second._p.append(_tracked("moveTo", "移动的话", 4))
    mark = f"<w:pPr {nsdecls('w')}><w:rPr><w:del {_TRACKED.format(id=5)}/></w:rPr></w:pPr>"
    first._p.insert(0, parse_xml(mark))
    run = second.add_run("丙")
    run.bold = True
    change = f"<w:rPrChange {nsdecls('w')} {_TRACKED.format(id=6)}><w:rPr><w:i/></w:rPr></w:rPrChange>"
    run._r.rPr.append(parse_xml(change))
    data = saved(document)
    accepted, rejected = cleaning.strip(data, "accept").data, cleaning.strip(data, "reject").data
    assert text(accepted) == ["甲乙移动的话丙"]
    assert text(rejected) == ["甲移动的话", "乙丙"]
    last = docx.Document(io.BytesIO(accepted)).paragraphs[-1].runs[-1]
    assert last.bold and not last.italic
    last = docx.Document(io.BytesIO(rejected)).paragraphs[-1].runs[-1]
    assert last.italic and not last.bold
    assert found_in(accepted) == found_in(rejected) == []


def test_deleted_rows_and_cells_leave_a_whole_table() -> None:
    document = docx.Document()
    table = document.add_table(2, 2)
    for number, cell in enumerate(table._cells):
        cell.text = f"格{number}"
    gone = parse_xml(f"<w:trPr {nsdecls('w')}><w:del {_TRACKED.format(id=7)}/></w:trPr>")
    table.rows[1]._tr.insert(0, gone)
    data = saved(document)
    assert "hidden.revision" in rules_in(data)
    accepted = docx.Document(io.BytesIO(cleaning.strip(data, "accept").data)).tables[0]
    assert [[cell.text for cell in row.cells] for row in accepted.rows] == [["格0", "格1"]]
    rejected = docx.Document(io.BytesIO(cleaning.strip(data, "reject").data)).tables[0]
    assert len(rejected.rows) == 2


def test_hidden_white_and_tiny_text_goes_and_visible_text_stays() -> None:
    document = docx.Document()
    document.add_paragraph("看得见")
    document.add_paragraph().add_run("秘一" + ID_NUMBER).font.hidden = True
    document.add_paragraph().add_run("秘二").font.color.rgb = RGBColor(0xFF, 0xFF, 0xFF)
    document.add_paragraph().add_run("秘三").font.size = Pt(1)
    style = document.styles.add_style("隐藏样式", docx.enum.style.WD_STYLE_TYPE.CHARACTER)
    style.font.hidden = True
    document.add_paragraph().add_run("秘四", style="隐藏样式")
    shaded = document.add_paragraph()
    run = shaded.add_run("黑底白字")
    run.font.color.rgb = RGBColor(0xFF, 0xFF, 0xFF)
    shaded.paragraph_format.element.get_or_add_pPr().append(
        parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="1F3864"/>')
    )
    data = saved(document)
    texts = [one for one in found_in(data) if one.rule.id == "hidden.text"]
    assert [one.place.words for one in texts] == [f"正文第{number}段" for number in (2, 3, 4, 5)]
    cleaned = cleaning.strip(data).data
    assert found_in(cleaned) == []
    assert [line for line in text(cleaned) if line] == ["看得见", "黑底白字"]
    for secret in ("秘一", "秘二", "秘三", "秘四", ID_NUMBER):
        assert holds(data, secret) and not holds(cleaned, secret)


def test_comments_people_and_properties_go() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("正文")
    document.add_comment(paragraph.runs, f"请核对{ID_NUMBER}", author="批注者乙")
    core = document.core_properties
    core.author, core.last_modified_by, core.keywords = "作者丙", "修改者丁", "内部词"
    data = saved(document)
    assert {"hidden.comment", "hidden.person", "privacy.id_number"} <= rules_in(data)
    comment = next(one for one in found_in(data) if one.rule.id == "privacy.id_number")
    assert (comment.place.words, comment.place.member) == ("第1条批注", "word/comments.xml")
    cleaned = cleaning.strip(data).data
    assert found_in(cleaned) == []
    for secret in ("批注者乙", "作者丙", "修改者丁", "内部词", ID_NUMBER, "rsid"):
        assert not holds(cleaned, secret)
    assert text(cleaned) == ["正文"]


def _with_relation(data: bytes, kind: str, target: str, mode: str = "") -> bytes:
    name = "word/_rels/document.xml.rels"
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        relations = archive.read(name).decode()
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    entry = f'<Relationship Id="rIdX" Type="{base}/{kind}" Target="{target}" {mode}/></Relationships>'
    return with_parts(data, {name: relations.replace("</Relationships>", entry).encode()})


@pytest.mark.parametrize(
    ("kind", "target", "mode", "rule"),
    [
        ("vbaProject", "vbaProject.bin", "", "hidden.macro"),
        ("oleObject", "embeddings/oleObject1.bin", "", "hidden.embedded"),
        ("package", "embeddings/book.xlsx", "", "hidden.embedded"),
        ("attachedTemplate", "file:///C:/Users/zhao/secret.dotm", 'TargetMode="External"', "hidden.external"),
        ("image", "http://intranet.example/pixel.png", 'TargetMode="External"', "hidden.external"),
    ],
)
def test_macros_objects_and_links_to_files_go(kind: str, target: str, mode: str, rule: str) -> None:
    data = _with_relation(saved(docx.Document()), kind, target, mode)
    if not mode:
        data = with_parts(data, {f"word/{target}": b"planted object " + ID_NUMBER.encode()})
    assert rule in rules_in(data)
    cleaned = cleaning.strip(data).data
    assert found_in(cleaned) == []
    assert not holds(cleaned, target) and not holds(cleaned, ID_NUMBER)
    docx.Document(io.BytesIO(cleaned))


def test_a_part_that_nothing_leads_to_is_an_earlier_version() -> None:
    stray = f"<x>{ID_NUMBER}</x>".encode()
    data = with_parts(saved(docx.Document()), {"word/document.old.xml": stray})
    assert {"hidden.version", "privacy.id_number"} <= rules_in(data)
    cleaned = cleaning.strip(data).data
    assert found_in(cleaned) == [] and not holds(cleaned, ID_NUMBER)


def test_fields_that_reach_for_files_leave_their_result() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph()
    for xml in (
        '<w:fldChar w:fldCharType="begin"/>',
        '<w:instrText xml:space="preserve"> INCLUDETEXT "C:\\\\Users\\\\secret.docx" </w:instrText>',
        '<w:fldChar w:fldCharType="separate"/>',
        "<w:t>结果</w:t>",
        '<w:fldChar w:fldCharType="end"/>',
    ):
        paragraph._p.append(parse_xml(f"<w:r {nsdecls('w')}>{xml}</w:r>"))
    data = saved(document)
    assert "hidden.external" in rules_in(data)
    cleaned = cleaning.strip(data).data
    assert text(cleaned) == ["结果"] and not holds(cleaned, "secret") and found_in(cleaned) == []


def test_an_ordinary_document_is_silent_and_keeps_its_text() -> None:
    document = docx.Document()
    document.core_properties.author = ""
    document.add_heading("关于公开工作的通知", 0)
    document.add_paragraph("正文一段。")
    data = saved(document)
    assert rules_in(data) <= {"hidden.thumbnail"}  # the template of python-docx has one
    assert extract(cleaning.strip(data).data, "a.docx").text == extract(data, "a.docx").text


@pytest.mark.parametrize("spoil", [lambda data: data[: len(data) // 2], lambda data: data[:-30] + b"\0" * 30])
def test_damaged_files_are_told_in_one_sentence(spoil) -> None:  # type: ignore[no-untyped-def]
    data = spoil(saved(docx.Document()))
    for work in (found_in, cleaning.strip):
        with pytest.raises(Unreadable) as caught:
            work(data)
        assert caught.value.message.count("。") == 1
