"""Units parted by blanks alone, however thin: in text, and in a PDF where a blank is a distance."""

from __future__ import annotations

import pytest
from tests.reading.documents import typst_pdf

from mingchuang.reading import read

UNITS = ["县财政局", "县审计局", "县水利局"]
NOTICE = (
    "明河县2021年工作要点\n\n一、巡河。每月巡河一次，记录在案。（责任单位：{}）\n\n"
    "二、护水。每月护水一次，记录在案。（责任单位：县财政局）\n"
)


def owners(data: bytes, name: str) -> list[str]:
    return [unit for assignment in read(data, name).duties[0].assignments for unit in assignment.units]


@pytest.mark.parametrize("blank", ["\u2009", "\u202f", "\u3000", "\u2005", "\u00a0", " "])
def test_every_blank_of_a_text_parts_units(blank: str) -> None:
    assert owners(NOTICE.format(blank.join(UNITS)).encode(), "a.txt") == UNITS


@pytest.mark.parametrize("blank", ["\u2009", "\u202f", "\u3000", " ", "#h(0.15em)", "#h(0.25em)", "#h(0.5em)"])
@pytest.mark.parametrize("justify", ["true", "false"])
def test_every_blank_of_a_pdf_parts_units(blank: str, justify: str) -> None:
    head = f'#set text(size: 14pt, lang: "zh")\n#set par(justify: {justify})\n'
    assert owners(typst_pdf(head + NOTICE.format(blank.join(UNITS))), "a.pdf") == UNITS


@pytest.mark.parametrize("tracking", ["0em", "0.1em", "0.3em"])
def test_letters_moved_apart_part_nothing(tracking: str) -> None:
    head = f'#set text(size: 12pt, lang: "zh", tracking: {tracking})\n#set par(justify: true)\n'
    names = ["县人力资源和社会保障局", "县住房和城乡建设局"]
    assert owners(typst_pdf(head + NOTICE.format("、".join(names))), "a.pdf") == names
    assert owners(typst_pdf(head + NOTICE.format(names[0])), "a.pdf") == names[:1]
