"""What a person may do next with a record: one first thing, the others behind it. `act` decides; these are buttons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from mingchuang.core import access, now
from mingchuang.core.actor import Actor
from mingchuang.core.models import Deadline, Person
from mingchuang.core.roles import Role
from mingchuang.desk.acting import holds
from mingchuang.norms.outcome import Issue, errors
from mingchuang.norms.wording import day_text
from mingchuang.records import checks, inbox, opinions, queries, releases, returning, staffing
from mingchuang.records import gate as checked
from mingchuang.records.authorship import authors
from mingchuang.records.do.clocks import SECOND_LOOK_RULE
from mingchuang.records.do.review import route_for
from mingchuang.records.kind import kind
from mingchuang.records.models import Approval, Record, ReviewStep, Revision
from mingchuang.records.terms import Secrecy


@dataclass(frozen=True)
class Action:
    """A link, or a form of one button when `post` (with its hidden values)."""

    label: str
    address: str
    post: bool = False
    hidden: Mapping[str, str] = field(default_factory=dict)
    tone: str = ""


@dataclass(frozen=True)
class Actions:
    """The first one is the page's primary button; None where nothing is this person's."""

    first: Action | None
    others: tuple[Action, ...]
    sentence: str
    blocked: str = ""


@dataclass(frozen=True)
class StepShown:
    """One step of the route: who signed it, or whose turn it is."""

    step: ReviewStep
    role: str
    approval: Approval | None
    awaited: bool
    by_author: bool = False
    opinion: str = ""

    @property
    def words(self) -> str:
        """Who decided, on which day, by which way, with which conclusion; or that it waits."""
        if self.approval is None:
            return "等待签署" if self.awaited else "未到"
        found = self.approval
        own = "，代录人参与起草" if self.by_author else ""
        paper = f"（纸质，{found.recorder.name}代录{own}）" if found.recorder else ""
        parts = [f"{found.person.name}{paper}", found.get_decision_display(), f"{found.happened_on:%Y-%m-%d}"]
        if found.secrecy:
            parts.append(f"保密审查：{Secrecy(found.secrecy).label}")
        return "，".join(parts)


def steps(revision: Revision) -> list[StepShown]:
    """The route of a submitted text with its signatures; empty for a draft."""
    signed = {row.step: row for row in revision.approvals.select_related("person", "recorder").order_by("pk")}
    wrote, said = authors(revision), opinions.of(revision)
    shown = []
    for step in revision.steps.order_by("number"):
        found = signed.get(step.number)
        by_author = found is not None and found.recorder_id in wrote
        opinion = said.get(found.pk, "") if found is not None else ""
        awaited = revision.step == step.number
        shown.append(StepShown(step, Role(step.role).label, found, awaited, by_author, opinion))
    return shown


def gate(person: Person, revision: Revision) -> list[Issue]:
    """Before submission: what is missing or contradicts itself, and texts with the same number elsewhere."""
    if revision.progress not in {Revision.Progress.DRAFT, Revision.Progress.REVIEWING}:
        return []
    issues = checks.complete(revision, Actor.own(person), {})
    if revision.progress == Revision.Progress.DRAFT:
        steps = route_for(revision, now.today()).steps
        issues += staffing.unstaffed(revision, steps, None) or staffing.reserved(revision, steps, None)
    twins = queries.same_number(revision.doc_number, besides=revision.record_id)[:3]
    if revision.progress == Revision.Progress.DRAFT:
        issues += checked.issues(revision, checked.of_revision(revision))
    return issues + [
        Issue("desk.same_number", f"文号与“{twin.title}”相同，请核对是否重复。", "doc_number", "warning")
        for twin in twins
    ]


def of(person: Person, record: Record, revision: Revision) -> Actions:
    """What comes next for this person."""
    here = f"/desk/records/{record.pk}/"
    at_work = revision.pk == record.current_id
    found = _for_text(person, record, revision, here) if at_work else []
    found += _for_public(person, record, here)
    if at_work and revision.progress == Revision.Progress.APPROVED and kind(record.kind).channel == "board":
        first = found[0] if found and found[0].label in _FIRST else None
        return Actions(first, tuple(found[1:] if first else found), _ON_BOARDS)
    sentence = _SENTENCES[revision.progress if at_work or record.visibility not in _SENTENCES else record.visibility]
    sentence += _second_look_told(person, record)
    first = found[0] if found and found[0].label in _FIRST else None
    return Actions(first, tuple(found[1:] if first else found), sentence, _return_blocked(person, record))


#: What may be the page's primary button; the rest are choices beside the reading.
_FIRST = {"修改", "送审", "去审签", "修改后再送审", "公开", "登记张贴", "复核"}
_ON_BOARDS = "各环节均已签署，可以打印张贴；每处公示栏登记一次，期满取下。不上网。"
_SENTENCES = {
    "draft": "草稿，可以修改，尚未送审。",
    "reviewing": "内容已经冻结，正在逐级审签；要改，先撤回。",
    "returned": "审签退回，修改会另起一稿，原稿留存。",
    "approved": "各环节均已签署，可以公开。",
    "void": "已作废，仅作留存。",
    "public": "公众可以查阅、检索和下载。",
    "withdrawn": "已从公众网站撤下，原地址只留撤下说明。",
}


def _for_text(person: Person, record: Record, revision: Revision, here: str) -> list[Action]:
    edits = access.may(person, revision, "edit")
    paper = f"/desk/review/{revision.pk}/"
    discard = Action("作废", f"{here}discard/", tone="alarm")
    if revision.progress == Revision.Progress.DRAFT and edits:
        return [*_draft_buttons(person, revision, here), discard]
    preview = Action("预览", f"{here}previews/")
    if revision.progress == Revision.Progress.REVIEWING:
        mine = inbox.to_sign(person).filter(pk=revision.pk).exists()
        found = [Action("去审签" if mine else "查看审签页面", paper), Action("发布前检查", f"{here}gate/"), preview]
        if access.may(person, revision, "record_paper"):
            found += [Action("打印审签单", f"{paper}form/"), Action("代录纸质签批", f"{paper}paper/")]
        return found + ([Action("撤回修改", f"{here}revise/"), discard] if edits else [])
    if revision.progress == Revision.Progress.RETURNED and edits:
        return [Action("修改后再送审", f"{here}resume/", post=True), discard]
    if revision.progress == Revision.Progress.APPROVED:
        found = [*_release(person, record, revision, here), Action("发布前检查", f"{here}gate/"), preview]
        return found + ([Action("撤回修改", f"{here}revise/"), discard] if edits else [])
    return []


def _draft_buttons(person: Person, revision: Revision, here: str) -> list[Action]:
    """Submission comes first once nothing speaks against it, editing until then."""
    edit = Action("修改", f"{here}edit/")
    submit = Action("送审", f"{here}submit/")
    preview = Action("预览", f"{here}previews/")
    found = Action("发布前检查", f"{here}gate/")
    return [edit, preview, found] if errors(gate(person, revision)) else [submit, edit, preview, found]


def _release(person: Person, record: Record, revision: Revision, here: str) -> list[Action]:
    """Onto the web, or onto a board."""
    if kind(record.kind).channel == "board":
        print_it = Action("打印公示件", f"{here}document.pdf")
        return [Action("登记张贴", f"{here}post/"), print_it] if access.may(person, revision, "post") else [print_it]
    if not access.may(person, record, "publish"):
        return []
    if releases.waiting_of(record) is not None:
        change = Action("更改公开时间", f"{here}schedule/")
        return [_publish(record, revision, here), change, Action("取消定时公开", f"{here}schedule/cancel/")]
    return [_publish(record, revision, here), Action("定时公开", f"{here}schedule/")]


def _publish(record: Record, revision: Revision, here: str) -> Action:
    if record.published_id is None:
        return Action("公开", f"{here}publish/", post=True, hidden={"content_hash": revision.content_hash})
    return Action("公开", f"{here}republish/")


def _for_public(person: Person, record: Record, here: str) -> list[Action]:
    if record.published_id is None:
        return []
    public = record.visibility == Record.Visibility.PUBLIC
    found = []
    if public and _may_look_again(person, record):
        found.append(Action("复核", f"{here}second-look/"))
    if record.current_id is None and access.may(person, record, "edit"):
        found.append(Action("更正", f"{here}correct/"))
    if public and kind(record.kind).has_validity and access.may(person, record, "set_validity"):
        found.append(Action("调整有效性", f"{here}validity/"))
    if public and access.may(person, record, "withdraw"):
        found.append(Action("撤下", f"{here}withdraw/", tone="alarm"))
    if _may_return(person, record):
        found.append(Action("恢复公开", f"{here}republish/"))
    return found


def _may_return(person: Person, record: Record) -> bool:
    """Whether the same text may come back after its withdrawal, and this person decides it."""
    allowed = record.current_id is None and returning.same_text_may_return(record)
    return allowed and holds(person, *returning.DECIDING) and access.may(person, record, "publish")


def _return_blocked(person: Person, record: Record) -> str:
    """Why a record that was taken down can't come back now: another text of it is at work. Empty when none is."""
    at_work = record.current
    if record.visibility != Record.Visibility.WITHDRAWN or at_work is None or record.published_id is None:
        return ""
    if not (access.may(person, record, "publish") or access.may(person, record, "edit")):
        return ""
    other = f"第{at_work.ordinal}稿（{_AT_WORK[at_work.progress]}）"
    forward = f"把{other}办到公开，由它代替撤下的原稿"
    if returning.same_text_may_return(record):
        return f"{other}正在办理。要恢复公开原稿，先将{other}作废；或者{forward}。"
    reason = record.get_withdrawal_reason_display()
    return f"因“{reason}”撤下的，原稿不能恢复公开；请{forward}。"


_AT_WORK = {"draft": "草稿", "reviewing": "审签中", "returned": "已退回", "approved": "已签署"}


def _second_look_owed(record: Record) -> Deadline | None:
    owed = Deadline.objects.open().filter(about_kind=Record.subject_kind(), about_id=record.pk, rule=SECOND_LOOK_RULE)
    return owed.order_by("due", "pk").first() if record.visibility == Record.Visibility.PUBLIC else None


def _may_look_again(person: Person, record: Record) -> bool:
    """Whether the second look is owed and this person, who had no hand in the text, may take it."""
    return inbox.to_look_again(person).filter(about_id=record.pk).exists()


def _second_look_told(person: Person, record: Record) -> str:
    """That another person looks again, and by when; nothing where it isn't owed."""
    owed = _second_look_owed(record)
    if owed is None:
        return ""
    by = "请您" if _may_look_again(person, record) else "由没有参与起草、审签和发布的另一名审核人或者负责人"
    return f"丙类公开后还要复核：{by}在{day_text(owed.due)}前完成。" if owed.due else f"丙类公开后还要复核：{by}完成。"
