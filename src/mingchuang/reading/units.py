"""Names of units as they stand in responsibility clauses: where one ends, and whether it looks like a unit at all."""

from __future__ import annotations

import re

_SUFFIX = (
    "局|分局|委员会|委|办公室|办公厅|办|厅|部|院|署|处|科|股|室|组|队|中心|站|所|馆|台|社|校|场|厂|库|园|会|行|司|庭|"
    "政府|街道|办事处|镇|乡|村|社区|公司|集团|银行|大学|学院|学校|医院|法院|检察院|管委会|开发区|园区|新区|高新区|示范区|"
    "部门|单位|机关|机构|企业|科室|股室|处室|股所|站所|联合会|协会|商会|学会|总会|工会|妇联|团委|残联|侨联|工商联|文联|科协|红十字会|党委|"
    "专班|领导小组|小组|指挥部|联席会议|县区|区县|市县|县市区|市区县|旗县|旗县区|乡镇|镇街|街镇|镇场|农林场|林场|农场|牧场|县|区|市|旗|州|盟|"
    "海关|平台|联通|移动|电信|电网|报社|电视台|政务办|网信办|负责人|经营者|协调机制"
)
SHAPE = re.compile(
    rf"(?:{_SUFFIX})(?:[（〔【][^（）〔〕【】]{{1,30}}(?:（[^（）]{{1,20}}）[^（）〔〕【】]{{0,20}})?[）〕】])*$"
)
_COLLECTIVE = re.compile(r"^(?:市|县|区|省|州|旗|全市|全县|全区|其他|其它)?(?:直属?|级)?各")
# 相关部门 after 等 or by itself names nobody.
_GENERIC = (
    "(?:其他|其它|以及|和|及|、)?(?:的)?(?:国务院|中央|全市|全县|市|县|区|省|州)?(?:直属?|级)?(?:等)?(?:有关|相关|其他|其它|责任|成员|职能|主管|有关职能|相关职能|具体)"
    "+(?:部门|单位|机构|地方|科室|股室|处室|方面|人员|委办局|镇街|乡镇)(?:和单位|、单位|单位|及单位|和个人)?"
)
GENERIC = re.compile(rf"^{_GENERIC}$")
_AND_SO_ON = re.compile(
    rf"(?<![高中初同平均一二三特何])等(?:\d{{1,3}}|[一二三四五六七八九十]{{1,3}})?(?:个|家)?(?:{_GENERIC}|(?:各)?(?:市|县|区)?(?:直|级)?(?:部门|单位|科室|股室|处室|机构)?"
    r"(?:、单位|和单位|单位)?)$"
)
_AND_SO_ON_INSIDE = re.compile(rf"等(?:{_GENERIC}|部门|单位)(?:以及|及|和|与)(?=各|[^，。]{{0,8}}(?:政府|委|局))")
_JOINTS = re.compile("以及|和|及|与|、")
_GENERIC_TAIL = re.compile(rf"(?:以及|及其|及|和|与|、)(?:{_GENERIC}|有关方面)$")
_NOT_JOINT_LEFT = re.compile("(?:市委|县委|区委|省委|党委|州委|旗委|工委|政府|人大|政协)$")
# Parts of names that end like names: 人力资源和社会 | 保障局, 住房和城乡 | 建设局.
_UNFINISHED = re.compile("(?<!各)(?:社会|城市|农村|乡村|城乡|市场|机关)$")
_OFFICE_RIGHT = re.compile(
    "办|宣传|组织|统战|政法|网信|编办|老干|巡察|党校|督查|研究室|农办|各部门|有关|机构|社会工作|史志|机要|信访"
)


def looks_like_unit(name: str) -> bool:
    """Whether a folded name ends as names of units do, or calls a collective (各镇, 农林场)."""
    if not name or len(name) > 60 or re.search("[。；：！？“”《》]", name):
        return False
    return bool(SHAPE.search(name) or (_COLLECTIVE.match(name) and name[-1] not in "要应须需将都均"))


def and_so_on(name: str) -> tuple[str, bool]:
    """Cut 等, 等相关部门, 及相关部门 off; the name that is left and whether anything was cut."""
    is_open = False
    while True:
        match = _AND_SO_ON.search(name) or _GENERIC_TAIL.search(name)
        if not match or (match.start() == 0 and not name.startswith("等")):
            break
        name, is_open = name[: match.start()], True
    if GENERIC.match(name):
        return "", True
    return name, is_open


def before_and_behind_and_so_on(folded: str, first: int, last: int) -> list[tuple[int, int]]:
    """Part a piece at 等有关部门及…: others follow behind 等, and are named again. Places of the parts with a name.

    民政局等有关部门及各乡镇人民政府 names two; 民政局等有关部门和单位 names one.
    """
    found, start = [], first
    for match in _AND_SO_ON_INSIDE.finditer(folded, first, last):
        found.append((start, match.start()))
        start = match.end()
    return [(a, b) for a, b in [*found, (start, last)] if a < b]


def joined_names(name: str) -> list[tuple[int, int]]:
    """Part a name at 和, 及, 与 where both sides are units; ranges in the folded name.

    市财政局和审计局 are two, 人力资源和社会保障局 and 住房和城乡建设局 are one.
    """
    found, start, depth = [], 0, 0
    at = 0
    while at < len(name):
        depth += (name[at] in "（【〔") - (name[at] in "）】〕")
        match = _JOINTS.match(name, at) if depth == 0 else None
        if match and _is_joint(name[start:at], name[match.end() :]):
            found.append((start, at))
            start = at = match.end()
            continue
        at += 1
    found.append((start, len(name)))
    return found


def _is_joint(left: str, right: str) -> bool:
    return (
        len(left) >= 2
        and bool(SHAPE.search(left))
        and len(right) >= 2
        and (looks_like_unit(right) or right.startswith("各"))
    )


def parted_by_blank(left: str, right: str) -> bool:
    """Whether a blank or line break between two pieces of a list parts two units: 市财政局 市审计局."""
    if not SHAPE.search(left) or len(left) < 2 or not right:
        return False
    if _UNFINISHED.search(left):
        return False
    return not (_NOT_JOINT_LEFT.search(left) and _OFFICE_RIGHT.match(right))
