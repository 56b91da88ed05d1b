"""The law beside a field: from a citation to its words, where the text was read and is kept in `norms/law`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from mingchuang.norms.law import Law, all_laws
from mingchuang.records.kind import Kind
from mingchuang.ui.forms import Statute

_CITED = re.compile(r"《?(?P<law>[^《》第]+?)》?\s*(?P<article>第[一二三四五六七八九十百]+条)")
_STATE = "中华人民共和国"


@cache
def _by_name() -> Mapping[str, tuple[Law, ...]]:
    """Every name under which a source is cited → its versions, the latest first."""
    found: dict[str, list[Law]] = {}
    for law in all_laws().values():
        for name in {law.title, law.title.removeprefix(_STATE), law.short, law.number}:
            found.setdefault(name, []).append(law)
    return {name: tuple(sorted(laws, key=lambda law: law.in_force_from, reverse=True)) for name, laws in found.items()}


@cache
def statute(cite: str) -> Statute | None:
    """What stands beside a field: the citation, the words of the article where they were read; None for no citation."""
    if not cite:
        return None
    cited = _CITED.search(cite)
    laws = _by_name().get(cited["law"].strip(), ()) if cited else ()
    words = [law.articles[cited["article"]] for law in laws if cited and cited["article"] in law.articles]
    return Statute(cite=cite, quote=words[0] if words else "")


def of_kind(declared: Kind) -> dict[str, Statute]:
    """Field name → statute, for the form of a kind."""
    found = {field.name: statute(field.statute) for field in declared.fields}
    return {name: known for name, known in found.items() if known is not None}
