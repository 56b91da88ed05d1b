"""One file through all checks: its name, its text, what it hides. The package offers `check` and `check_text`."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cache

from mingchuang.reading.formats import Extract, Unreadable, extract
from mingchuang.reading.gate import columns, form, hidden, personal, policy, politics, secrecy, wording
from mingchuang.reading.gate.facts import UNKNOWN, Facts
from mingchuang.reading.gate.finding import Finding, Place, Source
from mingchuang.reading.gate.folding import fold
from mingchuang.reading.gate.lists import EMPTY, Leader, Lists, SensitiveWord, Term
from mingchuang.reading.gate.rules import CHECK_NAMES, declare
from mingchuang.reading.gate.shipped import SecrecyAnchor
from mingchuang.reading.gate.signs import Signs

_CLEAN = {
    check: declare(
        f"{check}.clean", check, f"{name}检查", "青政办发〔2019〕60号二（七）（政治关、政策关、保密关、格式关和文字关）"
    )
    for check, name in CHECK_NAMES.items()
}
_UNREAD = {
    check: declare(
        f"{check}.unread", check, f"{name}检查：文件里没有可以读取的文字", "青政办发〔2019〕60号二（七）",
        "请人工查看全部内容。",
    )
    for check, name in CHECK_NAMES.items()
}  # fmt: skip
_NO_TEXT = frozenset({"empty", "scan", "no_text", "image"})


def check(data: bytes, name: str, lists: Lists = EMPTY, *, today: date, facts: Facts = UNKNOWN) -> list[Finding]:
    """Everything the gate has to say of a file: its name, its text, and what it hides.

    ``data`` are its bytes, ``name`` its name (personal data in it are found, and masked in ``Finding.file``), ``lists``
    the customer's lists, ``today`` the day on which terms, rosters and births are judged, ``facts`` what the caller
    knows besides. Raises ``Unreadable`` for a file that cannot be read.
    """
    source = Source.of(data, name)
    kind = hidden.kind_of(data)
    if kind in {"pdf", "xlsx"}:
        inspection = hidden.inspect(data)
        text, held = inspection.text, inspection.hidden
    else:
        text = _text_of(data, name, is_picture=bool(kind) and kind != "docx")
        held = hidden.search(data)
    beneath = [*hidden.findings(source, held, today), *_beside(held, source, lists, today)]
    if isinstance(text, Unreadable):
        if text.code not in _NO_TEXT and not (kind and kind not in {"pdf", "xlsx", "docx"}):
            raise text
        why = text.message
        said = [source.finding(one, "not_assessable", Place("全文"), "", why) for one in _UNREAD.values()]
    else:
        said = [_placed(one, text) for one in _of_text(text.text, source, lists, today, facts)]
        said += columns.findings(text, source, today)
    return _finished([*_of_name(name, source, today), *said, *beneath], source, today)


def check_text(text: str, name: str, lists: Lists = EMPTY, *, today: date, facts: Facts = UNKNOWN) -> list[Finding]:
    """The checks on a text alone (a draft being written); spans count in the text itself."""
    source = Source.of(text.encode("utf-8", "surrogatepass"), name)
    return _finished([*_of_name(name, source, today), *_of_text(text, source, lists, today, facts)], source, today)


def _text_of(data: bytes, name: str, *, is_picture: bool) -> Extract | Unreadable:
    try:
        return extract(data, name)
    except Unreadable as error:
        if is_picture:
            return error
        raise


def _of_text(text: str, source: Source, lists: Lists, today: date, facts: Facts) -> Iterator[Finding]:
    top = form.head(text)
    signs = Signs(text)
    yield from personal.findings(text, personal.find(text, today, signs), source)
    yield from _of_words(signs, source, lists, today)
    yield from politics.map_numbers(text, lists, source)
    yield from politics.missing_lists(lists, source)
    numbers = list(policy.numbers(signs))
    cited = [one for one in numbers if str(one.number) != top.number]
    yield from policy.cites(text, cited, lists, source, today)
    yield from policy.enterprise(top.title, text, facts, source)
    yield from policy.publicity_measure(top.title, text, source)
    yield from form.findings(signs, top, numbers, source, today)
    yield from wording.width(signs, source)
    yield from wording.brackets(signs, source)
    yield from wording.invisible(signs, source)


def _of_words(signs: Signs, source: Source, lists: Lists, today: date) -> Iterator[Finding]:
    """One pass over the folded text for every word that anybody seeks."""
    text, folded = signs.text, fold(signs)
    named: list[tuple[Leader, tuple[int, int]]] = []
    for meaning, start, end in lists.words.find(folded):
        span = folded.span(start, end)
        if isinstance(meaning, SecrecyAnchor):
            yield from secrecy.findings(text, folded.text, start, span, source)
        elif isinstance(meaning, wording.Outdated):
            yield from wording.outdated(text, meaning, span, source, today)
        elif isinstance(meaning, Leader):
            named.append((meaning, span))
        elif isinstance(meaning, SensitiveWord | Term):
            yield politics.word(text, meaning, span, source)
    yield from politics.leaders(text, named, lists, source, today)
    for start, end, message in politics.meetings(folded.text, lists):
        span = folded.span(start, end)
        yield source.finding(politics.MEETING, "uncertain", Place("正文", span=span), text[slice(*span)], message)


def _beside(held: Sequence[hidden.Hidden], source: Source, lists: Lists, today: date) -> Iterator[Finding]:
    """Marks of secrets and words of the lists in what a file hides or has beside its text: a header, a hidden sheet."""
    for piece in (piece for one in held for piece in one.pieces):
        for finding in _of_words(Signs(piece.text), source, lists, today):
            if finding.check in {"secrecy", "politics"}:
                message = f"{piece.place.words}：{finding.message}"
                yield replace(finding, place=replace(piece.place, span=None), message=message)


def _of_name(name: str, source: Source, today: date) -> Iterator[Finding]:
    hits = personal.find(name, today)
    yield from personal.findings(name, hits, source, Place("文件名"))


def _placed(finding: Finding, text: Extract) -> Finding:
    """The place in words: page, table cell or paragraph of the block where the span begins."""
    span = finding.place.span
    if span is None:
        return finding
    starts = _starts(text)
    at = bisect_right(starts, span[0]) - 1
    if at < 0:
        return finding
    block = text.blocks[at]
    place = finding.place
    if block.page is not None:
        return replace(finding, place=replace(place, page=block.page, words=f"第{block.page}页"))
    if block.place is not None:
        cell = _cell(block.place.row, block.place.col)
        words = f"第{block.place.table + 1}张表{cell}"
        return replace(finding, place=replace(place, words=words, cell=cell))
    words = place.words if place.words != "正文" else f"正文第{at + 1}{'行' if block.kind == 'line' else '段'}"
    return replace(finding, place=replace(place, words=words))


def _starts(text: Extract) -> list[int]:
    return [block.span[0] for block in text.blocks]


def _cell(row: int, col: int) -> str:
    letters = ""
    col += 1
    while col:
        col, rest = divmod(col - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"


def _finished(found: list[Finding], source: Source, today: date) -> list[Finding]:
    """In order of check and place, without repetition, the checks that are clean said, nothing personal anywhere."""
    veil = cache(lambda text: masked(text, today))  # the same names and messages come again and again
    seen = dict.fromkeys(_veiled(one, veil) for one in found)
    shown = veil(source.name)
    for check_id, clean in _CLEAN.items():
        if not any(one.check == check_id for one in seen):
            message = f"{CHECK_NAMES[check_id]}检查没有发现问题。"
            seen[Finding(shown, clean, "pass", Place("全文"), "", message, "")] = None
    order = list(CHECK_NAMES)
    return sorted(seen, key=lambda one: (order.index(one.check), one.place.span or (-1, -1), one.rule.id))


def _veiled(finding: Finding, veil: Callable[[str], str]) -> Finding:
    """No text of a finding may hold a personal value: not the file's name, a sheet's, nor a quoted piece of text."""
    place = finding.place
    place = replace(
        place,
        words=veil(place.words),
        sheet=place.sheet and veil(place.sheet),
        member=place.member and veil(place.member),
    )
    return replace(finding, file=veil(finding.file), place=place, message=veil(finding.message))


def masked(text: str, today: date) -> str:
    """The text with every personal value as asterisks: for names and headings that have to be shown."""
    shown = list(text)
    for hit in personal.find(text, today):
        shown[hit.start : hit.end] = "*" * (hit.end - hit.start)
    return "".join(shown)
