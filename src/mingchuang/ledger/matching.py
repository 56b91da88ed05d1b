"""Which duty of a new reading is which duty of the ledger: pure, and careful never to join two strangers.

Three passes, each only over what the passes before left open: the same place and the same characters; the same
characters at another place (the numbering was read differently); the same place with characters that are alike (the
text was read differently). What is left is new on one side and missing on the other: a person decides, nothing is lost.
"""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

# Two texts at the same number are one duty when at least this share of their characters agrees in order. Below it a
# clerk is asked. Not a number of law: it only decides what is joined without asking.
ALIKE = 0.6


@dataclass(frozen=True)
class Known:
    """A duty as one side knows it: `key` is that side's own name for it, `text` its characters."""

    key: int
    ref: str
    text: str


def fingerprint(text: str) -> str:
    """SHA-256 (hex) of the characters without white space: line breaks and spaces are layout, not content."""
    return hashlib.sha256("".join(text.split()).encode()).hexdigest()


def match(old: Sequence[Known], new: Sequence[Known]) -> dict[int, int]:
    """Pairs new key → old key; each key is used once. Order of the sequences breaks ties, so it is deterministic."""
    pairs: dict[int, int] = {}
    for agree in (_same_place_and_text, _same_text, _same_place_alike):
        taken = set(pairs.values())
        for fresh in new:
            if fresh.key in pairs:
                continue
            found = next((k for k in old if k.key not in taken and agree(k, fresh)), None)
            if found is not None:
                pairs[fresh.key] = found.key
                taken.add(found.key)
    return pairs


def _same_place_and_text(old: Known, new: Known) -> bool:
    return old.ref == new.ref and fingerprint(old.text) == fingerprint(new.text)


def _same_text(old: Known, new: Known) -> bool:
    return fingerprint(old.text) == fingerprint(new.text)


def _same_place_alike(old: Known, new: Known) -> bool:
    if old.ref != new.ref:
        return False
    a, b = "".join(old.text.split()), "".join(new.text.split())
    return difflib.SequenceMatcher(None, a, b, autojunk=False).ratio() >= ALIKE
