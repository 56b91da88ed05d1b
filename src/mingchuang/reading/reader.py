"""``read``: a file in, the notice as data out. The steps are those of docs/reading.md."""

from __future__ import annotations

import re

from mingchuang.reading import findings, shapes
from mingchuang.reading.cites import read_cites
from mingchuang.reading.clauses import clauses_in, is_clause_line
from mingchuang.reading.deadlines import DocumentYear
from mingchuang.reading.duties import (
    Draft,
    DutyMaker,
    assignments_of,
    draft,
    inherited,
    is_duty,
    is_general,
    odd_units,
    share_clauses,
)
from mingchuang.reading.flattened import restore_tables
from mingchuang.reading.formats import Extract, extract
from mingchuang.reading.header import Header, read_header, title_paragraphs
from mingchuang.reading.metadata_lines import parted_fields
from mingchuang.reading.model import Duty, Node, Reading, ReadWarning
from mingchuang.reading.outline import Item
from mingchuang.reading.paragraphs import Paragraph, page_numbers, paragraphs
from mingchuang.reading.projection import Projection
from mingchuang.reading.sentences import sentences_in
from mingchuang.reading.structure import Section, Tiles, build, is_covering
from mingchuang.reading.suggest import with_general_owners
from mingchuang.reading.tables import TableReader
from mingchuang.reading.zones import Zoner

_NO_DEMAND = re.compile("(?:特此|此)(?:通知|函告|通告|公告|报告|复函?|函)[。！]?")


def read(data: bytes, name: str) -> Reading:
    """Read a notice. ``name`` is the file's name, used for messages; the format is told by the content.

    Raises ``formats.Unreadable`` (one Chinese sentence) when there is nothing to read. Damage inside a readable
    document never raises: it is told in ``Reading.warnings``.
    """
    return read_extract(extract(data, name))


def read_extract(source: Extract) -> Reading:
    """Read a document whose text has been extracted."""
    return _Reader(source).run()


