"""索引号: `<机构代码>/<年>-<流水号>`, as it is written by organs, by OA systems and by the province's platform.

Patterns seen on real platforms: 000014349/2018-00226, 113715250044422281/2021-26757114, 0142768-8/2022-00185,
6107280000/2024-001005. Ours is the unit's unified social credit code (or its code), the year, five digits.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

#: Where the form is taken from.
BASIS = "《政府信息公开条例》第十二条；国办公开办函〔2019〕61号（索引号）"
EXAMPLE = "000014349/2018-00226"
_FORM = re.compile(r"^(?P<org>[0-9A-Z][0-9A-Z-]{5,19})/(?P<year>\d{4})-(?P<serial>\d{3,9})$")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−－", "-"))


@dataclass(frozen=True, slots=True, order=True)
class IndexNumber:
    """A number in its parts. `width` is how many digits its serial is written with."""

    org: str
    year: int
    serial: int
    width: int = 5

    def __str__(self) -> str:
        return f"{self.org}/{self.year}-{self.serial:0{self.width}d}"


def tidied(text: str) -> str:
    """The number as it is compared: half width, capitals, no blanks, one kind of dash and slash."""
    folded = unicodedata.normalize("NFKC", text).translate(_DASHES).replace("\\", "/")
    return re.sub(r"\s+", "", folded).upper()


def parse(text: str) -> IndexNumber | None:
    """The parts of a number in whatever width and spacing; None for what has another form."""
    match = _FORM.match(tidied(text))
    if match is None:
        return None
    serial = match["serial"]
    return IndexNumber(match["org"], int(match["year"]), int(serial), len(serial))


def faults(text: str, this_year: int) -> list[str]:
    """Why a number that somebody gives cannot be one; empty when its form is good."""
    found = parse(text)
    if found is None:
        return [f"“{text.strip()[:60]}”不是索引号的写法，应当是“机构代码/年份-流水号”，如 {EXAMPLE}。"]
    said = []
    if not 1949 <= found.year <= this_year:
        said.append(f"索引号里的年份{found.year}不对，应当不晚于{this_year}年。")
    if found.serial == 0:
        said.append("索引号的流水号不能全是0。")
    return said
