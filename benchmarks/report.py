"""How a measurement is told: ours, the peer's or the limit's, and by what factor ours is better."""

from __future__ import annotations

TIMES = frozenset({"s", "ms", "µs"})

#: (what was measured, ours, unit, the peer or limit, its figure, the factor that is the goal or None)
Row = tuple[str, float, str, str, float, float | None]


def factor(row: Row) -> float:
    """How many times better ours is: peer ÷ ours for times, ours ÷ peer for rates and counts."""
    _, ours, unit, _, peer, _ = row
    return peer / ours if unit in TIMES else ours / peer


def show(rows: list[Row]) -> int:
    """Print a line each; returns how many goals were missed."""
    missed = 0
    for row in rows:
        name, ours, unit, peer_name, peer, goal = row
        better = factor(row)
        met = goal is None or better >= goal
        missed += not met
        wanted = "" if goal is None else f"  goal ≥ {goal:.3g} ×  {'met' if met else 'MISSED'}"
        print(f"{name}: {ours:,.6g} {unit} | {peer_name}: {peer:,.6g} | {better:,.3g} ×{wanted}", flush=True)
    return missed
