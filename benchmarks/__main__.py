"""`make bench`: every benchmark, ours beside the peer and the ratio; exit code 1 when a goal was missed.

`python -m benchmarks NAME …` runs some of them: dates, reading, page, search, publish.
"""

from __future__ import annotations

import importlib
import sys

from benchmarks.report import show

ALL = ("dates", "reading", "page", "search", "publish", "gate", "attachments", "typesetting")


def main(names: list[str]) -> int:
    """Run the named benchmarks, one after another, each by its own module."""
    missed = 0
    for name in names or ALL:
        module = importlib.import_module(f"benchmarks.bench_{name}")
        print(f"── {name}: {(module.__doc__ or '').splitlines()[0]}", flush=True)
        missed += show(module.main())
    print(f"\n{missed} goals missed" if missed else "\nevery goal met")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
