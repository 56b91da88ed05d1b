"""What is hidden in a file, as the searchers of each format tell it, and the rules they go by.

A searcher returns ``Hidden``: which rule, where, and the pieces of text that lie there. The text itself leaves this
package only as hashes: ``hidden.find`` turns it into findings, and holds it against the rules on personal data.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from mingchuang.reading.gate.finding import Place, Result
from mingchuang.reading.gate.rules import declare

_BASIS = "《政府信息公开条例》第十五条；《保守国家秘密法实施条例》第四十二条（先审查、后公开）：看不见的内容未经审查"
_METADATA = "《政府信息公开条例》第十五条；《个人信息保护法》第二十五条：公开文件的属性不应带有个人信息"
_STRIP = "请用“清除隐藏信息”处理后再公开，或删除后重新上传。"

REVISION = declare("hidden.revision", "privacy", "修订痕迹", _BASIS, "请选择接受或拒绝全部修订，清除后再公开。")
COMMENT = declare("hidden.comment", "privacy", "批注", _BASIS, _STRIP)
TEXT = declare("hidden.text", "privacy", "隐藏文字", _BASIS, _STRIP)
COVERED = declare(
    "hidden.covered", "privacy", "遮盖块下的文字", _BASIS, "盖住的文字仍可复制，请用“重建页面”去掉遮盖下的内容。"
)
SHEET = declare("hidden.sheet", "privacy", "隐藏的工作表", _BASIS, _STRIP)
ROWS = declare("hidden.rows", "privacy", "隐藏的行", _BASIS, _STRIP)
COLUMNS = declare("hidden.columns", "privacy", "隐藏的列", _BASIS, _STRIP)
NAME = declare("hidden.name", "privacy", "隐藏的名称定义", _BASIS, _STRIP)
CACHE = declare("hidden.cache", "privacy", "数据透视表缓存", _BASIS, _STRIP)
EMBEDDED = declare("hidden.embedded", "privacy", "嵌入的对象或附件", _BASIS, _STRIP)
EXTERNAL = declare("hidden.external", "privacy", "指向外部文件的链接", _BASIS, _STRIP)
MACRO = declare("hidden.macro", "privacy", "宏、脚本和自动动作", _BASIS, _STRIP)
VERSION = declare("hidden.version", "privacy", "文件里的早期版本", _BASIS, _STRIP)
LAYER = declare("hidden.layer", "privacy", "关闭的图层", _BASIS, _STRIP)
FIELD = declare("hidden.field", "privacy", "表单域", _BASIS, _STRIP)
PERSON = declare("hidden.person", "privacy", "文件属性里的人名和单位", _METADATA, _STRIP)
PROPERTY = declare("hidden.property", "privacy", "文件属性和其他附带信息", _METADATA, _STRIP)
LOCATION = declare("hidden.location", "privacy", "照片里的定位信息", _METADATA, _STRIP)
EXIF = declare("hidden.exif", "privacy", "照片的拍摄信息", _METADATA, _STRIP)
THUMBNAIL = declare("hidden.thumbnail", "privacy", "缩略图", _METADATA, _STRIP)

MOST_PLACES: Final = 50
"""Places listed for one rule and part: a list of a thousand helps nobody; the text of the rest is still examined."""


@dataclass(frozen=True, slots=True, repr=False)
class Piece:
    """A text that lies hidden, and where. Without ``repr``: its text must not reach a log."""

    place: Place
    text: str


@dataclass(frozen=True, slots=True, repr=False)
class Hidden:
    """One hidden thing. ``rule`` is a rule's id; empty when only the pieces are to be examined for personal data."""

    rule: str
    result: Result
    place: Place
    message: str
    pieces: tuple[Piece, ...] = ()

    @property
    def text(self) -> str:
        """All pieces, one a line."""
        return "\n".join(piece.text for piece in self.pieces)

    def to_json(self) -> dict[str, Any]:
        """For the pipe between the child process and this one, and for nothing else: the texts are in it."""
        pieces = [[piece.place.to_json(), piece.text] for piece in self.pieces]
        return {
            "rule": self.rule,
            "result": self.result,
            "place": self.place.to_json(),
            "message": self.message,
            "pieces": pieces,
        }


def hidden_from_json(told: dict[str, Any]) -> Hidden:
    """The inverse of ``Hidden.to_json``."""
    pieces = tuple(Piece(_place(place), text) for place, text in told["pieces"])
    return Hidden(told["rule"], told["result"], _place(told["place"]), told["message"], pieces)


def _place(told: dict[str, Any]) -> Place:
    pairs: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in told.items()}
    return Place(**pairs)


def hidden_at(rule: str, result: Result, place: Place, message: str, texts: Iterable[str] = ()) -> Hidden:
    """A hidden thing whose texts all lie at its own place; blank texts are left out."""
    return Hidden(rule, result, place, message, tuple(Piece(place, text) for text in texts if text.strip()))


def only_text(place: Place, *texts: str) -> Hidden:
    """Text that is no fault by itself (a title, a tooltip) but is held against the rules on personal data."""
    return hidden_at("", "pass", place, "", texts)


def at_most(found: Sequence[Hidden], whole: Place, message: str) -> list[Hidden]:
    """The first ``MOST_PLACES`` one by one; the rest as one, whose ``message`` is filled with ``{count}``."""
    kept = list(found[:MOST_PLACES])
    rest = found[MOST_PLACES:]
    if rest:
        pieces = tuple(piece for one in rest for piece in one.pieces)
        kept.append(Hidden(rest[0].rule, rest[0].result, whole, message.format(count=len(rest)), pieces))
    return kept


def shown(names: Iterable[str], most: int = 5) -> str:
    """Some names of a list in one phrase: ``甲、乙 等 7 个``."""
    listed = list(names)
    phrase = "、".join(listed[:most])
    return phrase if len(listed) <= most else f"{phrase} 等 {len(listed)} 个"
