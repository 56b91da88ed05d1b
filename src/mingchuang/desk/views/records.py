"""Records in the desk: the list, a new one, one with everything known of it, its files, a citizen's view of it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from csp.constants import SELF
from csp.decorators import csp_replace
from django.db.models import Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET, require_http_methods

from mingchuang.core import access, files, now
from mingchuang.core.models import Deadline, Person, Unit
from mingchuang.core.roles import Role
from mingchuang.core.units import Directory
from mingchuang.desk import due_marks, filing, preview, record_actions, record_states, record_text
from mingchuang.desk.acting import actor_for, holds, person_of
from mingchuang.desk.creation import begin
from mingchuang.desk.form_page import put_into
from mingchuang.desk.forms.records import NewRecordForm, units_for
from mingchuang.desk.frame import desk_view, show, tell
from mingchuang.desk.history import of_record
from mingchuang.norms import docnumber
from mingchuang.norms.outcome import Refused
from mingchuang.records import opinions, releases, sampling
from mingchuang.records.catalogue import do as catalogue
from mingchuang.records.do.clocks import SECOND_LOOK_RULE
from mingchuang.records.doors import WORKING
from mingchuang.records.kind import kind
from mingchuang.records.models import Attachment, Evidence, Posting, Record, Revision
from mingchuang.ui.context import NavItem
from mingchuang.ui.pagination import Pages

HERE = "/desk/records/"
PER_PAGE = 30
#: What a chip of a deadline is called; the same number of days may stand for either.
_LIMITS = {SECOND_LOOK_RULE: "复核期限"}


def address(record: Record | int) -> str:
    """The page of a record in the desk."""
    return f"{HERE}{record if isinstance(record, int) else record.pk}/"


@desk_view
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """The records that the person works on, by state, unit and words."""
    person = person_of(request)
    asked = {name: request.GET.get(name, "").strip() for name in ("state", "unit", "q")}
    seen = access.visible(person, Record)
    found = _filtered(seen, asked)
    total = record_states.titled(found.filter(_state_of(asked)), public_only=not holds(person, *WORKING, Role.OFFICE))
    last = max(1, -(-total.count() // PER_PAGE))
    number = min(max(int(page), 1), last) if (page := request.GET.get("page", "1")).isdecimal() else 1
    rows = total.select_related("unit", "current", "published").order_by("-id")[(number - 1) * PER_PAGE :][:PER_PAGE]
    directory = Directory.on(now.today())
    context = {
        "asked": asked,
        "tabs": _tabs(found, asked),
        "current_tab": _query(asked),
        "rows": [
            (row, record_states.states_of(row), directory.name(row.unit_id), kind(row.kind).title) for row in rows
        ],
        "units": _units_in(seen, directory),
        "pages": Pages(number, last, lambda wanted: f"{_query(asked)}&page={wanted}"),
        "may_create": bool(units_for(person)),
        "keeps_numbers": holds(person, Role.OFFICE),
        "filtered": any(asked.values()),
    }
    return show(request, "desk/records/list.html", "信息公开", context, current=HERE)


def _state_of(asked: dict[str, str]) -> Q:
    state = record_states.BY_KEY.get(asked["state"])
    return state.where if state else Q()


def _filtered(records: Any, asked: dict[str, str]) -> Any:
    """By unit and words; the state is asked separately, so that the tabs count the others too."""
    if asked["unit"]:
        records = records.filter(unit__code=asked["unit"])
    if not asked["q"]:
        return records
    known = docnumber.normalise(asked["q"])
    texts = Revision.objects.filter(Q(title__icontains=asked["q"]) | Q(doc_number__icontains=str(known or asked["q"])))
    return records.filter(Q(pk__in=texts.values("record_id")) | Q(index_number__icontains=asked["q"]))


def _query(asked: dict[str, str], **changed: str) -> str:
    given = {name: value for name, value in {**asked, **changed}.items() if value}
    return f"{HERE}?{urlencode(given)}"


def _tabs(found: Any, asked: dict[str, str]) -> list[NavItem]:
    states = record_states.counts(found)
    every = NavItem("全部", _query(asked, state=""), count=found.count())
    return [every, *(NavItem(s.title, _query(asked, state=s.key), count=n) for s, n in states if n or s.key == "draft")]


def _units_in(seen: Any, directory: Directory) -> list[tuple[str, str]]:
    """(code, name) of the units that have records here, in 编制序列."""
    pks = set(seen.order_by().values_list("unit_id", flat=True).distinct())
    return [(unit.code, directory.name(unit)) for pk, unit in directory.units.items() if pk in pks]


@desk_view
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Begin a record, empty or from a file."""
    person = person_of(request)
    if not units_for(person):
        raise Http404("没有可以起草的单位。")
    form = NewRecordForm(person, request.POST or None, request.FILES or None)
    form.fields[filing.FIELD] = filing.field()
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        unit = Unit.objects.get(code=given["unit"])
        try:
            item = filing.resolve(given[filing.FIELD], given["kind"], unit)
            begun = begin(
                given["kind"], unit, actor_for(person, Record, "create"), given["record_class"], given["file"]
            )
        except Refused as refusal:
            put_into(form, refusal.issues)
        else:
            if item is not None:
                catalogue.classify(begun.revision.record, item, actor_for(person, begun.revision.record, "classify"))
            tell(request, begun.said)
            return redirect(f"{address(begun.revision.record_id)}edit/")
    status = 422 if form.is_bound else 200
    context = {"form": form, "item_names": filing.names_for(units_for(person))}
    crumbs = (("信息公开", HERE),)
    return show(request, "desk/records/new.html", "新建", context, current=HERE, crumbs=crumbs, status=status)


