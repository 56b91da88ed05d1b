"""What the public pages are made from besides the records: the program's own files and the settings that show on them.

A page that was baked by another program, or for another name or address, is baked anew at the next start. Reading and
hashing the package costs some 20 ms, so nobody has to remember to raise a number.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from django.conf import settings

import mingchuang

SUFFIXES = frozenset({".py", ".html", ".css", ".js", ".toml", ".svg"})
# What shows on pages; the demonstration's mark among MINGCHUANG_SITE included.
SHOWN = ("MINGCHUANG_SITE", "MINGCHUANG_ADDRESS", "MINGCHUANG_REGION")


def fingerprint() -> str:
    """SHA-256 (hex) of the package's own files by path and content, and of the settings that show on pages."""
    digest = hashlib.sha256()
    root = Path(mingchuang.__file__).parent
    for path in sorted(root.rglob("*")):
        if path.suffix in SUFFIXES and path.is_file():
            content = hashlib.sha256(path.read_bytes()).hexdigest()
            digest.update(f"{path.relative_to(root)}\0{content}\n".encode())
    shown = {name: getattr(settings, name) for name in SHOWN}
    digest.update(json.dumps(shown, sort_keys=True, ensure_ascii=False).encode())
    return digest.hexdigest()
