"""A draft: filled in, saved, compared when two people save, submitted, given up, begun anew."""

from __future__ import annotations

from typing import Any, BinaryIO, cast

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from mingchuang.core import files
from mingchuang.core.actor import Actor
from mingchuang.core.models import Person
from mingchuang.desk import comparison, draft_saving, filing, record_actions, record_text, statutes
from mingchuang.desk.acting import actor_for, person_of
from mingchuang.desk.form_page import form_page, put_into
from mingchuang.desk.forms.records import DraftForm, NoteForm, keep
from mingchuang.desk.frame import desk_view, do_and_return, show, tell
from mingchuang.desk.views.records import HERE, address, at_work, fetch
from mingchuang.norms.outcome import Issue, Refused, errors
from mingchuang.records import attachments, do, form_values, opinions, tables
from mingchuang.records.do import Conflict
from mingchuang.records.kind import Kind, kind
from mingchuang.records.models import Attachment, Record, Revision


def _at_work(request: HttpRequest, pk: int) -> tuple[Person, Record, Revision]:
    """The person, and the record with its text at work, for those who may edit it; 404 otherwise."""
    return person_of(request), *at_work(request, pk)


@desk_view
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The form of a draft. Its buttons save, save and submit, save and take a file off."""
    person, record, revision = _at_work(request, pk)
    if revision.progress != Revision.Progress.DRAFT:
        return redirect(address(record))
    declared = kind(record.kind)
    if request.method == "GET":
        values = record_text.values(revision)
        kept = draft_saving.restored(declared, revision, person, values) if "restore" in request.GET else None
        return _form(request, revision, kept or DraftForm.of(declared, revision, values))
    form = DraftForm(declared, request.POST, request.FILES)
    filing.into(form, record)
    actor = actor_for(person, revision, "edit")
    conflict = _undecided(form, revision, person) or _save(request, form, revision, actor)
    _files(request, form, revision, actor)
    if conflict is None:
        _classify(request, form, record)
    if form.errors or conflict:
        return _form(request, _again(revision), form, conflict)
    draft_saving.saved(request, person, revision)
    return _onward(request, _again(revision), form, person)


def _onward(request: HttpRequest, revision: Revision, form: DraftForm, person: Person) -> HttpResponse:
    """After a save: what was merged is shown first; else to where the button leads."""
    declared, here = form.kind, address(revision.record)
    if form.merged:
        fresh = DraftForm.of(declared, revision, record_text.values(revision))
        fresh.merged = form.merged
        return _form(request, revision, fresh)
    if "submit" in request.POST:
        return _on_to_submission(request, revision, form, person)
    return redirect(f"{here}{_part_wanted(request, declared)}")


def _part_wanted(request: HttpRequest, declared: Kind) -> str:
    """The page below the record to which the pressed button leads: rows of a table, a body from a Word file."""
    if (body := declared.field(request.POST.get("word", ""))) is not None:
        return f"word/{body.name}/"
    table = declared.table(request.POST.get("table", ""))
    return f"tables/{table.name}/" if table is not None else ""


def _again(revision: Revision) -> Revision:
    return Revision.objects.select_related("record__unit").get(pk=revision.pk)


def _undecided(form: DraftForm, revision: Revision, person: Person) -> Conflict | None:
    """A conflict that was shown and in which a field has not been decided: shown again, and nothing is saved."""
    names = form.undecided()
    if not names:
        return None
    names += [name for name in form.merge_bases() if name not in names]
    declared, standing, latest = kind(revision.record.kind), record_text.values(revision), _again(revision)
    shown = ((field, form.sent().get(field.name, "")) for field in declared.fields if field.name in names)
    both = {field.name: (words, form_values.shown(field, standing[field.name])) for field, words in shown}
    own = latest.changed_by == person
    return Conflict(latest, both, latest.changed_by, own, *draft_saving.undecided_merges(form, latest))


def _save(request: HttpRequest, form: DraftForm, revision: Revision, actor: Actor) -> Conflict | None:
    """Save the fields; reasons go onto the form, what cleaning took away is said."""
    try:
        sent, chosen = form.sent(), request.POST.get("record_class", "")
        told: dict[str, Any] = {
            "version": form.sent_version(),
            "record_class": chosen,
            "resolutions": form.resolutions(),
        }
        saved = do.save_draft(revision, actor, sent, **told)
    except Refused as refusal:
        put_into(form, refusal.issues)
        return None
    form.open_at(saved.revision.version, record_text.values(_again(revision)))
    if isinstance(saved, Conflict):
        return saved
    form.merged = saved.merged
    if saved.event is not None:
        tell(request, "".join(["草稿已保存。", *saved.removed]))
    elif not {"submit", "table", "word"} & request.POST.keys() and not form.uploads() and "detach" not in request.POST:
        messages.info(request, "没有改动。")
    return None


def _files(request: HttpRequest, form: DraftForm, revision: Revision, actor: Actor) -> None:
    """Add the chosen files and take the ticked ones off; each speaks for itself, the others are kept."""
    for upload in form.uploads():
        _attach(request, form, revision, actor, upload)
    ticked = [key for key in request.POST.getlist("detach") if key.isdecimal()]
    for row in Attachment.objects.filter(pk__in=ticked, revision=revision).select_related("revision"):
        do.detach(row, actor)
        tell(request, f"已移除附件“{row.title}”。")


def _classify(request: HttpRequest, form: DraftForm, record: Record) -> None:
    """File the record under the item that was typed, or under the suggested one that was ticked."""
    if filing.FIELD not in request.POST:
        return
    typed = request.POST[filing.FIELD].strip() or request.POST.get("suggested_item", "")
    try:
        told = filing.file_under(record, typed, actor_for(person_of(request), record, "classify"))
    except Refused as refusal:
        put_into(form, refusal.issues)
        return
    if told:
        tell(request, told)


def _attach(request: HttpRequest, form: DraftForm, revision: Revision, actor: Actor, upload: UploadedFile[Any]) -> None:
    name = upload.name or ""
    try:
        added = do.attach(
            revision, actor, files.put(cast(BinaryIO, upload), name), title=name.rpartition(".")[0] or name, name=name
        )
    except Refused as refusal:
        reasons = "".join(dict.fromkeys(refusal.reasons))
        told = reasons if f"“{name}”" in reasons else f"{name}：{reasons}"
        put_into(form, [Issue(refusal.issues[0].code, told, "added")])
        return
    told = f"，公众看到的文件名改为“{added.name}”" if attachments.renamed(name, added.name) else ""
    tell(request, f"已添加附件“{name}”{told}。")


def _form(request: HttpRequest, revision: Revision, form: DraftForm, conflict: Conflict | None = None) -> HttpResponse:
    """The form as typed, under what was refused; after a conflict with both sides."""
    person, record = person_of(request), revision.record
    declared = kind(record.kind)
    if filing.FIELD not in form.fields:
        filing.into(form, record)
    context = {
        "record": record,
        "revision": revision,
        "form": form,
        "statutes": statutes.of_kind(declared),
        "names": [field.name for field in declared.fields if not field.fold],
        "bodies": [field.name for field in declared.fields if field.type == "html"],
        "most_bytes": files.MOST_BYTES,
        "folds": _folds(declared, form),
        "gate": record_actions.gate(person, revision),
        "tables": [(table, len(tables.rows_of(revision, table))) for table in declared.tables],
        "filing": filing.choice(record, revision.title),
        "attachments": revision.attachments.select_related("file").order_by("order"),
        "sent_back": opinions.sent_back(revision),
        "conflict": conflict,
        "differences": _differences(form, declared, conflict),
        "saving": draft_saving.of_form(request, person, revision, form),
        "merges": draft_saving.merges(form, declared, conflict),
        "merged": draft_saving.merged(declared, form.merged),
    }
    crumbs = (("信息公开", HERE), (revision.title or "（未命名）", address(record)))
    status = 409 if conflict else 422 if form.errors else 200
    title = f"{declared.title}草稿"
    return show(request, "desk/records/edit.html", title, context, current=HERE, crumbs=crumbs, status=status)


def _folds(declared: Kind, form: DraftForm) -> list[tuple[str, list[str], bool]]:
    """(words, fields, whether it stands open) of what few texts need: open where a field is filled or refused."""
    found: dict[str, list[str]] = {}
    for field in declared.fields:
        if field.fold:
            found.setdefault(field.fold, []).append(field.name)
    told = {
        name for names in found.values() for name in names if form[name].value() not in ("", None) or form[name].errors
    }
    return [(words, names, bool(told.intersection(names))) for words, names in found.items()]


def _differences(form: DraftForm, declared: Kind, conflict: Conflict | None) -> list[tuple[str, comparison.Difference]]:
    """For each field of a conflict the control that decides it, and both sides."""
    if conflict is None:
        return []
    form.ask_which(conflict.differences, conflict.who)
    named = {field.name: field for field in declared.fields}
    return [
        (
            keep(name),
            comparison.difference(named[name].label, *(comparison.shown_text(named[name], side) for side in both)),
        )
        for name, both in conflict.differences.items()
    ]


def _on_to_submission(request: HttpRequest, revision: Revision, form: DraftForm, person: Person) -> HttpResponse:
    """To the page that asks once more; with something missing the form again, each reason at its field."""
    missing = errors(record_actions.gate(person, revision))
    if missing:
        put_into(form, missing)
        return _form(request, revision, form)
    return redirect(f"{address(revision.record)}submit/")


@desk_view
@require_POST
def resume(request: HttpRequest, pk: int) -> HttpResponse:
    """After a return: a new draft with the same words."""
    person, record, revision = _at_work(request, pk)

    def perform() -> str:
        do.revise(revision, actor_for(person, revision, "revise"))
        return "已另起一稿，请修改后再送审。"

    return do_and_return(request, perform, f"{address(record)}edit/")


@desk_view
@require_http_methods(["GET", "POST"])
def revise(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a submitted or approved text back to change it; its signatures don't carry over."""
    person, record, revision = _at_work(request, pk)

    def perform(given: dict[str, Any]) -> HttpResponse:
        do.revise(revision, actor_for(person, revision, "void"), note=given["note"])
        tell(request, "已撤回并另起一稿，修改后重新送审。")
        return redirect(f"{address(record)}edit/")

    lead = [f"第 {revision.ordinal} 稿将作废留存，已有的签署不带到新稿。"]
    form = NoteForm(request.POST or None, label="撤回理由")
    return _ask(request, record, form, perform, title="撤回修改", button="撤回并另起一稿", lead=lead)


