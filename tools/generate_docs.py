"""Write the generated pages of docs/ (rules, state machines) or, with --check, say which are stale."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tools import generate_norms_docs  # noqa: E402


def main() -> int:
    """Exit code 1 when a page is stale under --check."""
    stale = []
    for path, text in generate_norms_docs.generate().items():
        target = ROOT / path
        if target.exists() and target.read_text(encoding="utf-8") == text:
            continue
        stale.append(path)
        if "--check" not in sys.argv:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
    if stale:
        verb = "stale (make docs)" if "--check" in sys.argv else "written"
        print("\n".join(f"{path}: {verb}" for path in stale))
    return 1 if stale and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
