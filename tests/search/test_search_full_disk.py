"""An index on a disk that takes no more is not damaged, and isn't called so."""

from __future__ import annotations

import errno
import os

import pytest

from mingchuang.search.engine import engine_failures
from mingchuang.search.failures import IndexDamaged, IndexFull


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)),
        OSError(errno.EDQUOT, os.strerror(errno.EDQUOT)),
        ValueError("An IO error occurred: 'No space left on device (os error 28)'"),
        RuntimeError("Disk quota exceeded"),
    ],
)
def test_a_full_disk_is_called_one(error: Exception) -> None:
    with pytest.raises(IndexFull) as told, engine_failures():
        raise error
    assert "磁盘已满" in told.value.message
    assert "损坏" not in told.value.message


def test_everything_else_is_damage() -> None:
    with pytest.raises(IndexDamaged), engine_failures():
        raise ValueError("Data corrupted: 'footer'")
