"""What a person should look at: duties without owner, headings without text, lost brackets, a truncated end."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mingchuang.reading import shapes
from mingchuang.reading.brackets import lonely_marks
from mingchuang.reading.duties import Draft, clean_heading
from mingchuang.reading.header import Header
from mingchuang.reading.model import Duty, ReadWarning
from mingchuang.reading.projection import Projection
from mingchuang.reading.structure import Section, is_covering

_MOST_MARKS = 50
_ENDED = "。！？…”）】》〕：；"


def heading_of(projection: Projection, made: Draft) -> str | None:
    """The heading for the tree; a node that is one line without more has that line."""
    if made.heading is None and made.item.children:
        return projection.clean(made.item.marker.end, made.item.ranges[0][1])
    return clean_heading(projection, made.heading)


def is_empty_heading(
    warnings: list[ReadWarning], projection: Projection, drafts: dict[int, Draft], made: Draft
) -> bool:
    """A node that is a bare line while its like have text: its contents are missing, and it is no duty."""
    item = made.item
    if item.children or made.clauses or len(item.ranges) > 1:
        return False
    text = projection.folded[item.marker.end : made.end]
    if re.search("[。；！？，]", text[:-1]) or text.endswith(("。", "；")) or len(text) > 40:
        return False
    siblings = item.parent.children if item.parent else [d.item for d in drafts.values() if d.item.parent is None]
    others = [s for s in siblings if s is not item]
    if others and not any(s.children or len(s.ranges) > 1 or drafts[id(s)].heading for s in others):
        return False
    if not others and item.parent is not None:
        return False
    warnings.append(
        ReadWarning("contents_missing", f"{made.ref}“{projection.clean(item.marker.end, made.end)}”只有标题，没有内容。",
                    projection.span(made.start, made.end))
    )  # fmt: skip
    return True


def look(
    warnings: list[ReadWarning],
    projection: Projection,
    sections: Sequence[Section],
    header: Header,
    duties: list[Duty],
) -> None:
    """Add the warnings that need the whole document."""
    _owners(warnings, duties)
    _contents(warnings, projection, sections, header, duties)
    _marks(warnings, projection, sections)
    _end(warnings, projection, sections)


def _owners(warnings: list[ReadWarning], duties: list[Duty]) -> None:
    for duty in duties:
        if duty.assignments or duty.ref.startswith("结尾"):
            continue
        hint = f"文中提到：{'、'.join(duty.suggested_units)}。" if duty.suggested_units else "文中也没有提到由谁承担。"
        warnings.append(ReadWarning("no_owner", f"{duty.ref}没有写明责任单位，{hint}", duty.span))


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


def _marks(warnings: list[ReadWarning], projection: Projection, sections: Sequence[Section]) -> None:
    """Brackets and quotation marks without partner, paragraph by paragraph."""
    told = 0
    for section in sections:
        ranges = [r for item in section.items for r in _node_stretches(item.ranges)]
        for start, end in ranges:
            for place, missing in lonely_marks(projection.folded, start, end):
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
    if (final in _ENDED and final not in "：；") or shapes.organisation_like(
        projection.folded[paragraph.start : paragraph.end]
    ):
        return
    span = projection.span(max(paragraph.start, paragraph.end - 12), paragraph.end)
    said = projection.clean(max(paragraph.start, paragraph.end - 12), paragraph.end)
    warnings.append(ReadWarning("truncated_end", f"文末“{said}”没有写完，文件可能不完整。", span))
