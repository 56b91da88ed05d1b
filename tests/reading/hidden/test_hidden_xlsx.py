"""XLSX: hidden sheets, rows, columns, unseen letters, comments, names, caches, links: found, cleaned, nothing left."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest
import xlsxwriter
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook.defined_name import DefinedName
from tests.reading.hidden.planted import ID_NUMBER, found_in, holds, rules_in
from tests.reading.hidden.test_hidden_docx import with_parts

from mingchuang.reading.formats import Unreadable
from mingchuang.reading.gate import cleaning


def saved(book: openpyxl.Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def plain() -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    book.properties.creator = None
    sheet = book.active
    sheet.title = "明细"
    for number in range(1, 7):
        sheet.append([f"项目{number}", number, f"备注{number}"])
    return book


def values(data: bytes) -> list[list[object]]:
    return [[cell.value for cell in row] for row in openpyxl.load_workbook(io.BytesIO(data)).active.rows]


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_with_an_id_number_is_stopped_shown_and_cleaned(state: str) -> None:
    book = plain()
    sheet = book.create_sheet("附表")
    sheet["B2"] = ID_NUMBER
    sheet.sheet_state = state
    book.active["D1"] = "=附表!B2"
    data = saved(book)
    found = found_in(data)
    assert [(one.rule.id, one.result, one.place.sheet, one.place.cell) for one in found] == [
        ("hidden.sheet", "fail", "附表", None),
        ("privacy.id_number", "fail", "附表", "B2"),
    ]
    assert all(ID_NUMBER not in str(one.to_json()) for one in found)
    cleaned = cleaning.strip(data)
    assert found_in(cleaned.data) == []
    assert not holds(cleaned.data, ID_NUMBER) and not holds(cleaned.data, "附表")
    assert openpyxl.load_workbook(io.BytesIO(cleaned.data)).sheetnames == ["明细"]
    assert [row[:3] for row in values(cleaned.data)] == [row[:3] for row in values(saved(plain()))]
    assert ("隐藏的工作表", 1) in {(one.what, one.count) for one in cleaned.removed}


def test_shared_strings_of_a_hidden_sheet_are_gone_and_the_others_keep_their_cells() -> None:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        shown, hidden = book.add_worksheet("公开"), book.add_worksheet("底表")
        hidden.write_string(0, 0, "只在底表" + ID_NUMBER)
        for row in range(5):
            shown.write_string(row, 0, f"甲{row}")
            hidden.write_string(row, 1, f"甲{4 - row}")
        hidden.very_hidden()
        shown.write_formula(0, 1, "=LEN(底表!A1)", None, 22)
        book.define_name("口径", "=底表!$A$1")
    data = stream.getvalue()
    assert {"hidden.sheet", "hidden.name", "privacy.id_number"} == rules_in(data)
    cleaned = cleaning.strip(data).data
    assert [row[0] for row in values(cleaned)] == [f"甲{row}" for row in range(5)]
    assert values(cleaned)[0][1] == 22
    assert found_in(cleaned) == [] and not holds(cleaned, "只在底表") and not holds(cleaned, ID_NUMBER)


def test_hidden_rows_and_columns_are_emptied_in_place() -> None:
    book = plain()
    sheet = book.active
    sheet["A3"], sheet["C5"] = ID_NUMBER, "密列"
    sheet.row_dimensions[3].hidden = True
    sheet.row_dimensions[4].height = 0.5
    sheet.column_dimensions["C"].width = 0.1
    sheet.auto_filter.ref = "A1:C6"
    data = saved(book)
    found = {one.rule.id: one for one in found_in(data)}
    assert found["hidden.rows"].place.cell == "3:4" and "筛选" in found["hidden.rows"].message
    assert found["hidden.columns"].place.cell == "C:C"
    assert found["privacy.id_number"].place.cell == "A3"
    cleaned = cleaning.strip(data).data
    assert found_in(cleaned) == []
    assert [row[:2] for row in values(cleaned)] == [
        ["项目1", 1], ["项目2", 2], [None, None], [None, None], ["项目5", 5], ["项目6", 6]
    ]  # fmt: skip
    assert not holds(cleaned, ID_NUMBER) and not holds(cleaned, "密列") and not holds(cleaned, "备注1")


def test_a_merged_cell_that_reaches_out_of_a_hidden_row_is_seen() -> None:
    book = plain()
    book.active.merge_cells("A3:A4")
    for letter in "BC":
        book.active[f"{letter}3"] = None
    book.active.row_dimensions[3].hidden = True
    assert found_in(saved(book)) == []


def test_white_letters_are_found_and_white_on_dark_is_not() -> None:
    book = plain()
    sheet = book.active
    sheet["A1"].font = Font(color="FFFFFFFF")
    sheet["A1"].fill = PatternFill("solid", fgColor="FF1F3864")
    sheet["B2"].font = Font(color="FFFFFFFF")
    sheet["C3"].number_format = ";;;"
    sheet["A4"].font = Font(size=1)
    data = saved(book)
    found = [one for one in found_in(data) if one.rule.id == "hidden.text"]
    assert (
        len(found) == 1
        and all(cell in found[0].message for cell in ("B2", "C3", "A4"))
        and "A1" not in found[0].message
    )
    cleaned = cleaning.strip(data).data
    assert found_in(cleaned) == []
    assert values(cleaned)[0][0] == "项目1" and values(cleaned)[1][1] is None


def test_comments_names_and_people_go() -> None:
    book = plain()
    book.active["B2"].comment = Comment(f"来电{ID_NUMBER}", "批注者甲")
    book.defined_names["密名"] = DefinedName("密名", attr_text='"内部口径"', hidden=True)
    book.properties.creator, book.properties.lastModifiedBy = "作者乙", "修改者丙"
    data = saved(book)
    found = {one.rule.id: one for one in found_in(data)}
    assert {"hidden.comment", "hidden.name", "hidden.person", "privacy.id_number"} <= set(found)
    assert (found["privacy.id_number"].place.sheet, found["privacy.id_number"].place.cell) == ("明细", "B2")
    cleaned = cleaning.strip(data).data
    assert found_in(cleaned) == []
    for secret in (ID_NUMBER, "批注者甲", "密名", "内部口径", "作者乙", "修改者丙"):
        assert holds(data, secret) and not holds(cleaned, secret)


def _with_workbook_part(data: bytes, kind: str, target: str, part: bytes) -> bytes:
    name = "xl/_rels/workbook.xml.rels"
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        relations = archive.read(name).decode()
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    entry = f'<Relationship Id="rIdX" Type="{base}/{kind}" Target="{target}"/></Relationships>'
    return with_parts(data, {name: relations.replace("</Relationships>", entry).encode(), f"xl/{target}": part})


@pytest.mark.parametrize(
    ("kind", "target", "rule"),
    [
        ("externalLink", "externalLinks/externalLink1.xml", "hidden.external"),
        ("connections", "connections.xml", "hidden.external"),
        ("pivotCacheDefinition", "pivotCache/pivotCacheDefinition1.xml", "hidden.cache"),
        ("vbaProject", "vbaProject.bin", "hidden.macro"),
        ("person", "persons/person.xml", "hidden.person"),
    ],
)
def test_caches_links_macros_and_lists_of_people_go(kind: str, target: str, rule: str) -> None:
    part = f'<x><s v="{ID_NUMBER}" displayName="甲">{ID_NUMBER}</s></x>'.encode()
    data = _with_workbook_part(saved(plain()), kind, target, part)
    assert rule in rules_in(data)
    cleaned = cleaning.strip(data).data
    assert found_in(cleaned) == [] and not holds(cleaned, ID_NUMBER)
    assert values(cleaned) == values(saved(plain()))


def test_the_makers_folder_goes() -> None:
    data = saved(plain())
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        workbook = archive.read("xl/workbook.xml").decode()
    path = '<a:absPath xmlns:a="urn:x" url="C:\\Users\\zhao\\"/>'
    data = with_parts(data, {"xl/workbook.xml": workbook.replace("<sheets>", f"{path}<sheets>").encode()})
    assert "hidden.property" in rules_in(data)
    cleaned = cleaning.strip(data).data
    assert found_in(cleaned) == [] and not holds(cleaned, "zhao")


def test_an_ordinary_workbook_is_silent_and_keeps_its_values() -> None:
    data = saved(plain())
    assert found_in(data) == []
    assert values(cleaning.strip(data).data) == values(data)


def test_a_workbook_with_no_sheet_to_see_is_refused() -> None:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        book.add_worksheet("甲").write(0, 0, "x")
    data = stream.getvalue()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        workbook = archive.read("xl/workbook.xml").replace(b"<sheet name", b'<sheet state="hidden" name')
    with pytest.raises(Unreadable, match="全部是隐藏的"):
        cleaning.strip(with_parts(data, {"xl/workbook.xml": workbook}))
