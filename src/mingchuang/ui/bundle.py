"""One style sheet a page, two where texts are written: `styles/*.css`, joined and stripped into `static/ui/`.

Run `python -m mingchuang.ui.bundle` after a change of a style; a test fails while the results are stale.
No node, no build step for whoever installs the product: the results are kept in git.
"""

from __future__ import annotations

import re
from pathlib import Path

HERE = Path(__file__).parent
SHARED = ("tokens", "base", "forms", "components", "ledger")
BUNDLES = {
    "public": (*SHARED, "public", "print"),
    "desk": (*SHARED, "desk", "work", "print"),
    # Beside the page's own sheet, on the few pages where texts are written, compared and previewed.
    "writing": ("writing",),
}
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
# Strings first, so that they stay. A space beside these signs never matters; one before ":" does (`.a :not(.b)`), and
# so do those round "+" inside calc().
TIGHT = re.compile(r"""("[^"]*")|\s*([{};,>])\s*|(:)\s+|(\s+)""")


def _tightened(match: re.Match[str]) -> str:
    string, sign, colon, _space = match.groups()
    return string or sign or colon or " "


def stripped(css: str) -> str:
    """The sheet without comments and needless white space; strings and calc() stay as they are."""
    return TIGHT.sub(_tightened, COMMENT.sub("", css)).replace(";}", "}").strip()


def bundle(name: str) -> str:
    """The text of one bundle; KeyError for an unknown name."""
    return "\n".join(stripped((HERE / "styles" / f"{part}.css").read_text()) for part in BUNDLES[name]) + "\n"


def write() -> list[Path]:
    """Write all bundles; the files written."""
    written = []
    for name in BUNDLES:
        path = HERE / "static" / "ui" / f"{name}.css"
        path.write_text(bundle(name))
        written.append(path)
    return written


if __name__ == "__main__":
    for made in write():
        print(f"{made.name}: {made.stat().st_size:,} bytes")
