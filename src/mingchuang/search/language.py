"""The query language for people: whatever is typed is understood in some way, and nothing typed is an error.

- words: all of them are wanted (`政务 公开`); a stretch without blanks is cut by the dictionary (`青铜峡市政务公开`);
- “phrases” in any quotation marks: these characters in this order;
- document numbers and dates in any form;
- `-word` or `-“phrase”`: not these, when something else is asked for as well.

Anything else (brackets, `NEAR(`, `title:`, stray quotes, operators) is text like any other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from mingchuang.search.figures import FoundDate, FoundNumber, Units, find_dates, find_numbers, squeezed
from mingchuang.search.tokens import HAN, cut, fold, segments

#: Longest text that is looked at, in characters, and most parts that one query may have.
MOST_CHARACTERS = 500
MOST_PARTS = 16
#: Letters and digits without a Han character between them are a code from this length on.
SHORTEST_CODE = 8
_CODE_LABEL = re.compile(r"\s*索引号码?\s*[::]?\s*")
#: Single characters that bind words and carry no meaning of their own; between words they are not asked for.
BINDING = frozenset("的了和与及或在对为于等之其并各将由被把向从以而且也都就着过")

_QUOTED = re.compile(r"(?P<minus>(?:(?<=\s)|^)-)?[“”„\"「『](?P<phrase>[^“”„\"「」『』]*)[“”„\"」』]")
_EXCLUDED = re.compile(r"(?:(?<=\s)|^)-(?P<word>[^\s-]\S*)")
_DIGIT = re.compile("[0-9]")
_HAN_UNIT = re.compile(f"[{HAN}]")


@dataclass(frozen=True, slots=True)
class Part:
    """One thing a document must have: any of `phrases` (a list of stretches each; a break of the sentence between
    stretches), or one of the document's own `numbers`, or a date within `days` (ordinals, both included)."""

    phrases: tuple[tuple[Units, ...], ...]
    numbers: tuple[str, ...] = ()
    days: tuple[int, int] | None = None

    @property
    def word(self) -> Units | None:
        """The units when the part is one plain word; None for numbers, dates and phrases across sentences."""
        plain = not self.numbers and self.days is None and len(self.phrases) == 1 and len(self.phrases[0]) == 1
        return self.phrases[0][0] if plain else None

    @property
    def is_single(self) -> bool:
        """Whether the part is one Han character."""
        word = self.word
        return word is not None and len(word) == 1 and _HAN_UNIT.match(word[0]) is not None


@dataclass(frozen=True, slots=True)
class Parsed:
    """A typed query understood: `together` are whole stretches that rank higher when they stand unbroken."""

    wanted: tuple[Part, ...]
    excluded: tuple[Part, ...] = ()
    together: tuple[Units, ...] = ()
    whole: str = ""
    notes: tuple[str, ...] = ()
    blank: bool = False


def parse(typed: str) -> Parsed:
    """Understand what was typed; never raises. `notes` are Chinese sentences for the person about what was left out."""
    notes = []
    if len(typed) > MOST_CHARACTERS:
        typed = typed[:MOST_CHARACTERS]
        notes.append(f"输入过长，只按前 {MOST_CHARACTERS} 个字检索。")
    folded = fold(typed)
    label = _CODE_LABEL.match(folded)
    if label and _DIGIT.search(folded, label.end()):
        folded = folded[label.end() :]  # 索引号：… says what follows; no document has it in its text
    if not folded.strip():
        return Parsed((), notes=tuple(notes), blank=True)
    wanted, excluded, together = _parts(folded)
    if not wanted and excluded:
        wanted, excluded = excluded, []
        notes.append("只写了要排除的词，已改为检索这些词。")
    if not wanted:
        notes.append("没有可以检索的文字，请输入汉字、字母或数字。")
    if len(wanted) + len(excluded) > MOST_PARTS:
        wanted, excluded = wanted[:MOST_PARTS], excluded[: max(0, MOST_PARTS - len(wanted))]
        notes.append(f"检索词过多，只按前 {MOST_PARTS} 个检索。")
    return Parsed(tuple(wanted), tuple(excluded), tuple(together), squeezed(folded)[:200], tuple(notes))


