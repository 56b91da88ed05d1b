"""Codes of organisations and persons: 统一社会信用代码 (GB 32100-2015, GB 11714) and 居民身份证号 (GB 11643-1999).

Checks return issues and never change what was typed; likely slips are suggested in the sentence.
"""

import re
import unicodedata
from datetime import date

from mingchuang.norms.outcome import Issue

USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_USCC_MODULUS = 31
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_ORGANISATION_MODULUS = 11
#: Letters that the alphabet leaves out because they look like a digit.
_LOOK_ALIKES = {"O": "0", "I": "1", "Z": "2", "S": "5"}
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"
#: The first two digits of an area: provinces, 台湾, 香港, 澳门, and 83 for residents from 台湾.
_PROVINCES = frozenset(
    str(code)
    for codes in (range(11, 16), range(21, 24), range(31, 38), range(41, 47), range(50, 55), range(61, 66))
    for code in (*codes, 71, 81, 82, 83, 91)
)


def normalise_code(text: str) -> str:
    """Half-width, upper case, without white space and hyphens; nothing else is changed."""
    return re.sub(r"[\s\-‐‑–—]+", "", unicodedata.normalize("NFKC", text)).upper()


# -- 统一社会信用代码


def uscc_check_character(first17: str) -> str:
    """The 18th character for the first 17; they must be in the alphabet."""
    total = sum(USCC_ALPHABET.index(char) * weight for char, weight in zip(first17, _USCC_WEIGHTS, strict=True))
    return USCC_ALPHABET[-total % _USCC_MODULUS]


def organisation_check_character(first8: str) -> str:
    """The 9th character of an organisation code (GB 11714) for the first 8 (digits and capital letters)."""
    total = sum(int(char, 36) * weight for char, weight in zip(first8, _ORGANISATION_WEIGHTS, strict=True))
    value = _ORGANISATION_MODULUS - total % _ORGANISATION_MODULUS
    return {10: "X", 11: "0"}.get(value, str(value))


def suggest_uscc(text: str) -> str | None:
    """The code with look-alike letters read as digits, if that makes it valid and it was not before."""
    code = normalise_code(text)
    read = "".join(_LOOK_ALIKES.get(char, char) for char in code)
    return read if read != code and not [i for i in _uscc_issues(read) if i.severity == "error"] else None


def check_uscc(text: str) -> list[Issue]:
    """Issues of a unified social credit code; empty when it is good. A failing inner code is only a warning.

    Spaces, hyphens, full width and lower case are let pass. The first character is not forced to be a digit.
    """
    issues = _uscc_issues(normalise_code(text))
    suggestion = suggest_uscc(text) if issues else None
    if suggestion:
        message = f"是否为{suggestion}？代码不使用字母O、I、Z、S、V，请与证照核对。"
        issues.append(Issue("uscc.suggestion", message, severity="remark", context={"suggestion": suggestion}))
    return issues


def _uscc_issues(code: str) -> list[Issue]:
    if not code:
        return [Issue("uscc.empty", "统一社会信用代码不能为空。")]
    issues = []
    if len(code) != 18:
        issues.append(Issue("uscc.length", f"统一社会信用代码应为18位，现有{len(code)}位。"))
    wrong = [f"第{place}位“{char}”" for place, char in enumerate(code, 1) if char not in USCC_ALPHABET]
    if wrong:
        issues.append(Issue("uscc.character", f"统一社会信用代码中有不允许的字符：{'、'.join(wrong)}。"))
    if issues:
        return issues
    if uscc_check_character(code[:17]) != code[17]:
        issues.append(Issue("uscc.check", "统一社会信用代码的校验位不符，请与证照核对。"))
    if not code[2:8].isdigit():
        issues.append(Issue("uscc.region", "第3至8位应为6位行政区划代码。", severity="warning"))
    if not issues and organisation_check_character(code[8:16]) != code[16]:
        # Some codes issued before 2015 fail here and are still good (GB 32100 took them over).
        message = "主体标识码（第9至17位）的校验位不符；部分旧码如此，请与证照核对。"
        issues.append(Issue("uscc.organisation", message, severity="warning"))
    return issues


# -- 居民身份证号


def id_check_character(first17: str) -> str:
    """The 18th character of an ID number for the first 17 digits."""
    return _ID_CHECKS[sum(int(digit) * weight for digit, weight in zip(first17, _ID_WEIGHTS, strict=True)) % 11]


def id_to_18(text: str) -> str:
    """A 15-digit number of the old form as 18 characters (births 1900–1999); other texts come back normalised."""
    code = normalise_code(text)
    if not re.fullmatch(r"[0-9]{15}", code):
        return code
    first17 = f"{code[:6]}19{code[6:]}"
    return first17 + id_check_character(first17)


def check_id_number(text: str, today: date | None = None) -> list[Issue]:
    """Issues of an ID number of 18 or 15 characters; with `today`, a birth in the future is one.

    The area is not looked up beyond the province: place tables know only the codes of today, and people keep theirs.
    """
    code = normalise_code(text)
    if not code:
        return [Issue("id.empty", "身份证号不能为空。")]
    if not re.fullmatch(r"[0-9]{15}|[0-9]{17}[0-9X]", code):
        message = f"身份证号应为18位（17位数字加数字或X）或者15位数字，现有{len(code)}位。"
        return [Issue("id.form", message)]
    issues = []
    if len(code) == 15:
        issues.append(Issue("id.old", "这是15位旧号码，请核对现行的18位号码。", severity="warning"))
    elif id_check_character(code[:17]) != code[17]:
        issues.append(Issue("id.check", "身份证号的校验位不符，请核对。"))
    birth = _birth(id_to_18(code))
    if birth is None:
        issues.append(Issue("id.birth", f"身份证号中的出生日期“{id_to_18(code)[6:14]}”不存在。"))
    elif today and birth > today:
        issues.append(Issue("id.future", f"身份证号中的出生日期{birth}在今天之后。"))
    if code[:2] not in _PROVINCES:
        issues.append(Issue("id.area", f"身份证号的地区代码“{code[:6]}”不像真实地区。", severity="warning"))
    return issues


def _birth(code: str) -> date | None:
    try:
        return date(int(code[6:10]), int(code[10:12]), int(code[12:14]))
    except ValueError:
        return None
