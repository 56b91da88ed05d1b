"""Home addresses: down to the room or the household, or behind a label such as 家庭住址.

Offices publish their own addresses; a hit is therefore never more than uncertain, and what names an office is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_NUMBER = "[0-9一二三四五六七八九十百]"
_PLACE = "(?:路|街|巷|大道|胡同|村|庄|小区|社区|花园|家园|公寓|苑|府|湾|园|城|里|坊|居|名邸|华庭|区)"
_ROOM = re.compile(
    rf"[\u4e00-\u9fa5]{{1,24}}{_PLACE}[\u4e00-\u9fa5]{{0,8}}?[A-Za-z]?{_NUMBER}{{1,5}}(?:号楼|号院|号|栋|幢|座|区|\-)"
    rf"[\u4e00-\u9fa5A-Za-z0-9\-]{{0,14}}?{_NUMBER}{{1,5}}(?:室|户|房)"
)
_STAIRCASE = re.compile(
    rf"[\u4e00-\u9fa5]{{1,24}}{_PLACE}[\u4e00-\u9fa5]{{0,8}}?[A-Za-z]?{_NUMBER}{{1,5}}(?:号楼|号|栋|幢|座|\-)"
    rf"{_NUMBER}{{1,2}}单元(?:{_NUMBER}{{1,4}}(?:室|号|户)?)?"
)
_VILLAGE = re.compile(
    rf"[\u4e00-\u9fa5]{{1,20}}(?:村|社区|镇|乡)[\u4e00-\u9fa5]{{0,6}}?{_NUMBER}{{1,3}}(?:组|队|社|排|巷){_NUMBER}{{1,4}}[号户](?!线|文|公告)"
)
_LABEL = re.compile(
    r"(?:家庭(?:住址|地址)|(?:现|居)?住址|户籍(?:地址?|所在地)|现居住地|居住地址?|家住|现住)[：:为是在于\s]{0,3}"
    r"(?P<address>[\u4e00-\u9fa5A-Za-z0-9（）()\-#]{4,60})"
)
#: Each label holds one of these; looking for one character is twenty times faster than looking for a pattern.
_ANCHORS = ("住", "籍", "庭地")
#: A character of each.
ANCHORS = "住籍庭"
_BELOW_TOWN = re.compile(rf"村|路|街(?!道)|巷|胡同|小区|社区|单元|{_NUMBER}(?:号|组|队|室|栋|幢)")
_AREA = re.compile("[省市县区镇乡旗村路街巷]")
_OFFICE = re.compile(
    "政府|大厅|大厦|办公|法院|检察院|局|委员会|公司|中心|酒店|宾馆|写字楼|学校|中学|小学|医院|机关|工商|银行|站$|大楼|会议"
)
_REACH_BACK, _REACH_ON = 36, 30


def around(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The address around a room, staircase or household number at ``[start, end)``."""
    begin = max(0, start - _REACH_BACK, text.rfind("\n", 0, start) + 1)
    stop = text.find("\n", end, end + _REACH_ON)
    stop = min(len(text), end + _REACH_ON) if stop < 0 else stop
    for pattern in (_STAIRCASE, _ROOM, _VILLAGE):
        for match in pattern.finditer(text, begin, stop):
            if match.start() < end and match.end() > start and not _OFFICE.search(match.group()):
                yield match.span()
                return


def labelled(text: str) -> Iterator[tuple[int, int]]:
    """What stands behind 家庭住址 and its like, if it says more than county and town."""
    last = -1
    for at in sorted(_places(text)):
        match = _LABEL.search(text, max(0, at - 4), at + 80) if at > last else None
        if not match or match.start() > at:
            continue
        last = match.end()
        address = match.group("address")
        if _BELOW_TOWN.search(address) and _AREA.search(address):
            yield match.span("address")


def _places(text: str) -> Iterator[int]:
    for anchor in _ANCHORS:
        at = text.find(anchor)
        while at >= 0:
            yield at
            at = text.find(anchor, at + 1)
