"""Brackets and quotation marks: which belong together, which have lost their partner."""

from __future__ import annotations

from dataclasses import dataclass

CLOSING = {"（": "）", "【": "】", "〔": "〕", "<": ">", "{": "}", "「": "」"}
_OPENING = {closing: opening for opening, closing in CLOSING.items()}
_PAIRS = {**CLOSING, "《": "》", "“": "”"}
for _sign in "<{":  # less than, and what is no mark of punctuation
    del _PAIRS[_sign]
_PARTNER = {closing: opening for opening, closing in _PAIRS.items()}


@dataclass(frozen=True, slots=True)
class Brackets:
    """``pairs``: places of outermost matching brackets; ``unclosed``, ``unopened``: places of those without partner."""

    pairs: tuple[tuple[int, int], ...]
    unclosed: tuple[int, ...]
    unopened: tuple[int, ...]


def match_brackets(folded: str, start: int, end: int) -> Brackets:
    """Match （）【】〔〕 between two places, each with the nearest; crossing ones lose the inner partner."""
    stack: list[int] = []
    matched: list[tuple[int, int]] = []
    unclosed: list[int] = []
    unopened: list[int] = []
    depth = dict.fromkeys(CLOSING, 0)
    for at in range(start, end):
        char = folded[at]
        if char in CLOSING:
            stack.append(at)
            depth[char] += 1
        elif char in _OPENING:
            if not depth[_OPENING[char]]:
                unopened.append(at)
                continue
            while (opened := stack.pop()) is not None and folded[opened] != _OPENING[char]:
                depth[folded[opened]] -= 1
                unclosed.append(opened)
            depth[folded[opened]] -= 1
            matched.append((opened, at))
    return Brackets(_outermost(matched), tuple(sorted([*unclosed, *stack])), tuple(unopened))


def _outermost(matched: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    outer: list[tuple[int, int]] = []
    for opened, closed in sorted(matched):
        if not outer or opened > outer[-1][1]:
            outer.append((opened, closed))
    return tuple(outer)


def lonely_marks(folded: str, start: int, end: int) -> list[tuple[int, str]]:
    """Places of brackets, book marks and quotation marks without partner, with the mark that is missing."""
    stack: list[int] = []
    lonely: list[tuple[int, str]] = []
    for at in range(start, end):
        char = folded[at]
        if char in _PAIRS:
            stack.append(at)
        elif char in _PARTNER:
            if stack and folded[stack[-1]] == _PARTNER[char]:
                stack.pop()
            elif len(stack) > 1 and folded[stack[-2]] == _PARTNER[char]:
                lonely.append((stack[-1], _PAIRS[folded[stack[-1]]]))
                del stack[-2:]
            else:
                lonely.append((at, _PARTNER[char]))
    lonely += [(at, _PAIRS[folded[at]]) for at in stack]
    return sorted(lonely)
