"""Who does something: the person at the keyboard, as which role, for which unit, on whose behalf, by which way."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from django.db import models

from mingchuang.core.roles import Role

if TYPE_CHECKING:
    from mingchuang.core.models import Person, Unit


class Way(models.TextChoices):
    """How the deed itself came about; anything but `SYSTEM` is written down here after it happened elsewhere."""

    SYSTEM = "system", "系统"
    PAPER = "paper", "纸质"
    PHONE = "phone", "电话"
    OA = "oa", "OA"


@dataclasses.dataclass(frozen=True, slots=True)
class Actor:
    """One person in one capacity.

    `person` is the one at the keyboard (None for the software itself). `role` is the role in which the deed is done:
    on behalf of a leader who signed on paper it is the leader's. `on_behalf_of` is that signer, never the recorder.
    """

    person: Person | None
    role: Role
    unit: Unit | None
    on_behalf_of: Person | None = None
    via: Way = Way.SYSTEM

    @classmethod
    def system(cls) -> Actor:
        """The software itself: reactions, sweeps, migrations."""
        return cls(person=None, role=Role.SYSTEM, unit=None)

    @classmethod
    def own(cls, person: Person) -> Actor:
        """A person on the own account: signing in, changing the password."""
        return cls(person=person, role=Role.SELF, unit=None)

    @property
    def is_system(self) -> bool:
        return self.person is None and self.role == Role.SYSTEM

    @property
    def decider(self) -> Person | None:
        """Whose will it was: the signer on paper, else the person at the keyboard."""
        return self.on_behalf_of or self.person
