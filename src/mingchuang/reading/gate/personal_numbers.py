"""Numbers of people: identity, telephone, bank card, licence plate, passport; and the rooms of home addresses.

Values split by spaces are found; a longer number, an amount, an address on the web or a code with its label (订单号 …)
is none. Texts are in half width here (`personal.half_width`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from mingchuang.norms import identifiers
from mingchuang.reading.gate import home_address
from mingchuang.reading.gate.personal_values import Hit

SPACES: Final = " \u00a0\u2060\u3000\ufeff" + "".join(map(chr, range(0x2000, 0x200C)))
DASHES: Final = "-‐‑‒–—－"
BRACKETS: Final = "()（）"
#: Where digits stand that may matter: seven or more with small gaps, a number behind a capital letter, a room number.
CANDIDATE: Final = re.compile(
    rf"[0-9](?:[0-9{SPACES}{BRACKETS}{DASHES[1:]}\-]{{6,}}"
    r"|(?:(?<=[A-ZＡ-Ｚ·•・.][0-9])|(?<=[A-Z] [0-9]))[0-9A-Z]{2,6}"
    rf"|(?<=[组队社排巷][0-9])[0-9]{{0,3}}[号户]"
    r"|[0-9]{0,3}(?:室|号楼|单元|栋|幢))"
)
_CHECK_X = re.compile(rf"[{SPACES}]?[Xx](?![0-9A-Za-z])")
_GROUP = re.compile("[0-9]+")
_PLATE = re.compile(
    r"[京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新][A-HJ-NP-Z]\s?[·•・.\-]?\s?"
    r"(?=[A-HJ-NP-Z0-9]*[0-9])(?:[DF][A-HJ-NP-Z0-9][0-9]{4}|[0-9]{5}[DF]|[A-HJ-NP-Z0-9]{4}[A-HJ-NP-Z0-9学警挂领])(?![A-Za-z0-9])"
)
_PASSPORT = re.compile(r"(?<![A-Za-z0-9])(?:[EG][0-9]{8}|E[A-HJ-NP-Z][0-9]{7}|[CHMWDSP][0-9]{7,8})(?![A-Za-z0-9])")
_PASSPORT_LABEL = re.compile(r"(?:护照|通行证|台胞证|回乡证)(?:件?号码?)?[^0-9A-Z\n]{0,6}$")
_AMOUNT = re.compile(
    r"\s?(?:\.[0-9]|,[0-9]{3}|，[0-9]{3}|[万亿余多]?(?:元|吨|亩|平方|公里|千瓦|立方|公斤|株|册|字节|美元)|万|亿|%|％)"
)
_NO_PERSON = re.compile(
    r"(?:文号|索引号?|编号|编码|代码|订单|单号|流水|注册|登记证?|许可证?|凭证|票号?|发票|合同|批次|IMEI|imei|序列|条码|条形码"
    r"|标识码|备案|档案|案件|快递|运单|纳税人识别|税务登记|项目|设备|资产|专利|商标|证书|执法证|ISBN|统一社会信用)"
    r"(?:号码?|码|代码)?[：:为是\s（(]{0,3}$"
)
_CARD_LABEL = re.compile(r"(?:卡号|账号|帐号|账户|帐户|存折号?|银行卡|社保卡号?|一卡通)[^0-9\n]{0,12}$")
_PHONE_LABEL = re.compile(r"(?:电话|热线|传真|座机|话机|[Tt][Ee][Ll]|[Ff]ax)[^0-9\n]{0,8}$")
_MOBILE_LABEL = re.compile(r"(?:手机|移动电话|联系电话)(?:号码?)?[：:为是\s]{0,3}$")
_LATIN_LABEL = re.compile(r"(?:^|[^A-Za-z])(?:tel|phone|mobile|mob|id|no|wechat|qq|call)$", re.IGNORECASE)
_ON_THE_WEB = re.compile(r"(?:https?:|www\.|\.(?:cn|com|net|org)/)[!-~]*$")
_AREA_CODE = re.compile(r"0(?:10|2[0-9]|[3-9][0-9]{2})")
_LONGEST = 19
_LABEL_REACH = 18


def proves_itself(code: str, today: date) -> bool:
    """18 characters with a birth that can be and the right check digit."""
    codes = {issue.code for issue in identifiers.check_id_number(code, today)}
    return codes <= {"id.area"} and code[6:8] in {"19", "20"}


def at_candidate(text: str, start: int, end: int, today: date) -> Iterator[Hit]:
    """What stands at a place that `CANDIDATE` found."""
    before = text[max(0, start - 6) : start]
    if before and (
        (before[-1].isascii() and before[-1].isalpha()) or "Ａ" <= before[-1] <= "Ｚ" or before[-1] in " ·•・."
    ):
        yield from _behind_letter(text, start)
    if text[end - 1] in "室楼元栋幢号户":
        yield from (Hit("address", a, b, text[a:b]) for a, b in home_address.around(text, start, end))
        return
    groups = [match.span() for match in _GROUP.finditer(text, start, end)]
    at = 0
    while at < len(groups):
        found, used = _longest_value(text, groups, at, today)
        if found:
            yield found
        at += used


def _behind_letter(text: str, start: int) -> Iterator[Hit]:
    begin = max(0, start - 6)
    window = text[begin : start + 9]
    shown = window.translate(LETTERS) if not window.isascii() else window
    for match in _PLATE.finditer(shown):
        if match.start() + begin < start < match.end() + begin:
            yield Hit("plate", begin + match.start(), begin + match.end(), match.group())
            return
    for match in _PASSPORT.finditer(shown):
        at = begin + match.start()
        is_named = _PASSPORT_LABEL.search(text[max(0, at - _LABEL_REACH) : at]) is not None
        if at < start and (is_named or match.group()[0] in "EG") and not _NO_PERSON.search(text[max(0, at - 14) : at]):
            yield Hit("passport", at, begin + match.end(), match.group())
            return


#: Full-width letters as plain ones.
LETTERS: Final = {first + n: plain + n for first, plain in ((0xFF21, 0x41), (0xFF41, 0x61)) for n in range(26)}

_Groups = list[tuple[int, int]]


def _longest_value(text: str, groups: _Groups, at: int, today: date) -> tuple[Hit | None, int]:
    """The value that begins at group ``at``, as many groups as possible, and how many groups it takes (1 if none)."""
    last = at
    total = 0
    while last < len(groups):
        total += groups[last][1] - groups[last][0]
        if total > _LONGEST or (last > at and groups[last][0] - groups[last - 1][1] > 3):
            break
        last += 1
    for stop in range(last, at, -1):
        hit = _value(text, groups, at, stop, today)
        if hit:
            return hit, stop - at
    return None, 1


def _value(text: str, groups: _Groups, at: int, stop: int, today: date) -> Hit | None:
    start, end = groups[at][0], groups[stop - 1][1]
    digits = "".join(text[a:b] for a, b in groups[at:stop])
    is_row = stop - at > 1 and not _is_isolated(text, groups, at, stop)
    # Eighteen characters prove themselves; fifteen figures of a row do not.
    hit = None if is_row and len(digits) == 15 else _id_number(text, (start, end), digits, stop - at, today)
    if hit or is_row or not _stands_alone(text, start, end):
        return hit
    label = text[max(0, start - _LABEL_REACH) : start]
    if (
        _NO_PERSON.search(label)
        or (_AMOUNT.match(text, end) and not _MOBILE_LABEL.search(label))
        or _ON_THE_WEB.search(text[max(0, start - 200) : start])
    ):
        return None
    return _telephone(text, groups, (at, stop), digits, label) or _card(text, start, end, digits, label)


def _id_number(text: str, span: tuple[int, int], digits: str, parts: int, today: date) -> Hit | None:
    """18 characters with their check digit, or 15 digits of the old form in a province that exists."""
    start, end = span
    tail = _CHECK_X.match(text, end) if len(digits) == 17 else None
    code, stop = (digits + "X", tail.end()) if tail else (digits, end)
    if len(code) not in {15, 18} or not _stands_alone(text, start, stop):
        return None
    codes = {issue.code for issue in identifiers.check_id_number(code, today)}
    if len(code) == 18:
        is_born_lately = code[6:8] in {"19", "20"}
        return Hit("id_number", start, stop, code) if codes <= {"id.area"} and is_born_lately else None
    # 999901 belongs to nobody: demonstrations and tests take their numbers there.
    is_area = "id.area" not in codes or code.startswith("99")
    is_other = _NO_PERSON.search(text[max(0, start - _LABEL_REACH) : start]) or _AMOUNT.match(text, stop)
    is_grouped = parts in {1, 15} or text[start + 6] not in "0123456789"
    if codes <= {"id.old", "id.area"} and is_area and is_grouped and not is_other:
        return Hit("id_number", start, stop, code)
    return None


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Not a part of a longer number, a word or a decimal; a label such as ``tel`` may touch it."""
    after = text[end : end + 1]
    if after and after.isascii() and after.isalnum():
        return False
    before = text[start - 1 : start]
    if not before:
        return True
    if before == ".":
        head = re.search(r"(?:^|\n)\s*[0-9]{1,2}$", text[max(0, start - 8) : start - 1])
        return head is not None or not text[start - 2 : start - 1].isdigit()
    if before == "," and text[start - 2 : start - 1].isdigit() and end - start <= 3:
        return False
    if before.isascii() and before.isalnum():
        return _LATIN_LABEL.search(text[max(0, start - 9) : start]) is not None
    return True


