"""What one request asks again and again is looked up once: what a person holds today, the directory of units.

Nothing is remembered longer than a request, and nothing across a change: inside `chain.together`, where everything is
written, each question is asked anew, and what was known before it is forgotten.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar, cast

T = TypeVar("T")

_known: ContextVar[dict[Hashable, Any] | None] = ContextVar("what this request knows", default=None)


@contextmanager
def one_request() -> Iterator[None]:
    """Remember until the end of the block; re-entrant. Outside any block every question is asked anew."""
    if _known.get() is not None:
        yield
        return
    token = _known.set({})
    try:
        yield
    finally:
        _known.reset(token)


@contextmanager
def changing() -> Iterator[None]:
    """Something is being written: remember nothing in the block, and know nothing from before it afterwards."""
    known = _known.get()
    token = _known.set(None)
    try:
        yield
    finally:
        if known is not None:
            known.clear()
        _known.reset(token)


def once(key: Hashable, ask: Callable[[], T]) -> T:
    """The answer to a question that `key` names, asked when this request does not know it yet.

    The same object is given to everybody who asks: it must not be changed by them.
    """
    known = _known.get()
    if known is None:
        return ask()
    if key not in known:
        known[key] = ask()
    return cast(T, known[key])
