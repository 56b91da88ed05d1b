"""docs/operation.md against the program: no variable, command or example without its truth."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import click

from mingchuang.site import data_folder, variables
from mingchuang.site.cli import main

ROOT = Path(__file__).parents[2]
MANUAL = (ROOT / "docs" / "operation.md").read_text("utf-8")


def test_every_variable_has_its_paragraph_and_every_paragraph_its_variable() -> None:
    told = set(re.findall(r"MINGCHUANG_[A-Z_]+", MANUAL))
    assert told == {*variables.NAMES, *variables.INTERNAL}
    for name in variables.NAMES:
        assert re.search(rf"^- .*`{name}`", MANUAL, re.MULTILINE), name


def test_both_readmes_name_the_port_and_lead_to_the_other_variables() -> None:
    for name in ("README.md", "README.zh-CN.md"):
        text = (ROOT / name).read_text("utf-8")
        assert "MINGCHUANG_PORT=8080 make run" in text, name
        assert "(docs/operation.md#settings)" in text, name
    assert "\n## Settings\n" in MANUAL


def test_every_variable_that_the_program_reads_is_known() -> None:
    read: set[str] = set()
    for path in (ROOT / "src").rglob("*.py"):
        source = path.read_text("utf-8")
        read |= set(re.findall(r"environ(?:\.get\(|\[)\s*\"(MINGCHUANG_[A-Z_]+)\"", source))
    assert read <= {*variables.NAMES, *variables.INTERNAL}
    assert len(read) > 10


def test_every_command_has_its_paragraph() -> None:
    for name in main.list_commands(click.Context(main)):
        assert re.search(rf"^- .*`mingchuang {name}\b", MANUAL, re.MULTILINE), name


def test_every_room_of_the_data_folder_is_explained() -> None:
    for name in (*data_folder.FOLDERS, data_folder.SECRET_NAME, data_folder.SETTINGS_NAME, "routes", "db.sqlite3"):
        assert f"`{name}" in MANUAL, name


def test_the_nginx_example_runs() -> None:
    script = re.search(r"<<'END'[^\n]*\n(.*?)\nEND\n", MANUAL, re.DOTALL)
    assert script
    done = subprocess.run([sys.executable, "-c", script[1]], capture_output=True, text=True, check=True)
    assert "server_name www.example.gov.cn;" in done.stdout
    assert "strict-transport-security" in done.stdout
    assert "proxy_pass http://127.0.0.1:8000;" in done.stdout
    assert "X-Forwarded-Proto" in done.stdout
