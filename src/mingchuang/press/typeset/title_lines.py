"""Where the lines of a title break: between words, in a trapezium or a rhombus, never a lone 通知 or a leading 的.

Source: GB/T 9704-2012, 7.3.1: 回行时，要做到词意完整，排列对称，长短适宜，间距恰当，标题排列应当使用梯形或菱形.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import combinations, pairwise

from mingchuang.press.typeset.blocks import visible

#: 2号 characters (22 pt) that fit into 156 mm.
MOST = 20.0
_NO_START = re.compile(r"^[、，。：；》）〕”’！？·的地得等]")
_NO_END = re.compile(r"[《（〔“‘]$")
#: What must not be pulled apart: numbers and their units, 第…号, 关于 and its verb stay as jieba gives them.
_GLUED = re.compile(
    r"[0-9０-９.．%％—-]+[年月日号届次期版]?|〔\d{4}〕\d+号|第[一二三四五六七八九十百零〇\d]+[届次号期版条]?"
)
_MOST_COMBINED = 4


def width(text: str) -> float:
    """In full-width characters: Latin letters and digits count half."""
    return sum(1.0 if unicodedata.east_asian_width(c) in "WFA" else 0.5 for c in text)


def lines(title: str, most: float = MOST) -> list[str]:
    """The lines of a title, each at most ``most`` characters wide; line breaks that a person set are kept."""
    out: list[str] = []
    for part in filter(None, (visible(line).strip() for line in title.splitlines())):
        out += _break(part, most)
    return out


def _break(text: str, most: float) -> list[str]:
    if width(text) <= most:
        return [text]
    words = _words(text, most)
    fewest = -int(-width(text) // most)
    for count in range(fewest, len(words) + 1):
        found = _best(words, count, most) if count <= _MOST_COMBINED else _filled(words, most)
        if found:
            return found
    return _filled(words, most)


def _words(text: str, most: float) -> list[str]:
    """Pieces that a line may begin with."""
    pieces: list[str] = []
    for piece in _cut(text):
        if pieces and (_NO_START.match(piece) or _NO_END.search(pieces[-1])) and width(pieces[-1] + piece) <= most:
            pieces[-1] += piece
        else:
            pieces.append(piece)
    return pieces


def _cut(text: str) -> list[str]:
    import rjieba  # noqa: PLC0415 – loads 0.1 s of dictionary, which few processes need

    out: list[str] = []
    at = 0
    for glued in _GLUED.finditer(text):
        out += [*rjieba.cut(text[at : glued.start()]), glued.group()]
        at = glued.end()
    out += rjieba.cut(text[at:])
    long_ones = [[word] if width(word) <= MOST else list(word) for word in out if word]
    return [piece for pieces in long_ones for piece in pieces]


def _best(words: list[str], count: int, most: float) -> list[str] | None:
    best: tuple[float, list[str]] | None = None
    for cuts in combinations(range(1, len(words)), count - 1):
        edges = (0, *cuts, len(words))
        candidate = ["".join(words[a:b]) for a, b in pairwise(edges)]
        if max(map(width, candidate)) > most:
            continue
        score = _cost(candidate)
        if best is None or score < best[0]:
            best = (score, candidate)
    return best[1] if best else None


def _cost(candidate: list[str]) -> float:
    widths = [width(line) for line in candidate]
    mean = sum(widths) / len(widths)
    cost = sum(abs(w - mean) for w in widths) / len(widths)
    for line, following in pairwise(candidate):
        cost -= 4 if following.startswith("关于") else 0
        cost += 6 if line.endswith("关于") else 0
        cost += 3 if line.count("《") > line.count("》") else 0
    cost += 8 if widths[-1] <= 3 else 0
    cost += 3 if max(widths) - min(widths) < 1 else 0
    cost += 5 if any(a > b < c for a, b, c in zip(widths, widths[1:], widths[2:], strict=False)) else 0
    return cost


def _filled(words: list[str], most: float) -> list[str]:
    """Lines of even length, for titles of five lines and more, where no shape can be chosen."""
    total = sum(map(width, words))
    goal = total / -int(-total // most)
    out = [""]
    for word in words:
        here = width(out[-1] + word)
        if out[-1] and (here > most or width(out[-1]) >= goal):
            out.append(word)
        else:
            out[-1] += word
    return out
