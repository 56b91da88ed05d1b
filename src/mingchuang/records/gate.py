"""The gate before submission and before release: five checks of the notice and privacy, on the very bytes.

What is examined is the canonical document that people will sign, and every attachment. A finding that fails or is
uncertain stops the text until a person has decided about it, with a reason; the decision holds for this content (its
hash) alone. What cannot be assessed is shown and never counts as passed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from mingchuang.core import files, hashing, now
from mingchuang.norms.outcome import Issue
from mingchuang.reading import gate as reader
from mingchuang.reading.formats import Unreadable
from mingchuang.reading.gate import Facts, Finding, Lists, Place, Result, Source
from mingchuang.reading.gate.rules import CHECK_NAMES, declare
from mingchuang.records import freezing, gate_lists, gate_text
from mingchuang.records.kind import kind
from mingchuang.records.models import GateDecision, Revision

RULE = "青政办发〔2019〕60号 二（七）"
UNREAD = declare(
    "secrecy.unread_file", "secrecy", "附件不能自动检查", "《保守国家秘密法实施条例》第四十二条：先审查、后公开",
    "请打开附件，逐页看过后作出判断。",
)  # fmt: skip
#: Rules about what forms hold in fields of their own.
_BY_FIELDS = frozenset({"form.elements"})
#: Results that stop a text until somebody has decided.
STOPPING = frozenset({"fail", "uncertain"})


@dataclass(frozen=True, slots=True)
class Found:
    """One finding of a text or attachment. `part` is what people call it, `field` the form field (empty for files),
    `file` the SHA-256 of the attachment (empty for the text)."""

    finding: Finding
    part: str
    field: str
    key: str
    file: str = ""

    @property
    def is_hidden(self) -> bool:
        """Whether a file hides it, so that cleaning takes it out."""
        return bool(self.file) and self.finding.rule.id.startswith("hidden.")

    @property
    def stops(self) -> bool:
        return self.finding.result in STOPPING


@dataclass(frozen=True, slots=True)
class Verdict:
    """Everything the gate says of the content with this hash."""

    content_hash: str
    found: tuple[Found, ...]

    def of(self, check: str) -> list[Found]:
        """The findings of one check."""
        return [one for one in self.found if one.finding.check == check]


def of_revision(revision: Revision) -> Verdict:
    """The verdict on a text as it stands (a draft as it would be frozen today), remembered for the same content."""
    data = content_bytes(revision)
    today, lists = now.today(), gate_lists.current()
    return _verdict(data, hashing.named(data), today.isoformat(), lists.digest)


def content_bytes(revision: Revision) -> bytes:
    """The canonical document of a text: as frozen, or a draft's as it would be frozen today."""
    if revision.frozen_id is not None:
        return files.read(revision.frozen_id)
    row = Revision.objects.select_related("record__unit").get(pk=revision.pk)
    row.submitted_on = now.today()
    return freezing.frozen_bytes(row, freezing.content_of(row))


@lru_cache(maxsize=64)
def _verdict(data: bytes, content_hash: str, today: str, lists_digest: str) -> Verdict:
    """`today` and the digest of the lists are part of the key: another day or list is another verdict."""
    document = json.loads(data)
    lists = gate_lists.current().lists
    facts = kind(document["kind"]).gate_facts(document)
    found = _of_text(document, lists, facts)
    # What a document says of itself is judged once, in its own text; files beside it are no documents of their own.
    beside = replace(facts, concerns_enterprises=False) if facts.concerns_enterprises is not None else facts
    for entry in document["attachments"]:
        try:
            said = reader.check(files.read(entry["sha256"]), entry["name"], lists, today=now.today(), facts=beside)
        except Unreadable as fault:
            said = [_unread(entry, fault)]
        found += [replace(_found(one, f"附件“{entry['title']}”", ""), file=entry["sha256"]) for one in said]
    return Verdict(content_hash, tuple(found))


def _unread(entry: Mapping[str, Any], fault: Unreadable) -> Finding:
    """A file that citizens may be given and no program reads (old Word, video): a person looks through it."""
    source = Source.of(entry["sha256"].encode(), entry["name"])
    return source.finding(UNREAD, "uncertain", Place("全文"), "", f"不能自动检查：{fault.message}")


def _of_text(document: Mapping[str, Any], lists: Lists, facts: Facts) -> list[Found]:
    declared = kind(document["kind"])
    source = gate_text.of(declared, document)
    written = {"title", "doc_number", *(field.name for field in declared.fields if field.type == "html")}
    said = reader.check_text(source.text, "正文", lists, today=now.today(), facts=facts)
    found = []
    for one in said:
        piece = source.at(one.place.span[0]) if one.place.span else None
        if one.rule.id in _BY_FIELDS or (one.check == "form" and piece and piece.field not in written):
            continue  # number, date and addressee are fields here, and the kind's own checks judge them
        found.append(_found(one, piece.label if piece else "全文", piece.field if piece else ""))
    return found


def _found(finding: Finding, part: str, field: str) -> Found:
    """With its identity: rule, part, place and matched text; never the text itself."""
    place = json.dumps(finding.place.to_json(), ensure_ascii=False, sort_keys=True)
    told = "\0".join((finding.rule.id, finding.result, part, place, finding.text_hash))
    return Found(finding, part, field, hashlib.sha256(told.encode()).hexdigest())


def decisions(revision: Revision, content_hash: str) -> dict[str, GateDecision]:
    """Finding key → what a person decided about it in this content."""
    rows = GateDecision.objects.filter(revision=revision, content_hash=content_hash).select_related("person", "event")
    return {row.key: row for row in rows}


def open_findings(revision: Revision, verdict: Verdict) -> list[Found]:
    """What stops the text still: failed or uncertain, and nobody has decided."""
    decided = decisions(revision, verdict.content_hash)
    return [one for one in verdict.found if one.stops and one.key not in decided]


def issues(revision: Revision, verdict: Verdict) -> list[Issue]:
    """Why the text may not go on, every finding with its place; empty when nothing stops it."""
    return [
        Issue(
            f"gate.{one.finding.rule.id}",
            f"{CHECK_NAMES[one.finding.check]}检查，{one.part}：{one.finding.message}{one.finding.advice}",
            field=one.field,
            rule=one.finding.rule.basis,
            context={"result": one.finding.result, "key": one.key},
        )
        for one in open_findings(revision, verdict)
    ]


def summary(found: Sequence[Found], decided: Mapping[str, GateDecision]) -> list[tuple[str, Result, int, int]]:
    """For each check: its name, its worst result still open (`pass` when all is decided), how many stop, how many
    are decided."""
    order: tuple[Result, ...] = ("fail", "uncertain", "not_assessable", "pass")
    lines = []
    for check, name in CHECK_NAMES.items():
        inside = [one for one in found if one.finding.check == check]
        still: list[Result] = [one.finding.result for one in inside if one.key not in decided] or ["pass"]
        stopping = sum(one.stops and one.key not in decided for one in inside)
        lines.append((name, min(still, key=order.index), stopping, sum(one.key in decided for one in inside)))
    return lines
