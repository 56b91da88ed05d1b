"""A progress bar on stderr: stdout stays for what was asked. Where nobody watches it is one line."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator

from click.termui import progressbar

Progress = Callable[[int, int], None]
"""(done, in all)"""


@contextlib.contextmanager
def progress(label: str) -> Iterator[Progress]:
    """Yields the function to call with what is done and how much there is in all; either may grow."""
    with progressbar(length=1, label=label, file=sys.stderr) as bar:

        def show(done: int, total: int) -> None:
            bar.length = max(total, 1)
            bar.update(done - bar.pos)

        yield show
