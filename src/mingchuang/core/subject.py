"""What has state: an abstract model whose axes move only through `core.act`."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.apps import apps
from django.db import models

from mingchuang.norms.machine import load

if TYPE_CHECKING:
    from mingchuang.core.models import Unit


class Subject(models.Model):
    """A row with a state machine. A subclass names its machine and has one CharField for each of its axes.

    Before its creating move every axis is "" and `version` 0 (`act` inserts a row that has no key yet); every act adds
    one to `version`. `core.verify` holds each row against the fold of its events, so state written around `act` is
    found.
    """

    machine: ClassVar[str]
    subject_title: ClassVar[str]

    version = models.PositiveIntegerField("版本", default=0, editable=False)

    class Meta:
        abstract = True

    def subject_unit(self) -> Unit | None:
        """The unit whose people may act on this row; None when only roles of the whole tree may."""
        raise NotImplementedError(f"{type(self).__name__} must say which unit it belongs to")

    @classmethod
    def subject_kind(cls) -> str:
        """The name under which events know this model: `records.revision`."""
        return cls._meta.label_lower

    @classmethod
    def axis_names(cls) -> tuple[str, ...]:
        return tuple(load(cls.machine).axes)

    def axes(self) -> dict[str, str]:
        """The state now: axis → value."""
        return {axis: getattr(self, axis) for axis in self.axis_names()}


def subject_models() -> list[type[Subject]]:
    """Every concrete model with a state machine, in a stable order."""
    found = [model for model in apps.get_models() if issubclass(model, Subject) and not model._meta.proxy]
    return sorted(found, key=lambda model: model._meta.label_lower)


def model_of(kind: str) -> type[Subject] | None:
    """The model behind an event's `subject_kind`, or None when no installed room knows it."""
    return next((model for model in subject_models() if model.subject_kind() == kind), None)
