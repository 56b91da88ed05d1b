"""A reading as plain data: exactly the fields of docs/read.schema.json, in that order."""

from __future__ import annotations

from mingchuang.reading.model import Assignment, Duty, Measure, Reading


def as_json(reading: Reading) -> dict[str, object]:
    """Dicts, lists, strings, numbers and None; lists are never None, absent values are."""
    return {
        "title": reading.title,
        "issuer": reading.issuer,
        "number": reading.number,
        "date": reading.date.isoformat() if reading.date else None,
        "property": reading.property,
        "addressees": list(reading.addressees),
        "cites": [{"title": cite.title, "number": cite.number} for cite in reading.cites],
        "text": reading.text,
        "dropped": [drop.text for drop in reading.dropped],
        "duties": [_duty(duty) for duty in reading.duties],
        "warnings": [
            {"code": w.code, "message": w.message, "span": list(w.span) if w.span else None} for w in reading.warnings
        ],
    }


def _duty(duty: Duty) -> dict[str, object]:
    return {
        "ref": duty.ref,
        "heading": duty.heading,
        "text": duty.text,
        "span": list(duty.span),
        "assignments": [_assignment(a) for a in duty.assignments],
        "suggested_units": list(duty.suggested_units),
        "subtasks": [{"text": s.text, "span": list(s.span)} for s in duty.subtasks],
        "measures": [_measure(m) for m in duty.measures],
    }


def _assignment(assignment: Assignment) -> dict[str, object]:
    return {
        "units": list(assignment.units),
        "lead": list(assignment.lead),
        "mode": assignment.mode,
        "open": assignment.open,
        "raw": assignment.raw,
        "span": list(assignment.span),
    }


def _measure(measure: Measure) -> dict[str, object]:
    return {
        "kind": measure.kind,
        "text": measure.text,
        "value": list(measure.value) if isinstance(measure.value, tuple) else measure.value,
        "unit": measure.unit,
        "comparator": measure.comparator,
        "span": list(measure.span),
    }
