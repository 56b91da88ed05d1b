"""Files with planted secrets, made in the tests, and the search for what is left of them in any bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from datetime import date
from typing import Any

import pikepdf

from mingchuang.norms.identifiers import id_check_character
from mingchuang.reading.gate import hidden
from mingchuang.reading.gate.finding import Finding, Source

TODAY = date(2026, 11, 24)
#: An area that is assigned to nobody, with a valid check character.
ID_NUMBER = "99990119900307211" + id_check_character("99990119900307211")


def found_in(data: bytes, name: str = "a") -> list[Finding]:
    """All findings of the finder of hidden content."""
    return hidden.find(Source.of(data, name), data, TODAY)


def rules_in(data: bytes) -> set[str]:
    """The ids of the rules that spoke."""
    return {finding.rule.id for finding in found_in(data)}


def unpacked(data: bytes) -> Iterable[bytes]:
    """The bytes themselves, every member of an archive, every stream and string of a PDF, unpacked."""
    yield data
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                yield name.encode()
                yield from unpacked(archive.read(name))
    elif data.startswith(b"%PDF"):
        with pikepdf.open(io.BytesIO(data)) as document:
            for one in document.objects:
                yield one.unparse(resolved=True)
                yield from _strings(one)
                if isinstance(one, pikepdf.Stream) and one.get("/Filter") != "/DCTDecode":
                    yield one.read_bytes()


def _strings(held: Any, depth: int = 0) -> Iterable[bytes]:
    """Texts of strings are UTF-16 or PDFDoc in the file: compared as UTF-8."""
    if depth > 4:
        return
    if isinstance(held, pikepdf.String):
        yield str(held).encode()
    elif isinstance(held, pikepdf.Array):
        for one in held:
            yield from _strings(one, depth + 1)
    elif isinstance(held, pikepdf.Dictionary | pikepdf.Stream):
        for _, one in held.items():
            yield from _strings(one, depth + 1)


def holds(data: bytes, secret: str) -> bool:
    """Whether the secret stands anywhere in the file, in one of the encodings that files use."""
    forms = {secret.encode(coding) for coding in ("utf-8", "utf-16-be", "utf-16-le", "gb18030")}
    return any(form in part for part in unpacked(data) for form in forms)
