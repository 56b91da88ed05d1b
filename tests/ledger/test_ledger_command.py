"""`mingchuang ledger` as an administrator runs it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.cast import Cast
from tests.command_line import CommandLine
from tests.record_stages import published

if TYPE_CHECKING:
    from mingchuang.ledger.models import Notice

pytestmark = pytest.mark.db

SEED = Path(__file__).parents[2] / "src/mingchuang/site/demo/notice-2019-60.txt"


@pytest.fixture
def run(cast: Cast, settings: Any, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    return CommandLine(settings.MINGCHUANG_DATA, monkeypatch)


def listed(run: CommandLine) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(run("ledger", "list", "--json").stdout)
    return rows


def test_a_notice_is_voided_restored_and_a_second_file_of_its_number_needs_a_word(
    run: CommandLine, cast: Cast, notice: Notice, tmp_path: Path
) -> None:
    key = str(notice.pk)
    other = tmp_path / "另存.txt"
    other.write_bytes(SEED.read_bytes() + b"\n")
    told = run("ledger", "load", str(other), "--unit", "gov-office", code=1).stderr
    assert "已经载入过" in told and "--again" in told
    assert "读出 27 项" in run("ledger", "load", str(other), "--unit", "gov-office", "--again").stdout
    run("ledger", "void", key, code=2)  # not without a reason
    new = next(str(row["id"]) for row in listed(run) if str(row["id"]) != key)
    assert run("ledger", "bind", new, "没有", code=2).stderr
    published(cast, record_class="C", doc_number="青政办发〔2019〕60号")
    assert "已关联" in run("ledger", "bind", new, "青政办发[2019]60号").stdout
    assert "不必再办" in run("ledger", "bind", new, "青政办发〔2019〕60号", code=1).stderr
    assert "已作废" in run("ledger", "void", key, "--note", "重复载入").stdout
    assert [(row["total"], row["unchecked"]) for row in listed(run)] == [(0, 27)]
    run("ledger", "void", key, "--note", "再次", code=1)
    assert "另存.txt" in run("ledger", "restore", key, "--note", "没有重复", code=1).stderr
    run("ledger", "void", new, "--note", "这一份才重复")
    assert "待核对" in run("ledger", "restore", key, "--note", "没有重复").stdout
    assert run("verify").stdout.startswith("✔ ")


def test_a_ledger_is_listed_shown_read_again_and_loaded(run: CommandLine, checked: Notice, tmp_path: Path) -> None:
    key = str(checked.pk)
    assert [(row["total"], row["number"]) for row in listed(run)] == [(27, "青政办发〔2019〕60号")]
    assert "27 项" in run("ledger", "list").stdout
    assert len(json.loads(run("ledger", "show", key, "--json").stdout)) == 27
    assert "没有变化：27 项" in run("ledger", "reread", key).stdout
    small = tmp_path / "要点.txt"
    small.write_text("演示要点\n一、公开\n（一）公开预算。及时公开。（市财政局负责落实）\n", "utf-8")
    assert "读出 1 项任务" in run("ledger", "load", str(small), "--unit", "市财政局").stdout
    assert "没有代码或名称" in run("ledger", "load", str(small), "--unit", "无此局", code=2).stderr
    assert "没有编号为 999999 的" in run("ledger", "show", "999999", code=2).stderr
    empty = tmp_path / "空.txt"
    empty.touch()
    assert run("ledger", "load", str(empty), "--unit", "gov-office", code=1).stderr.startswith("✘ ")
    assert len(listed(run)) == 2
