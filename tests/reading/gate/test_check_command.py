"""`mingchuang check`: exit codes, JSON, no personal value anywhere, no Django."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from click.testing import CliRunner

from mingchuang.norms.identifiers import id_check_character
from mingchuang.site.cli.check import command

ID = "99990119900307001" + id_check_character("99990119900307001")


def test_fail_is_three_and_json_holds_no_value(tmp_path: Path) -> None:
    file = tmp_path / f"{ID}.txt"
    file.write_text(f"测某，身份证号{ID}。", "utf-8")
    result = CliRunner().invoke(command, [str(file), "--json"])
    assert result.exit_code == 3
    assert ID not in result.output
    told = json.loads(result.output)["findings"]
    assert set(told[0]) == {"file", "check", "rule", "result", "place", "text_hash", "message", "advice"}
    hits = [one for one in told if one["rule"] == "privacy.id_number" and "span" in one["place"]]
    assert hits[0]["place"]["span"] == [7, 25] and hits[0]["result"] == "fail"
    people = CliRunner().invoke(command, [str(file)])
    assert people.exit_code == 3 and ID not in people.output and "居民身份证" in people.output


def test_uncertain_alone_is_zero(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("咨询电话：0953-3051234。", "utf-8")
    result = CliRunner().invoke(command, [str(file), "--json"])
    assert result.exit_code == 0
    assert "uncertain" in {one["result"] for one in json.loads(result.output)["findings"]}


def test_unreadable_is_two_and_the_others_are_still_told(tmp_path: Path) -> None:
    good, bad = tmp_path / "a.txt", tmp_path / f"{ID}.docx"
    good.write_text(f"身份证号{ID}", "utf-8")
    bad.write_bytes(b"PK\x03\x04 no archive")
    result = CliRunner().invoke(command, [str(good), str(bad), str(tmp_path / "none.txt")])
    assert result.exit_code == 2
    assert ID not in result.output and "不通过" in result.output


def test_no_django() -> None:
    script = (
        "import sys, mingchuang.site.cli.check as c\n"
        "from click.testing import CliRunner\n"
        "CliRunner().invoke(c.command, [sys.argv[1], '--json'])\n"
        "print('django' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script, __file__], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def lists_in(folder: Path, **files: str) -> Path:
    folder.mkdir()
    for name, text in files.items():
        (folder / name.replace("_csv", ".csv")).write_text(text, "utf-8")
    return folder


def test_lists_of_a_folder_are_used_and_no_word_of_them_is_printed(tmp_path: Path) -> None:
    folder = lists_in(
        tmp_path / "lists", 敏感词_csv="词语\n试验词甲\n藏而不露的词\n",
        terms_csv="类别,不规范表述,规范表述\n民族,试验误称甲,试验正称甲\n",
    )  # fmt: skip
    (folder / ".DS_Store").write_bytes(b"\0")
    file = tmp_path / "a.txt"
    file.write_text("文中有试验词甲，还有试验误称甲。", "utf-8")
    for options in ([], ["--json"]):
        result = CliRunner().invoke(command, [str(file), "--lists", str(folder), *options])
        assert result.exit_code == 0, "a hit of a list is uncertain: a person decides"
        assert "politics.sensitive" in result.output or "疑似敏感词" in result.output
        assert not any(word in result.output for word in ("试验词甲", "藏而不露的词", "试验误称甲", "试验正称甲"))
    told = CliRunner().invoke(command, [str(file), "--lists", str(folder), "--json"])
    rules = {one["rule"] for one in json.loads(told.output)["findings"]}
    assert {"politics.sensitive", "politics.term"} <= rules
    file.write_text(f"身份证号{ID}", "utf-8")
    assert CliRunner().invoke(command, [str(file), "--lists", str(folder)]).exit_code == 3


def test_a_list_that_cannot_be_read_is_two_and_nothing_seems_checked(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(f"身份证号{ID}", "utf-8")
    folder = lists_in(
        tmp_path / "lists", sensitive_csv="词语,建议\n,空的\n", 词表_csv="词语\n甲\n", 敏感词_csv="词语\n乙\n"
    )
    result = CliRunner().invoke(command, [str(file), "--lists", str(folder), "--json"])
    assert result.exit_code == 2
    told = json.loads(result.stdout)
    assert told["findings"] == [] and {one["code"] for one in told["unreadable"]} == {
        "gate.list.missing", "unknown_list", "twice",
    }  # fmt: skip
    assert CliRunner().invoke(command, [str(file), "--lists", str(tmp_path / "none")]).exit_code == 2
    (tmp_path / "empty").mkdir()
    assert CliRunner().invoke(command, [str(file), "--lists", str(tmp_path / "empty")]).exit_code == 2
