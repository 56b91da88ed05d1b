"""200 kills at random moments; the seed is printed, and a failure is repeated with MINGCHUANG_KILL_SEED."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from tests.site import installation

KILLS = 200


@pytest.mark.db
@pytest.mark.slow
@pytest.mark.timeout(900)
def test_kill_at_any_moment_leaves_a_state_that_verifies_and_completes(tmp_path: Path) -> None:
    seed = int(os.environ.get("MINGCHUANG_KILL_SEED") or random.SystemRandom().getrandbits(32))
    program = Path(__file__).with_name("killing.py")
    arguments = [str(installation.template()), str(tmp_path / "site"), "--kills", str(KILLS), "--seed", str(seed)]
    done = subprocess.run(
        [sys.executable, str(program), *arguments],
        env=installation.environment(tmp_path / "site"),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"seed {seed}\n{done.stdout}\n{done.stderr[-6000:]}"
    assert f"{KILLS} kills" in done.stdout
