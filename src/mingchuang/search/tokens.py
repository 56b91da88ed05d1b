"""How text becomes tokens, the same for what is stored and for what is asked.

Text is folded (NFKC, case, traditional to simplified; character by character, so that every folded character knows
where it came from) and cut into *units*: one Han character, one run of digits, or one run of letters. From units come

- `grams`: every two neighbouring units. This is the field that finds: whatever two adjacent Han characters a person
  types, a document that holds them is found, whether or not a dictionary knows the word.
- `words`: the segmenter's words in search mode, and the units themselves. This is the field that ranks (a document
  with the word 政务 stands above one where 行政 happens to stand before 务工) and that answers one-character queries.

Brackets, quotation marks, blanks and single line breaks are transparent: a letter-spaced heading, a word broken over
two lines, and 〔2019〕60号 in any bracket or spacing give the same units. Sentence punctuation and blank lines break.
Folding is for the search key only; stored text is never changed.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise

from mingchuang.search.traditional import SIMPLIFIED

#: Part of the index header: an index made by another version is rebuilt. Raise it when any token may change.
TOKENS_VERSION = 2

HAN = "〇々\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
_UNIT = re.compile(f"[{HAN}]|[0-9]{{1,32}}|[^\\W0-9_{HAN}]{{1,32}}")
_HAN_WORD = re.compile(f"[{HAN}]{{2,}}")
_BREAK = re.compile(r"[。，、；：！？,;:!?]|\n[^\S\n]*\n")
_LINE_BREAK_IN_WORD = re.compile(f"(?<=[{HAN}])\\s+(?=[{HAN}])")
#: What may stand between two units of one match; the transparent counterpart of `_BREAK`.
_BETWEEN = f"(?:(?!\\n[^\\S\\n]*\\n)[^。，、；：！？,;:!?0-9{HAN}\\w]|_)*"
_FIRST_HAN = "〇"


class _FoldTable(dict[int, str]):
    """Lazily filled table for `str.translate`: NFKC, case, traditional to simplified, character by character."""

    def __missing__(self, codepoint: int) -> str:
        character = chr(codepoint)
        if 0xD800 <= codepoint <= 0xDFFF or (unicodedata.category(character) == "Cc" and character not in "\t\n\r"):
            folded = " "
        else:
            folded = unicodedata.normalize("NFKC", character).casefold()
            folded = SIMPLIFIED.get(folded, folded)
        self[codepoint] = folded
        return folded


_FOLD = _FoldTable()


def fold(text: str) -> str:
    """The search key of `text`: full-width letters narrow, case folded, control characters blank."""
    return text.translate(_FOLD).replace("\r\n", "\n").replace("\r", "\n")


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text with, for each of its characters, the place in the original (`origin` is None when nothing moved)."""

    text: str
    origin: tuple[int, ...] | None
    length: int

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original's `[start, end)` for a non-empty span of the folded text; a split character is taken whole."""
        if self.origin is None:
            return start, end
        return self.origin[start], self.origin[end - 1] + 1


def fold_with_origin(text: str) -> Folded:
    """Folds without joining line ends, and keeps the offsets for highlighting."""
    folded = text.translate(_FOLD)
    if len(folded) == len(text):  # no character folds to nothing, so equal lengths mean that none moved
        return Folded(folded, None, len(text))
    origin = tuple(index for index, character in enumerate(text) for _ in _FOLD[ord(character)])
    return Folded(folded, origin, len(text))


def segments(folded: str) -> list[list[str]]:
    """Units of folded text, one list for each stretch between breaks; empty stretches are left out."""
    found = (_UNIT.findall(stretch) for stretch in _BREAK.split(folded))
    return [units for units in found if units]


def gram(left: str, right: str) -> str:
    """The token of two neighbouring units; two runs are held apart so that 20 19 is not 2019."""
    return left + right if left >= _FIRST_HAN or right >= _FIRST_HAN else f"{left}_{right}"


def grams(units: list[str]) -> list[str]:
    """One token for each unit: it and its right neighbour; the last one alone, so that positions count units."""
    pairs = [a + b if a >= _FIRST_HAN or b >= _FIRST_HAN else f"{a}_{b}" for a, b in pairwise(units)]
    pairs.append(units[-1])
    return pairs


def cut(han: str) -> list[str]:
    """Words of a stretch of Han characters, without overlap, in order; joined they are the stretch again."""
    import rjieba  # noqa: PLC0415 – loads 0.1 s of dictionary, which few processes need

    return rjieba.cut(han)


@dataclass(frozen=True, slots=True)
class Tokens:
    """Tokens of one text, each field blank-separated as the index's whitespace analyzer expects it."""

    words: str
    grams: str


def tokenize(text: str) -> Tokens:
    """All tokens of a text to be indexed."""
    import rjieba  # noqa: PLC0415 – loads 0.1 s of dictionary, which few processes need

    folded = fold(text)
    gram_tokens: list[str] = []
    words: list[str] = []
    for units in segments(folded):
        gram_tokens += grams(units)
        words += units
    running = _LINE_BREAK_IN_WORD.sub("", folded)
    words += [word for word in rjieba.cut_for_search(running) if len(word) > 1 and _HAN_WORD.fullmatch(word)]
    return Tokens(" ".join(words), " ".join(gram_tokens))


def units_pattern(units: list[str]) -> str:
    """A regular expression over folded text that finds the units as neighbours, transparent characters between them."""
    body = _BETWEEN.join(re.escape(unit) for unit in units)
    before = "" if units[0] >= _FIRST_HAN else _edge(units[0], "<!")
    after = "" if units[-1] >= _FIRST_HAN else _edge(units[-1], "!")
    return f"{before}{body}{after}"


def _edge(run: str, look: str) -> str:
    """A run matches whole: 60 is not found inside 1960, nor `app` inside `apple`."""
    kind = "[0-9]" if run.isascii() and run.isdigit() else f"[^\\W0-9_{HAN}]"
    return f"(?{look}{kind})"
