"""Personal data in a text: what the law protects when a document is published (条例 Art. 15, 个人信息保护法).

The text is looked over by arrays for signs with which something may begin (`candidates`, `signs`); only there does a
pattern look. Values split by spaces, written in full width or in disguise are found.

Order of precedence where kinds overlap: ID number, credit code (which is no personal datum), mobile, bank card,
bank account, landline, licence plate, passport.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final, Literal, cast

from mingchuang.reading.gate import home_address, unseen
from mingchuang.reading.gate.finding import Finding, Place, Source
from mingchuang.reading.gate.personal_numbers import CANDIDATE, LETTERS, at_candidate, proves_itself
from mingchuang.reading.gate.personal_values import PROVEN, Hit, Kind, without_overlaps
from mingchuang.reading.gate.rules import Rule, declare

if TYPE_CHECKING:
    from mingchuang.reading.gate.signs import Signs

__all__ = ["PROVEN", "RULES", "Hit", "Kind", "find", "findings", "half_width"]

_BASIS = "《政府信息公开条例》第十五条；《个人信息保护法》第二十五条、第二十八条"
_MASK = "请删去，或者用“遮蔽”处理后再发布；依法必须公开的，由审核人写明理由。"
_CONFIRM = "请核对：属于个人的，应当遮蔽；属于机关、单位对外公开的，可以确认保留。"

RULES: Final[dict[Kind, Rule]] = {
    "id_number": declare("privacy.id_number", "privacy", "居民身份证号码", f"{_BASIS}；GB 11643-1999", _MASK),
    "mobile": declare("privacy.mobile", "privacy", "手机号码", _BASIS, _MASK),
    "bank_card": declare("privacy.bank_card", "privacy", "银行卡号", _BASIS, _MASK),
    "bank_account": declare("privacy.bank_account", "privacy", "银行账号", _BASIS, _CONFIRM),
    "landline": declare("privacy.landline", "privacy", "固定电话", _BASIS, _CONFIRM),
    "email": declare("privacy.email", "privacy", "电子邮箱", _BASIS, _CONFIRM),
    "plate": declare("privacy.plate", "privacy", "机动车号牌", _BASIS, _CONFIRM),
    "passport": declare("privacy.passport", "privacy", "护照、通行证号码", _BASIS, _CONFIRM),
    "address": declare(
        "privacy.address", "privacy", "家庭住址", _BASIS, "请核对：个人住址只写到县（区）或者乡（镇）。"
    ),
    "full_name": declare(
        "privacy.full_name", "privacy", "自然人姓名未隐去", _BASIS, "请核对：自然人的姓名一般写作“姓＋某”。"
    ),
}
_FULL_WIDTH = dict(zip("０１２３４５６７８９Ｘｘ＠．＋", "0123456789Xx@.+", strict=True))
_EMAIL = re.compile(r"[A-Za-z0-9][A-Za-z0-9._%+\-]{0,63}@(?:[A-Za-z0-9\-]{1,63}\.)+[A-Za-z]{2,12}")
_NAME_LABEL = re.compile(r"(?:当事人|被处罚人|违法行为人|受害人|被害人|举报人|投诉人|证人|未成年人)$")
_NAME = re.compile(
    r"\s?(?P<name>[王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林郑谢罗梁宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢"
    r"姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤]"
    r"(?!某|[×xX*＊])[\u4e00-\u9fa5]{1,2})(?=[，,。；;、（(\s]|$)"
)


def find(text: str, today: date, signs: Signs | None = None) -> list[Hit]:
    """All personal values in a text, in order, none overlapping. ``today``: a birth after it makes no ID number.

    ``signs`` are those of the text, for callers that have them.
    """
    # Arrays are for those who look, not for all who import.
    from mingchuang.reading.gate import candidates  # noqa: PLC0415
    from mingchuang.reading.gate.signs import Signs  # noqa: PLC0415

    narrow = half_width(text)
    if signs is None or narrow is not text:
        signs = Signs(narrow)
    hits = [
        hit for match in candidates.numbers(signs) for hit in at_candidate(narrow, match.start(), match.end(), today)
    ]
    if signs.holds("@"):
        hits += _emails(narrow)
    if signs.holds(home_address.ANCHORS):
        hits += (Hit("address", start, end, narrow[start:end]) for start, end in home_address.labelled(narrow))
    if candidates.has_label_of_person(signs):
        hits += _names(narrow)
    hits = without_overlaps(hits)
    starts, ends = [hit.start for hit in hits], [hit.end for hit in hits]
    further = [one for one in _disguised(signs, today) if bisect_right(ends, one.start) == bisect_left(starts, one.end)]
    return without_overlaps([*hits, *further]) if further else hits


def half_width(text: str) -> str:
    """Digits, X, @, point and plus in half width; every code point keeps its place."""
    for full, half in _FULL_WIDTH.items():
        if full in text:
            text = text.replace(full, half)
    return text


def findings(text: str, hits: Iterable[Hit], source: Source, where: Place | None = None) -> Iterator[Finding]:
    """One finding for each hit; ``where`` replaces the span where the text is a file's name."""
    for hit in hits:
        rule = RULES[hit.kind]
        result: Literal["fail", "uncertain"] = "fail" if hit.kind in PROVEN and hit.is_sure else "uncertain"
        place = where or Place("正文", span=(hit.start, hit.end))
        said = "含有" if result == "fail" else "疑似含有"
        yield source.finding(rule, result, place, hit.value, f"{said}{rule.title}。")


# -- numbers


def _disguised(signs: Signs, today: date) -> Iterator[Hit]:
    """What only shows once other digits are read as digits, unseen characters are gone and pieces are put together."""
    from mingchuang.reading.gate import disguise  # noqa: PLC0415

    for region in disguise.regions(signs):
        plain = region.plain
        if region.changed:
            for match in CANDIDATE.finditer(plain):
                for hit in at_candidate(plain, match.start(), match.end(), today):
                    start, end = region.span(hit.start, hit.end)
                    yield replace(hit, start=start, end=end)
        for kind, start, end, value in disguise.broken(plain, lambda said: proves_itself(said, today)):
            yield Hit(cast(Kind, kind), *region.span(start, end), value, is_sure=False)


# -- words


def _emails(text: str) -> Iterator[Hit]:
    at = text.find("@")
    while at >= 0:
        shown, places = _latin(text, max(0, at - 64), min(len(text), at + 200))
        for match in _EMAIL.finditer(shown):
            start, end = places[match.start()], places[match.end() - 1] + 1
            if start < at < end:
                yield Hit("email", start, end, match.group().lower())
        at = text.find("@", at + 1)


def _latin(text: str, begin: int, end: int) -> tuple[str, Sequence[int]]:
    """A stretch with full-width letters as plain ones and unseen characters gone; where each character stands."""
    piece = text[begin:end]
    if piece.isascii():
        return piece, range(begin, end)
    kept = [(sign.translate(LETTERS), at) for at, sign in enumerate(piece, begin) if unseen.without(sign)]
    return "".join(sign for sign, _ in kept), [at for _, at in kept]


def _names(text: str) -> Iterator[Hit]:
    for colon in ("：", ":"):
        at = text.find("人" + colon)
        while at >= 0:
            match = _NAME.match(text, at + 2)
            if match and _NAME_LABEL.search(text[max(0, at - 5) : at + 1]):
                yield Hit("full_name", match.start("name"), match.end("name"), match.group("name"))
            at = text.find("人" + colon, at + 2)
