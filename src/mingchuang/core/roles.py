"""The roles a person may hold for a unit, and how far each reaches."""

from typing import Final

from django.db import models


class Role(models.TextChoices):
    """What somebody acts as. Nobody is appointed to the last two: the software, and everyone on the own account."""

    CLERK = "clerk", "经办人"
    REVIEWER = "reviewer", "审核人"
    LEADER = "leader", "签发人"
    OFFICE = "office", "政务公开办"
    SUPERVISOR = "supervisor", "监督员"
    ADMIN = "admin", "管理员"
    SYSTEM = "system", "系统"
    SELF = "self", "本人"


# Roles whose work is the whole tree of units; the others act for their own unit alone.
WHOLE_TREE: Final = frozenset({Role.OFFICE, Role.SUPERVISOR, Role.ADMIN, Role.SYSTEM})

# Who may write down in the system what somebody else signed on paper, said on the telephone or sent through OA.
RECORDERS: Final = frozenset({Role.CLERK, Role.OFFICE})

APPOINTABLE: Final = tuple(role for role in Role if role not in {Role.SYSTEM, Role.SELF})
