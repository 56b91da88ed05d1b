"""Records, their revisions, and who approved what. Written only by `records.do`; read through `records.queries`."""

from mingchuang.records.models.catalogue import (
    Catalogue,
    CatalogueElement,
    CatalogueItem,
    CatalogueRow,
    CoveredElement,
)
from mingchuang.records.models.content import Content
from mingchuang.records.models.evidence import Evidence
from mingchuang.records.models.gate import GateDecision, GateFinding, GateList
from mingchuang.records.models.numbering import NumberGap
from mingchuang.records.models.posting import Posting
from mingchuang.records.models.record import Record, Series
from mingchuang.records.models.release import PreviewLink, Release
from mingchuang.records.models.review import Approval, ReviewStep
from mingchuang.records.models.revision import Attachment, Revision
from mingchuang.records.models.row import Row
from mingchuang.records.models.saving import Autosave, Editing, Overwritten

__all__ = [
    "Approval",
    "Attachment",
    "Autosave",
    "Catalogue",
    "CatalogueElement",
    "CatalogueItem",
    "CatalogueRow",
    "Content",
    "CoveredElement",
    "Editing",
    "Evidence",
    "GateDecision",
    "GateFinding",
    "GateList",
    "NumberGap",
    "Overwritten",
    "Posting",
    "PreviewLink",
    "Record",
    "Release",
    "ReviewStep",
    "Revision",
    "Row",
    "Series",
]
