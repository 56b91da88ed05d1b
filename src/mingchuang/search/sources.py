"""Where entries come from: rooms say how subjects of theirs appear in the index.

    sources.register("records.record", lambda ids: [Entry(...) if public else Gone(key)])

`subject_kind` is an event's. The function is given ids of subjects that something happened to and answers with their
state *now*: an `Entry` for what the public may see, `Gone(key)` for what it may not. It is asked again
whenever in doubt, so it must depend on nothing but the database.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from mingchuang.search.entry import Entry, Gone

Source = Callable[[Sequence[int]], Iterable[Entry | Gone]]

_sources: dict[str, Source] = {}


def register(subject_kind: str, source: Source) -> None:
    """Called once at start-up, from the wiring table. Raises ValueError when the kind already has another source."""
    if _sources.get(subject_kind, source) is not source:
        raise ValueError(f"{subject_kind} has a source already")
    _sources[subject_kind] = source


def unregister(subject_kind: str) -> None:
    """For tests."""
    _sources.pop(subject_kind, None)


def registered() -> Mapping[str, Source]:
    """All sources by subject kind."""
    return dict(_sources)


def entries(subject_kind: str, ids: Sequence[int]) -> list[Entry | Gone]:
    """What a kind's source says of these subjects; kinds without a source are not searched and give nothing."""
    source = _sources.get(subject_kind)
    return list(source(ids)) if source is not None and ids else []
