"""Document numbers: 文号 such as 青政办发〔2019〕60号, and orders such as 国务院令第711号.

Numbers come in many spellings: other brackets, spaces and line breaks inside, 第60号, leading zeros. They are
recognised, brought to the one form of GB/T 9704, and what was unusual is said. What cannot be read is not guessed at:
`candidates` offers readings of a number that lost its brackets, for a person to choose from.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from mingchuang.norms.outcome import Issue

_OPEN = "〔\\[(（【［﹝〖{｛"
_CLOSE = "〕\\])）】］﹞〗}｝"
_OPENING = re.compile(f"[{_OPEN}]")
_GAP = r"\s*"
_HAN = r"\u4e00-\u9fa5"
_YEAR = r"(?P<year>(?:19|20)[0-9]{2})"
_NUMBER_HEAD = rf"[{_OPEN}]{_GAP}(?P<year>(?:1{_GAP}9|2{_GAP}0){_GAP}[0-9]{_GAP}[0-9]){_GAP}年?{_GAP}[{_CLOSE}]"
_CODE = rf"(?P<code>[{_HAN}A-Za-z](?:{_GAP}[{_HAN}A-Za-z]){{1,11}})"
_SERIAL = rf"(?P<no>[0-9](?:{_GAP}[0-9])*)"
_DOCUMENT = re.compile(rf"{_CODE}{_GAP}{_NUMBER_HEAD}{_GAP}(?P<di>第?){_GAP}{_SERIAL}{_GAP}号")
_ORDER = re.compile(
    rf"(?P<code>[{_HAN}](?:{_GAP}[{_HAN}]){{0,14}}?{_GAP}令){_GAP}[（(]?{_GAP}第{_GAP}{_SERIAL}{_GAP}号{_GAP}[）)]?"
)
#: A year in brackets with a serial that is none: “〔2019〕-84号”, “〔2019〕号”.
_MALFORMED = re.compile(rf"{_CODE}{_GAP}{_NUMBER_HEAD}{_GAP}[-－—–]?{_GAP}[0-9]*{_GAP}号?")
_STRIPPED = re.compile(rf"{_CODE}{_GAP}{_YEAR}(?P<no>[0-9]{{1,5}}){_GAP}号")
#: Words that may stand before a number in running text and are never part of its code.
_LEAD_IN = re.compile(
    r"根据|按照|依照|依据|遵照|参照|贯彻|落实|执行|转发|印发|结合|关于|通知|文件|意见|办法|规定|以及|按|据|(?<!共)和|及|与|或|见|对|由|的|将|为|以|从|在"
)
_STANDARD = re.compile(rf"[{_HAN}A-Za-z]{{2,12}}〔(?:19|20)[0-9]{{2}}〕[1-9][0-9]*号")
_STANDARD_ORDER = re.compile(rf"[{_HAN}]{{2,16}}令第[1-9][0-9]*号")


@dataclass(frozen=True, slots=True, order=True)
class DocNumber:
    """Code, year (None for an order) and serial. `str()` gives the standard form."""

    code: str
    year: int | None
    number: int

    def __str__(self) -> str:
        if self.year is None:
            return f"{self.code}第{self.number}号"
        return f"{self.code}〔{self.year}〕{self.number}号"


@dataclass(frozen=True, slots=True)
class FoundNumber:
    """A number in a text: `[start, end)` in code points, the characters there, the number, what was unusual."""

    start: int
    end: int
    raw: str
    number: DocNumber
    issues: tuple[Issue, ...]


def normalise(text: str) -> DocNumber | None:
    """The number that `text` is, in any spelling; None when it is none, or more than a number."""
    stripped = text.strip()
    match = _DOCUMENT.fullmatch(stripped)
    if match:
        return _document(match.group("code"), match)
    match = _ORDER.fullmatch(stripped)
    return _order(match.group("code"), match) if match else None


def check(text: str) -> list[Issue]:
    """Issues of a number typed into a field: unreadable is an error with readings offered, a variant a warning."""
    number = normalise(text)
    if number is not None:
        return list(_variants(text.strip(), number))
    if not text.strip():
        return [Issue("docnumber.empty", "文号不能为空。")]
    readings = candidates(text)
    if readings:
        offered = "、".join(map(str, readings))
        message = f"文号“{text.strip()}”缺少年份括号，可能是：{offered}。"
    elif _MALFORMED.fullmatch(text.strip()):
        message = f"文号“{text.strip()}”的序号不完整，应如 青政办发〔2019〕60号。"
    else:
        message = f"“{text.strip()}”不是文号，应如 青政办发〔2019〕60号 或者 国务院令第711号。"
    return [Issue("docnumber.malformed", message, context={"candidates": [str(reading) for reading in readings]})]


def candidates(text: str) -> tuple[DocNumber, ...]:
    """Readings of a number whose brackets are gone: “黑政办发201835号” → 黑政办发〔2018〕35号."""
    match = _STRIPPED.fullmatch(_tight(text))
    if not match or int(match.group("no")) == 0:
        return ()
    return (DocNumber(_code(match.group("code")), int(match.group("year")), int(match.group("no"))),)


def find(text: str) -> list[FoundNumber]:
    """All numbers in a text, in order, white space and line breaks inside them included in the span."""
    # What each form must have is looked for first: the patterns try every character.
    found = list(_found_documents(text)) if _OPENING.search(text) else []
    if "令" in text:
        found += _found_orders(text)
    return sorted(found, key=lambda one: one.start)


def issuer(code: str) -> str:
    """The organ behind a code where it is known here (青政办发 → 青铜峡市人民政府办公室), else empty."""
    return _issuers().get(code, "")


def _found_documents(text: str) -> Iterator[FoundNumber]:
    for match in _DOCUMENT.finditer(text):
        start = _code_start(match.group("code"), match.start())
        code = text[start : match.end("code")]
        if len(_tight(code)) >= 2:
            yield _found(text, start, match.end(), _document(code, match))


def _found_orders(text: str) -> Iterator[FoundNumber]:
    for match in _ORDER.finditer(text):
        start = _code_start(match.group("code"), match.start())
        end = match.end()
        # A closing bracket belongs to the number only if its opening one does.
        while text[end - 1] in "）)" and not re.search(r"[（(]", text[start:end]):
            end = start + len(text[start : end - 1].rstrip())
        code = text[start : match.end("code")]
        if len(_tight(code)) >= 2:
            yield _found(text, start, end, _order(code, match))


def _found(text: str, start: int, end: int, number: DocNumber) -> FoundNumber:
    raw = text[start:end]
    return FoundNumber(start, end, raw, number, tuple(_variants(raw, number)))


def _code_start(code: str, start: int) -> int:
    """Where the code really begins: after the last lead-in word of the characters that look like a code."""
    spaced = list(re.finditer(r"\S", code))
    tight = "".join(match.group() for match in spaced)
    begin = 0
    for match in _LEAD_IN.finditer(tight):
        if match.end() <= len(tight) - 2:
            begin = match.end()
    return start + spaced[begin].start()


def _document(code: str, match: re.Match[str]) -> DocNumber:
    return DocNumber(_code(code), int(_tight(match.group("year"))), int(_tight(match.group("no"))))


def _order(code: str, match: re.Match[str]) -> DocNumber:
    tight = _code(code)
    # 国令 is how the order of the State Council is cited; one number has one form here.
    full = {"国令": "国务院令", "中华人民共和国国务院令": "国务院令", "中华人民共和国主席令": "主席令"}.get(
        tight, tight
    )
    return DocNumber(full, None, int(_tight(match.group("no"))))


def _variants(raw: str, number: DocNumber) -> Iterator[Issue]:
    """What is unusual about a spelling that could be read."""
    if number.number == 0:
        yield Issue("docnumber.zero", f"文号“{_tight(raw)}”的序号为0。")
    tight = _tight(raw)
    if _STANDARD.fullmatch(tight) or _STANDARD_ORDER.fullmatch(tight):
        return
    message = f"文号“{tight}”写法不规范，已按{number}识别。"
    yield Issue("docnumber.variant", message, severity="warning", context={"number": str(number)})


def _code(code: str) -> str:
    return _tight(code)


def _tight(text: str) -> str:
    return re.sub(r"\s+", "", text)


@cache
def _issuers() -> dict[str, str]:
    path = Path(__file__).parent / "issuers.toml"
    return {code: str(name) for code, name in tomllib.loads(path.read_text("utf-8")).items()}
