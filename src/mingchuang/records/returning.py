"""What was taken down coming back: why it went decides who may bring it back, and whether with the same words."""

from __future__ import annotations

from mingchuang.core.actor import Actor
from mingchuang.core.models import Event
from mingchuang.core.roles import Role
from mingchuang.norms.outcome import Issue
from mingchuang.records.models import Record, Revision
from mingchuang.records.terms import WithdrawalReason

#: The text itself was at fault: it does not come back, another one does, reviewed with that in mind.
FAULTY = frozenset({WithdrawalReason.PRIVACY, WithdrawalReason.MISTAKE, WithdrawalReason.REVOKED})
#: Who may bring the same text back after any other reason.
DECIDING = frozenset({Role.LEADER, Role.OFFICE})
RULE = "《政府信息公开条例》第六条、第十五条、第十七条"


def issues(record: Record, revision: Revision, actor: Actor) -> list[Issue]:
    """What speaks against bringing a withdrawn record back with this text; empty when it is not withdrawn.

    Read from the events: when this is asked, the record's columns may already say what is about to be.
    """
    if record.visibility != Record.Visibility.WITHDRAWN:
        return []
    mine = Event.objects.filter(subject_kind=Record.subject_kind(), subject_id=record.pk)
    withdrawn = mine.filter(move="withdraw").order_by("-seq").first()
    if withdrawn is None or _submitted_after(withdrawn, revision):
        return []
    reason = WithdrawalReason(withdrawn.data["reason"])
    if reason in FAULTY:
        message = f"因“{reason.label}”撤下的，原稿不能恢复公开；请另起一稿改正，重新审签后再公开。"
        return [Issue("records.withdrawn_text", message, field="revision", rule=RULE)]
    if actor.role in DECIDING:
        return []
    titles = "或者".join(str(role.label) for role in (Role.LEADER, Role.OFFICE))
    message = f"因“{reason.label}”撤下的，恢复公开由{titles}决定并写明理由。"
    return [Issue("records.return_role", message, field="role", rule=RULE)]


def same_text_may_return(record: Record) -> bool:
    """Whether the reason of a withdrawal lets the same text come back, for showing a button."""
    return record.visibility == Record.Visibility.WITHDRAWN and record.withdrawal_reason not in FAULTY


def _submitted_after(withdrawn: Event, revision: Revision) -> bool:
    """A text that was sent to review after the withdrawal was reviewed by people who could know of it."""
    submitted = Event.objects.filter(subject_kind=Revision.subject_kind(), subject_id=revision.pk, move="submit")
    return submitted.filter(seq__gt=withdrawn.seq).exists()