def _is_isolated(text: str, groups: _Groups, at: int, stop: int) -> bool:
    """A value of several groups has no further number as near as its own parts: that would be a row of figures."""
    widest = max(groups[n + 1][0] - groups[n][1] for n in range(at, stop - 1))
    near_before = at > 0 and groups[at][0] - groups[at - 1][1] <= widest
    near_after = stop < len(groups) and groups[stop][0] - groups[stop - 1][1] <= widest
    if near_before and text[groups[at - 1][0] : groups[at - 1][1]] in {"86", "0086"}:
        near_before = False
    return not near_before and not near_after


def _telephone(text: str, groups: _Groups, taken: tuple[int, int], digits: str, label: str) -> Hit | None:
    at, stop = taken
    start, end = groups[at][0], groups[stop - 1][1]
    parts = [b - a for a, b in groups[at:stop]]
    if len(digits) in {13, 15} and digits.startswith(("86", "0086")) and (label.endswith("+") or digits[0] == "0"):
        start, digits, parts = start + len(digits) - 11, digits[-11:], [11]
    if len(digits) == 11 and digits[0] == "1" and digits[1] in "3456789":
        is_split_well = len(parts) == 1 or len(parts) == 11 or (len(parts) <= 4 and parts[0] >= 3)
        return Hit("mobile", start, end, digits) if is_split_well and not _is_code(text, groups, at, stop) else None
    area = _AREA_CODE.match(digits)
    if area and len(digits) - area.end() in {7, 8} and digits[area.end()] not in "01":
        is_split_well = len(parts) == 1 or parts[0] == area.end()
        begin = start - 1 if text[start - 1 : start] in {"(", "（"} and is_split_well and len(parts) > 1 else start
        return Hit("landline", begin, end, digits) if is_split_well else None
    if len(digits) in {7, 8} and digits[0] not in "01" and _PHONE_LABEL.search(label):
        return Hit("landline", start, end, digits)
    return None


