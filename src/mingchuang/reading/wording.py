"""A duty in the words of the office: owners, time limits, metrics as they go into the cells of a 责任分解表."""

from __future__ import annotations

from mingchuang.reading.model import Assignment, Duty, Measure

_MODES = {"joint": "共同负责", "respective": "分别负责", "by_duty": "按职责分工负责", "lead": "牵头"}
_TIMES = {"limit", "deadline", "period", "recurrence"}
_METRICS = {"rate", "weight", "count"}


def owners(duty: Duty) -> str:
    """One line for each clause; 建议 … where there is no clause but the text names units."""
    if duty.assignments:
        return "\n".join(_owners(assignment) for assignment in duty.assignments)
    if duty.suggested_units:
        return "未写明（文中提到：" + "、".join(duty.suggested_units) + "）"
    return "未写明"


def _owners(assignment: Assignment) -> str:
    and_so_on = "等" if assignment.open else ""
    if assignment.lead:
        others = [unit for unit in assignment.units if unit not in assignment.lead]
        said = "、".join(assignment.lead) + "牵头"
        return f"{said}，{'、'.join(others)}{and_so_on}配合" if others or and_so_on else said
    how = "" if assignment.mode == "joint" else f"（{_MODES[assignment.mode]}）"
    return "、".join(assignment.units) + and_so_on + how


def times(duty: Duty) -> str:
    """Time limits, deadlines, periods and recurrences, as written; a deadline with its date."""
    return "\n".join(_said(measure) for measure in duty.measures if measure.kind in _TIMES)


def metrics(duty: Duty) -> str:
    """Rates, weights, counts and bans, as written."""
    return "\n".join(m.text for m in duty.measures if m.kind in _METRICS or m.kind == "ban")


def _said(measure: Measure) -> str:
    return f"{measure.text}（{measure.value}）" if measure.kind == "deadline" and measure.value else measure.text


def task(duty: Duty) -> str:
    """The heading, or the duty's first words."""
    return duty.heading or (duty.subtasks[0].text if duty.subtasks else duty.text)
