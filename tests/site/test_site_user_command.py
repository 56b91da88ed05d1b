"""`mingchuang user` as an administrator runs it."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from tests.cast import gather
from tests.command_line import CommandLine

pytestmark = pytest.mark.db


def test_accounts_are_opened_locked_and_given_a_new_password(
    db: None, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = CommandLine(settings.MINGCHUANG_DATA, monkeypatch)
    gather()
    made = run("user", "add", "xin", "--name", "新任者", "--unit", "gov-office", "--role", "clerk").stdout
    assert re.search(r"密码：\S{12,}", made)
    assert run("user", "password", "xin").stdout != made
    assert "已锁定" in run("user", "lock", "xin", "--note", "调离").stdout
    (row,) = [row for row in json.loads(run("user", "list", "--json").stdout) if row["username"] == "xin"]
    assert row["open"] is False
    assert [held[-3:] for held in row["held"]] == ["经办人"]
    assert "已解锁" in run("user", "unlock", "xin", "--note", "调回").stdout
    assert "没有被锁定" in run("user", "unlock", "xin", "--note", "再来", code=1).stderr
    assert "没有账号 nobody" in run("user", "lock", "nobody", "--note", "x", code=2).stderr
    assert run("verify").stdout.startswith("✔ ")
