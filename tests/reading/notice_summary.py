"""A reading in few lines, for the expectations in notices/*.json."""

from __future__ import annotations

from mingchuang.reading import Assignment, Duty, Measure, Reading


def summary(reading: Reading) -> dict[str, object]:
    """Head, duties and warning codes. Vague words are counted, not listed."""
    return {
        "title": reading.title,
        "issuer": reading.issuer,
        "number": reading.number,
        "date": reading.date.isoformat() if reading.date else None,
        "property": reading.property,
        "addressees": list(reading.addressees),
        "cites": [f"{cite.title} {cite.number or '-'}" for cite in reading.cites],
        "duties": {duty.ref: _duty(duty) for duty in reading.duties},
        "warnings": [warning.code for warning in reading.warnings],
    }


def _duty(duty: Duty) -> dict[str, object]:
    found: dict[str, object] = {"heading": duty.heading, "subtasks": len(duty.subtasks)}
    if duty.assignments:
        found["owners"] = [_owners(assignment) for assignment in duty.assignments]
    if duty.suggested_units:
        found["suggested"] = list(duty.suggested_units)
    measures = [_measure(measure) for measure in duty.measures if measure.kind != "vague"]
    if measures:
        found["measures"] = measures
    vague = sum(measure.kind == "vague" for measure in duty.measures)
    if vague:
        found["vague"] = vague
    return found


def _owners(assignment: Assignment) -> str:
    names = "、".join(("*" if unit in assignment.lead else "") + unit for unit in assignment.units)
    return f"{assignment.mode}: {names}{'…' if assignment.open else ''}"


def _measure(measure: Measure) -> str:
    value = "" if measure.value is None else f" {measure.comparator} {measure.value} {measure.unit}"
    return f"{measure.kind}: {measure.text}{value}"
