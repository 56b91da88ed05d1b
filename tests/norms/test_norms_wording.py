"""Titles inside titles."""

from __future__ import annotations

import pytest

from mingchuang.norms.wording import book_title


@pytest.mark.parametrize(
    ("title", "marked"),
    [
        ("政务公开工作要点", "《政务公开工作要点》"),
        ("关于印发《2019年工作要点》的通知", "《关于印发〈2019年工作要点〉的通知》"),
        ("转发《关于印发〈要点〉的通知》的通知", "《转发〈关于印发《要点》的通知〉的通知》"),
        ("关于贯彻《甲》和《乙》的通知", "《关于贯彻〈甲〉和〈乙〉的通知》"),
        ("关于印发《要点的通知", "《关于印发〈要点的通知》"),
        ("要点》的通知", "《要点》的通知》"),
        ("", "《》"),
    ],
)
def test_book_title_marks_alternate(title: str, marked: str) -> None:
    assert book_title(title) == marked
