"""One style sheet a page: `styles/*.css` joined and stripped into `static/ui/public.css` and `desk.css`.

Run `python -m mingchuang.ui.bundle` after a change of a style; a test fails while the results are stale.
No node, no build step for whoever installs the product: the results are kept in git.
"""

from __future__ import annotations

import re
from pathlib import Path

HERE = Path(__file__).parent
SHARED = ("tokens", "base", "forms", "components")
BUNDLES = {"public": (*SHARED, "public", "print"), "desk": (*SHARED, "desk", "print")}
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
SPACE = re.compile(r"\s+")
# A space beside these never matters; one before ":" does (`.a :not(.b)`), and those round "+" do inside calc().
TIGHT = re.compile(r"\s*([{};,>])\s*|(:)\s+")


def stripped(css: str) -> str:
    """The sheet without comments and needless white space; strings and calc() stay as they are."""
    text = SPACE.sub(" ", COMMENT.sub("", css))
    return TIGHT.sub(lambda match: match.group(1) or match.group(2), text).replace(";}", "}").strip()


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
