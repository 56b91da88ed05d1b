"""The pages of docs/ that are made from the norms: rules.md and one page for each state machine."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

from mingchuang.norms import law, machine, regions, rules

_MADE = "<!-- Made by tools/generate_docs.py from src/mingchuang/norms; edit the TOML files there. -->\n"


def generate() -> dict[str, str]:
    """Path below the root → text of every generated page."""
    pages = {"docs/rules.md": _rules_page()}
    for one in machine.all_machines():
        pages[f"docs/machines/{one.id}.md"] = _machine_page(one)
    return pages


# -- rules


def _rules_page() -> str:
    everything = rules.all_rules().values()
    rows = [row for rule in everything for row in rule.rows]
    confirmed = sum(row.confirmed for row in rows)
    head = [
        _MADE,
        "# 规则与依据",
        "",
        f"共{len(everything)}条规则、{len(rows)}项依据，其中{confirmed}项原文已核，{len(rows) - confirmed}项依据待核。",
        "同一规则有多级依据的，以最严的为准；规则按所判断的事情发生之日选取。",
        "期限的算法见 [clock.md](clock.md)；命令：`mingchuang due 规则 日期`。",
        "",
        "| 规则 | 事项 | 数字 | 起算 |",
        "|---|---|---|---|",
        *(f"| [`{r.id}`](#{_anchor(r.id)}) | {r.title} | {r.text_of(r.rows[-1])} | {r.anchor} |" for r in everything),
        "",
    ]
    body = [line for rule in everything for line in _rule_lines(rule)]
    return "\n".join([*head, *body, *_law_lines()]) + "\n"


def _rule_lines(rule: rules.Rule) -> Iterator[str]:
    number = f"（总表 {rule.row}）" if rule.row else ""
    yield f"## {rule.id}"
    yield ""
    yield f"{rule.title}{number}。{rules.KINDS[rule.kind]}。{rule.text}".rstrip()
    yield ""
    yield "| 地区 | 自 | 至 | 数字 | 效力 | 依据 | 原文 |"
    yield "|---|---|---|---|---|---|---|"
    for row in rule.rows:
        quote = f"“{row.quote}”" if row.quote else row.status
        note = f"<br>{row.note}" if row.note else ""
        cells = (
            regions.name(row.region),
            row.since,
            row.until or "",
            rule.text_of(row),
            row.force,
            row.cite + note,
            quote,
        )
        yield "| " + " | ".join(map(str, cells)) + " |"
    yield ""


def _law_lines() -> Iterator[str]:
    yield "## 依据一览"
    yield ""
    yield "| 名称 | 文号 | 施行 | 失效 | 原文 | 说明 |"
    yield "|---|---|---|---|---|---|"
    by_title = sorted(law.all_laws().values(), key=lambda one: (one.title, one.in_force_from))
    for _, group in groupby(by_title, key=lambda one: one.title):
        for one in group:
            opened = f"已读：{'、'.join(one.articles)}" if one.opened else "未读"
            cells = (one.title, one.number, one.in_force_from, one.in_force_to or "", opened, one.note)
            yield "| " + " | ".join(map(str, cells)) + " |"


def _anchor(rule_id: str) -> str:
    return rule_id.replace(".", "")


# -- machines


def _machine_page(one: machine.Machine) -> str:
    lines = [
        _MADE,
        f"# {one.title}（`{one.id}`）",
        "",
        f"对象：{one.subject}。" + (f"依据：{one.basis}。" if one.basis else ""),
    ]
    lines += ["", "```mermaid", one.mermaid().rstrip(), "```", ""]
    for axis in one.axes.values():
        lines += [f"## {axis.title}（`{axis.id}`）", "", "| 状态 | 名称 | 含义 |", "|---|---|---|"]
        for state in axis.states.values():
            lines.append(f"| `{state.id}` | {state.title} | {state.sentence}{'（终点）' if state.final else ''} |")
        lines.append("")
    lines += ["## 操作", "", "| 操作 | 名称 | 说明 | 何人 | 须附 | 计时 |", "|---|---|---|---|---|---|"]
    lines += [_move_line(move) for move in one.moves.values()]
    if one.facts:
        lines += ["", "## 判断时查看的情况", "", *(f"- `{fact}`：{title}" for fact, title in one.facts.items())]
    return "\n".join(lines) + "\n"


def _move_line(move: machine.Move) -> str:
    roles = "、".join("任何人" if role == machine.ANY_ROLE else machine.ROLE_TITLES[role] for role in move.roles)
    needed = {"note": "理由", "evidence": "凭证", "content_hash": "内容指纹"}
    requires = "、".join(needed[name] for name in move.requires)
    guards = "".join(f"<br>{guard.message}" for guard in move.guards)
    clocks = dict.fromkeys(
        f"{machine.CLOCK_VERBS[verb]} `{rule_id}`"
        for path in move.paths
        for verb, rule_ids in path.clocks.items()
        for rule_id in rule_ids
    )
    return f"| `{move.id}` | {move.title} | {move.sentence}{guards} | {roles} | {requires} | {'；'.join(clocks)} |"
