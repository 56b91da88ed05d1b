"""Bytes to characters, strictly: never a replacement character, never a wrong alphabet that merely happens to decode.

The order of trust: a byte order mark; UTF-8 that decodes (Chinese text in another encoding almost never does, whatever
a label claims); then UTF-16 and GB18030 by how much their outcome looks like Chinese. `gbk` and `gb2312` labels are
read as GB18030, which contains them (rare characters of names fail in `gbk`).
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from mingchuang.reading.formats.extract import FormatWarning, Unreadable

_SAMPLE_CHARACTERS = 4_000
_SAMPLE_BYTES = 16_000
_LEAST_LIKENESS = 0.25  # below it, what decoded as GB18030 or UTF-16 is noise and no Chinese
_UTF8_SHARE = 0.8  # share of the non-ASCII bytes that form UTF-8 sequences, above which the text is a damaged UTF-8
_CONTROL_SHARE = 0.01
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_UTF8_SEQUENCES = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_NON_ASCII = re.compile(rb"[\x80-\xff]+")
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_UTF32_BOMS = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_ALIASES = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030", "cp936": "gb18030"}


@dataclass(frozen=True, slots=True)
class Decoded:
    """``text`` without byte order mark; ``encoding`` as used; ``warnings`` when the file's own label was wrong."""

    text: str
    encoding: str
    warnings: tuple[FormatWarning, ...] = ()


def decode(data: bytes, label: str | None = None) -> Decoded:
    """Decode a text file. ``label`` is the encoding that the file itself or its sender declares, if any.

    Raises ``Unreadable``: ``binary`` for what is no text, ``encoding`` for text in no supported encoding,
    ``damaged_text`` for UTF-8 with spoiled bytes (the sentence names the line).
    """
    declared = canonical(label)
    body, marked = _without_bom(data)
    encoding = _encoding_of(body, marked, declared)
    text = body.decode(encoding)
    _refuse_binary(text)
    claimed = marked or declared
    if claimed and claimed != encoding and not body.isascii():
        sentence = f"文件标明的编码是 {claimed.upper()}，实际是 {encoding.upper()}，已按实际编码读取。"
        return Decoded(text, encoding, (FormatWarning("mislabelled_encoding", sentence),))
    return Decoded(text, encoding)


def canonical(label: str | None) -> str | None:
    """The Python name of a declared encoding, the GB family as gb18030; None for none or an unknown one."""
    if not label:
        return None
    name = label.strip().strip("\"'").lower()
    if name in _ALIASES:
        return _ALIASES[name]
    try:
        found = codecs.lookup(name).name
    except (LookupError, ValueError):
        return None
    if found in {"utf-16", "utf-8-sig"}:
        return {"utf-16": "utf-16-le", "utf-8-sig": "utf-8"}[found]
    return _ALIASES.get(found, found)


def _without_bom(data: bytes) -> tuple[bytes, str | None]:
    if data.startswith(_UTF32_BOMS) and len(data) % 4 == 0:
        raise Unreadable("encoding", "文件是 UTF-32 编码的文本，不能读取：请另存为 UTF-8 编码后重新上传。")
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :], encoding
    return data, None


def _encoding_of(body: bytes, marked: str | None, declared: str | None) -> str:
    if marked in {"utf-16-le", "utf-16-be"}:
        if len(body) % 2 or not _decodes(body, marked):
            raise Unreadable("damaged_text", "文件的 UTF-16 编码不完整，末尾可能被截断：请从原件重新另存后上传。")
        return marked
    if b"\x00" not in body and _decodes(body, "utf-8"):
        return "gb18030" if _chinese_by_chance_utf8(body) else "utf-8"
    if b"\x00" not in body and _utf8_share(body) > _UTF8_SHARE:
        raise _damaged_utf8(body)
    scores = {
        encoding: likeness(body.decode(encoding))
        for encoding in _candidates(body, declared)
        if _decodes(body, encoding)
    }
    best = max(scores, key=lambda encoding: scores[encoding], default=None)
    if best is None or scores[best] < _LEAST_LIKENESS:
        raise _no_text(body)
    return best


def _chinese_by_chance_utf8(body: bytes) -> bool:
    """A few very short GB texts (通知, 联通) are also valid UTF-8, of letters that no Chinese file holds."""
    if len(body) > _SAMPLE_BYTES or likeness(body.decode("utf-8")) >= _LEAST_LIKENESS:
        return False
    return _decodes(body, "gb18030") and likeness(body.decode("gb18030")) > 1 - _LEAST_LIKENESS


def _candidates(body: bytes, declared: str | None) -> list[str]:
    """In order of preference: of two equally good outcomes the first is taken."""
    candidates = [] if b"\x00" in body else ["gb18030"]
    if declared == "big5":
        candidates.insert(0, "big5")
    if len(body) % 2 == 0:
        candidates += ["utf-16-le", "utf-16-be"]
    return candidates


def _decodes(body: bytes, encoding: str) -> bool:
    try:
        body.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return False
    return True


def likeness(text: str) -> float:
    """How much the text looks like Chinese or ASCII writing: 0 … 1, from a sample.

    A character of GB 2312 counts fully, its common half (level 1) and punctuation a little more than the rest;
    other Han characters of Big5 (traditional writing) count well; anything else counts nothing.
    """
    sample = text[:_SAMPLE_CHARACTERS]
    characters = [character for character in sample if not character.isspace()]
    if not characters:
        return 1.0
    return sum(map(_weight, characters)) / len(characters)


def _weight(character: str) -> float:
    if character.isascii():
        return 0.9 if character.isprintable() else 0.0
    try:
        lead = character.encode("gb2312")[0]
    except UnicodeEncodeError:
        pass
    else:
        return 1.0 if 0xB0 <= lead <= 0xD7 or 0xA1 <= lead <= 0xA3 else 0.5
    if character in "〔〕—－·①②③④⑤⑥⑦⑧⑨⑩≥≤％":
        return 1.0
    try:
        character.encode("big5")
    except UnicodeEncodeError:
        return 0.0
    return 0.4


def _utf8_share(body: bytes) -> float:
    sample = body[:_SAMPLE_BYTES]
    foreign = sum(map(len, _NON_ASCII.findall(sample)))
    formed = sum(map(len, _UTF8_SEQUENCES.findall(sample)))
    return formed / foreign if foreign else 0.0


def _damaged_utf8(body: bytes) -> Unreadable:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError as error:
        at = error.start
    else:  # pragma: no cover - called only after the strict decoding failed
        at = 0
    line = body.count(b"\n", 0, at) + 1
    return Unreadable(
        "damaged_text",
        f"文件第 {line} 行有损坏的字符（UTF-8 编码不完整），为避免错漏未作读取：请从原件重新另存后上传。",
    )


def _no_text(body: bytes) -> Unreadable:
    if b"\x00" in body or len(_CONTROLS.findall(body[:_SAMPLE_BYTES].decode("latin-1"))) > len(body) * _CONTROL_SHARE:
        return _binary()
    return Unreadable("encoding", "无法辨认文件的文字编码：请用记事本打开原件，另存为 UTF-8 编码后重新上传。")


def _refuse_binary(text: str) -> None:
    controls = len(_CONTROLS.findall(text))
    if "\x00" in text or controls > max(1, len(text) * _CONTROL_SHARE):
        raise _binary()


def _binary() -> Unreadable:
    return Unreadable("binary", "文件不是可读取的文档（内容为二进制数据）：请上传 DOCX、PDF、TXT 或 HTML 文件。")
