"""The sheets and scripts that are shipped: fresh, small, and nothing in them that Chromium 78 would trip over."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

from mingchuang.ui import bundle

STATIC = Path(bundle.__file__).parent / "static" / "ui"
# Younger than Chromium 78 and not ignored gracefully: a rule or a layout would be lost.
YOUNGER_CSS = {
    r":has\(": "105",
    r":is\(": "88",
    r":where\(": "88",
    r"@container": "105",
    r"@layer": "99",
    r"\baspect-ratio\s*:": "88",
    r"\binset\s*:": "87",
    r"\b(?:clamp|min|max)\(": "79",
    r"\b(?:margin|padding)-(?:inline|block)\s*:": "87",
    r"color-mix\(": "111",
    r"\b\d+[dsl]v[hw]\b": "108",
    r"&": "112 (nesting)",
    r":not\([^)]*,": "88 (a list in :not)",
}
YOUNGER_JS = {
    r"\?\.\w": "80",
    r"\?\?": "80",
    r"\.replaceAll\(": "85",
    r"\.at\(": "92",
    r"\|\|=|&&=": "85",
    r"structuredClone": "98",
    r"\bimport\b|\bexport\b": "modules are not used",
    r"\.flatMap\(|Object\.fromEntries": "kept out for plainness",
}


@pytest.mark.parametrize("name", bundle.BUNDLES)
def test_the_bundles_are_fresh(name: str) -> None:
    assert (STATIC / f"{name}.css").read_text() == bundle.bundle(name), "run python -m mingchuang.ui.bundle"


# A citizen's page must load on a bad line; a clerk's sheet is loaded once a day.
MOST_KILOBYTES = {"public": 31, "desk": 40, "writing": 8}


@pytest.mark.parametrize("name", bundle.BUNDLES)
def test_a_sheet_stays_small(name: str) -> None:
    data = (STATIC / f"{name}.css").read_bytes()
    assert len(data) <= MOST_KILOBYTES[name] * 1024
    assert len(gzip.compress(data)) <= 9 * 1024


def test_stripping_keeps_what_matters() -> None:
    css = '/* gone */ .a  > .b:hover , .c :not(.d) { width: calc(100% - 2rem) ; content: "a: b" ; }\n'
    assert bundle.stripped(css) == '.a>.b:hover,.c :not(.d){width:calc(100% - 2rem);content:"a: b"}'


@pytest.mark.parametrize("name", bundle.BUNDLES)
def test_styles_work_in_chromium_78(name: str) -> None:
    css = (STATIC / f"{name}.css").read_text()
    assert not [
        f"{pattern} came with Chromium {since}" for pattern, since in YOUNGER_CSS.items() if re.search(pattern, css)
    ]


@pytest.mark.parametrize("name", bundle.BUNDLES)
def test_flex_rows_do_not_rely_on_gap(name: str) -> None:
    rules = re.findall(r"([^{}]+)\{([^{}]*)\}", (STATIC / f"{name}.css").read_text())
    gapped = {head for head, body in rules if re.search(r"(?:^|;)(?:row-|column-)?gap:", body)}
    flexed = {head for head, body in rules if "display:flex" in body}
    assert gapped or name == "writing"  # which has no grid
    assert not gapped & flexed


def test_a_bare_focus_rule_comes_before_focus_visible() -> None:
    """`:focus-visible` came with 86: the ring must stand on `:focus` and only be taken off with it."""
    css = (STATIC / "public.css").read_text()
    assert re.search(r"a:focus,button:focus[^{]*\{outline:3px", css)
    assert not re.search(r"[^t]:focus-visible[^{]*\{[^}]*outline:\s*[1-9]", css)


@pytest.mark.parametrize("path", sorted(STATIC.glob("*.js")), ids=lambda path: path.name)
def test_scripts_work_in_chromium_78(path: Path) -> None:
    code = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)
    assert not [f"{pattern}: {since}" for pattern, since in YOUNGER_JS.items() if re.search(pattern, code)]
    assert "eval(" not in code
    assert "innerHTML" not in code


def test_nothing_is_loaded_from_elsewhere() -> None:
    for path in STATIC.iterdir():
        text = path.read_text()
        assert not re.search(r"(?:url\(|src=|@import)\s*[\"']?(?:https?:)?//", text), path.name
