"""The notice of the demonstration: through review as class A, published, read into duties, the ledger shown.

`notice-2019-60.txt` is the real 青政办发〔2019〕60号, an official public document, byte for byte.
"""

from __future__ import annotations

import html
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

from mingchuang import reading
from mingchuang.core import files
from mingchuang.core.models import Unit
from mingchuang.core.roles import Role
from mingchuang.ledger import do as ledger
from mingchuang.ledger.models import Notice
from mingchuang.reading.model import Node, Reading
from mingchuang.records import do as records
from mingchuang.records.models import Record, Revision
from mingchuang.site.demo import cast, documents

Say = Callable[[str], None]
SOURCE = Path(__file__).parent / "notice-2019-60.txt"
FILE_NAME = "青政办发〔2019〕60号.txt"
NUMBER = "青政办发〔2019〕60号"


def ensure(say: Say) -> None:
    """The notice as a public record, and its ledger; each step only when it is still to be done."""
    record = _record(say)
    documents.publish(record, say)
    notice = _notice(say)
    _confirm(notice, record, say)


def _record(say: Say) -> Record:
    known = Revision.objects.filter(doc_number=NUMBER).select_related("record").first()
    if known is not None:
        return known.record
    say("正在读取通知，登记为公开记录……")
    office = Unit.objects.get(code="office")
    clerk = cast.acting("zhang", Role.CLERK)
    read = reading.read(SOURCE.read_bytes(), FILE_NAME)
    draft = records.create("policy", office, clerk, _values(read))
    stored = files.put(SOURCE.read_bytes(), FILE_NAME)
    records.attach(draft, clerk, stored, title="通知原文（TXT）", name=FILE_NAME)
    return draft.record


def _values(read: Reading) -> dict[str, Any]:
    return {
        "title": read.title,
        "doc_number": read.number,
        "formed_on": read.date.isoformat() if read.date else "",
        "summary": "部署2019年全市政务公开工作，明确各项任务的责任单位、时限和指标。",
        "issuer": read.issuer,
        "disclosure": "proactive",
        "theme": "general",
        "keywords": "政务公开；工作要点；2019年",
        "effective_on": "",
        "expires_on": "",
        "body": body_of(read),
    }


def body_of(read: Reading) -> str:
    """The document's text as simple HTML: headings and paragraphs in the order of the text, hard wraps undone.

    Head and title of the letter stand above the article and are left out; the title of what it encloses is kept.
    """
    parts: list[str] = []
    for span, node in read.pieces():
        lines = ["".join(line.split()) for line in read.text[span[0] : span[1]].splitlines()]
        lines = [line for line in lines if line]
        if not lines or node.kind in {"head", "furniture"} or (node.kind == "title" and not parts):
            continue
        parts.append(_paragraphs(node, lines))
    return "".join(parts)


def _paragraphs(node: Node, lines: list[str]) -> str:
    if node.kind == "signature":
        return "".join(f'<p class="align-right">{_escaped(line)}</p>' for line in lines)
    text = _escaped("".join(lines))
    if node.kind == "title":
        return f'<h2 class="align-center">{text}</h2>'
    tag = {"chapter": "h3" if text.startswith("（") else "h2", "annex": "h2"}.get(node.kind, "p")
    return f"<{tag}>{text}</{tag}>"


def _escaped(text: str) -> str:
    return html.escape(text, quote=False)


def _notice(say: Say) -> Notice:
    # By the very bytes and the office: a copy that somebody else loads is theirs, and nobody checks it for them.
    known = Notice.objects.filter(unit__code="office", source_id=sha256(SOURCE.read_bytes()).hexdigest())
    found = known.exclude(progress="void").first()
    if found is not None:
        return found
    say("正在把通知读成任务台账……")
    office = Unit.objects.get(code="office")
    return ledger.load(SOURCE.read_bytes(), FILE_NAME, office, cast.acting("zhao", Role.OFFICE))


def _confirm(notice: Notice, record: Record, say: Say) -> None:
    """Check the duties, bind notice and record, show the ledger to the public."""
    office = cast.acting("zhao", Role.OFFICE)
    if notice.record_id is None:
        ledger.bind_record(notice, record)
    if notice.progress == "loaded":
        say("正在核对任务……")
        ledger.confirm_all(notice, office)
        ledger.confirm_notice(notice, office)
    notice.refresh_from_db()
    if notice.progress == "confirmed":
        ledger.publish_notice(notice, office)
        say("任务台账已公开。")
