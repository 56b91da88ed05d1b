"""`make bench`: every benchmark, ours beside the peer and the ratio; exit code 1 when a goal was missed.

`python -m benchmarks NAME …` runs some of them: dates, reading, page, search, publish.
"""

from __future__ import annotations

import importlib
import subprocess
import sys

from benchmarks.report import show

ALL = ("dates", "reading", "page", "search", "publish", "gate", "attachments", "typesetting")


def main(names: list[str]) -> int:
    """Run the named benchmarks, or all, one after another; 1 when a goal was missed or one stopped.

    Each has a process of its own: what one loads, configures or leaves running is no part of another's figures.
    """
    if len(names) == 1:
        return run(names[0])
    broken = [name for name in names or ALL if _apart(name)]
    print(f"\ngoals missed, or stopped: {', '.join(broken)}" if broken else "\nevery goal met")
    return 1 if broken else 0


def _apart(name: str) -> int:
    return subprocess.run([sys.executable, "-m", "benchmarks", name], check=False).returncode


def run(name: str) -> int:
    """One benchmark in this process."""
    module = importlib.import_module(f"benchmarks.bench_{name}")
    print(f"── {name}: {(module.__doc__ or '').splitlines()[0]}", flush=True)
    return 1 if show(module.main()) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
