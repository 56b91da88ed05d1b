"""Recall and precision of the personal-data rules by kind, on a half of personal_lines.json.

python -m tests.reading.gate.personal_score [--tune]
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

from mingchuang.reading.gate import personal

LINES = Path(__file__).parent / "personal_lines.json"
TODAY = date(2026, 11, 24)


def score(rows: list[dict[str, Any]]) -> tuple[Counter[str], Counter[str], Counter[str], list[str]]:
    """Found, missed, wrong by kind, and the lines that went wrong with what was missed or found too much."""
    right: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    faults = []
    for row in rows:
        text = row["text"]
        hits = personal.find(text, TODAY)
        left = list(hits)
        for kind, part in row["marks"]:
            start = text.index(part)
            match = next((h for h in left if h.kind == kind and h.start < start + len(part) and start < h.end), None)
            if match is None:
                missed[kind] += 1
                faults.append(f"missed {kind}: {text!r}")
            else:
                right[kind] += 1
                left.remove(match)
        for hit in left:
            wrong[hit.kind] += 1
            faults.append(f"wrong {hit.kind}: {text!r}")
    return right, missed, wrong, faults


def table(right: Counter[str], missed: Counter[str], wrong: Counter[str]) -> list[str]:
    """One line a kind, the whole last."""
    kinds = [*sorted({*right, *missed, *wrong})]
    rows = [(kind, right[kind], missed[kind], wrong[kind]) for kind in kinds]
    rows.append(("all", right.total(), missed.total(), wrong.total()))
    return [
        f"{kind:<13} found {good:>4}  missed {gone:>3}  wrong {bad:>3}"
        f"  recall {good / max(1, good + gone):7.2%}  precision {good / max(1, good + bad):7.2%}"
        for kind, good, gone, bad in rows
    ]


def rows_of(*, held: bool) -> list[dict[str, Any]]:
    """The lines of one half."""
    return [row for row in json.loads(LINES.read_text("utf-8")) if row["held"] is held]


if __name__ == "__main__":
    tune = "--tune" in sys.argv
    *counts, faults = score(rows_of(held=not tune))
    print("\n".join(table(*counts)))
    if tune:
        print("\n".join(faults))
