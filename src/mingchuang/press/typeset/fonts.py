"""Which fonts set an official document: one for each role of the standard, what stands in for it, what is missing.

GB/T 9704-2012 names 小标宋, 黑体, 楷体 and 仿宋; the commercial fonts of those names may not be shipped. Configuration
names families for a role; without it the standard's own fonts are taken where installed, else free ones of Debian.
A substitute is always named, and a character that no font of the role has is an error, never a box.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

import typst

from mingchuang.norms.outcome import Issue, Refused
from mingchuang.press.typeset import coverage


class Role(StrEnum):
    """The faces that the standard asks for; 宋体 is for page numbers."""

    TITLE = "小标宋"
    HEI = "黑体"
    KAI = "楷体"
    BODY = "仿宋"
    SONG = "宋体"


#: For each role: the name that Word knows it by, the families that are the standard's own, free ones in order.
_STANDARD: Mapping[Role, tuple[str, tuple[str, ...], tuple[str, ...]]] = {
    Role.TITLE: (
        "方正小标宋简体",
        ("方正小标宋简体", "FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "方正小标宋_GBK"),
        ("FandolSong", "Noto Serif CJK SC", "Source Han Serif SC"),
    ),
    Role.HEI: (
        "黑体",
        ("SimHei", "黑体", "FZHei-B01S"),
        ("FandolHei", "Noto Sans CJK SC", "Source Han Sans SC"),
    ),
    Role.KAI: (
        "楷体_GB2312",
        ("KaiTi_GB2312", "楷体_GB2312", "KaiTi", "楷体", "FZKai-Z03S"),
        ("FandolKai", "LXGW WenKai", "AR PL UKai CN", "Noto Serif CJK SC", "Source Han Serif SC"),
    ),
    Role.BODY: (
        "仿宋_GB2312",
        ("FangSong_GB2312", "仿宋_GB2312", "FangSong", "仿宋", "FZFangSong-Z02S"),
        ("FandolFang R", "FandolFang", "Noto Serif CJK SC", "Source Han Serif SC"),
    ),
    Role.SONG: (
        "宋体",
        ("SimSun", "宋体", "NSimSun"),
        ("FandolSong", "Noto Serif CJK SC", "Source Han Serif SC"),
    ),
}  # fmt: skip
_SERIF_RARE = ("Noto Serif CJK SC", "Source Han Serif SC", "AR PL UMing CN", "BabelStone Han", "HanaMinA", "HanaMinB")
#: Fonts that complete a role with rare characters.
_RARE = {role: ("Noto Sans CJK SC", *_SERIF_RARE) if role == Role.HEI else _SERIF_RARE for role in Role}
_WEIGHTS = {Role.TITLE: 700}
#: Where each free family comes from, for the administrator.
_ADVICE = "texlive-lang-chinese（Fandol 仿宋、黑体、楷体、宋体）和 fonts-noto-cjk"


@dataclass(frozen=True, slots=True)
class Face:
    """One font file: family, weight (100–900), path, and its index in a collection."""

    family: str
    weight: int
    path: str
    index: int

    def has(self, character: str) -> bool:
        """Whether the font has a shape for the character."""
        return ord(character) in coverage.characters(self.path, self.index)


@dataclass(frozen=True, slots=True)
class Substitute:
    """What stands in: for a whole role (``characters`` empty), or for single characters that its font lacks."""

    role: Role
    wanted: str
    used: str
    characters: str = ""

    @property
    def message(self) -> str:
        """The sentence for the desk."""
        if self.characters:
            return f"{self.role}字体“{self.wanted}”没有“{self.characters}”，这些字用“{self.used}”代替。"
        return f"没有安装{self.role}字体“{self.wanted}”，用“{self.used}”代替。"


class MissingGlyphs(Refused):
    """No configured font has a character, or a role has no font; each issue names characters and Debian package."""


@dataclass(frozen=True)
class Fonts:
    """The faces of each role in order of preference, and the handle by which typst finds them."""

    faces: Mapping[Role, tuple[Face, ...]]
    handle: typst.Fonts = field(repr=False, compare=False)

    @staticmethod
    def installed(
        folders: Sequence[str | Path] = (),
        chosen: Mapping[Role, Sequence[str]] | None = None,
        *,
        system: bool = True,
    ) -> Fonts:
        """Look through the system's fonts and ``folders``; ``chosen`` families come before the defaults of a role."""
        handle = _handle(tuple(str(folder) for folder in folders), system)
        found = _found(handle)
        faces = {}
        for role in Role:
            _, own, free = _STANDARD[role]
            names = dict.fromkeys((*(chosen or {}).get(role, ()), *own, *free, *_RARE[role]))
            faces[role] = tuple(_nearest(found[name], _WEIGHTS.get(role, 400)) for name in names if name in found)
        return Fonts(faces, handle)

    def word_name(self, role: Role) -> str:
        """The name that a DOCX carries: the standard's own, which offices have; no font lies in a DOCX."""
        return _STANDARD[role][0]

    def weight(self, role: Role) -> int:
        """The weight asked of the role's families (小标宋 is heavier than 宋体)."""
        return _WEIGHTS.get(role, 400)

    def families(self, role: Role) -> list[str]:
        """The names that typst tries, in order."""
        return [face.family for face in self.faces[role]]

    def substitutes(self, used: Mapping[Role, Iterable[str]]) -> tuple[Substitute, ...]:
        """What stands in when these characters are set in these roles. Raises `MissingGlyphs` with every gap."""
        issues: list[Issue] = []
        found: list[Substitute] = []
        for role, characters in used.items():
            wanted = sorted({character for character in "".join(characters) if not character.isspace()})
            if wanted and not self.faces[role]:
                issues.append(_no_font(role))
            elif wanted:
                found += self._stand_ins(role, wanted, issues)
        if issues:
            raise MissingGlyphs(issues)
        return tuple(found)

    def _stand_ins(self, role: Role, wanted: list[str], issues: list[Issue]) -> list[Substitute]:
        first = self.faces[role][0]
        standard, own, _ = _STANDARD[role]
        found = [] if first.family in own else [Substitute(role, standard, first.family)]
        lacking: dict[str, str] = {}
        missing = ""
        for character in (c for c in wanted if not first.has(c)):
            face = next((face for face in self.faces[role][1:] if face.has(character)), None)
            if face is None:
                missing += character
            else:
                lacking[face.family] = lacking.get(face.family, "") + character
        if missing:
            issues.append(_no_glyph(role, missing))
        return found + [Substitute(role, first.family, family, characters) for family, characters in lacking.items()]

    def report(self) -> list[Issue]:
        """For `mingchuang doctor`: an error for a role without a font, a warning for each substitute."""
        issues = []
        for role in Role:
            standard, own, _ = _STANDARD[role]
            if not self.faces[role]:
                issues.append(_no_font(role))
            elif self.faces[role][0].family not in own:
                used = self.faces[role][0].family
                message = f"{Substitute(role, standard, used).message}排出的公文可读，但是字形与国家标准的样式不同。"
                issues.append(Issue("typeset.substitute", message, field=role, severity="warning"))
        return issues


