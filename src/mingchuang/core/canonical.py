"""The one byte form of a value: RFC 8785 JSON, so that a hash means the content and not its spelling.

What people sign are such bytes (`records.freezing` makes them).
"""

import dataclasses
import uuid
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

import rfc8785

from mingchuang.core import hashing


def plain(value: Any) -> Any:  # noqa: PLR0911 - one return for each kind of value reads best
    """`value` as JSON values alone: dates in ISO form, moments in UTC, enums as their value, decimals as text.

    Raises TypeError for what has no agreed form (sets, bytes, objects): nothing is turned into text by accident.
    """
    if isinstance(value, Enum):
        return plain(value.value)
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise TypeError("a moment without a time zone has no canonical form")
        return value.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal | uuid.UUID):
        return str(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {_key(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    raise TypeError(f"no canonical form for {type(value).__name__}")


def canonical_bytes(value: Any) -> bytes:
    """The RFC 8785 form of `value` as UTF-8. Raises TypeError (see `plain`) and ValueError (NaN, integers over 2⁵³)."""
    try:
        return rfc8785.dumps(plain(value))
    except rfc8785.CanonicalizationError as fault:
        raise ValueError(str(fault)) from fault


def digest_of_rows(rows: Iterable[Any]) -> tuple[int, str]:
    """How many rows, and one hash over them in order: what a batch event carries instead of a thousand events."""
    hashes = [hashing.named(canonical_bytes(row)) for row in rows]
    return len(hashes), hashing.named(canonical_bytes(hashes))


def _key(key: Any) -> str:
    if isinstance(key, Enum):
        key = key.value
    if not isinstance(key, str):
        raise TypeError(f"a canonical object has text keys, not {type(key).__name__}")
    return key
