"""Administrative regions as six-digit codes (GB/T 2260), as far as calendars and rules need them.

A rule or a holiday of a region holds for every region inside it: 640381 lies in 640300, that in 640000, that in
100000, which stands for the whole country.
"""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from mingchuang.norms.outcome import refuse

NATION = "100000"
#: First two digits of the provinces, autonomous regions and municipalities (GB/T 2260), 10 for the nation.
_PROVINCES = frozenset(
    [
        "10",
        "11",
        "12",
        "13",
        "14",
        "15",
        "21",
        "22",
        "23",
        "31",
        "32",
        "33",
        "34",
        "35",
        "36",
        "37",
        "41",
        "42",
        "43",
        "44",
        "45",
        "46",
        "50",
        "51",
        "52",
        "53",
        "54",
        "61",
        "62",
        "63",
        "64",
        "65",
        "71",
        "81",
        "82",
    ]
)
LEVELS = ("国家", "自治区（省）", "设区的市", "县（市、区）")


def chain(code: str) -> tuple[str, ...]:
    """The codes from the nation down to `code`, each once: 640381 → 100000, 640000, 640300, 640381.

    Raises `Refused` when `code` is not six digits.
    """
    if not re.fullmatch(r"[1-9]\d{5}", code):
        raise refuse("region.malformed", f"行政区划代码“{code}”应为6位数字，如640381；100000表示全国。", field="region")
    if code == NATION:
        return (NATION,)
    return tuple(dict.fromkeys((NATION, f"{code[:2]}0000", f"{code[:4]}00", code)))


def known(code: str) -> str:
    """`code`, if it lies in a province that there is. Raises `Refused` for one that is malformed or that can't exist.

    Not every county is listed here, so the province decides (GB/T 2260).
    """
    chain(code)
    if code[:2] not in _PROVINCES:
        message = f"没有行政区划代码“{code}”这一地区：前两位“{code[:2]}”不是任何省、自治区、直辖市的代码。"
        raise refuse("region.unknown", message, field="region")
    return code


def level(code: str) -> int:
    """0 nation, 1 province, 2 prefecture, 3 county: the depth of a layer; the deeper one speaks last."""
    if code == NATION:
        return 0
    return 1 if code.endswith("0000") else 2 if code.endswith("00") else 3


def name(code: str) -> str:
    """The region's name where it is known here, else the code itself."""
    return str(_regions().get(code, {}).get("name", code))


def expects_own_holidays(code: str) -> bool:
    """Whether this region fixes days off of its own each year (minority festivals)."""
    return bool(_regions().get(code, {}).get("own_holidays", False))


@cache
def _regions() -> dict[str, dict[str, Any]]:
    return tomllib.loads((Path(__file__).parent / "regions.toml").read_text("utf-8"))