@desk_view
@require_http_methods(["GET", "POST"])
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the text at work up; what is public stays public."""
    person, record, revision = _at_work(request, pk)

    def perform(given: dict[str, Any]) -> str:
        do.discard(revision, actor_for(person, revision, "void"), note=given["note"])
        return f"第 {revision.ordinal} 稿已作废。"

    kept = "已公开的内容不受影响。" if record.published_id else "作废后不再公开，公开期限一并停止。"
    form = NoteForm(request.POST or None, label="作废理由")
    return _ask(request, record, form, perform, title="作废稿件", button="作废", lead=[kept], tone="alarm")


@desk_view
@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """A new draft with the public words, to be reviewed and published in their place."""
    person, record = person_of(request), fetch(request, pk, "edit")

    def perform(given: dict[str, Any]) -> HttpResponse:
        do.correct(record, actor_for(person, Revision, "create"), note=given["note"])
        tell(request, "已按公开的内容另起一稿，请更正后送审。")
        return redirect(f"{address(record)}edit/")

    lead = ["更正稿重新审签、公开之前，公众看到的仍是现在的内容。"]
    form = NoteForm(request.POST or None, label="更正原因", hint="写明哪里有误、依据是什么")
    return _ask(request, record, form, perform, title="更正已公开的内容", button="起草更正稿", lead=lead)


def _ask(request: HttpRequest, record: Record, form: NoteForm, perform: Any, **told: Any) -> HttpResponse:
    """A page that asks for a reason, inside the record's crumbs."""
    name = str(record.current or record.published or record)
    crumbs = (("信息公开", HERE), (name, address(record)))
    return form_page(request, form, perform, back=address(record), current=HERE, crumbs=crumbs, **told)
