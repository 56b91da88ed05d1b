"""What stands in one cell of a catalogue: elements, laws, check lists, ticks. Nothing here raises."""

from __future__ import annotations

import itertools
import re
import unicodedata
from dataclasses import dataclass

from mingchuang.reading.catalogue.item import CHANNELS, OTHER_CHANNEL, Element

_NUMBERED = re.compile(r"(?<![\d第])(\d{1,2})[.．、](?!\d)\s*")
_LINE_NUMBER = re.compile(r"^\s*(?:[（(]?\d{1,2}[）)]|\d{1,2}[.．、](?!\d)|[①-⑳])\s*")
_REQUIRED, _OPTIONAL = "●★", "○☆〇"
_MARKS = re.compile("[●★○☆]")  # 〇 inside a text is a numeral
_AND = re.compile(r"(?:以及|[和及])$")
_OPENING, _CLOSING = "《〈（(〔[【", "》〉）)〕]】"
_EDGES = " \t\u3000；;。，,、"
_TICKED = "√✓✔☑■▣◼☒●"
_UNTICKED = "□◻☐○"
_BLANKS = re.compile(r"[_＿\s\u3000]+")
_NO_WORDS = frozenset({"", "×", "✕", "✗", "x", "X", "-", "—", "－", "/", "／", "无", "否", "不适用"})
_SCANNED_BOX = re.compile(r"^口(?=$|[\s（(])")
_YES_WORDS = frozenset({"是", "有"})
_SAME = frozenset({"同上", "〃", "同上一行", "″"})


def joined(text: str) -> str:
    """A text in one line: what a cell breaks over lines, Chinese without a blank between."""
    flat = re.sub(r"[ \t\u3000]*\n[ \t\u3000]*", "\n", text.strip())
    flat = re.sub(r"(?<=[0-9A-Za-z])\n(?=[0-9A-Za-z])", " ", flat)
    return re.sub(r"[ \t\u3000]+", " ", flat.replace("\n", ""))


def is_same_above(text: str) -> bool:
    """Whether the cell says: as above."""
    return _LINE_NUMBER.sub("", text).strip(_EDGES) in _SAME


# ------------------------------------------------------------------ elements


def elements(text: str) -> tuple[Element, ...]:
    """公开要素: numbered, marked ● (required) or ○ (optional), or parted by line breaks and semicolons."""
    found = []
    for piece in _pieces(text):
        mark = piece[:1]
        name = joined(_MARKS.sub("", piece.lstrip(_REQUIRED + _OPTIONAL + " "))).strip(_EDGES)
        if name:
            found.append(Element(name, required=mark not in _OPTIONAL))
    return tuple(found)


def _pieces(text: str) -> list[str]:
    lines = _by_line_numbers(text)
    if lines is None:
        lines = _by_running_numbers(text)
    if lines is None:
        lines = re.split(rf"[\n；;]|(?<=.)(?={_MARKS.pattern})", text)
    return [line.strip() for line in lines if line.strip()]


def _by_line_numbers(text: str) -> list[str] | None:
    """Pieces that begin on a line of their own with 1, 2, 3 …; unnumbered lines belong to the piece before."""
    pieces: list[str] = []
    for line in text.split("\n"):
        match = _NUMBERED.match(line.strip())
        if match and int(match[1]) == len(pieces) + 1:
            pieces.append(line.strip()[match.end() :])
        elif pieces:
            pieces[-1] += "\n" + line
        elif line.strip():
            return None
    return pieces if len(pieces) > 1 else None


def _by_running_numbers(text: str) -> list[str] | None:
    """“1.…2.…3.…” in one line: only numbers that follow each other part it."""
    starts: list[tuple[int, int]] = []
    for match in _NUMBERED.finditer(text):
        if int(match[1]) == len(starts) + 1:
            starts.append(match.span())
    if not starts or text[: starts[0][0]].strip():
        return None
    ends = [start for start, _ in starts[1:]] + [len(text)]
    return [text[begin:end] for (_, begin), end in zip(starts, ends, strict=True)]


# ------------------------------------------------------------------ laws


def bases(text: str) -> tuple[str, ...]:
    """公开依据, one law or document each: parted by line breaks, semicolons, and wherever a new 《 begins."""
    found = [part for segment in _segments(text) for part in _by_titles(segment)]
    return tuple(dict.fromkeys(part for part in found if re.search(r"[^\W\d_]", part)))


def _segments(text: str) -> list[str]:
    """Split at line breaks and semicolons outside brackets; a title broken over lines stays whole. A bracket that is
    never closed encloses nothing."""
    segments, depth = [""], 0
    for place, character in enumerate(text):
        depth = max(depth + (character in _OPENING) - (character in _CLOSING), 0)
        if character in "\n；;":
            if depth and _closes(text, place):
                segments[-1] += "" if character == "\n" else character
            else:
                segments.append("")
                depth = 0
        else:
            segments[-1] += character
    return [_LINE_NUMBER.sub("", segment).strip() for segment in segments]


def _closes(text: str, place: int) -> bool:
    """Whether the next bracket behind a place is a closing one."""
    return next((mark in _CLOSING for mark in text[place + 1 :] if mark in _OPENING + _CLOSING), False)


