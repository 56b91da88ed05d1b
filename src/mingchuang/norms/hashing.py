"""Hashes that carry the name of their algorithm: “sha256:ab12…”.

SHA-256 by default; SM3 (GB/T 32905) by name where the installation asks for it. The name stands in every stored hash,
so that old entries stay verifiable when the setting changes.
"""

import hashlib
import hmac
from collections.abc import Iterable
from typing import Protocol

from mingchuang.norms.outcome import refuse

DEFAULT = "sha256"
#: Algorithm → length of its hexadecimal digest.
ALGORITHMS = {"sha256": 64, "sm3": 64}


class Hasher(Protocol):
    """What `hasher` gives: feed it with `update`, end with `hexdigest`."""

    def update(self, data: bytes, /) -> None: ...

    def hexdigest(self) -> str: ...


def hasher(algorithm: str = DEFAULT) -> Hasher:
    """A hash to be fed in pieces. Raises `Refused` for an unknown algorithm or one that this machine lacks."""
    if algorithm not in ALGORITHMS:
        known = "、".join(ALGORITHMS)
        raise refuse("hash.algorithm", f"不支持的摘要算法“{algorithm}”，可用：{known}。", field="algorithm")
    try:
        return hashlib.new(algorithm, usedforsecurity=False)
    except ValueError as error:
        raise refuse("hash.missing", f"本机的密码库没有{algorithm}，请更换算法或者升级OpenSSL。") from error


def named_hash(data: bytes | Iterable[bytes], algorithm: str = DEFAULT) -> str:
    """“algorithm:hex” of bytes, or of pieces one after the other."""
    running = hasher(algorithm)
    for piece in (data,) if isinstance(data, bytes) else data:
        running.update(piece)
    return f"{algorithm}:{running.hexdigest()}"


def split(named: str) -> tuple[str, str]:
    """Algorithm and hexadecimal digest. Raises `Refused` when `named` is not a named hash."""
    algorithm, _, digest = named.partition(":")
    length = ALGORITHMS.get(algorithm)
    if length is None or len(digest) != length or not set(digest) <= set("0123456789abcdef"):
        raise refuse("hash.malformed", f"“{named[:80]}”不是有效的内容指纹。", field="hash")
    return algorithm, digest


def matches(named: str, data: bytes | Iterable[bytes]) -> bool:
    """Whether `data` has that hash, by the algorithm the hash names."""
    algorithm, _ = split(named)
    return hmac.compare_digest(named, named_hash(data, algorithm))
