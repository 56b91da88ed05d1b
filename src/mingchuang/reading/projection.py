"""The text without its white space, and the way back.

Hard wraps, letter spacing (青 铜 峡 市), spaces round digits (2019 年) and page numbers that stand between two lines
of a sentence carry no meaning for the grammar. It therefore works on a projection: the visible characters alone, each
in one form (full-width digits as ASCII, half-width brackets as full-width, traditional forms of the grammar's own
words as simplified ones), with an offset for each back into the text. Values are cut from the text, never from the
folded form, so that nothing is altered on the way.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right

from mingchuang.reading.formats import Span

_INVISIBLE = {"\u00ad", "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff"}
_SAME = {
    "(": "（", ")": "）", "﹙": "（", "﹚": "）", "[": "〔", "]": "〕", "［": "〔", "］": "〕", "﹝": "〔", "﹞": "〕",
    "〖": "【", "〗": "】", "〈": "《", "〉": "》", "‹": "<", "›": ">", "＜": "《", "＞": "》",
    ":": "：", "∶": "：", ";": "；", ",": "，", "?": "？", "!": "！", "｡": "。", "､": "、", "﹑": "、",
    "．": ".", "﹒": ".", "％": "%", "﹪": "%",
    "—": "-", "–": "-", "－": "-", "~": "-", "～": "-", "―": "-", "﹣": "-", "−": "-", "─": "-", "‐": "-", "‑": "-",
    "○": "〇", "Ｏ": "O", "\u2019": "'",
}  # fmt: skip
# Traditional and variant forms, only of characters that the grammar's own words use.
_VARIANTS = dict(
    zip(
        "責單牽頭辦發號關於個時間內實負門縣鄉鎮區廳會員團應開專屬國務項協護別體給們現將經議條據導備質達標級類級業產"
        "場農處選論網絡聯領組導館臺總黨監紀檢書記財稅審計統貿環衛醫療險勞動資規劃設築電氣園隊徵減過無違編製訂見樣範綱"
        "職學報劉請認貫執結構機確數權顯與為從聽緊擴徹關懸進轉後約壓連續東齊萬億兩",
        "责单牵头办发号关于个时间内实负门县乡镇区厅会员团应开专属国务项协护别体给们现将经议条据导备质达标级类级业产"
        "场农处选论网络联领组导馆台总党监纪检书记财税审计统贸环卫医疗险劳动资规划设筑电气园队征减过无违编制订见样范纲"
        "职学报刘请认贯执结构机确数权显与为从听紧扩彻关悬进转后约压连续东齐万亿两",
        strict=True,
    )
)
_FOLDED_BLOCKS = re.compile("[\u2e80-\u2fd5\uf900-\ufaff\uff01-\uff5e]")


# 扩大公众参与.对社会… : an ASCII point between words is a full stop; behind a numeral it belongs to a list number.
_POINT_AS_STOP = re.compile(r"(?<=[\u4e00-\u9fff）”》])(?<![一二三四五六七八九十])\.(?=[\u4e00-\u9fff（“《【〔]|$)")


class _Fold(dict[int, str]):
    """``str.translate`` table that works each character out once. White space and what is invisible become blanks."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if char.isspace() or char in _INVISIBLE or unicodedata.category(char) == "Cc":
            folded = " "
        elif char in _SAME:
            folded = _SAME[char]
        elif char in _VARIANTS:
            folded = _VARIANTS[char]
        elif _FOLDED_BLOCKS.match(char):
            compatible = unicodedata.normalize("NFKC", char)
            folded = _SAME.get(compatible, compatible) if len(compatible) == 1 else char
        else:
            folded = char
        self[code] = folded
        return folded


_FOLD = _Fold()


def _blanked(folded: str, without: list[Span]) -> str:
    pieces, at = [], 0
    for start, end in without:
        pieces += [folded[at:start], " " * (end - start)]
        at = end
    return "".join([*pieces, folded[at:]])


class Projection:
    """``folded`` is the folded projection; positions in it are called places and are half-open like spans.

    text
        The text as extracted.
    without
        Spans of the text that are no part of the sentences (page numbers of a TXT), in order.
    """

    def __init__(self, text: str, without: list[Span] | None = None) -> None:
        self.text = text
        folded = text.translate(_FOLD)
        if without:
            folded = _blanked(folded, without)
        self.offsets = [at for at, char in enumerate(folded) if char != " "]
        self.folded = _POINT_AS_STOP.sub("。", folded.replace(" ", ""))

    def __len__(self) -> int:
        return len(self.offsets)

    def span(self, start: int, end: int) -> Span:
        """The span of the text that the places cover, without white space at its ends. ``start < end``."""
        return self.offsets[start], self.offsets[end - 1] + 1

    def clean(self, start: int, end: int) -> str:
        """The original characters of these places, without white space."""
        first, last = self.span(start, end) if start < end else (0, 0)
        if last - first == end - start:
            return self.text[first:last]
        return "".join([self.text[at] for at in self.offsets[start:end]])

    def places(self, span: Span) -> tuple[int, int]:
        """The places that lie inside a span of the text."""
        return bisect_left(self.offsets, span[0]), bisect_left(self.offsets, span[1])

    def gap(self, place: int) -> str:
        """What stands in the text between this place and the one before it."""
        if place <= 0 or place >= len(self.offsets):
            return ""
        return self.text[self.offsets[place - 1] + 1 : self.offsets[place]]

    def place_after(self, offset: int) -> int:
        """The first place whose character stands after ``offset``."""
        return bisect_right(self.offsets, offset)
