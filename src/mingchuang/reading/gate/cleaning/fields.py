"""Fields of a DOCX that run programs or reach for files: the result stays, the code goes."""

from __future__ import annotations

from dataclasses import dataclass, field

from mingchuang.reading.formats.markup import Element
from mingchuang.reading.gate.cleaning.package import discard, unwrap
from mingchuang.reading.gate.hidden.docx import reaches_out
from mingchuang.reading.gate.hidden.package import get, local
from mingchuang.reading.gate.hidden.word_look import child


@dataclass(slots=True)
class _Field:
    """A complex field: the marks that part it, and the runs of its code."""

    marks: list[Element] = field(default_factory=list)
    codes: list[Element] = field(default_factory=list)
    result: bool = False

    @property
    def code(self) -> str:
        return "".join(one.text or "" for one in self.codes)


def unlink_file_fields(root: Element) -> int:
    """Turn every field whose code reaches outside into its plain result; returns how many."""
    doomed = [one for one in _complex_fields(root) if reaches_out(one.code)]
    for one in doomed:
        for element in (*one.marks, *one.codes):
            _discard_with_empty_run(element)
    simple = [
        one
        for one in root.iter()
        if isinstance(one.tag, str) and local(one) == "fldSimple" and reaches_out(get(one, "instr") or "")
    ]
    for element in simple:
        unwrap(element)
    return len(doomed) + len(simple)


def _complex_fields(root: Element) -> list[_Field]:
    done: list[_Field] = []
    open_fields: list[_Field] = []
    for one in root.iter():
        if not isinstance(one.tag, str):
            continue
        kind = get(one, "fldCharType") if local(one) == "fldChar" else None
        if kind == "begin":
            open_fields.append(_Field([one]))
        elif kind in {"separate", "end"} and open_fields:
            open_fields[-1].marks.append(one)
            open_fields[-1].result = True
            if kind == "end":
                done.append(open_fields.pop())
        elif local(one) in {"instrText", "delInstrText"} and open_fields and not open_fields[-1].result:
            open_fields[-1].codes.append(one)
    return done


def _discard_with_empty_run(element: Element) -> None:
    run = element.getparent()
    discard(element)
    if run is not None and local(run) == "r" and all(one is child(run, "rPr") for one in run):
        discard(run)
