"""The hash chain: sequence number and link are assigned under one lock, as the last step before commit.

    link_n = H(payload_n),  payload_n = canonical JSON of the event's columns, `previous` = link_{n-1} among them

The chain shows an edited, removed or reordered event. A tail cut off together with the head leaves a whole, shorter
chain: only a `checkpoint()` written down elsewhere shows it (`core.checkpoints` says what that proves and what not).
"""

from __future__ import annotations

import dataclasses
import logging
import secrets
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

from django.db import DatabaseError, transaction

from mingchuang.core import hashing
from mingchuang.core.canonical import canonical_bytes
from mingchuang.core.models import ChainHead, Event, EventText
from mingchuang.core.one_request import changing

log = logging.getLogger(__name__)

EVENT_SCHEMA: Final = 1
HEAD_ID: Final = 1

# What the chain holds, by schema version: a later column never changes an old payload.
_COLUMNS: Final[Mapping[int, tuple[str, ...]]] = {
    1: (
        *("id", "seq", "schema", "machine", "move", "subject_kind", "subject_id", "subject_version", "changes"),
        *("person_id", "role", "unit_id", "on_behalf_of_id", "via", "content_hash", "evidence", "data"),
        *("happened_on", "recorded_at", "text_hash", "algorithm", "previous"),
    )
}


class ChainBrokenError(RuntimeError):
    """The head row is missing or contradicts the events: nothing may be written before somebody has looked."""


@dataclasses.dataclass(frozen=True, slots=True)
class Checkpoint:
    """Where the chain stood: the last sequence number and its link."""

    seq: int
    link: str
    algorithm: str


def payload(event: Event) -> bytes:
    """The canonical bytes that `link` is the hash of. Raises KeyError for a schema that this version doesn't know."""
    return canonical_bytes({name: getattr(event, name) for name in _COLUMNS[event.schema]})


def link_of(event: Event) -> str:
    """The bare hexadecimal link of an event, by the algorithm it names."""
    return hashing.hexdigest(payload(event), event.algorithm)


def text_hash(salt: str, body: Mapping[str, Any], algorithm: str) -> str:
    """The named hash that stands in the chain for words outside it: `H(salt ‖ canonical body)`."""
    return hashing.named(bytes.fromhex(salt) + canonical_bytes(body), algorithm)


def checkpoint() -> Checkpoint:
    """Where the chain stands now. Raises ChainBrokenError when the head row is missing."""
    head = ChainHead.objects.filter(pk=HEAD_ID).first()
    if head is None:
        raise ChainBrokenError("事件链的链首记录不存在。")
    return Checkpoint(head.seq, head.link, head.algorithm)


class _Pending(threading.local):
    """The events of this thread's open `together` block, in the order in which they began."""

    def __init__(self) -> None:
        self.depth = 0
        self.events: list[tuple[Event, dict[str, Any]]] = []
        self.afterwards: list[Callable[[], None]] = []


_pending = _Pending()


@contextmanager
def together() -> Iterator[None]:
    """One transaction for several acts; their events join the chain at its end, in the order in which they began.

    Re-entrant. Open it around a `do` that acts more than once: the chain's lock is then taken once and last, so that
    two of them cannot wait for each other. If the block raises, nothing of it stays.
    """
    outermost = _pending.depth == 0
    _pending.depth += 1
    mark = len(_pending.events)
    whole = False
    try:
        with changing(), transaction.atomic():
            yield
            if outermost:
                _append(_pending.events)
        whole = True
    finally:
        _pending.depth -= 1
        if outermost:
            _pending.events.clear()
            _run_afterwards()
        elif not whole:
            del _pending.events[mark:]


def afterwards(deed: Callable[[], None]) -> None:
    """Do something when the outermost `together` block has ended, whether it was kept or undone; at once without one.

    For what must outlive an undone transaction: that somebody tried what they may not.
    """
    if _pending.depth == 0:
        deed()
    else:
        _pending.afterwards.append(deed)


def _run_afterwards() -> None:
    deeds, _pending.afterwards = _pending.afterwards, []
    for deed in deeds:
        try:
            deed()
        except DatabaseError:
            # The block's own outcome is what the caller must hear; the log keeps the rest.
            log.exception("what should follow a transaction could not be written")


def add(event: Event, words: dict[str, Any]) -> None:
    """Queue an event for the end of the open `together` block. `words` go to `EventText`, salted; may be empty."""
    if _pending.depth == 0:
        raise RuntimeError("an event is written inside `together` only")
    _pending.events.append((event, words))


def _append(pending: list[tuple[Event, dict[str, Any]]]) -> None:
    """Give the queued events number and link under the head's lock, and write them."""
    if not pending:
        return
    head = ChainHead.objects.select_for_update().filter(pk=HEAD_ID).first()
    if head is None:
        raise ChainBrokenError("事件链的链首记录不存在，已停止写入；请运行 mingchuang verify。")
    texts = []
    for event, words in pending:
        texts += _seal(event, words, head)
    Event.objects.bulk_create([event for event, _ in pending])
    EventText.objects.bulk_create(texts)
    head.save(update_fields=["seq", "link", "algorithm"])


def _seal(event: Event, words: dict[str, Any], head: ChainHead) -> list[EventText]:
    """Number and link `event` after `head`, and move the head on; its words as rows to write."""
    texts = []
    event.algorithm = hashing.current()
    if words:
        salt = secrets.token_hex(32)
        event.text_hash = text_hash(salt, words, event.algorithm)
        text = EventText(event=event, salt=salt, body=words)
        texts.append(text)
    event.seq, event.previous = head.seq + 1, head.link
    event.link = link_of(event)
    head.seq, head.link, head.algorithm = event.seq, event.link, event.algorithm
    return texts
