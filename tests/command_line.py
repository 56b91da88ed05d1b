"""Commands inside the test's process and on its database: what they print and their exit code.

That they work as processes of their own, with settings, locks and signals, is what tests/site runs.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass(frozen=True)
class Done:
    """What a command left behind."""

    code: int
    stdout: str
    stderr: str


class CommandLine:
    """The command `mingchuang` for the installation in a folder."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("MINGCHUANG_DATA", str(folder))

    def __call__(self, *arguments: str, code: int = 0) -> Done:
        """Run one command; fails when its exit code is another one. An exception of ours comes through."""
        from click.testing import CliRunner

        from mingchuang.site.cli import main

        result = CliRunner().invoke(main, arguments)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert result.exit_code == code, (arguments, result.exit_code, result.stdout, result.stderr)
        return Done(result.exit_code, result.stdout, result.stderr)
