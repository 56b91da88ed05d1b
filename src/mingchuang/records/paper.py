"""Signatures on paper that somebody writes down (代录): their scan, their day, and who may be the one writing."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from mingchuang.core.actor import Actor, Way
from mingchuang.core.models import StoredFile
from mingchuang.norms.outcome import Issue
from mingchuang.records import attachments, examination
from mingchuang.records.authorship import authors
from mingchuang.records.models import ReviewStep, Revision
from mingchuang.records.terms import Decision, RecordClass

RULE = "《政府信息公开条例》第十七条"
TYPES = frozenset({"image/jpeg", "image/png", "application/pdf"})


def issues(revision: Revision, actor: Actor, facts: Mapping[str, Any], step: ReviewStep) -> list[Issue]:
    """What speaks against writing this signature down; empty for one that is given in the system.

    `facts` tells `evidence` (hashes of stored scans), `happened_on` (the day beside the signature) and `scan_faults`
    (what `examined` found).
    """
    if actor.via == Way.SYSTEM and actor.on_behalf_of is None:
        return []
    scans = [entry for entry in facts.get("evidence", ()) if isinstance(entry, str)]
    own = actor.person is not None and actor.person.pk in authors(revision)
    found = _scan(scans, step) + list(facts.get("scan_faults", ())) + _day(revision, facts.get("happened_on"), step)
    if own:
        found += _same_scan(revision, scans, step) + _all_by_authors(revision, step)
    return found


def examined(scan: StoredFile, name: str) -> list[Issue]:
    """What is wrong with the file of a scan, opened and looked through like an attachment; `name` as it was uploaded.

    Only for what is a picture or a PDF: anything else is refused for being neither. Not to be called while rows are
    held: a PDF is read by a child process.
    """
    found = attachments.suffix_issues(name, scan.content_type, scan.extension)
    found += examination.issues(scan, attachments.clean_name(name, scan)) if scan.content_type in TYPES else []
    return [Issue("records.paper_scan", f"审签单{issue.message}", "evidence", rule=RULE) for issue in found]


def _scan(scans: list[str], step: ReviewStep) -> list[Issue]:
    """A picture or a PDF, by content."""
    types = dict(StoredFile.objects.filter(pk__in=scans).values_list("pk", "content_type"))
    if types and set(types.values()) <= TYPES:
        return []
    message = f"{step.title}：请附上带签字的审签单照片（JPG、PNG）或者扫描件（PDF）。"
    return [Issue("records.paper_evidence", message, field="evidence", rule=RULE)]


def _day(revision: Revision, day: datetime.date | None, step: ReviewStep) -> list[Issue]:
    """Nobody signed before the text was submitted, nor before the step that comes first."""
    if day is None:
        return []
    if revision.submitted_on and day < revision.submitted_on:
        message = (
            f"{step.title}：签字日期{day:%Y-%m-%d}早于送审日期{revision.submitted_on:%Y-%m-%d}，"
            "签字时这一稿尚未定稿，请核对。"
        )
        return [Issue("records.paper_date", message, field="happened_on", rule=RULE)]
    before = revision.approvals.filter(decision=Decision.APPROVE, step__lt=step.number, happened_on__gt=day)
    earlier = before.order_by("-happened_on").first()
    if earlier is None:
        return []
    message = (
        f"{step.title}：签字日期{day:%Y-%m-%d}早于“{earlier.step_title}”的签署日期"
        f"{earlier.happened_on:%Y-%m-%d}，与审签次序不符，请核对。"
    )
    return [Issue("records.paper_order", message, field="happened_on", rule=RULE)]


def _same_scan(revision: Revision, scans: list[str], step: ReviewStep) -> list[Issue]:
    """One form, and so one scan, may carry several signatures: then somebody records them who wrote nothing of it."""
    used = revision.approvals.filter(decision=Decision.APPROVE, evidence__in=scans).exclude(step=step.number).first()
    if used is None:
        return []
    message = (
        f"{step.title}：这份扫描件已用于“{used.step_title}”环节。一份审签单上有几个签字的，"
        "由没有参与起草的人代录；您参与了起草，请另附本环节的扫描件。"
    )
    return [Issue("records.paper_same_scan", message, field="evidence", rule=RULE)]


def _all_by_authors(revision: Revision, step: ReviewStep) -> list[Issue]:
    """Of a class A text at least one signature reaches the system by other hands than those that wrote the text."""
    following = revision.steps.filter(number__gt=step.number).exists()
    if revision.record.record_class != RecordClass.A or following:
        return []
    wrote = authors(revision)
    signed = revision.approvals.filter(decision=Decision.APPROVE).values_list("recorder_id", flat=True)
    if any(recorder not in wrote for recorder in signed):
        return []
    message = (
        f"{step.title}：此前各环节的签字都由参与起草的人代录。{RecordClass.A.label}至少有一个签字须由其他人代录，"
        "或者由签字人在系统内签署。"
    )
    return [Issue("records.paper_all_by_authors", message, field="recorder", rule=RULE)]
