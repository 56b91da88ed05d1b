"""The headers of a public file, decided once: the byte layer and the nginx configuration send the same."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from mingchuang.press import content_types, paths

PAGE_CSP = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; "
    "form-action 'self'"
)
# What a stranger uploaded may do nothing, even when a browser shows it.
ATTACHMENT_CSP = "default-src 'none'; sandbox"
# Kept by browser and proxy, but asked about each time: a withdrawn page is gone at once.
REVALIDATE = "no-cache"
# Styles and scripts carry their hash in their name.
FOREVER = "public, max-age=31536000, immutable"
STATIC = "static/"

Header = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Headers:
    """The headers that don't depend on the bytes. `csp` is the content security policy of pages."""

    csp: str = PAGE_CSP

    def common(self, path: str) -> list[Header]:
        """For any file: what its content may do, and how long it may be kept."""
        attachment = paths.is_attachment(path)
        return [
            ("cache-control", FOREVER if path.startswith(STATIC) else REVALIDATE),
            ("content-security-policy", ATTACHMENT_CSP if attachment else self.csp),
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
            ("referrer-policy", "same-origin"),
            ("cross-origin-opener-policy", "same-origin"),
        ]

    def of(self, path: str) -> list[Header]:
        """`common`, the content's type, `Vary` where there may be two encodings, a name for what is downloaded."""
        found = [("content-type", content_types.content_type(path)), *self.common(path)]
        if paths.is_attachment(path):
            found.append(("content-disposition", disposition(path.rpartition("/")[2])))
        elif content_types.compressible(path):
            found.append(("vary", "accept-encoding"))
        return found


def disposition(name: str) -> str:
    """Content-Disposition for a download called `name` (RFC 6266): the Chinese name, and an ASCII one for the rest."""
    plain = "".join(c if c.isascii() and c.isprintable() and c not in '"\\%;' else "_" for c in name)
    if plain == name:
        return f'attachment; filename="{plain}"'
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
