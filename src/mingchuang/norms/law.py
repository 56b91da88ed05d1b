"""The sources of the rules: laws, regulations and notices, when they are in force, and the articles that were read."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "law"


@dataclass(frozen=True, slots=True)
class Law:
    """A source. `opened` says where its text was read; empty means that it was not, so nothing of it is quoted.

    `articles` maps an article's name (第二十六条, 一（三）3) to the words read there.
    """

    id: str
    title: str
    short: str
    number: str
    opened: str
    in_force_from: date
    in_force_to: date | None
    issued: date | None
    note: str
    articles: Mapping[str, str]


@cache
def all_laws() -> Mapping[str, Law]:
    """Every source by id."""
    return {path.stem: _read(path) for path in sorted(FOLDER.glob("*.toml"))}


def law(law_id: str) -> Law:
    """The source of that id; KeyError when there is none."""
    return all_laws()[law_id]


def _read(path: Path) -> Law:
    data = tomllib.loads(path.read_text("utf-8"))
    return Law(
        id=path.stem,
        title=data["title"],
        short=data["short"],
        number=data["number"],
        opened=data["opened"],
        in_force_from=data["from"],
        in_force_to=data.get("to"),
        issued=data.get("issued"),
        note=data.get("note", ""),
        articles=data.get("articles", {}),
    )