def _by_titles(segment: str) -> list[str]:
    starts, depth = [], 0
    for place, character in enumerate(segment):
        if character == "《" and depth == 0:
            starts.append(place)
        depth = max(depth + (character in _OPENING) - (character in _CLOSING), 0)
    cuts = [0]
    for start in starts[1:]:
        between = segment[cuts[-1] : start]
        # “《甲》第三条、财政部《乙》”: who issued it belongs to the title behind.
        comma = max(between.rfind(mark) for mark in "、，,")
        behind = between[comma + 1 :].strip() if comma >= between.rfind("》") else ""
        cuts.append(start - len(between[comma + 1 :]) if behind else start)
    cuts.append(len(segment))
    parts = (joined(segment[begin:end]) for begin, end in itertools.pairwise(cuts))
    trimmed = [_LINE_NUMBER.sub("", part.strip(_EDGES)).strip(_EDGES) for part in parts]
    return [*(_AND.sub("", part).strip(_EDGES) for part in trimmed[:-1]), trimmed[-1]]


# ------------------------------------------------------------------ channels


@dataclass(frozen=True, slots=True)
class Ticked:
    """The channels of the check list that are ticked, in its order; `other` names what is ticked besides."""

    channels: tuple[str, ...] = ()
    other: str = ""
    unnamed_other: bool = False


_PLAIN = {re.sub(r"[\W_]", "", name): name for name in CHANNELS}
_PLAIN |= {
    "发布会听证会": "发布会/听证会",
    "新闻发布会": "发布会/听证会",
    "入户现场": "入户/现场",
    "广播电视台": "广播电视",
    "社区企事业单位村公示栏": "社区/企事业单位/村公示栏（电子屏）",
    "社区企事业单位村公示栏电子屏": "社区/企事业单位/村公示栏（电子屏）",
    "村公示栏": "社区/企事业单位/村公示栏（电子屏）",
    "公示栏": "社区/企事业单位/村公示栏（电子屏）",
    "公示栏电子屏": "社区/企事业单位/村公示栏（电子屏）",
    "政府门户网站": "政府网站",
}
_KNOWN_START = "|".join(sorted({name[0] for name in _PLAIN} | {"其"}))
# 口 is a box only where a scan has made it one: before the name of a channel.
_MARK = re.compile(rf"[{_TICKED}{_UNTICKED}]|(?:(?<=\s)|^|(?<=[）)]))口(?=\s*(?:{_KNOWN_START}))", re.MULTILINE)


def channels(text: str) -> Ticked:
    """The check list of a cell; a plain list of names without boxes counts as ticked."""
    marks = list(_MARK.finditer(text))
    chosen: list[str] = []
    if marks:
        ends = [mark.start() for mark in marks[1:]] + [len(text)]
        for mark, end in zip(marks, ends, strict=True):
            if mark[0] in _TICKED:
                chosen.append(text[mark.end() : end])
    else:
        chosen = [name.lstrip(_UNTICKED + "口") for name in re.split(r"[\n、；;，,]", text)]
    return _sorted_out(chosen)


def _sorted_out(chosen: list[str]) -> Ticked:
    known: set[str] = set()
    others: list[str] = []
    unnamed = False
    for raw in chosen:
        name = joined(raw).strip(_EDGES)
        folded = re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", name))
        if folded in _PLAIN:
            known.add(_PLAIN[folded])
        elif folded.startswith(OTHER_CHANNEL):
            said = _other(name[len(OTHER_CHANNEL) :])
            others += [said] if said else []
            unnamed = unnamed or not said
        elif folded:
            others.append(_other(name))
    return Ticked(tuple(name for name in CHANNELS if name in known), _other("、".join(dict.fromkeys(others))), unnamed)


def _other(words: str) -> str:
    """The name of another channel, out of “其他（____）”, “其他：12345热线”."""
    said = words
    while True:
        bare = _BLANKS.sub(" ", _MARK.sub("", said)).strip(_EDGES + ":：")
        shorter = _unwrapped(bare).removeprefix(OTHER_CHANNEL)
        if shorter == said:
            return said
        said = shorter


# ------------------------------------------------------------------ ticks


@dataclass(frozen=True, slots=True)
class Tick:
    """Whether a cell is ticked, and the words beside the tick; `readable` False where nobody could say."""

    on: bool
    words: str = ""
    readable: bool = True


def tick(text: str, *, takes_words: bool = False) -> Tick:
    """A cell that is ticked or not. `takes_words`: words alone count as a tick (a group named without one)."""
    bare = joined(text)
    if bare in _NO_WORDS or bare.casefold() in _NO_WORDS:
        return Tick(on=False)
    if bare in _YES_WORDS:
        return Tick(on=True)
    on = any(mark in bare for mark in _TICKED)
    bare = _SCANNED_BOX.sub("□", bare)
    off = bare[:1] in _UNTICKED
    words = bare.strip(_TICKED + _UNTICKED + _EDGES)
    if on:
        return Tick(on=True, words=_unbracketed(words))
    if off:
        return Tick(on=False)
    return Tick(on=takes_words, words=_unbracketed(words), readable=takes_words)


def _unbracketed(words: str) -> str:
    """The group out of “（特定群体：贫困户）”."""
    while True:
        inner = _unwrapped(re.sub(r"^(?:特定群[体众])?[：:]?", "", words).strip(_TICKED + _UNTICKED + _EDGES))
        if inner == words:
            return words
        words = inner


def _unwrapped(words: str) -> str:
    """What stands in brackets, where one pair encloses everything and no other bracket is inside."""
    match = re.fullmatch(r"[（(【\[]([^（()）【】\[\]]*)[）)】\]]", words)
    return match[1] if match else words
