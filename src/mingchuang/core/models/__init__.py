"""The kernel's tables. Written only by `core.do`, `core.act` and their kin; read through `core.queries`."""

from mingchuang.core.models.deadlines import CalendarNotice, ClockEntry, Deadline, DueResult
from mingchuang.core.models.events import ChainHead, Event, EventText
from mingchuang.core.models.files import StoredFile
from mingchuang.core.models.jobs import FeedPosition, Job
from mingchuang.core.models.people import Appointment, Person, User
from mingchuang.core.models.units import (
    Capability,
    Collective,
    CollectiveMember,
    Dated,
    Unit,
    UnitCapability,
    UnitName,
    UnitParent,
    UnitSuccession,
)

__all__ = [
    "Appointment",
    "CalendarNotice",
    "Capability",
    "ChainHead",
    "ClockEntry",
    "Collective",
    "CollectiveMember",
    "Dated",
    "Deadline",
    "DueResult",
    "Event",
    "EventText",
    "FeedPosition",
    "Job",
    "Person",
    "StoredFile",
    "Unit",
    "UnitCapability",
    "UnitName",
    "UnitParent",
    "UnitSuccession",
    "User",
]
