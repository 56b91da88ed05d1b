"""How a rebuilt number stands before its text."""

from __future__ import annotations

from typing import Literal

Suffix = Literal["tab", "space", "nothing"]


def gap(label: str, text: str, suffix: str) -> str:
    """What parts the number from the text: nothing after 、）．, a space where both would run together.

    ``2.`` before ``5个`` keeps a space, or it would read 2.5; ``suffix`` is what the list itself asks for.
    """
    if suffix == "nothing" or not text.strip():
        return ""
    if suffix == "space":
        return " "
    runs_together = label[-1].isalnum() or (label[-1].isascii() and text.lstrip()[0].isascii())
    return " " if runs_together else ""
