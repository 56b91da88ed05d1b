"""The whole test command: the checks, then the tests on SQLite, then those that touch a database on PostgreSQL.

Every part runs even when an earlier one failed, so that one run tells everything; the exit code is 1 if any failed.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
sys.path.insert(0, str(ROOT))

from tests.postgres_cluster import cluster  # noqa: E402

CHECKS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("house rules", (sys.executable, "tools/house_rules.py")),
    ("ruff", (str(BIN / "ruff"), "check", "--quiet", "src", "tests", "benchmarks", "tools")),
    ("ruff format", (str(BIN / "ruff"), "format", "--check", "--quiet", "src", "tests", "benchmarks", "tools")),
    ("mypy", (str(BIN / "mypy"), "--no-error-summary")),
    ("import-linter", (str(BIN / "lint-imports"), "--no-cache")),
    ("generated docs", (sys.executable, "tools/generate_docs.py", "--check")),
)


def run(name: str, command: tuple[str, ...], extra: dict[str, str] | None = None) -> bool:
    """Run one part with its output shown; True when it passed."""
    print(f"── {name}", flush=True)
    started = time.monotonic()
    passed = subprocess.run(command, cwd=ROOT, env={**os.environ, **(extra or {})}, check=False).returncode == 0
    print(f"   {name}: {'ok' if passed else 'FAILED'} ({time.monotonic() - started:.0f} s)", flush=True)
    return passed


def tests() -> dict[str, bool]:
    """The tests on both databases; PostgreSQL is a cluster started for this run."""
    # Three on two cores: many tests wait for servers and browsers of their own.
    pytest = (sys.executable, "-m", "pytest", "-q", "-n", "3", "--dist", "worksteal")
    results = {"tests on SQLite": run("tests on SQLite", pytest)}
    with cluster() as address:
        extra = {"MINGCHUANG_TEST_DATABASE": address}
        # Slow ones run whole installations of their own, each on the database that it chooses: once is enough.
        results["tests on PostgreSQL"] = run(
            "tests on PostgreSQL", (*pytest, "-m", "db and not browser and not slow"), extra
        )
    return results


def main() -> int:
    """Run what was asked for and sum it up."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checks-only", action="store_true")
    options = parser.parse_args()
    started = time.monotonic()
    results = {name: run(name, command) for name, command in CHECKS}
    if not options.checks_only:
        results |= tests()
    failed = [name for name, passed in results.items() if not passed]
    print(f"\n{len(results) - len(failed)} of {len(results)} parts passed in {time.monotonic() - started:.0f} s")
    if failed:
        print("FAILED: " + ", ".join(failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
