"""`make reset`: remove the demonstration's data folder, after asking, and never under a running server.

    python3 tools/reset_command.py FOLDER

Runs on a machine where nothing is installed yet: Python's own modules and `mingchuang.site.locks` alone.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))

from mingchuang.site import locks


def main(folder: Path) -> int:
    """The exit code: 0 when the folder is gone or was none, 1 when it stays."""
    if not folder.is_dir():
        print(f"{folder} is not there: nothing to remove.")
        return 0
    if _says_used(folder):
        return 1
    print(f"Remove {folder} with all its data? [y/N] ", end="", flush=True)
    if sys.stdin.readline().strip() != "y":
        print("Nothing was removed.")
        return 1
    if _says_used(folder):  # somebody may have started it while we asked
        return 1
    shutil.rmtree(folder)
    print(f"{folder} removed.")
    return 0


def _says_used(folder: Path) -> bool:
    process = locks.holder(folder)
    if process:
        print(f"✘ {folder} 正由运行中的明窗（{process}）使用，什么也没有删除。Stop it first.", file=sys.stderr)
    return bool(process)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
