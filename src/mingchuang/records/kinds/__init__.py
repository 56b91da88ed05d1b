"""Kinds of record, each an app of its own in a folder here, found by scanning: no central list is edited."""

from __future__ import annotations

from pathlib import Path


def installed_kinds() -> list[str]:
    """Dotted names of every kind's app, in alphabetical order; read before Django starts, so nothing is imported."""
    here = Path(__file__).parent
    return [f"{__name__}.{folder.name}" for folder in sorted(here.iterdir()) if (folder / "kind.py").is_file()]
