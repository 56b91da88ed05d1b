"""What every page in a browser is asked: axe's rules, no sideways scrolling, a picture for whoever wants to look."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

#: Whether pictures of whole pages are left in tests/artifacts/: they cost as much as the checks.
WITH_PICTURES = bool(os.environ.get("MINGCHUANG_PICTURES"))


def violations(page: Page, *, colours: bool = True) -> list[tuple[str, str]]:
    """(rule, the first element that breaks it) by axe; without `colours` all but contrast, axe's dearest rule, for a
    page whose colours were judged at another width."""
    from axe_playwright_python.sync_playwright import Axe

    options = {"resultTypes": ["violations"], "rules": {"color-contrast": {"enabled": colours}}}
    found = Axe().run(page, options=options).response["violations"]
    return [(rule["id"], rule["nodes"][0]["html"]) for rule in found]


def wider(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def photograph(page: Page, path: Path) -> None:
    """A picture of the whole page, when pictures are wanted."""
    if WITH_PICTURES:
        page.screenshot(path=str(path), full_page=True)
