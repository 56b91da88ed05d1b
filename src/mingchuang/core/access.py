"""The only door to an object in the desk: fetch and authorise in one step; a stranger gets 404.

A room registers, for a model and a verb (a Chinese-free identifier: `see`, `edit`, `review` …), one function from a
person to the rows that this person may treat so. What isn't registered is closed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import models
from django.http import Http404

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from mingchuang.core.models import Person

Row = TypeVar("Row", bound=models.Model)
Rule = Callable[["Person"], "QuerySet[Any]"]

_rules: dict[tuple[str, str], Rule] = {}


def register(model: type[models.Model], verb: str, rule: Rule) -> None:
    """Say which rows of `model` a person may `verb`. Raises ValueError when another function said so already."""
    key = (model._meta.label_lower, verb)
    known = _rules.get(key)
    if known is not None and known is not rule:
        raise ValueError(f"access to {key[0]} for {verb} is registered twice")
    _rules[key] = rule


def registered() -> tuple[tuple[str, str], ...]:
    """All (model label, verb) pairs that somebody opened, sorted: for the permission matrix in the tests."""
    return tuple(sorted(_rules))


def visible(person: Person | None, model: type[Row], verb: str = "see") -> QuerySet[Row]:
    """The rows of `model` that `person` may `verb`; none for nobody and none for a verb that was never opened."""
    rule = _rules.get((model._meta.label_lower, verb))
    if rule is None or person is None:
        return model._default_manager.none()
    return rule(person)


def may(person: Person | None, row: models.Model, verb: str) -> bool:
    """Whether `person` may `verb` this row: for showing a button, never instead of `fetch`."""
    return visible(person, type(row), verb).filter(pk=row.pk).exists()


def fetch(person: Person | None, model: type[Row], pk: Any, verb: str = "see") -> Row:
    """The row, when it exists and `person` may `verb` it. Raises Http404 otherwise: a stranger learns nothing.

    A key of the wrong shape (letters, a number larger than the column) is a stranger's too. A refusal to somebody who
    is signed in is an event on the account (`core.accounts.refused`), told once a minute and object.
    """
    try:
        row = visible(person, model, verb).filter(pk=pk).first()
    except (ValueError, TypeError, OverflowError):
        row = None
    if row is None:
        from mingchuang.core import accounts  # noqa: PLC0415 - accounts needs the models, which need nothing of this

        if person is not None:
            accounts.refused(person, model, pk, verb)
        raise Http404(f"没有这条{model._meta.verbose_name}，或者您无权办理。")
    return row
