"""What a personal value is: its kind, where it stands, and which of two that overlap is meant."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Kind = Literal[
    "id_number", "mobile", "bank_card", "bank_account", "landline", "email", "plate", "passport", "address", "full_name"
]  # fmt: skip

#: Kinds that a check digit or an unmistakable form proves; the others a person has to look at.
PROVEN: Final[frozenset[Kind]] = frozenset({"id_number", "mobile", "bank_card"})


@dataclass(frozen=True, slots=True)
class Hit:
    """A personal value: ``[start, end)`` in code points of the text, and the value itself, which is never printed.

    ``is_sure`` is false where it was put together out of pieces.
    """

    kind: Kind
    start: int
    end: int
    value: str
    is_sure: bool = True

    def __repr__(self) -> str:
        """Without the value: a hit may end in a log."""
        return f"Hit({self.kind!r}, {self.start}, {self.end})"


def without_overlaps(hits: list[Hit]) -> list[Hit]:
    """In order; of two that overlap the proven one stays, then the earlier, then the longer one."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda one: (one.start, -one.end)):
        if kept and hit.start < kept[-1].end:
            if hit.kind in PROVEN and kept[-1].kind not in PROVEN:
                kept[-1] = hit
            continue
        kept.append(hit)
    return kept
