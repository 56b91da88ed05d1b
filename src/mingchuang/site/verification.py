"""Whether a data folder that nobody works in yet holds what it should: a restored one, or a backup laid out to look at.

It is asked in a process of its own (`cli._findings`), because Django's settings point at one data folder for the life
of a process.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

PROGRAM = "mingchuang.site.cli._findings"


def findings(folder: Path, address: str | None = None) -> list[str]:
    """Everything that is wrong with the data folder, one Chinese sentence each; empty when it verifies.

    `address`: its PostgreSQL database; None for what the folder's own settings say. The database of the folder is
    migrated on the way, so it must be one that is nobody's work.
    """
    environment = {**os.environ, "MINGCHUANG_DATA": str(folder.absolute())}
    environment["DJANGO_SETTINGS_MODULE"] = "mingchuang.site.settings"
    if address:
        environment["MINGCHUANG_DATABASE"] = address
    done = subprocess.run(  # noqa: S603 - this interpreter, our module
        [sys.executable, "-m", PROGRAM], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode == 0:
        told: list[str] = json.loads(done.stdout)
        return told
    said = [line.removeprefix("✘ ") for line in done.stderr.splitlines() if line.startswith("✘ ")]
    # No sentence of ours: a mistake of ours, whose last words are what the developer needs.
    return said or [f"校验没有完成：{done.stderr.strip()[-500:] or done.returncode}"]
