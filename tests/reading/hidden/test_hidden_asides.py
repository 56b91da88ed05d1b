"""What stands beside the text of an Office file is held against the rules too: headers, fields, formulas, names."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import docx
import openpyxl
import pytest
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink
from tests.reading.hidden.planted import ID_NUMBER, TODAY

from mingchuang.reading.gate import EMPTY, Lists, check
from mingchuang.reading.gate.lists import SensitiveWord

FIELD = (
    '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>QUOTE "{0}"</w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>x</w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
)
BESIDE = (
    FIELD,
    '<w:p><w:fldSimple w:instr="DOCPROPERTY {0}"><w:r><w:t>x</w:t></w:r></w:fldSimple></w:p>',
    '<w:sdt><w:sdtPr><w:alias w:val="{0}"/></w:sdtPr><w:sdtContent><w:p/></w:sdtContent></w:sdt>',
    '<w:sdt><w:sdtPr><w:dropDownList><w:listItem w:displayText="{0}" w:value="1"/></w:dropDownList></w:sdtPr>'
    "<w:sdtContent><w:p/></w:sdtContent></w:sdt>",
    '<w:tbl><w:tblPr><w:tblDescription w:val="{0}"/></w:tblPr><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>',
    '<w:p><w:hyperlink w:anchor="a" w:tooltip="{0}"><w:r><w:t>x</w:t></w:r></w:hyperlink></w:p>',
    "<w:p><w:r><w:ruby><w:rt><w:r><w:t>{0}</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>字</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p>",
)


def letter(edit: Callable[..., None] | None = None, body: str = "") -> bytes:
    made = docx.Document()
    made.add_paragraph("关于某事的公示")
    if edit:
        edit(made)
    target, out = io.BytesIO(), io.BytesIO()
    made.save(target)
    with zipfile.ZipFile(target) as source, zipfile.ZipFile(out, "w") as written:
        for name in source.namelist():
            data = source.read(name)
            if name == "word/document.xml":
                data = data.replace(b"<w:sectPr", body.encode() + b"<w:sectPr", 1)
            written.writestr(name, data)
    return out.getvalue()


def book(edit: Callable[..., object]) -> bytes:
    made = openpyxl.Workbook()
    made.active["A1"] = "名单"
    edit(made, made.active)
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def results(data: bytes, name: str, rule: str, lists: Lists = EMPTY) -> set[str]:
    return {one.result for one in check(data, name, lists, today=TODAY) if one.rule.id == rule}


@pytest.mark.parametrize("body", BESIDE, ids=range(len(BESIDE)))
def test_beside_the_text_of_a_letter(body: str) -> None:
    assert results(letter(body=body.format(ID_NUMBER)), "a.docx", "privacy.id_number") == {"fail"}
    assert results(letter(body=body.format("x")), "a.docx", "privacy.id_number") == set()


@pytest.mark.parametrize("where", ["header", "footer", "first_page_header", "even_page_footer"])
def test_headers_and_footers(where: str) -> None:
    def edit(made) -> None:
        getattr(made.sections[0], where).paragraphs[0].text = f"机密★1年 {ID_NUMBER} 试验词甲"

    data, lists = letter(edit), Lists(sensitive=(SensitiveWord("试验词甲"),))
    assert results(data, "a.docx", "privacy.id_number") == {"fail"}
    assert results(data, "a.docx", "secrecy.mark") == {"fail"}
    assert results(data, "a.docx", "politics.sensitive", lists) == {"uncertain"}
    said = [one for one in check(data, "a.docx", lists, today=TODAY) if one.rule.id == "politics.sensitive"]
    assert said[0].place.words in {"页眉", "页脚"} and "试验词甲" not in said[0].message


def _validation(_, sheet) -> None:
    rule = DataValidation(type="list", formula1='"甲,乙"')
    rule.prompt = ID_NUMBER
    sheet.add_data_validation(rule)
    rule.add("C1")


PARTS = f'="{ID_NUMBER[:6]}"&"{ID_NUMBER[6:14]}"&"{ID_NUMBER[14:]}"'


@pytest.mark.parametrize(
    "edit",
    [
        lambda _, sheet: sheet.__setitem__("B2", f'="{ID_NUMBER}"'),
        lambda _, sheet: sheet.__setitem__("B2", PARTS),
        lambda made, _: made.defined_names.add(DefinedName(f"_{ID_NUMBER}", attr_text="Sheet!$A$1")),
        lambda _, sheet: setattr(sheet.oddHeader.center, "text", ID_NUMBER),
        lambda _, sheet: setattr(sheet.evenFooter.left, "text", ID_NUMBER),
        lambda _, sheet: setattr(sheet, "title", ID_NUMBER),
        lambda _, sheet: setattr(sheet["A1"], "number_format", f'"{ID_NUMBER}"'),
        lambda _, sheet: setattr(sheet["A1"], "hyperlink", Hyperlink(ref="A1", location="A1", tooltip=ID_NUMBER)),
        _validation,
    ],
    ids=["formula", "joined", "name", "header", "even footer", "sheet", "format", "tip", "prompt"],
)
def test_beside_the_cells_of_a_book(edit: Callable[..., object]) -> None:
    data = book(edit)
    assert results(data, "a.xlsx", "privacy.id_number") == {"fail"}
    told = [one.to_json() for one in check(data, "a.xlsx", today=TODAY)]
    assert ID_NUMBER not in str(told)


@pytest.mark.parametrize("across", [True, False])
def test_a_digit_to_a_cell(across: bool) -> None:
    def edit(_, sheet) -> None:
        for at, sign in enumerate(ID_NUMBER, 2):
            sheet.cell(3 if across else at, at if across else 2).value = sign
            if not across:
                sheet.cell(at, 1).value = at - 1

    assert results(book(edit), "a.xlsx", "privacy.id_number") == {"uncertain"}


def test_figures_down_a_column_are_no_persons() -> None:
    def edit(_, sheet) -> None:
        for at in range(1, 40):
            sheet.cell(at, 1).value = at
            sheet.cell(at, 2).value = 2000 + at % 7
            sheet.cell(at, 3).value = f"=B{at}*{at}"

    assert results(book(edit), "a.xlsx", "privacy.id_number") == set()
    assert results(book(edit), "a.xlsx", "privacy.mobile") == set()
