"""The baker: asks the application for public pages and puts the answers into the public folder.

200 is a page; 404 and 410 take it away; anything else keeps the old page and is reported and tried again. A page
that would set a cookie is not public and is reported too. Rendering happens while the store's lock is held: two
bakers never put an older state over a newer one.
"""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from mingchuang import __version__
from mingchuang.press import paths, sources
from mingchuang.press.batch import BatchWriter
from mingchuang.press.headers import STATIC
from mingchuang.press.notes import Failed, FullBake, Position
from mingchuang.press.render import DjangoRenderer, Render, Rendered
from mingchuang.press.sources import Attachment, Gone, Item
from mingchuang.press.store import Store

log = logging.getLogger(__name__)

Progress = Callable[[int, int], None]
"""Called with the number of items done and of all items."""

_GONE = frozenset({404, 410})
# A full bake gives the lock back after so many pages or seconds, so that a publication need not wait for it.
_CHUNK_PAGES = 64
_CHUNK_SECONDS = 0.25


@dataclass(frozen=True, slots=True)
class Problem:
    """An address that could not be baked, and why, in Chinese."""

    address: str
    reason: str


@dataclass(slots=True)
class Report:
    """What a bake did: counts of files written, left as they were, and removed; and what failed."""

    written: int = 0
    unchanged: int = 0
    removed: int = 0
    problems: list[Problem] = field(default_factory=list)

    def add(self, other: Report) -> None:
        """Take another report's counts in."""
        self.written += other.written
        self.unchanged += other.unchanged
        self.removed += other.removed
        self.problems += other.problems


class Baker:
    """Bakes into `store` what `render` answers (default: this installation's Django application).

    `head` tells the number of the last event (default: `core.feed.head`); `fingerprint` names the program's version.
    """

    def __init__(
        self,
        store: Store,
        render: Render | None = None,
        head: Callable[[], int] | None = None,
        *,
        fingerprint: str = __version__,
    ) -> None:
        self.store = store
        self.position = Position(store.inside)
        self.failed = Failed(store.inside)
        self._render = render or DjangoRenderer()
        self._head = head or _head
        self._fingerprint = fingerprint

    def bake(self, items: Iterable[Item]) -> Report:
        """Bake these now, all of them visible at once. Raises nothing for a page that fails: see `Report.problems`."""
        report = Report()
        self._bake(list(dict.fromkeys(items)), report)
        return report

    def bake_all(self, progress: Progress | None = None) -> Report:
        """Bake everything public, mend what was changed by hand, and remove what no source names any longer.

        Interrupted, it goes on where it stopped when called again within the hour. From where the event sequence
        stood at the beginning, the follower goes on afterwards. An error in a source is raised, and nothing is
        removed then.
        """
        run = FullBake(self.store.inside, self._fingerprint)
        if not run.resume():
            self.store.recheck()
            run.begin(self._head())
        items = list(dict.fromkeys(sources.all_items()))
        waiting = [item for item in items if _address(item) not in run.done]
        report = Report()
        while waiting:
            taken = self._bake(waiting[:_CHUNK_PAGES], report, seconds=_CHUNK_SECONDS)
            run.note([_address(item) for item in waiting[:taken]])
            waiting = waiting[taken:]
            if progress is not None:
                progress(len(items) - len(waiting), len(items))
        report.removed += self._remove_orphans()
        known = self.position.read()
        if known is None or known < run.position or known > self._head():
            self.position.write(run.position)
        run.end()
        return report

    def _bake(self, items: list[Item], report: Report, seconds: float = math.inf) -> int:
        """Bake the first of `items`, as many as `seconds` allow and one at least, in one batch; returns how many."""
        limit = time.monotonic() + seconds
        own = Report()
        taken: list[str] = []
        with self.store.batch() as batch:
            for item in items:
                if taken and time.monotonic() >= limit:
                    break
                self._one(item, batch, own)
                taken.append(_address(item))
            batch.commit()
            bad = {problem.address for problem in own.problems}
            self.failed.change(failed=bad, settled=set(taken) - bad)
        report.add(own)
        return len(taken)

    def _remove_orphans(self) -> int:
        """Take away what no source names. Asked again, under the lock: pages were published meanwhile."""
        with self.store.batch() as batch:
            named = {_address(item) for item in sources.all_items() if not isinstance(item, Gone)}
            wanted = {address[1:] + paths.INDEX if address.endswith("/") else address[1:] for address in named}
            orphans = [path for path in self.store.manifest if path not in wanted and not path.startswith(STATIC)]
            for path in orphans:
                batch.remove(path)
            self.failed.change(failed=(), settled=self.failed.read() - named)
        return len(orphans)

    def _one(self, item: Item, batch: BatchWriter, report: Report) -> None:
        address = _address(item)
        try:
            if isinstance(item, Gone):
                report.removed += self._take_away(paths.from_address(address), address, batch)
            elif isinstance(item, Attachment):
                if not item.stored.is_file():
                    self._problem(address, "附件的存储文件不在", report)
                    return
                self._count(batch.put_file(paths.from_address(address), item.stored, item.sha256), report)
            else:
                self._page(address, batch, report)
        except paths.BadPathError as error:
            self._problem(address, str(error), report)

    def _take_away(self, path: str, address: str, batch: BatchWriter) -> int:
        gone = [path, *(self.store.under(address[1:]) if address.endswith("/") and address != "/" else [])]
        return sum(batch.remove(each) for each in dict.fromkeys(gone))

    def _page(self, address: str, batch: BatchWriter, report: Report) -> None:
        path = paths.from_address(address)
        try:
            answer = self._render(address)
        except Exception as error:
            log.exception("rendering %s", address)
            self._problem(address, f"页面出错：{type(error).__name__}", report)
            return
        if answer.status in _GONE:
            report.removed += batch.remove(path)
            return
        refused = _refusal(answer)
        if refused:
            self._problem(address, refused, report)
            return
        try:
            self._count(batch.write(path, answer.body, answer.content_type), report)
        except paths.BadPathError:
            raise
        except ValueError:
            self._problem(address, f"内容类型 {answer.content_type} 与地址不符", report)

    @staticmethod
    def _count(written: bool, report: Report) -> None:
        report.written += written
        report.unchanged += not written

    @staticmethod
    def _problem(address: str, reason: str, report: Report) -> None:
        log.error("not baked: %s: %s", address, reason)
        report.problems.append(Problem(address, reason))


def _refusal(answer: Rendered) -> str | None:
    if answer.status != 200:
        return f"应用回答 {answer.status}，原有页面保留"
    if answer.sets_cookie:
        return "页面要写 Cookie，不是人人相同的公开页面"
    return None


def _address(item: Item) -> str:
    return item if isinstance(item, str) else item.address


def _head() -> int:
    from mingchuang.core import feed  # noqa: PLC0415 - needs models, which exist only in a running Django

    return feed.head()
