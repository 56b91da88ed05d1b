"""What a kind of record is: one frozen declaration, everything explicit, found by scanning (`docs/new-kind.md`)."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from mingchuang.norms.outcome import Issue
from mingchuang.reading.gate.facts import UNKNOWN, Facts
from mingchuang.records.kinds import installed_kinds
from mingchuang.records.terms import RecordClass

if TYPE_CHECKING:
    import datetime

    from mingchuang.records.models import Content, Revision, Row

#: `decimal` is an exact number with `places` digits after the point (money, rates), never a float; `integer` a count.
#: `moment` is a day with its time to the minute, in China; its column holds an aware time.
FieldType = Literal["line", "text", "html", "date", "moment", "choice", "keywords", "integer", "decimal"]
#: `catalogue`: a column of Revision, which every kind has by law (条例 art. 12); `content`: one of the kind's model.
Home = Literal["catalogue", "content"]


@dataclass(frozen=True, slots=True)
class Reference:
    """A field that names another record by its 索引号 or 文号; the pages of both lead to each other (`references`).

    `forward` heads the link on the page of the text that names, `back` those on the page of the one that is named;
    `kinds` says of which kinds that one can be.
    """

    forward: str
    back: str
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the form, in the order in which a clerk fills it in.

    `statute` stands beside the field; `required` means: without it the text cannot be submitted (a draft always can be
    saved). `frozen` fields are part of the canonical bytes. `choices` are (value, label) pairs for `choice`. `unit`
    stands behind a number (万元, 人); `places` are the digits after the point of a `decimal`. `heads` are other words
    by which spreadsheets head this column, for fields of a `Table`. `reference` is for a `line` that
    names another record. `chain` heads the links to the other public records of the kind that have the same value here
    (all notices of one project number); its column should be indexed. Fields with the same words in `fold` stand under
    them in the form, closed until one is filled. `internal` columns of a `Table` are not shown to the public.
    """

    name: str
    label: str
    type: FieldType
    home: Home = "content"
    hint: str = ""
    statute: str = ""
    required: bool = False
    frozen: bool = True
    max_length: int = 0
    choices: tuple[tuple[str, str], ...] = ()
    unit: str = ""
    places: int = 2
    heads: tuple[str, ...] = ()
    reference: Reference | None = None
    fold: str = ""
    chain: str = ""
    internal: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows that belong to a text: the projects of a budget, the households of a list, the steps of a batch.

    `model` is a subclass of `records.models.Row` with one real column for each of `columns` (any type but `html`).
    Rows are part of the canonical bytes, in their order. `required`: at least one row to be submitted. `most` bounds
    what a form or a spreadsheet may bring at once. `evidence` names the (internal) column with the SHA-256 of a file
    that proves the row: the file is kept for this record alone (`models.Evidence`) and never public.
    """

    name: str
    label: str
    model: type[Row]
    columns: tuple[Field, ...]
    statute: str = ""
    hint: str = ""
    required: bool = False
    most: int = 5000
    evidence: str = ""

    def column(self, name: str) -> Field | None:
        """The column of that name, or None."""
        return next((column for column in self.columns if column.name == name), None)


#: A check sees the revision, its content row and the titles of its attachments; it returns what a clerk must know.
SubmitCheck = Callable[["Revision", "Content"], list[Issue]]


#: Under which rule the text is owed to the public, and from which day the clock runs (None: not known yet).
Owed = tuple[str, "datetime.date | None"]


@dataclass(frozen=True, slots=True)
class StepClock:
    """A step of a long matter with a time of its own, beside the publication of its text (the postings of a batch).

    It runs under `rule` from `anchor`, whether the text is public or not, and is met by `done_on`: for a posting the
    last day on which it hangs (to come or past), for a limit the day on which it was done. `title` is shown as what is
    owed.
    """

    rule: str
    anchor: datetime.date
    done_on: datetime.date | None
    title: str


@dataclass(frozen=True, slots=True)
class FurtherTable:
    """A table of a public page that is worked out, not written: text, cell by cell (what changed since a version)."""

    label: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def nothing_further(values: Mapping[str, Any], record: int) -> Sequence[FurtherTable]:
    """The page shows what the text holds."""
    return ()


def nothing_known(document: Mapping[str, Any]) -> Facts:
    """The text alone tells the gate what it is."""
    return UNKNOWN


def no_steps(values: Mapping[str, Any]) -> Sequence[StepClock]:
    """Nothing beside publication has a time."""
    return ()


def owed_by_formed_on(values: Mapping[str, Any]) -> Owed:
    """Twenty working days from the day on which the text was formed (条例 art. 26)."""
    return "information.publish", values["formed_on"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of record.

    `model` is the content model (one row for each revision, real columns). `schema` is raised with every change of the
    frozen fields. `template` is the Jinja2 template of the public article. `index_text` and `public_rows` work on plain
    values (field name → value), as they come from `values()`: baking and indexing build no model instances.
    A table's value is a tuple of rows, each a mapping column → value (`checks` read them by `tables.rows_of`).
    `index_text` gives the words that the index finds besides title, number and summary; `public_rows` the (label,
    text) pairs of the table above the article. `owed` names, from the values of a draft, the rule of publication and
    the day from which it runs; `steps` the clocks of steps inside, all of whose rules are in `step_rules`. `further`
    works out tables from the values and the key of the record, to stand below its own on the page. `channel`: on the
    web, or (`board`) to those concerned alone, on notice boards and never on the web; `until` names the date field with
    the last day of a display, after which it comes down by itself. `expiry` names the date field with which validity
    ends by itself. `gate_facts` tells the gate, out of the canonical document, what no text of it says.
    `samples` are fictional form values from which the generated tests and the demonstration county make records;
    `golden` maps each schema to the hash of the first sample's canonical bytes under it, so that a change is seen.
    """

    id: str
    title: str
    model: type[Content]
    schema: int
    fields: tuple[Field, ...]
    template: str
    default_class: RecordClass
    has_validity: bool
    index_text: Callable[[Mapping[str, Any]], str]
    public_rows: Callable[[Mapping[str, Any]], Sequence[tuple[str, str]]]
    owed: Callable[[Mapping[str, Any]], Owed] = owed_by_formed_on
    steps: Callable[[Mapping[str, Any]], Sequence[StepClock]] = no_steps
    step_rules: tuple[str, ...] = ()
    further: Callable[[Mapping[str, Any], int], Sequence[FurtherTable]] = nothing_further
    gate_facts: Callable[[Mapping[str, Any]], Facts] = nothing_known
    channel: Literal["web", "board"] = "web"
    until: str = ""
    expiry: str = ""
    tables: tuple[Table, ...] = ()
    checks: tuple[SubmitCheck, ...] = ()
    samples: tuple[Mapping[str, Any], ...] = ()
    golden: Mapping[int, str] = field(default_factory=dict)

    def field(self, name: str) -> Field | None:
        """The field of that name, or None."""
        return next((field for field in self.fields if field.name == name), None)

    def table(self, name: str) -> Table | None:
        """The table of that name, or None."""
        return next((table for table in self.tables if table.name == name), None)

    @property
    def frozen_names(self) -> tuple[str, ...]:
        """The fields inside the canonical bytes, in declared order."""
        return tuple(field.name for field in self.fields if field.frozen)

    @property
    def content_names(self) -> tuple[str, ...]:
        """The columns of the kind's own model that the form fills."""
        return tuple(field.name for field in self.fields if field.home == "content")


