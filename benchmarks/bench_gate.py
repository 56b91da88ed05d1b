"""The text gate: words, personal data, the whole, and a usual document, beside `re`, pyahocorasick and the limits.

Method: one core, the seed notice and invented lines repeated to some 4 MB of UTF-8; 50,000 words of two to six Han;
process time, the best of three. Megabytes are of UTF-8. The peers search the same text for the same words.
"""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import ahocorasick

import mingchuang.site.demo
from benchmarks.report import Row
from mingchuang.reading import gate
from mingchuang.reading.gate import personal
from mingchuang.reading.gate.folding import Folded, fold
from mingchuang.reading.gate.lists import Lists, SensitiveWord
from mingchuang.reading.gate.words import Words

ROUNDS = 3
TODAY = date(2026, 11, 24)
WORDS = 50_000
#: MB/s and ms that issue 3 asks for.
WORDS_GOAL, PERSONAL_GOAL, WHOLE_GOAL, USUAL_GOAL = 50.0, 200.0, 15.0, 5.0
USUAL_BYTES = 20_000
_PEER_SHARE = 100  # `re` gets a hundredth of the text: it needs minutes for all of it


def main() -> list[Row]:
    """All rows; prints nothing."""
    notice = (Path(mingchuang.site.demo.__file__).parent / "notice-2019-60.txt").read_text("utf-8")
    text = notice * 230
    size = len(text.encode()) / 1e6
    words = _words()
    folded = fold(text)
    automaton = Words([(word, word) for word in words])
    rate = size / _best(lambda: sum(1 for _ in automaton.find(_raw(text, folded))))
    lists = Lists(sensitive=tuple(map(SensitiveWord, words)))
    assert lists.words is lists.words
    whole = size / _best(lambda: len(gate.check_text(text, "通知.txt", lists, today=TODAY)))
    found = size / _best(lambda: len(personal.find(text, TODAY)))
    usual = notice.encode()[:USUAL_BYTES].decode(errors="ignore")
    return [
        ("words, raw text", rate, "MB/s", "goal", WORDS_GOAL, 1),
        ("words, raw text", rate, "MB/s", "pyahocorasick", _pyahocorasick(words, text, size), None),
        ("words, raw text", rate, "MB/s", "re, a tenth of the words", _re(words, text, size), None),
        ("personal data", found, "MB/s", "goal", PERSONAL_GOAL, 1),
        ("personal data", found, "MB/s", "six patterns by re", _six_patterns(text, size), None),
        ("fold", size / _best(lambda: len(fold(text).text)), "MB/s", "whole gate's goal", WHOLE_GOAL, 1),
        ("whole text gate", whole, "MB/s", "goal", WHOLE_GOAL, 1),
        (
            f"usual document of {len(usual.encode()):,} bytes",
            1000 * _best(lambda: len(gate.check_text(usual, "通知.txt", lists, today=TODAY))),
            "ms", "goal", USUAL_GOAL, 1,
        ),
    ]  # fmt: skip


def _raw(text: str, folded: Folded) -> Folded:
    """The raw text where a folded one is asked for: the goal for words is without folding."""
    return Folded(text, folded._offsets)


def _words() -> list[str]:
    rng = random.Random(20261124)
    han = [chr(rng.randrange(0x4E00, 0x9FA6)) for _ in range(3000)]
    return ["".join(rng.choices(han, k=rng.randint(2, 6))) for _ in range(WORDS)]


def _best(work: Callable[[], int]) -> float:
    times = []
    for _ in range(ROUNDS):
        begin = time.process_time()
        work()
        times.append(time.process_time() - begin)
    return min(times)


def _pyahocorasick(words: list[str], text: str, size: float) -> float:
    automaton = ahocorasick.Automaton()
    for word in words:
        automaton.add_word(word, word)
    automaton.make_automaton()
    return size / _best(lambda: sum(1 for _ in automaton.iter(text)))


def _re(words: list[str], text: str, size: float) -> float:
    pattern = re.compile("|".join(map(re.escape, words[: WORDS // 10])))
    part = text[: len(text) // _PEER_SHARE]
    begin = time.process_time()
    sum(1 for _ in pattern.finditer(part))
    return size / _PEER_SHARE / (time.process_time() - begin)


def _six_patterns(text: str, size: float) -> float:
    """The usual way: one pattern a kind, one after another."""
    patterns = [
        re.compile(r"(?<!\d)[1-9]\d{16}[\dXx](?!\d)"), re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)"),
        re.compile(r"(?<!\d)\d{16,19}(?!\d)"), re.compile(r"0\d{2,3}-?\d{7,8}"), re.compile(r"[\w.]+@[\w.]+"),
        re.compile(r"[京津冀宁甘陕川][A-Z]\w{5,6}"),
    ]  # fmt: skip
    return size / _best(lambda: sum(1 for pattern in patterns for _ in pattern.finditer(text)))
