"""The character table of a font, held against fontTools where that is installed."""

from __future__ import annotations

import pytest
from tests.press.typeset.typeset_cases import fonts

from mingchuang.press.typeset import Role, coverage

tables = pytest.importorskip("fontTools.ttLib")


@pytest.mark.parametrize("role", list(Role))
def test_every_code_point_agrees(role: Role) -> None:
    face = fonts().faces[role][0]
    found = tables.TTFont(face.path, fontNumber=face.index, lazy=True).getBestCmap()
    assert coverage.characters(face.path, face.index) == frozenset(found)


def test_a_file_that_is_no_font_is_named(tmp_path) -> None:
    path = tmp_path / "x.otf"
    for data in (b"", b"OTTO\x00", b"not a font at all, but long enough to be read as one" * 4):
        path.write_bytes(data)
        coverage.characters.cache_clear()
        with pytest.raises(coverage.FontError):
            coverage.characters(str(path))
