"""Two texts side by side: what differs, also where they are as long as a form takes."""

from __future__ import annotations

import time

from mingchuang.desk.comparison import difference


def marked(text: str, spans: object) -> list[str]:
    return [text[start:end] for start, end in spans]  # type: ignore[attr-defined]


def test_marks_what_differs_in_a_short_text() -> None:
    found = difference("正文", "甲乙丙丁", "甲乙戊丁己")
    assert marked(found.before, found.before_spans) == ["丙"]
    assert marked(found.after, found.after_spans) == ["戊", "己"]


def test_long_texts_of_like_lines_are_compared_at_once() -> None:
    line = "长" * 99 + "\n"
    began = time.monotonic()
    found = difference("正文", line * 10_000 + "末\n", "首\n" + line * 20_000)
    assert time.monotonic() - began < 2
    assert found.before_spans and found.after_spans
    added = difference("正文", line * 10_000, line * 10_000 + "末\n")
    assert marked(added.after, added.after_spans) == ["末\n"]
    assert not added.before_spans
