"""The whole test command: the checks, then the tests on SQLite, beside them those that touch a database on PostgreSQL.

Every part runs even when an earlier one failed, so that one run tells everything; the exit code is 1 if any failed.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
sys.path.insert(0, str(ROOT))
# Hundreds of processes of these tests would each compile the sources anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

from tests.postgres_cluster import cluster, server_errors  # noqa: E402

CHECKS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("house rules", (sys.executable, "tools/house_rules.py")),
    ("ruff", (str(BIN / "ruff"), "check", "--quiet", "src", "tests", "benchmarks", "tools")),
    ("ruff format", (str(BIN / "ruff"), "format", "--check", "--quiet", "src", "tests", "benchmarks", "tools")),
    ("mypy", (str(BIN / "mypy"), "--no-error-summary")),
    ("import-linter", (str(BIN / "lint-imports"), "--no-cache")),
    ("generated docs", (sys.executable, "tools/generate_docs.py", "--check")),
)


def run(name: str, command: tuple[str, ...]) -> bool:
    """Run one part with its output shown; True when it passed."""
    print(f"── {name}", flush=True)
    started = time.monotonic()
    return _told(name, subprocess.run(command, cwd=ROOT, check=False).returncode, started)


def _told(name: str, code: int, started: float) -> bool:
    print(f"   {name}: {'ok' if code == 0 else 'FAILED'} ({time.monotonic() - started:.0f} s)", flush=True)
    return code == 0


def tests() -> dict[str, bool]:
    """The tests on both databases at once: many of them wait for servers and browsers of their own, so that either
    part alone leaves the machine idle. PostgreSQL is a cluster started for this run; its part is told when SQLite's is.
    """
    pytest = (sys.executable, "-m", "pytest", "-q", "--dist", "worksteal", "--durations=25")
    # Slow ones run whole installations of their own, each on the database that it chooses: once is enough.
    on_postgres = (*pytest, "-p", "no:cacheprovider", "-n", "2", "-m", "db and not browser and not slow and not pages")
    started = time.monotonic()
    with cluster() as address, tempfile.TemporaryFile("w+") as printed:
        beside = subprocess.Popen(
            on_postgres,
            cwd=ROOT,
            env={**os.environ, "MINGCHUANG_TEST_DATABASE": address},
            stdout=printed,
            stderr=subprocess.STDOUT,
        )
        results = {"tests on SQLite": run("tests on SQLite", (*pytest, "-n", "4"))}
        print("── tests on PostgreSQL", flush=True)
        code = beside.wait()
        printed.seek(0)
        print(printed.read(), flush=True)
        if code:
            print(server_errors(address), flush=True)
        return results | {"tests on PostgreSQL": _told("tests on PostgreSQL", code, started)}


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
