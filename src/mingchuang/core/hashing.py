"""Hashes that say their own name: `sha256:<hex>`, `sm3:<hex>`.

SHA-256 by default; SM3 for new entries when `settings.MINGCHUANG_HASH` says so (GB/T 32905, 信创). What was hashed
before keeps its name and is checked by it.
"""

import hashlib
from typing import Final

from django.conf import settings

ALGORITHMS: Final = ("sha256", "sm3")


def current() -> str:
    """The algorithm for new entries. Raises ValueError when the setting names none of `ALGORITHMS`."""
    name = str(getattr(settings, "MINGCHUANG_HASH", "sha256"))
    if name not in ALGORITHMS:
        raise ValueError(f"MINGCHUANG_HASH={name!r} is none of {', '.join(ALGORITHMS)}")
    return name


def hexdigest(data: bytes, algorithm: str) -> str:
    """The bare hexadecimal digest of `data`."""
    if algorithm not in ALGORITHMS:
        raise ValueError(f"unknown hash algorithm {algorithm!r}")
    return hashlib.new(algorithm, data).hexdigest()


def named(data: bytes, algorithm: str | None = None) -> str:
    """The hash of `data` with its algorithm's name in front; the current algorithm unless told otherwise."""
    name = algorithm or current()
    return f"{name}:{hexdigest(data, name)}"


def matches(data: bytes, name: str) -> bool:
    """Whether `name` (as `named` writes it) is the hash of `data`; False for a name of no known algorithm."""
    algorithm, _, digest = name.partition(":")
    return algorithm in ALGORITHMS and hexdigest(data, algorithm) == digest