def fetch(request: HttpRequest, pk: int, verb: str = "see") -> Record:
    """The record with its unit and its texts, or 404."""
    found = access.fetch(person_of(request), Record, pk, verb)
    return Record.objects.select_related("unit", "current", "published").get(pk=found.pk)


def at_work(request: HttpRequest, pk: int) -> tuple[Record, Revision]:
    """The record with its text at work, for those who may edit it; 404 otherwise."""
    record = fetch(request, pk, "edit")
    if record.current is None:
        raise Http404("没有正在办理的稿件。")
    record.current.record = record
    return record, record.current


def text_for(person: Person, record: Record) -> Revision:
    """The text that this person may read: the one at work for those who work on it, else what is public. Or 404."""
    last = record.current or record.published or record.revisions.order_by("-ordinal").first()
    readable = last if last is not None and access.may(person, last, "see") else record.published
    if readable is None:
        raise Http404("这条记录没有可以查看的稿件。")
    readable.record = record
    return readable


@desk_view
@require_GET
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """One record: where it stands, what comes next, its words, who signed, what happened."""
    person = person_of(request)
    found = fetch(request, pk)
    revision = text_for(person, found)
    today = now.today()
    owed = Deadline.objects.filter(about_kind=Record.subject_kind(), about_id=pk).exclude(clock="void")
    context = {
        "record": found,
        "kind": kind(found.kind),
        "unit_name": Directory.on(today).name(found.unit_id),
        "states": record_states.states_of(found),
        "revision": revision,
        "text": record_text.of(revision),
        "marks": [
            (_LIMITS.get(row.rule, "公开期限"), due_marks.of_deadline(row, today)) for row in owed.order_by("due")
        ],
        "actions": record_actions.of(person, found, revision),
        "gate": record_actions.gate(person, revision),
        "steps": record_actions.steps(revision),
        "sent_back": opinions.sent_back(revision),
        "alarms": sampling.alarms(revision),
        "postings": Posting.objects.filter(revision__record=found).order_by("-pk"),
        "history": of_record(found),
        "release": releases.waiting_of(found) or releases.failed_of(found),
        "may_release": access.may(person, found, "publish"),
        "comparable": access.visible(person, Revision).filter(record=found).count() > 1,
        "filed": found.item,
        "may_file": access.may(person, found, "edit"),
        "may_number": found.visibility == Record.Visibility.NONE and access.may(person, found, "give_number"),
        "evidence": access.visible(person, Evidence).filter(record=found),
    }
    crumbs = (("信息公开", HERE),)
    title = revision.title or "（未命名）"
    return show(request, "desk/records/record.html", title, context, current=HERE, crumbs=crumbs)


def attachment_for(request: HttpRequest, pk: int) -> Attachment:
    """An attachment of a text that the person may read; 404 otherwise."""
    person = person_of(request)
    found = Attachment.objects.select_related("revision__record", "file").filter(pk=pk).first()
    if found is None:
        raise Http404("没有这个附件。")
    access.fetch(person, Record, found.revision.record_id)
    if found.revision_id != found.revision.record.published_id:
        access.fetch(person, Revision, found.revision_id)
    return found


@desk_view
@require_GET
def attachment(request: HttpRequest, pk: int) -> FileResponse:
    """The bytes of an attachment, public or not, always as a download."""
    found = attachment_for(request, pk)
    response = FileResponse(files.path(found.file_id).open("rb"), as_attachment=True, filename=found.name)
    response["Content-Security-Policy"] = "sandbox"
    return response


@desk_view
@xframe_options_sameorigin
@csp_replace({"frame-ancestors": [SELF]})  # type: ignore[arg-type] # its type knows views without parameters alone
@require_GET
def as_citizen(request: HttpRequest, pk: int) -> HttpResponse:
    """The text at work in the public template, under a banner; the page of previews shows it in frames."""
    revision = text_for(person_of(request), fetch(request, pk))
    return render(request, "desk/records/preview.html", preview.context(revision, request.path))