class _Reader:
    def __init__(self, source: Extract) -> None:
        self.source = source
        self.furniture = page_numbers(source)
        self.projection = Projection(source.text, self.furniture)
        self._tables = 0
        self.warnings = [ReadWarning(w.code, w.message, w.span) for w in source.warnings]

    def run(self) -> Reading:
        projection = self.projection
        pieces = restore_tables(paragraphs(self.source, projection), projection, self._first_free_table())
        pieces = parted_fields(pieces, projection)
        parts = Zoner(pieces, projection).run()
        tiles = Tiles(projection, self.furniture)
        sections = [build(part, projection, tiles, self.warnings) for part in parts]
        header = read_header(parts, projection)
        self.warnings += header.warnings
        self.maker = DutyMaker(projection, self._year(header), self.warnings)
        duties = self._duties(sections)
        pages = tiles.finish()
        findings.look(self.warnings, projection, sections, header, duties)
        own = [
            "".join(projection.folded[p.start : p.end] for p in title_paragraphs(part, projection)) for part in parts
        ]
        return Reading(
            title=header.title,
            issuer=header.issuer,
            number=header.number,
            date=header.date,
            property=header.property,
            addressees=header.addressees,
            cites=read_cites(projection, own),
            text=self.source.text,
            dropped=self.source.dropped,
            duties=tuple(duties),
            warnings=tuple(sorted(self.warnings, key=lambda w: (w.span is None, w.span or (0, 0), w.code))),
            nodes=tuple(self._roots(sections) + pages),
            source_format=self.source.source_format,
        )

    def _first_free_table(self) -> int:
        return max((b.place.table + 1 for b in self.source.blocks if b.place is not None), default=0)

    def _year(self, header: Header) -> DocumentYear:
        """The year of dates without one: of the title (2019年政务公开工作要点), of the signature, of the number."""
        titled = shapes.year_in(Projection(header.title or "").folded)
        if titled is not None:
            return DocumentYear(titled, "标题")
        if header.date:
            return DocumentYear(header.date.year, "成文日期")
        numbered = re.search(r"〔(\d{4})〕", header.number or "")
        return DocumentYear(int(numbered[1]), "发文字号") if numbered else DocumentYear(None)

    def _roots(self, sections: list[Section]) -> list[Node]:
        roots: list[Node] = []
        for section in sections:
            if section.part.annex and section.roots and section.roots[0].kind == "annex":
                section.roots[0].children = section.roots[1:]
                roots.append(section.roots[0])
            else:
                roots += section.roots
        return roots

    # --- duties

    def _duties(self, sections: list[Section]) -> list[Duty]:
        with_items = [s for s in sections if s.items]
        later = [s for s in with_items if not is_covering(s.part, self.projection)]
        main = next(iter(later or with_items), None)
        duties: list[Duty] = []
        named = 1
        for section in sections:
            numbered: list[Duty] = []
            if section is main:
                numbered = self._numbered(section, "")
            elif section.items and section.part.is_named:
                named += 1
                numbered = self._numbered(section, f"文件{named}·")
            elif section.items and section in later:
                numbered = self._annexed(section)
            duties += numbered + self._tabulated(section, has_text=main is not None)
            if numbered and (section is main or section.part.is_named):
                duties += self._closing(section, "" if section is main else f"文件{named}·")
            if main is None:
                duties += self._unnumbered(section)
        return with_general_owners(duties)

    def _numbered(self, section: Section, prefix: str) -> list[Duty]:
        drafts = self._drafts(section, prefix)
        return self._duties_of(drafts, section)

    def _duties_of(self, drafts: dict[int, Draft], section: Section) -> list[Duty]:
        counts = findings.text_among(drafts)
        found = [duty for item in section.items if (duty := self._duty(drafts, counts, item)) is not None]
        findings.unused_clauses(self.warnings, self.projection, drafts, found)
        return found

    def _drafts(self, section: Section, prefix: str) -> dict[int, Draft]:
        drafts: dict[int, Draft] = {}
        for item in section.items:
            ref = self.maker.unique(prefix + reference(item))
            item.node.ref = ref
            drafts[id(item)] = draft(self.projection, item, ref)
        share_clauses(drafts, section.outline.roots)
        for made in drafts.values():
            self.warnings += odd_units(self.projection, made.clauses + made.shared)
            made.item.node.heading = findings.heading_of(self.projection, made)
        return drafts

    def _duty(self, drafts: dict[int, Draft], counts: dict[int, tuple[int, int]], item: Item) -> Duty | None:
        made = drafts[id(item)]
        if findings.is_empty_heading(self.warnings, self.projection, counts, made):
            return None
        if is_general(self.projection, drafts, made):
            if not item.children:
                self._note(made, "general_part", f"{made.ref}没有提出具体任务，未列入任务。")
            return None
        measures = self.maker.measures(made.stretches)
        if not is_duty(made, measures):
            return None
        clauses = made.clauses or inherited(drafts, item)
        return self.maker.duty(made, assignments_of(self.projection, made, clauses), measures)

    def _note(self, made: Draft, code: str, message: str) -> None:
        self.warnings.append(ReadWarning(code, message, self.projection.span(made.start, made.end)))

    def _annexed(self, section: Section) -> list[Duty]:
        """Numbered nodes of an annex are duties when the annex says who is responsible."""
        name = section.part.annex or "附件"
        drafts = self._drafts(section, name + "·")
        if not any(made.clauses or made.shared for made in drafts.values()):
            first = drafts[id(section.items[0])]
            self._note(first, "annex_without_owners", f"{name}中的编号条目没有责任单位，未列入任务。")
            return []
        return self._duties_of(drafts, section)

    def _tabulated(self, section: Section, *, has_text: bool) -> list[Duty]:
        """The tables of duties of a part. References get the table's number where the text has duties of its own."""
        found: list[Duty] = []
        tables: dict[int, list[Paragraph]] = {}
        for cell in section.part.of("table"):
            if cell.place is not None:
                tables.setdefault(cell.place.table, []).append(cell)
        for cells in tables.values():
            self._tables += 1
            prefix = f"表{self._tables}·" if has_text or self._tables > 1 else ""
            found += TableReader(cells, self.maker, prefix).duties()
            self._tables -= not found
        return found

    def _unnumbered(self, section: Section) -> list[Duty]:
        """Without any number in the document, a paragraph with a responsibility clause is a duty: 段1, 段2, …"""
        found: list[Duty] = []
        for paragraph in section.part.of("preamble", "letter", "body"):
            if clauses_in(self.projection, paragraph.start, paragraph.end):
                found.append(self.maker.sentence_duty(f"段{len(found) + 1}", paragraph.start, paragraph.end))
        return found

    def _closing(self, section: Section, prefix: str) -> list[Duty]:
        places: list[tuple[int, int]] = []
        for a, b in sentences_in(self.projection, section.closing):
            if _NO_DEMAND.fullmatch(self.projection.folded, a, b):
                continue
            if places and places[-1][1] == a and is_clause_line(self.projection, a, b):
                places[-1] = (places[-1][0], b)  # （县政府办负责） speaks of the sentence before it
            else:
                places.append((a, b))
        return [self.maker.sentence_duty(f"{prefix}结尾{at}", a, b) for at, (a, b) in enumerate(places, 1)]


def reference(item: Item) -> str:
    """一（三）3: the numbers from the outermost node inwards. A decimal number (2.1) says its own path."""
    tokens = [step.marker.token for step in item.path()]
    if item.marker.level == "decimal":
        tokens = [
            t for t, step in zip(tokens, item.path(), strict=True) if step.marker.level not in {"arabic", "decimal"}
        ]
        tokens.append(item.marker.token)
    return "".join(tokens)
