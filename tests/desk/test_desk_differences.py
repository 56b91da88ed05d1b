"""Any two texts of a record: words, cells, files; and a page that answers whatever is compared."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import pytest

from mingchuang.core import files
from mingchuang.desk import differences
from mingchuang.desk.differences import Grid, Paragraph
from tests.cast import Cast
from tests.desk.conftest import Desk
from tests.record_stages import draft, fresh, submitted

pytestmark = pytest.mark.db
At = Callable[..., Desk]


def two(cast: Cast, before: str, after: str, **changed: str):
    """Two texts of one record, with these bodies."""
    from mingchuang.records import do

    first = submitted(cast, body=before)
    second = do.revise(first, cast.zhang.actor, note="要改")
    do.save_draft(second, cast.zhang.actor, {"body": after, **changed}, version=second.version)
    return fresh(first), fresh(second)


def marked(part: Paragraph) -> str:
    signs = {"same": "{}", "in": "+{}+", "out": "-{}-"}
    return "".join(signs[piece.mark].format(piece.text) for piece in part.pieces)


TABLE = "<table><tbody><tr><th>项目</th><th>金额</th></tr>{}</tbody></table>"


def rows(*cells: tuple[str, str]) -> str:
    return TABLE.format("".join(f"<tr><td>{a}</td><td>{b}</td></tr>" for a, b in cells))


def test_words_cells_fields_and_files_are_marked(cast: Cast, at: At) -> None:
    from mingchuang.records import do

    before = "<p>培训于9月3日上午举行。</p><p>不变。</p>" + rows(("道路", "100"), ("桥梁", "20"))
    after = (
        "<p>培训于9月13日下午举行。</p><p>不变。</p>"
        + rows(("道路", "150"), ("桥梁", "20"), ("绿化", "8"))
        + "<p>新段。</p>"
    )
    old, new = two(cast, before, after, title="新的名称")
    do.attach(new, cast.zhang.actor, files.put(b"a", "a.txt"), title="新附件", name="a.txt")
    found = differences.between(old, fresh(new))
    named = {change.label: change.parts for change in found.fields}
    first, grid, last = named["正文"]
    assert isinstance(first, Paragraph) and marked(first) == "培训于9月-3-+13+日-上-+下+午举行。"
    assert isinstance(last, Paragraph) and (last.whole, marked(last)) == ("in", "+新段。+")
    assert isinstance(grid, Grid) and (grid.heads, grid.same) == (("项目", "金额"), 2)
    assert [(row.number, row.whole) for row in grid.rows] == [(2, ""), (4, "in")]
    assert [[piece.text for piece in cell] for cell in grid.rows[0].cells] == [["道路"], ["100", "150"]]
    assert found.added == ("新附件（a.txt）",) and not found.removed
    page = at(cast.zhang).get(f"/desk/records/{old.record_id}/differences/?from=1&to=2")
    assert re.search(r"<del><span class=\"unseen\">（删去：</span>3<span", page), "told to those who see no colour"
    assert "<ins>" in page and "改动 2 行，未变 2 行" in page and "新附件（a.txt）" in page
    back = differences.between(fresh(new), old)
    assert back.removed == ("新附件（a.txt）",)


def test_by_default_the_last_two_and_any_two_when_asked(cast: Cast, at: At) -> None:
    old, _ = two(cast, "<p>甲</p>", "<p>甲乙</p>")
    zhang, address = at(cast.zhang), f"/desk/records/{old.record_id}/differences/"
    assert "第 1 稿与第 2 稿的不同" in zhang.get(address)
    assert "第 2 稿与第 1 稿的不同" in zhang.get(address + "?from=2&to=1")
    assert "两稿内容相同" in zhang.get(address + "?from=2&to=2")
    for wrong in ("?from=9&to=1", "?from=x", "?to=-1", "?to=99999999999999999999"):
        zhang.get(address + wrong, status=404)
    zhang.get(f"/desk/records/{draft(cast).record_id}/differences/", status=404)
    assert address in zhang.get(f"/desk/records/{old.record_id}/")


def test_hostile_words_are_words(cast: Cast, at: At) -> None:
    old, new = two(cast, "<p>甲</p>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;&lt;/ins&gt;</p>", title="<b>名</b>")
    page = at(cast.zhang).get(f"/desk/records/{old.record_id}/differences/")
    assert "<script>alert" not in page and "&lt;script&gt;" in page
    assert new.title == "<b>名</b>" and "<b>名</b>" not in page


def timed(before: str, after: str) -> tuple[float, differences.Changed]:
    from mingchuang.records.kind import kind

    field = kind("policy").field("body")
    began = time.monotonic()
    found = differences._field(field, before, after, differences._Budget())
    return time.monotonic() - began, found


@pytest.mark.parametrize("name", ["characters", "one paragraph", "paragraphs", "one sign", "rows", "rows upside down"])
def test_huge_texts_are_compared_within_seconds(name: str) -> None:
    line = "关于进一步加强政务公开工作的通知各镇人民政府市直各部门"
    bodies = {
        "characters": (f"<p>{line * 37_000}</p>", f"<p>{line * 37_000}末</p>"),
        "one paragraph": (f"<p>{line * 18_000}</p>", f"<p>{line[::-1] * 18_000}</p>"),
        "paragraphs": (
            "".join(f"<p>{n}{line}</p>" for n in range(20_000)),
            "".join(f"<p>{n}{line}改</p>" for n in range(20_000)),
        ),
        "one sign": (f"<p>{'甲' * 300_000}</p>", f"<p>乙{'甲' * 290_000}丙</p>"),
        "rows": (rows(*((f"户{n}", "1") for n in range(5_000))), rows(*((f"户{n}", "2") for n in range(5_000)))),
        "rows upside down": (
            rows(*((f"户{n}", "1") for n in range(5_000))),
            rows(*((f"户{n}", "1") for n in reversed(range(5_000)))),
        ),
    }
    seconds, found = timed(*bodies[name])
    assert seconds < 12, "measured: some two seconds"
    shown = sum(len(part.rows) if isinstance(part, Grid) else 1 for part in found.parts)
    assert 0 < shown <= differences.MOST_SHOWN


def test_a_page_of_a_table_of_5000_rows_is_short(cast: Cast, at: At) -> None:
    old = rows(*((f"户{n}", str(n)) for n in range(5_000)))
    new = rows(*((f"户{n}", str(n + n % 2)) for n in range(5_000)))
    first, _ = two(cast, old, new)
    page = at(cast.zhang).get(f"/desk/records/{first.record_id}/differences/")
    assert "改动 2500 行，未变 2501 行（列出前 300 行）" in page
    assert len(page) < 500_000
