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
