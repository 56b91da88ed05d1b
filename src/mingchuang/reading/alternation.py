"""Word lists as parts of patterns."""

from __future__ import annotations


def any_of(words: str) -> str:
    """The pattern ``甲|乙|丙`` of words (or small patterns) parted by white space, for use inside a group."""
    return "|".join(words.split())
