"""DOCX: document order, tables, revisions, notes, text boxes, furniture."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from docx.document import Document
from docx.enum.text import WD_BREAK
from docx.oxml import parse_xml
from tests.reading.documents import (
    SAMPLE,
    add_abstract,
    add_num,
    docx_of,
    docx_table,
    saved,
    set_numbering,
    without_space,
)

from mingchuang.reading.formats import Extract, Unreadable, extract

_NS = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)


def _body(*paragraphs: str) -> Extract:
    """A document of raw w:p, w:tbl … elements."""
    document = docx.Document()
    section = document.element.body[-1]
    for paragraph in paragraphs:
        section.addprevious(parse_xml(f"<w:r {_NS}>{paragraph}</w:r>")[0])
    return extract(saved(document), "a.docx")


def _codes(read: Extract) -> list[str]:
    return [warning.code for warning in read.warnings]


def _with_part(data: bytes, name: str, content: str, kind: str) -> bytes:
    """Add a part and its relationship to a DOCX."""
    relation = f'<Relationship Id="rIdX{kind}" Type="http://x/{kind}" Target="{name}"/></Relationships>'
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w") as copy:
        for item in source.namelist():
            part = source.read(item)
            if item == "word/_rels/document.xml.rels":
                part = part.replace(b"</Relationships>", relation.encode())
            copy.writestr(item, part)
        copy.writestr(f"word/{name}", content)
    return target.getvalue()


def _cells(read: Extract) -> dict[tuple[int, int, int, int, int], str]:
    return {
        (place.table, place.row, place.col, place.rowspan, place.colspan): read.text_of(block)
        for block in read.blocks
        if (place := block.place) is not None
    }


def test_paragraphs_and_tables_stand_in_document_order() -> None:
    document = docx.Document()
    document.add_paragraph("表前")
    table = document.add_table(2, 2)
    for index, text in enumerate(("序号", "任务", "1", "公开")):
        table.cell(index // 2, index % 2).text = text
    document.add_paragraph("表后")
    read = extract(saved(document), "a.docx")
    assert read.text == "表前\n序号\t任务\n1\t公开\n表后"
    assert [block.kind for block in read.blocks] == ["paragraph", *["cell"] * 4, "paragraph"]


def test_titles_alignment_and_soft_breaks() -> None:
    document = docx.Document()
    document.add_heading("工作要点", 0)
    document.add_heading("公开", 2)
    paragraph = document.add_paragraph("关于印发")
    paragraph.add_run().add_break(WD_BREAK.LINE)
    paragraph.add_run("工作要点的通知")
    paragraph.alignment = 1
    read = extract(saved(document), "a.docx")
    assert [(block.kind, block.level, block.align) for block in read.blocks] == [
        ("heading", 0, ""),
        ("heading", 2, ""),
        ("paragraph", None, "center"),
    ]
    assert read.text_of(read.blocks[2]) == "关于印发\n工作要点的通知"


def test_merged_cells_and_automatic_numbers_in_cells() -> None:
    document = docx.Document()
    root = document.part.numbering_part.element
    num = add_num(root, add_abstract(root, [{"text": "%1"}]))
    table = document.add_table(3, 3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "任务"
    table.cell(0, 2).text = "单位"
    table.cell(1, 2).merge(table.cell(2, 2)).text = "司法局"
    for row in (1, 2):
        set_numbering(table.cell(row, 0).paragraphs[0], num, 0)
        table.cell(row, 1).text = f"事项{row}"
    assert _cells(extract(saved(document), "a.docx")) == {
        (0, 0, 0, 1, 2): "任务",
        (0, 0, 2, 1, 1): "单位",
        (0, 1, 0, 1, 1): "1",
        (0, 1, 1, 1, 1): "事项1",
        (0, 1, 2, 2, 1): "司法局",
        (0, 2, 0, 1, 1): "2",
        (0, 2, 1, 1, 1): "事项2",
    }


def test_a_table_in_a_cell_is_read_in_its_cell() -> None:
    document = docx.Document()
    cell = document.add_table(1, 2).cell(0, 1)
    cell.text = "外"
    inner = cell.add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "内一", "内二"
    document.tables[0].cell(0, 0).text = "左"
    assert _cells(extract(saved(document), "a.docx")) == {(0, 0, 0, 1, 1): "左", (0, 0, 1, 1, 1): "外\n内一\t内二"}


def test_revisions_are_read_as_accepted_and_said() -> None:
    read = _body(
        "<w:p><w:r><w:t>公开</w:t></w:r><w:del><w:r><w:delText>不</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>及时</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>旧</w:t></w:r></w:moveFrom>"
        "<w:moveTo><w:r><w:t>新</w:t></w:r></w:moveTo></w:p>"
    )
    assert read.text == "公开及时新"
    assert [(item.text, item.reason) for item in read.dropped] == [("不", "deleted"), ("旧", "deleted")]
    assert _codes(read) == ["tracked_changes"]


def test_a_deleted_paragraph_mark_joins_the_paragraphs() -> None:
    read = _body(
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>前半</w:t></w:r></w:p>",
        "<w:p><w:r><w:t>后半</w:t></w:r></w:p>",
    )
    assert read.text == "前半后半"


def test_hidden_text_fields_and_symbols() -> None:
    read = _body(
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DATE</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>2021 年</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>密</w:t></w:r>'
        '<w:r><w:sym w:font="Wingdings 2" w:char="F0A3"/><w:t>是</w:t><w:noBreakHyphen/><w:tab/><w:t>否</w:t></w:r>'
        "<w:ruby><w:rt><w:r><w:t>pin</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>拼</w:t></w:r></w:rubyBase></w:ruby></w:p>"
    )
    assert read.text == "2021 年□是-\t否拼"
    assert [(item.text, item.reason) for item in read.dropped] == [("密", "hidden")]
    assert _codes(read) == ["hidden_text"]


def test_text_boxes_are_read_once() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>云岭县人民政府文件</w:t></w:r></w:p></w:txbxContent>"
    read = _body(
        f'<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing>'
        f"</mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        "<w:r><w:t>云政办发〔2021〕15号</w:t></w:r></w:p>"
    )
    assert read.text == "云岭县人民政府文件\n云政办发〔2021〕15号"


def test_content_controls_links_and_formulas_are_opened() -> None:
    read = _body(
        "<w:sdt><w:sdtPr/><w:sdtContent><w:p><w:hyperlink><w:r><w:t>甲</w:t></w:r></w:hyperlink></w:p></w:sdtContent></w:sdt>",
        "<w:p><w:smartTag><w:r><w:t>乙</w:t></w:r></w:smartTag><m:oMath><m:r><m:t>≥80%</m:t></m:r></m:oMath></w:p>",
    )
    assert read.text == "甲\n乙≥80%"


def test_headers_and_footers_are_listed_apart() -> None:
    document = docx.Document()
    document.add_paragraph("正文")
    section = document.sections[0]
    section.header.paragraphs[0].text = "云岭县政务公开"
    footer = section.footer.paragraphs[0]
    footer.add_run("— ")
    footer._p.append(parse_xml(f'<w:fldSimple {_NS} w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'))
    footer.add_run(" —")
    read = extract(saved(document), "a.docx")
    assert read.text == "正文"
    assert {(item.text, item.reason) for item in read.dropped} == {
        ("云岭县政务公开", "running_header"),
        ("— 1 —", "page_number"),
    }


def test_notes_follow_the_text_and_comments_are_listed_apart() -> None:
    document = docx.Document()
    document.add_paragraph("公开")._p.append(parse_xml(f'<w:r {_NS}><w:footnoteReference w:id="2"/></w:r>'))
    notes = (
        f'<w:footnotes {_NS}><w:footnote w:type="separator" w:id="0"><w:p><w:r><w:t>线</w:t></w:r></w:p></w:footnote>'
        '<w:footnote w:id="2"><w:p><w:r><w:t>指主动公开。</w:t></w:r></w:p></w:footnote></w:footnotes>'
    )
    comments = f'<w:comments {_NS}><w:comment w:id="1"><w:p><w:r><w:t>请核</w:t></w:r></w:p></w:comment></w:comments>'
    data = _with_part(saved(document), "footnotes.xml", notes, "footnotes")
    read = extract(_with_part(data, "comments.xml", comments, "comments"), "a.docx")
    assert read.text == "公开\n[1] 指主动公开。"
    assert [(item.text, item.reason) for item in read.dropped] == [("请核", "comment")]
    assert _codes(read) == ["note", "comments"]
    assert read.warnings[0].span == read.blocks[0].span


def _picture_only() -> Document:
    document = docx.Document()
    document.add_paragraph()._p.append(parse_xml(f'<w:r {_NS}><w:drawing><a:blip xmlns:a="urn:a"/></w:drawing></w:r>'))
    return document


def test_a_scan_in_a_docx_asks_for_recognition() -> None:
    with pytest.raises(Unreadable, match="OCR") as refusal:
        extract(saved(_picture_only()), "a.docx")
    assert refusal.value.code == "no_text"


def test_pictures_beside_text_are_counted() -> None:
    document = _picture_only()
    document.add_paragraph("正文")
    read = extract(saved(document), "a.docx")
    assert _codes(read) == ["pictures"]
    assert "1 张" in read.warnings[0].message


def test_an_empty_docx_is_refused() -> None:
    with pytest.raises(Unreadable) as refusal:
        extract(saved(docx.Document()), "a.docx")
    assert refusal.value.code == "empty"


def test_typed_numbers_are_text() -> None:
    read = extract(docx_of(SAMPLE, automatic=False), "a.docx")
    assert not any(block.numbering for block in read.blocks)
    assert without_space(read.text) == without_space("".join(item.text for item in SAMPLE))


def test_a_wrong_extension_is_said_and_read_on() -> None:
    read = extract(docx_table([["甲", "乙"]]), "表.pdf")
    assert read.text == "甲\t乙"
    assert _codes(read) == ["wrong_extension"]
    assert ".pdf" in read.warnings[0].message and "DOCX" in read.warnings[0].message