def _is_code(text: str, groups: _Groups, at: int, stop: int) -> bool:
    """A number tied by hyphens to other numbers: 20190307-13812345678-01; the country code and a leading 0 are none."""
    if at > 0:
        gap = text[groups[at - 1][1] : groups[at][0]]
        before = text[groups[at - 1][0] : groups[at - 1][1]]
        if gap in DASHES and before not in {"86", "0086", "0"} and len(before) != 11:
            return True
    if stop < len(groups):
        gap = text[groups[stop - 1][1] : groups[stop][0]]
        return gap in DASHES and groups[stop][1] - groups[stop][0] != 11
    return False


#: First digits of bank cards (ISO/IEC 7812-1: 3 to 6 are banking and travel); one bank's old cards begin with 9558.
_CARD_ISSUERS = "3456"
_OLD_ISSUER = "9558"


def _card(text: str, start: int, end: int, digits: str, label: str) -> Hit | None:
    """A bank card by Luhn's check; behind 账号 any long number, to be confirmed."""
    is_named = _CARD_LABEL.search(label) is not None
    if 16 <= len(digits) <= 19 and _passes_luhn(digits) and len(set(digits)) > 1:
        is_code = len(digits) == 18 and (digits[6:8] in {"19", "20"} or not identifiers.check_uscc(digits))
        is_issued = digits[0] in _CARD_ISSUERS or digits.startswith(_OLD_ISSUER)
        if is_issued and (is_named or not is_code):
            return Hit("bank_card", start, end, digits)
    if is_named and 8 <= len(digits) <= 19:
        return Hit("bank_account", start, end, digits)
    return None


def _passes_luhn(digits: str) -> bool:
    """ISO/IEC 7812-1, annex B."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
