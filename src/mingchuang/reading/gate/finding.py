"""What the gate says: one finding for each place, never with a personal value in it.

A part of the gate makes its findings through the ``Source`` of the file, which holds the key of the hashes:

>>> source = Source.of(b"bytes of the file", "a.txt")
>>> source.finding(RULE, "fail", Place("正文第3段", span=(10, 28)), "the matched text", "第3段有……。")
"""

from __future__ import annotations

import hashlib
import hmac
import unicodedata
from dataclasses import dataclass
from typing import Any, Final, Literal

from mingchuang.reading.gate.rules import Check, Rule

Result = Literal["pass", "fail", "uncertain", "not_assessable"]

RESULT_NAMES: Final[dict[Result, str]] = {
    "pass": "通过",
    "fail": "不通过",
    "uncertain": "待人工确认",
    "not_assessable": "无法判断",
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was found: in words for people, and so that a program can highlight it.

    words
        Chinese, always there: ``正文第3段``, ``工作表“明细”B7``, ``第2页``, ``文件名``.
    span
        ``[start, end)`` in code points of ``formats.extract(data, name).text`` (of the text itself where a text was
        given). None where the thing is not in that text (metadata, a hidden sheet).
    page
        1 … n (PDF). ``box`` is then (left, bottom, right, top) in points from the page's lower left corner.
    sheet, cell
        Name of the worksheet and the cell's address (``B7``; a range ``B7:C9``, whole rows ``3:5``, columns ``C:C``).
    member
        Path inside the container: ``word/comments.xml``, ``xl/media/image1.jpeg``.
    """

    words: str
    span: tuple[int, int] | None = None
    page: int | None = None
    box: tuple[float, float, float, float] | None = None
    sheet: str | None = None
    cell: str | None = None
    member: str | None = None

    def to_json(self) -> dict[str, Any]:
        """Only what is known; ``span`` and ``box`` as lists."""
        known: dict[str, Any] = {"words": self.words}
        for name in ("span", "page", "box", "sheet", "cell", "member"):
            value = getattr(self, name)
            if value is not None:
                known[name] = list(value) if isinstance(value, tuple) else value
        return known


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding: ``rule`` says why, ``place`` where, ``message`` what, ``advice`` what to do.

    ``text_hash`` is empty where no text was matched. ``message`` and ``advice`` are Chinese sentences; personal values
    and words of the customer's confidential lists are in neither.
    """

    file: str
    rule: Rule
    result: Result
    place: Place
    text_hash: str
    message: str
    advice: str

    @property
    def check(self) -> Check:
        """The check that the rule belongs to."""
        return self.rule.check

    def to_json(self) -> dict[str, Any]:
        """``{file, check, rule, result, place, text_hash, message, advice}``; check and rule by their ids."""
        return {
            "file": self.file,
            "check": self.check,
            "rule": self.rule.id,
            "result": self.result,
            "place": self.place.to_json(),
            "text_hash": self.text_hash,
            "message": self.message,
            "advice": self.advice,
        }


@dataclass(frozen=True, slots=True, repr=False)
class Source:
    """The file that findings are about: its name as findings show it, and the key of its hashes.

    The key is the SHA-256 of the file's bytes and must never be printed beside the findings: with it, the few billion
    possible telephone numbers could be tried one by one.
    """

    name: str
    key: bytes

    @classmethod
    def of(cls, data: bytes, name: str) -> Source:
        """The source for a file's bytes."""
        return cls(name, hashlib.sha256(data).digest())

    def text_hash(self, matched: str) -> str:
        """HMAC-SHA256 (hex) of a matched text; equal values in one file have equal hashes, however they are spaced.

        Width, case of Latin letters and white space are folded first. An empty text has an empty hash.
        """
        folded = "".join(unicodedata.normalize("NFKC", matched).upper().split())
        return hmac.new(self.key, folded.encode("utf-8", "surrogatepass"), "sha256").hexdigest() if folded else ""

    def finding(
        self, rule: Rule, result: Result, place: Place, matched: str, message: str, *, advice: str = ""
    ) -> Finding:
        """A finding of this file; ``matched`` is hashed and not kept; the rule's advice is used unless one is given."""
        return Finding(self.name, rule, result, place, self.text_hash(matched), message, advice or rule.advice)
