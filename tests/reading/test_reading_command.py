"""`mingchuang read`: JSON alone on stdout, exit codes, the table for people, the XLSX."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from mingchuang.reading.breakdown_table import columns_of
from mingchuang.site.cli.read import command

NOTICE = Path(__file__).parent / "notices" / "label_brackets.txt"


def test_json_is_alone_on_stdout_and_django_stays_out() -> None:
    script = (
        "import sys; from mingchuang.site.cli import main; main(standalone_mode=False);"
        "assert 'django' not in sys.modules"
    )
    run = subprocess.run(
        [sys.executable, "-c", script, "read", str(NOTICE), "--json"], capture_output=True, text=True, check=True
    )
    data = json.loads(run.stdout)
    assert data["number"] == "明政办发〔2024〕12号"
    assert list(data) == [
        "title", "issuer", "number", "date", "property", "addressees", "cites", "text", "dropped", "duties", "warnings",
    ]  # fmt: skip
    assert run.stderr == ""


@pytest.mark.parametrize("content", [b"", b"   \n", b"\x89PNG\r\n\x1a\n" + bytes(50)])
def test_unreadable_is_one_chinese_sentence_and_exit_2(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "notice.txt"
    path.write_bytes(content)
    result = CliRunner().invoke(command, [str(path), "--json"])
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1 and result.stderr.strip().endswith("。")


def test_a_file_that_is_not_there() -> None:
    result = CliRunner().invoke(command, ["/nowhere/notice.docx"])
    assert (result.exit_code, "没有这个文件" in result.stderr) == (2, True)


def test_the_table_is_aligned_and_ends_with_the_warnings() -> None:
    result = CliRunner().invoke(command, [str(NOTICE)], env={"COLUMNS": "100"})
    lines = result.stdout.splitlines()
    assert result.exit_code == 0
    assert lines[0].startswith("标题：明河县人民政府办公室关于印发")
    rule = next(line for line in lines if line.startswith("─"))
    head = lines[lines.index(rule) - 1]
    start = columns_of(head[: head.index("责任单位")])
    row = next(line for line in lines if line.startswith("一（二）"))
    assert columns_of(row[: row.index("县财政局")]) == start
    assert all(columns_of(line) <= 100 for line in lines[lines.index(rule) : lines.index("")])
    assert lines[-1].lstrip().startswith("3.") or "没有写明责任单位" in result.stdout


def test_the_sheet_is_text_in_every_cell_and_ready_to_print(tmp_path: Path) -> None:
    path = tmp_path / "责任分解表.xlsx"
    result = CliRunner().invoke(command, [str(NOTICE), "--xlsx", str(path)])
    assert result.exit_code == 0 and result.stdout == ""
    sheet = openpyxl.load_workbook(path)["责任分解表"]
    assert sheet["A1"].value == "明河县人民政府办公室关于印发明河县2024年政务公开工作要点的通知责任分解表"
    assert [cell.value for cell in sheet[3]] == ["编号", "任务", "具体要求", "责任单位", "完成时限", "指标和禁令"]
    assert (sheet.freeze_panes, sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("C4", "landscape", 9)
    assert sheet.print_title_rows == "$3:$3"
    by_ref = {row[0].value: row for row in sheet.iter_rows(min_row=4)}
    assert by_ref["一（一）"][4].value == "每季度更新一次\n2024年12月底前（2024-12-31）"
    assert by_ref["二（一）"][3].value == "县政府办公室牵头，县政府各部门配合"
    assert {cell.data_type for row in sheet.iter_rows(min_row=4) for cell in row if cell.value} == {"s"}
    assert all(row[2].alignment.wrap_text for row in sheet.iter_rows(min_row=4))


def test_a_sheet_that_cannot_be_written() -> None:
    result = CliRunner().invoke(command, [str(NOTICE), "--xlsx", "/nowhere/out.xlsx"])
    assert result.exit_code == 2 and "写不了文件" in result.stderr


def test_formulas_stay_text(tmp_path: Path) -> None:
    notice = tmp_path / "n.txt"
    notice.write_text("明河县2024年政务公开工作要点\n1.=HYPERLINK(0)公开信息。=1+1。\n2.公开乙。\n", "utf-8")
    path = tmp_path / "out.xlsx"
    assert CliRunner().invoke(command, [str(notice), "--xlsx", str(path)]).exit_code == 0
    sheet = openpyxl.load_workbook(path)["责任分解表"]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