def _parts(folded: str) -> tuple[list[Part], list[Part], list[Units]]:
    wanted: list[Part] = []
    excluded: list[Part] = []
    together: list[Units] = []
    for kind, text in _pieces(folded):
        if kind == "phrase":
            wanted += _phrase(text)
        elif kind == "minus":
            excluded += _phrase(text)
        else:
            parts, whole = _plain(text)
            wanted += parts
            together += whole
    return list(dict.fromkeys(wanted)), list(dict.fromkeys(excluded)), list(dict.fromkeys(together))


def _pieces(folded: str) -> Iterator[tuple[str, str]]:
    """The text cut into ("phrase" | "minus" | "plain", text)."""
    at = 0
    for match in _QUOTED.finditer(folded):
        yield from _unquoted(folded[at : match.start()])
        yield ("minus" if match["minus"] else "phrase"), match["phrase"]
        at = match.end()
    yield from _unquoted(folded[at:])


def _unquoted(text: str) -> Iterator[tuple[str, str]]:
    at = 0
    for match in _EXCLUDED.finditer(text):
        yield "plain", text[at : match.start()]
        yield "minus", match["word"]
        at = match.end()
    yield "plain", text[at:]


def _phrase(text: str) -> list[Part]:
    stretches = tuple(tuple(units) for units in segments(text))
    return [Part((stretches,))] if stretches else []


def _plain(text: str) -> tuple[list[Part], list[Units]]:
    """Parts of unquoted text: numbers and dates first, then words."""
    parts: list[Part] = []
    together: list[Units] = []
    figures: list[FoundNumber | FoundDate] = [*find_numbers(text)]
    figures += [
        date for date in find_dates(text) if not any(date.start < n.end and n.start < date.end for n in figures)
    ]
    at = 0
    for figure in sorted(figures, key=lambda found: found.start):
        _add_words(text[at : figure.start], parts, together)
        parts.append(_figure(figure))
        at = figure.end
    _add_words(text[at:], parts, together)
    return parts, together


def _figure(figure: FoundNumber | FoundDate) -> Part:
    phrases = tuple((phrase,) for phrase in figure.phrases)
    if isinstance(figure, FoundNumber):
        return Part(phrases, numbers=figure.keys)
    return Part(phrases, days=(figure.first.toordinal(), figure.last.toordinal()))


def _add_words(text: str, parts: list[Part], together: list[Units]) -> None:
    for chunk in text.split():
        for units in segments(chunk):
            words = _words(units)
            code = _code(units)
            parts += [Part(((tuple(units),),), numbers=(code,))] if code else [Part(((word,),)) for word in words]
            if code:
                continue
            if len(words) > 1:
                together.append(tuple(units))


def _code(units: list[str]) -> str:
    """The key of what may be an index code (索引号), however its parts are held apart; empty when it is none."""
    key = "".join(units)
    is_code = len(key) >= SHORTEST_CODE and key.isascii() and sum(map(str.isdigit, key)) >= SHORTEST_CODE // 2
    return key if is_code else ""


def _words(units: list[str]) -> list[Units]:
    """Cut a stretch into words. Neighbouring single units belong together (李某, 60号); binding ones fall away."""
    pieces: list[Units] = []
    for is_han, run in groupby(units, key=lambda unit: _HAN_UNIT.match(unit) is not None):
        pieces += [tuple(word) for word in cut("".join(run))] if is_han else [(unit,) for unit in run]
    joined: list[Units] = []
    for is_single, group in groupby(pieces, key=lambda piece: len(piece) == 1):
        run_of = list(group)
        joined += [tuple(unit for piece in run_of for unit in piece)] if is_single else run_of
    kept = [piece for piece in joined if len(piece) > 1 or piece[0] not in BINDING]
    return kept or joined
