"""Strict transport security: sent with every answer, baked or not, when citizens come by https, and only then."""

from __future__ import annotations

from dataclasses import dataclass

from mingchuang.press.headers import Header, Headers

HSTS_SECONDS = 31_536_000  # a year
HSTS = f"max-age={HSTS_SECONDS}"


@dataclass(frozen=True)
class StrictHeaders(Headers):
    """The headers of baked files on a site whose address begins with https."""

    def common(self, path: str) -> list[Header]:
        """As for any file, and that this site is asked by https alone."""
        return [*super().common(path), ("strict-transport-security", HSTS)]


def headers(address: str) -> Headers:
    """The headers of baked files for a site at this public address."""
    return StrictHeaders() if address.startswith("https://") else Headers()
