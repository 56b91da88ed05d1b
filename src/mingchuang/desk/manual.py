"""The Chinese manual: Markdown pages of `docs/manual`, which the package holds as `desk/manual`.

Pages are parsed to a tree and drawn by a template that escapes every word: no markup of the manual is ever trusted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

FOLDER = Path(__file__).parent / "manual"
_NAME = re.compile(r"^[a-z][a-z-]*$")
_IMAGE = re.compile(r"^[a-z][a-z0-9-]*\.png$")
_ORDER = (
    *("accounts", "inbox", "records", "kinds", "catalogue", "gate", "review"),
    *("ledger", "due", "units", "public", "backup"),
)


@dataclass(frozen=True)
class ManualPage:
    """One page: its title is its first heading, its summary the first paragraph under it."""

    name: str
    title: str
    summary: str
    tree: SyntaxTreeNode

    @property
    def address(self) -> str:
        return f"/desk/help/{self.name}/"


@lru_cache(maxsize=32)
def _parse(path: Path, stamp: int) -> ManualPage:
    root = SyntaxTreeNode(MarkdownIt("commonmark", {"html": False}).enable("table").parse(path.read_text("utf-8")))
    head, *rest = root.children
    first = next((node for node in rest if node.type == "paragraph"), None)
    return ManualPage(path.stem, _words(head), _words(first) if first is not None else "", root)


def _words(node: SyntaxTreeNode) -> str:
    if node.type in {"text", "code_inline"}:
        return node.content
    return "".join(_words(child) for child in node.children)


def page(name: str) -> ManualPage | None:
    """The page of that name, or None."""
    path = FOLDER / f"{name}.md"
    if not _NAME.match(name) or not path.is_file():
        return None
    return _parse(path, path.stat().st_mtime_ns)


def pages() -> Sequence[ManualPage]:
    """All pages, in the order of a day's work; others after them by name."""
    names = sorted(path.stem for path in FOLDER.glob("*.md"))
    ordered = sorted(names, key=lambda name: (_ORDER.index(name) if name in _ORDER else len(_ORDER), name))
    return [found for name in ordered if (found := page(name)) is not None]


def image(name: str) -> Path | None:
    """The file of a picture of the manual, or None."""
    path = FOLDER / "images" / name
    return path if _IMAGE.match(name) and path.is_file() else None
