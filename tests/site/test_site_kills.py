"""200 kills at random moments; the seeds are printed, and a failure is repeated with MINGCHUANG_KILL_SEED."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from tests.site import installation

KILLS = 200
# Two at once, each on a copy of its own: the machines that run this have two cores.
SIDE_BY_SIDE = 2


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_kill_at_any_moment_leaves_a_state_that_verifies_and_completes(tmp_path: Path) -> None:
    seed = int(os.environ.get("MINGCHUANG_KILL_SEED") or random.SystemRandom().getrandbits(32))
    kills = KILLS // SIDE_BY_SIDE
    program = Path(__file__).with_name("killing.py")
    template = installation.template("people")
    running = []
    for number in range(SIDE_BY_SIDE):
        folder = tmp_path / f"site{number}"
        arguments = [str(template), str(folder), "--kills", str(kills), "--seed", str(seed + number)]
        running.append(
            subprocess.Popen(
                [sys.executable, str(program), *arguments],
                env=installation.environment(folder, MINGCHUANG_DEMO_SIZE="people"),
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
            )
        )
    told = [process.communicate()[0] for process in running]
    for number, (process, text) in enumerate(zip(running, told, strict=True)):
        assert process.returncode == 0, f"seed {seed + number}\n{text[-6000:]}"
        assert f"{kills} kills" in text
