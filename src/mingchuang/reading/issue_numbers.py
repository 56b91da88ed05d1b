"""The issue number (文号) in a line of the document: norms reads it, this says what was odd about the spelling.

``norms.docnumber`` knows every bracket, blank and leading zero. What it leaves are numbers in Chinese numerals
(〔二〇一六〕十八号) and numbers that a converter has damaged (【2O17】5号); those are reported, never repaired.
"""

from __future__ import annotations

import re

from mingchuang.norms import docnumber
from mingchuang.reading.numerals import han_number
from mingchuang.reading.projection import Projection

_YEAR_IN_HAN = "[一二][〇零九][〇零一二三四五六七八九]{2}"
_SMALL_IN_HAN = "[一二三四五六七八九十百廿]{1,5}"
_IN_HAN = re.compile(
    rf"(?P<code>[\u4e00-\u9fffA-Za-z]{{2,12}}?)[〔（【](?P<year>{_YEAR_IN_HAN}|\d{{4}})年?[〕）】]第?(?P<serial>{_SMALL_IN_HAN}|\d{{1,5}})号"
)
_DAMAGED = re.compile(
    r"[\u4e00-\u9fff]{2,14}(?:[〔（【][\dOoIlSZ〇零一二三四五六七八九?？]{2,5}[〕）】]?|[〔（【]?[\dOoIlSZ]{4}[〕）】])[-第]*[\dOoIlSZ]{0,5}号?"
)


def number_in(projection: Projection, start: int, end: int) -> str | None:
    """The first issue or order number between two places, in its standard form; None when none can be read."""
    written = projection.clean(start, end)
    found = docnumber.find(written)
    if found:
        return str(found[0].number)
    match = _IN_HAN.search(projection.folded, start, end)
    if match is None:
        return None
    year, serial = (int(part) if part.isdigit() else han_number(part) for part in (match["year"], match["serial"]))
    return f"{projection.clean(match.start('code'), match.end('code'))}〔{year}〕{serial}号"


def number_line(folded: str) -> bool:
    """Whether a line is a number and little else, readable or damaged."""
    if "《" in folded or "。" in folded or len(folded) > 60:
        return False
    found = docnumber.find(folded) or []
    if any(len(folded) - len(one.raw) <= 16 for one in found):
        return True
    match = _IN_HAN.search(folded)
    if match and len(folded) - len(match[0]) <= 16:
        return True
    return bool(_DAMAGED.fullmatch(folded) or docnumber.candidates(folded))


def trouble(written: str) -> str | None:
    """A Chinese sentence on a number that is unreadable or spelt in an unusual way; None when it is as it should be."""
    found = docnumber.find(written)
    if found:
        return found[0].issues[0].message if found[0].issues else None
    issues = docnumber.check(written)
    return issues[0].message if issues else None
