"""The control of a body: a plain text area, of which `desk/editor.js` makes an editor where a script can run."""

from __future__ import annotations

import re
from typing import Any, Final

from django import forms

from mingchuang.desk import body_text
from mingchuang.records import markup

#: Cells of tables in the editor: with more it would keep a clerk waiting at every key (docs/adr/0404).
MOST_CELLS: Final = 14_000
_CELL = re.compile(r"<t[dh]\b")


class BodyInput(forms.Textarea):
    """A text area that also says what its text is as markup (`data-markup`), so that the editor needs no rules of its
    own for lines and headings. What was typed and not saved yet is cleaned first."""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        shown = markup.clean(body_text.from_edit(str(value or ""))).html
        told = {"data-editor": "body", "data-markup": shown} if len(_CELL.findall(shown)) <= MOST_CELLS else {}
        return super().get_context(name, value, {**(attrs or {}), **told})
