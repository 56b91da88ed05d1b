"""Units named in running text: whom a duty without a clause may be meant for. Suggestions, never owners.

A unit is taken when it is the subject of a demand (各部门要…, 市科技局应…), or is appointed in the sentence
(由市财政局牵头, 确定市科技局、应急管理局等部门探索…). Who only receives (报送市政府办公室) is not taken.
"""

from __future__ import annotations

import re
from dataclasses import replace

from mingchuang.reading import units
from mingchuang.reading.alternation import any_of
from mingchuang.reading.model import Duty
from mingchuang.reading.projection import Projection

_NAMES = r"[\u4e00-\u9fff（）、]{2,90}?"
_DEMANDS = any_of(
    "(?<![主重需首])要(?!求|点|素|件) 应当?(?!急|用|对|诉) 须 需(?!要|求) 必须 负责(?!人|同志|解释) "
    "配合(?:做好|抓好|(?=[，。；])) 牵头 抓紧 抓好 认真 加强 完善 切实 结合(?:实际|自身|工作) "
    "按照 根据 依托 通过 围绕 将(?!要?求) 定期 适时 每(?:季度|半年|月|年) 统筹"
)
_DEMAND = f"(?:务必|原则上|均|都|也|同时|还|必须|每年|每季度|每月)?(?:{_DEMANDS})"
_PERSON = "(?:的?(?:主要|分管|有关|相关)*(?:负责同志|负责人|领导|同志))?"
_SUBJECT = re.compile(
    rf"(?:(?<=[。；，：！？”])|^)(?:请|望|其中|同时|对此|此外)?，?(?P<names>{_NAMES}){_PERSON}(?={_DEMAND})"
)
_APPOINTING = any_of("由 确定 指定 责成 明确 委托 督促 推动 指导 要求 选择 选取")
_WORK = any_of("探索 牵头 负责(?!解释) 组织 加快 制定 开展 试点 率先 统筹 会同 建立 按照 根据 定期 具体")
_APPOINTED = re.compile(rf"(?:{_APPOINTING})(?P<names>{_NAMES})(?:等(?:有关|相关|单位|部门)*)?(?={_WORK})")
_NO_NAME = re.compile(
    any_of(
        "的 由 对 将 在 为 与 不 把 向 以 是 并 被 让 使 公开(?!领导小组|办) 信息(?!中心|化局|办) "
        "工作 落实 推进 加强 做好 建立 健全 完善"
    )
)
_VERB = re.compile("指导|督促|组织|要求|推动|引导|支持|鼓励|会同|配合|协调|请|由|同时|其中")


def units_in_running_text(projection: Projection, start: int, end: int) -> list[str]:
    """Names of units between two places that a demand is made of, verbatim, in order, each once."""
    folded = projection.folded[start:end]
    found: dict[str, None] = {}
    matches = sorted([*_SUBJECT.finditer(folded), *_APPOINTED.finditer(folded)], key=lambda m: m.start("names"))
    for match in matches:
        for a, b in _names(folded, match.start("names"), match.end("names")):
            found[projection.clean(start + a, start + b)] = None
    return list(found)


def _names(folded: str, start: int, end: int) -> list[tuple[int, int]]:
    """The names in a list, when all of it is a list of units; otherwise the last name alone counts for nothing."""
    pieces: list[tuple[int, int]] = []
    at = start
    verb = _VERB.match(folded, start, end)
    at = verb.end() if verb else start
    for place in [*(p for p in range(start, end) if folded[p] == "、"), end]:
        if at < place:
            pieces.append((at, place))
        at = place + 1
    names: list[tuple[int, int]] = []
    for a, b in pieces:
        name, _ = units.and_so_on(folded[a:b])
        if name.count("（") != name.count("）"):
            return []
        if name in {"单位", "机构"} and names:  # 各部门、单位
            names[-1] = (names[-1][0], a + len(name))
            continue
        for left, right in units.joined_names(name) if name else []:
            if not _is_owner(name[left:right]):
                return []
            names.append((a + left, a + right))
    return names


def _is_owner(name: str) -> bool:
    return 2 <= len(name) <= 30 and not _NO_NAME.search(name) and units.looks_like_unit(name)


def with_general_owners(duties: list[Duty]) -> list[Duty]:
    """Duties with neither clause nor named unit get the units that the closing text calls for the whole document.

    各部门、单位要结合实际，提出落实本方案的具体措施 speaks of every duty; it is the best that the text offers a clerk.
    """
    called = (name for d in duties if "结尾" in d.ref for name in d.suggested_units if name.startswith("各"))
    general = list(dict.fromkeys(called))
    if not general:
        return duties
    return [
        d if d.assignments or d.suggested_units or "结尾" in d.ref else replace(d, suggested_units=tuple(general))
        for d in duties
    ]