def _no_font(role: Role) -> Issue:
    message = f"没有能用的{role}字体，不能排版。请安装软件包 {_ADVICE}，或者在设置里指定字体文件夹。"
    return Issue("typeset.no_font", message, field=role, rule="GB/T 9704-2012")


def _no_glyph(role: Role, characters: str) -> Issue:
    named = "、".join(f"{character}（U+{ord(character):04X}）" for character in characters[:50])
    more = f"等{len(characters)}个字" if len(characters) > 50 else ""
    packages = "、".join(dict.fromkeys(package_for(character) for character in characters))
    message = f"{role}的字体里没有这些字：{named}{more}，不能排版。请安装软件包 {packages}，或者改用别的字。"
    return Issue("typeset.no_glyph", message, field=role, context={"characters": characters})


def package_for(character: str) -> str:
    """The Debian package whose fonts have characters of this kind."""
    code = ord(character)
    if 0xE000 <= code <= 0xF8FF or code >= 0xF0000:
        return "（自造字，没有字体可装，请改为规范汉字）"
    if 0x20000 <= code <= 0x3FFFF:
        return "fonts-hanazono"
    if 0x2E80 <= code <= 0xFAFF or 0xFE30 <= code <= 0xFE4F or 0xFF00 <= code <= 0xFFEF or 0x2000 <= code <= 0x206F:
        return "fonts-noto-cjk"
    return "fonts-noto-color-emoji" if code >= 0x1F000 else "fonts-noto-core"


@functools.lru_cache(maxsize=8)
def _handle(folders: tuple[str, ...], system: bool) -> typst.Fonts:
    return typst.Fonts(include_system_fonts=system, include_embedded_fonts=False, font_paths=list(folders))


def _found(handle: typst.Fonts) -> dict[str, list[Face]]:
    found: dict[str, list[Face]] = {}
    for font in handle.fonts():
        if font.path and font.style == "normal":
            found.setdefault(font.family, []).append(Face(font.family, font.weight, font.path, font.index))
    return found


def _nearest(faces: list[Face], weight: int) -> Face:
    return min(faces, key=lambda face: (abs(face.weight - weight), face.path))