class UnknownKind(LookupError):  # noqa: N818 - names the case, like Http404
    """No installed kind has this id."""


@cache
def kinds() -> Mapping[str, Kind]:
    """All kinds by id, in the order of their folders. Raises ValueError when two declare one id."""
    found: dict[str, Kind] = {}
    for app in installed_kinds():
        declared: Kind = importlib.import_module(f"{app}.kind").KIND
        if declared.id in found:
            raise ValueError(f"the kind {declared.id} is declared twice")
        found[declared.id] = declared
    return found


def kind(kind_id: str) -> Kind:
    """The kind of that id. Raises UnknownKind."""
    try:
        return kinds()[kind_id]
    except KeyError:
        raise UnknownKind(kind_id) from None


def catalogue_fields(*, title_hint: str = "", numbered: bool = False) -> tuple[Field, ...]:
    """The fields that the law asks of every item (条例 art. 12: 名称、内容概述、生成日期; 索引 comes by itself)."""
    statute = "《政府信息公开条例》第十二条"
    number = (
        Field(
            "doc_number",
            "文号",
            "line",
            "catalogue",
            hint="如：青政办发〔2019〕60号；没有文号的留空",
            statute="党政机关公文格式（GB/T 9704）",
            max_length=60,
        ),
    )
    return (
        Field("title", "名称", "line", "catalogue", hint=title_hint, statute=statute, required=True, max_length=300),
        *(number if numbered else ()),
        Field(
            "formed_on",
            "成文日期",
            "date",
            "catalogue",
            hint="签发日期；公开时限从这一天起算",
            statute="《政府信息公开条例》第十二条、第二十六条",
            required=True,
        ),
        Field(
            "summary",
            "内容概述",
            "text",
            "catalogue",
            hint="一两句话说明规定了什么、与谁有关",
            statute=statute,
            required=True,
            max_length=500,
        ),
    )
