"""`mingchuang ledger` as an administrator runs it: a process of its own on a copy of the demonstration."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.site import installation
from tests.site.installation import run

pytestmark = pytest.mark.slow


def test_a_notice_is_voided_restored_and_a_second_file_of_its_number_needs_a_word(tmp_path: Path) -> None:
    data = installation.copy(tmp_path / "site")
    (row,) = json.loads(run(data, "ledger", "list", "--json").stdout)
    key = str(row["id"])
    source = Path(__file__).parents[2] / "src/mingchuang/site/demo/notice-2019-60.txt"
    other = tmp_path / "另存.txt"
    other.write_bytes(source.read_bytes() + b"\n")
    done = run(data, "ledger", "load", str(other), "--unit", "office", check=False)
    assert done.returncode == 1 and "已经载入过" in done.stderr and "--again" in done.stderr
    assert "读出 27 项" in run(data, "ledger", "load", str(other), "--unit", "office", "--again").stdout
    assert run(data, "ledger", "void", key, check=False).returncode == 2, "not without a reason"
    new = next(
        str(entry["id"])
        for entry in json.loads(run(data, "ledger", "list", "--json").stdout)
        if str(entry["id"]) != key
    )
    assert run(data, "ledger", "bind", new, "没有", check=False).returncode == 2
    assert "已关联" in run(data, "ledger", "bind", new, "青政办发[2019]60号").stdout
    assert "不必再办" in run(data, "ledger", "bind", new, "青政办发〔2019〕60号", check=False).stderr
    assert "已作废" in run(data, "ledger", "void", key, "--note", "重复载入").stdout
    listed = json.loads(run(data, "ledger", "list", "--json").stdout)
    assert [(entry["total"], entry["unchecked"]) for entry in listed] == [(0, 27)]
    done = run(data, "ledger", "void", key, "--note", "再次", check=False)
    assert done.returncode == 1 and "Traceback" not in done.stderr
    done = run(data, "ledger", "restore", key, "--note", "没有重复", check=False)
    assert done.returncode == 1 and "另存.txt" in done.stderr
    run(data, "ledger", "void", str(listed[0]["id"]), "--note", "这一份才重复")
    assert "待核对" in run(data, "ledger", "restore", key, "--note", "没有重复").stdout
    assert run(data, "verify").stdout.startswith("✔ ")
