"""What whoever calls the gate knows of a document beside its text. Light: every kind of document names it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Facts:
    """What the caller knows of the document and its text does not say. None is unknown.

    ``concerns_enterprises``: the file is marked 涉企.
    ``asked``: the kinds that were heard (企业, 行业协会, 商会, 律师协会).
    """

    concerns_enterprises: bool | None = None
    asked: frozenset[str] | None = None


UNKNOWN = Facts()
