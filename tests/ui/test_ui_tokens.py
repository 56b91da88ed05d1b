"""The tokens: the design's colours to the letter, and enough contrast for every pair that pages use, in every theme."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mingchuang.ui import bundle

STYLES = Path(bundle.__file__).parent / "styles"
TOKENS = (STYLES / "tokens.css").read_text()
BLOCKS = {
    "light": r":root \{(.*?)\n\}",
    "system dark": r":root:not\(\[data-theme\]\) \{(.*?)\n  \}",
    "dark": r':root\[data-theme="dark"\] \{(.*?)\n\}',
    "contrast": r':root\[data-theme="contrast"\] \{(.*?)\n\}',
}
GROUNDS = ("paper", "sheet", "shade")
# WCAG 2.2: 4.5 for text (1.4.3), 3 for the edges of controls, icons and the focus ring (1.4.11, 2.4.13).
TEXT = (
    *((ink, ground) for ink in ("ink", "ink-soft", "link", "link-strong", "attention", "alarm") for ground in GROUNDS),
    *((ink, "brand-tint") for ink in ("ink", "link", "link-strong")),
    *((ink, "attention-tint") for ink in ("ink", "attention")),
    *((ink, "alarm-tint") for ink in ("ink", "alarm")),
    *((ink, "lit") for ink in ("ink", "link")),
    ("on-brand", "brand"),
    ("on-brand-soft", "brand"),
    ("on-brand-soft", "brand-deep"),
    ("brand", "on-brand"),
    ("on-action", "action"),
    ("on-action", "action-strong"),
    ("on-bronze", "bronze"),
    ("on-alarm", "alarm"),
)
SHAPES = (
    *((line, ground) for line in ("edge", "bronze", "alarm", "action", "focus") for ground in GROUNDS),
    ("bronze", "attention-tint"),
    ("alarm", "alarm-tint"),
    ("focus-on-brand", "brand"),
    ("focus-on-brand", "brand-deep"),
)


def tokens(theme: str) -> dict[str, str]:
    """The colours of a theme: name to #rrggbb."""
    found = re.search(BLOCKS[theme], TOKENS, re.DOTALL)
    assert found, theme
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", found.group(1)))


def luminance(colour: str) -> float:
    """Relative luminance of sRGB, as WCAG defines it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_computed_as_wcag_says() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", BLOCKS)
def test_every_pair_has_enough_contrast(theme: str) -> None:
    colours = tokens(theme)
    short = [
        f"{ink} on {ground}: {contrast(colours[ink], colours[ground]):.2f} < {least}"
        for pairs, least in ((TEXT, 4.5), (SHAPES, 3.0))
        for ink, ground in pairs
        if contrast(colours[ink], colours[ground]) < least
    ]
    assert not short


def test_high_contrast_reaches_the_enhanced_ratio() -> None:
    colours = tokens("contrast")
    assert not [pair for pair in TEXT if contrast(colours[pair[0]], colours[pair[1]]) < 7]


def test_every_theme_fills_every_colour() -> None:
    names = set(tokens("light"))
    assert len(names) > 20
    assert all(set(tokens(theme)) == names for theme in BLOCKS)


def test_dark_is_the_same_whether_asked_by_the_system_or_chosen() -> None:
    assert tokens("system dark") == tokens("dark")


def test_the_design_is_kept_to_the_letter() -> None:
    light = tokens("light")
    design = {"link": "#1f5c57", "brand": "#1f5c57", "bronze": "#a8651e", "alarm": "#b3261e", "ink": "#1b2a2f"}
    assert {name: light[name] for name in design} == design
    assert light["paper"] == "#fbfaf7"
    assert "--leading: 1.75;" in TOKENS
    assert "--measure: 38em;" in TOKENS
    assert "font-size: 112.5%" in (STYLES / "base.css").read_text(), "18 px where the browser's own size is 16"


# Tokens hold the colours, and paper is black on white.
COLOURLESS = [path for path in sorted(STYLES.glob("*.css")) if path.stem not in {"tokens", "print"}]


@pytest.mark.parametrize("sheet", COLOURLESS, ids=lambda path: path.stem)
def test_colours_stand_in_the_tokens_alone(sheet: Path) -> None:
    found = re.findall(r"#[0-9a-fA-F]{3,8}\b|rgba?\(", re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.DOTALL))
    # A QR code is black on white in every theme: scanners need it.
    assert set(found) <= {"#fff"}
    assert len(found) <= 1
