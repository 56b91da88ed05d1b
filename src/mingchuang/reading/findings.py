"""What a person should look at: duties without owner, headings without text, lost brackets, a truncated end."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mingchuang.reading import shapes
from mingchuang.reading.brackets import lonely_marks, match_brackets
from mingchuang.reading.clauses import clauses_in
from mingchuang.reading.duties import Draft, clean_heading
from mingchuang.reading.header import Header
from mingchuang.reading.model import Duty, ReadWarning
from mingchuang.reading.paragraphs import Paragraph
from mingchuang.reading.projection import Projection
from mingchuang.reading.structure import Section, is_covering

_MOST_MARKS = 50
_LONGEST_TITLE = 80
_LONGEST_LINE = 40
_ENDED = "。！？…”）】》〕：；"


def heading_of(projection: Projection, made: Draft) -> str | None:
    """The heading for the tree; a node that is one line without more has that line."""
    if made.heading is None and made.item.children:
        return projection.clean(made.item.marker.end, made.item.ranges[0][1])
    return clean_heading(projection, made.heading)


def text_among(drafts: dict[int, Draft]) -> dict[int, tuple[int, int]]:
    """For each parent (0: the roots) how many children it has, and how many of them say more than one line."""
    counts: dict[int, tuple[int, int]] = {}
    for made in drafts.values():
        key = id(made.item.parent) if made.item.parent else 0
        all_of_them, with_text = counts.get(key, (0, 0))
        says_more = bool(made.item.children) or len(made.item.ranges) > 1 or made.heading is not None
        counts[key] = (all_of_them + 1, with_text + says_more)
    return counts


def is_empty_heading(
    warnings: list[ReadWarning], projection: Projection, counts: dict[int, tuple[int, int]], made: Draft
) -> bool:
    """A node that is a bare line while its like have text: its contents are missing, and it is no duty."""
    item = made.item
    if item.children or made.clauses or len(item.ranges) > 1:
        return False
    text = projection.folded[item.marker.end : made.end]
    if re.search("[。；！？，]", text[:-1]) or text.endswith(("。", "；")) or len(text) > _LONGEST_LINE:
        return False
    all_of_them, with_text = counts[id(item.parent) if item.parent else 0]
    if (all_of_them > 1 and not with_text) or (all_of_them == 1 and item.parent is not None):
        return False
    said = projection.clean(item.marker.end, made.end)
    span = projection.span(made.start, made.end)
    warnings.append(ReadWarning("contents_missing", f"{made.ref}“{said}”只有标题，没有内容。", span))
    return True


def unused_clauses(
    warnings: list[ReadWarning], projection: Projection, drafts: dict[int, Draft], duties: list[Duty]
) -> None:
    """Clauses that no duty took, because every node below the heading that holds them has its own."""
    used = {assignment.span for duty in duties for assignment in duty.assignments}
    for made in drafts.values():
        for clause in made.clauses:
            span = projection.span(clause.start, clause.end)
            if span not in used:
                said = projection.clean(clause.start, clause.end)
                warnings.append(ReadWarning("clause_unused", f"标题{made.ref}上的“{said}”没有归入任何任务。", span))


def look(
    warnings: list[ReadWarning],
    projection: Projection,
    sections: Sequence[Section],
    header: Header,
    duties: list[Duty],
) -> None:
    """Add the warnings that need the whole document."""
    _owners(warnings, duties)
    _clauses_above(warnings, projection, sections)
    _contents(warnings, projection, sections, header, duties)
    _annexes(warnings, projection, sections)
    _marks(warnings, projection, sections)
    _end(warnings, projection, sections)


def _owners(warnings: list[ReadWarning], duties: list[Duty]) -> None:
    for duty in duties:
        if duty.assignments or "结尾" in duty.ref:
            continue
        hint = f"文中提到：{'、'.join(duty.suggested_units)}。" if duty.suggested_units else "文中也没有提到由谁承担。"
        warnings.append(ReadWarning("no_owner", f"{duty.ref}没有写明责任单位，{hint}", duty.span))


def _clauses_above(warnings: list[ReadWarning], projection: Projection, sections: Sequence[Section]) -> None:
    """Clauses before the first number: no duty takes them."""
    for section in sections:
        above = section.part.of("preamble", "letter") + section.outline.loose if section.items else []
        for paragraph in above:
            for clause in clauses_in(projection, paragraph.start, paragraph.end):
                said = projection.clean(clause.start, clause.end)
                span = projection.span(clause.start, clause.end)
                warnings.append(ReadWarning("clause_unused", f"第一个编号之前的“{said}”没有归入任何任务。", span))


def _contents(
    warnings: list[ReadWarning],
    projection: Projection,
    sections: Sequence[Section],
    header: Header,
    duties: list[Duty],
) -> None:
    if duties:
        return
    covering = [s for s in sections if is_covering(s.part, projection)]
    if covering:
        letter = covering[0].part.of("letter")[0]
        warnings.append(
            ReadWarning(
                "contents_missing", "只有印发通知，没有所印发的正文。", projection.span(letter.start, letter.end)
            )
        )
    else:
        warnings.append(
            ReadWarning(
                "no_duties", "没有找到带编号的任务。", header.title_place and projection.span(*header.title_place)
            )
        )


def _annexes(warnings: list[ReadWarning], projection: Projection, sections: Sequence[Section]) -> None:
    """Annexes that the text announces and the file does not hold, by their titles."""
    titles = "".join(
        projection.folded[p.start : p.end] for s in sections for p in s.part.of("title", "annex", "table")
        if p.end - p.start < _LONGEST_TITLE
    )  # fmt: skip
    for section in sections:
        for paragraph in section.part.of("attachments"):
            text = projection.folded[paragraph.start : paragraph.end]
            title = re.sub(
                r"^(?:附件)?(?:\d{1,2}|[一二三四五六七八九十]{1,2})?[：.、]?(?:\d{1,2}[.、])?", "", text
            ).strip("《》。；")
            if len(title) > 1 and title not in titles:
                told = projection.clean(paragraph.start, paragraph.end)
                span = projection.span(paragraph.start, paragraph.end)
                warnings.append(ReadWarning("annex_missing", f"文中列有“{told}”，文件里没有这个附件。", span))


def _marks(warnings: list[ReadWarning], projection: Projection, sections: Sequence[Section]) -> None:
    """Brackets and quotation marks without partner, paragraph by paragraph."""
    told = 0
    for section in sections:
        ranges = [r for item in section.items for r in _node_stretches(item.ranges)]
        damaged = [item.marker for item in section.items if item.marker.fault]
        in_numbers = {place for marker in damaged for place in range(marker.start, marker.end)}
        for start, end in ranges:
            for place, missing in lonely_marks(projection.folded, start, end):
                if place in in_numbers:
                    continue
                told += 1
                if told > _MOST_MARKS:
                    return
                mark = projection.clean(place, place + 1)
                warnings.append(
                    ReadWarning(
                        "unclosed_mark", f"“{mark}”没有与之配对的“{missing}”。", projection.span(place, place + 1)
                    )
                )


def _node_stretches(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    return [(ranges[0][0], ranges[-1][1])] if ranges else []


def _end(warnings: list[ReadWarning], projection: Projection, sections: Sequence[Section]) -> None:
    """The text stops in the middle of a sentence, and nothing (signature, annex, imprint) follows."""
    last = sections[-1].part
    if not last.paragraphs or last.zones[-1] not in {"body", "letter", "preamble", "addressees"}:
        return
    paragraph = last.paragraphs[-1]
    final = projection.folded[paragraph.end - 1]
    text = projection.folded[paragraph.start : paragraph.end]
    is_whole = (final in _ENDED and final not in "：；") or shapes.organisation_like(text)
    if is_whole or _ends_in_clause(projection, paragraph) or _is_bare_list(sections[-1], projection):
        return
    span = projection.span(max(paragraph.start, paragraph.end - 12), paragraph.end)
    said = projection.clean(max(paragraph.start, paragraph.end - 12), paragraph.end)
    warnings.append(ReadWarning("truncated_end", f"文末“{said}”没有写完，文件可能不完整。", span))


def _ends_in_clause(projection: Projection, paragraph: Paragraph) -> bool:
    """责任单位：… at the end needs no full stop; an open bracket is no end."""
    clauses = clauses_in(projection, paragraph.start, paragraph.end, (0, paragraph.start))
    open_bracket = match_brackets(projection.folded, paragraph.start, paragraph.end).unclosed
    return bool(clauses) and clauses[-1].end >= paragraph.end - 1 and not open_bracket


def _is_bare_list(section: Section, projection: Projection) -> bool:
    """The last two items are alike lines without a full stop: a list, not a sentence that breaks off."""
    if len(section.items) < 2 or section.closing:
        return False
    last, before = section.items[-1], section.items[-2]
    is_alike = last.marker.series == before.marker.series and len(last.ranges) == len(before.ranges) == 1
    texts = [projection.folded[item.marker.end : item.ranges[0][1]] for item in (last, before)]
    return is_alike and all(text and "。" not in text and text[-1] not in _ENDED for text in texts)
