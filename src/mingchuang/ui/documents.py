"""Plain rows that the components of documents and histories take."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Attachment:
    """A file beside a page: what readers call it, where it lies, its size in octets, its SHA-256 in hexadecimal.

    `preview` is the address of a page that shows what is in it, where there is one.
    """

    name: str
    address: str
    size: int
    sha256: str = ""
    preview: str = ""


@dataclass(frozen=True)
class Happening:
    """One line of a history: when (a day, or an aware moment), what, and by whom.

    `via` is the way when it wasn't the system (纸质, 电话, OA), `late` the reason of a 补录, `tone` one of "", "done",
    "alarm".
    """

    when: date | datetime
    what: str
    who: str = ""
    role: str = ""
    unit: str = ""
    via: str = ""
    note: str = ""
    late: str = ""
    tone: str = ""

    @property
    def timed(self) -> bool:
        """Whether `when` is a moment, to be shown with its time of day."""
        return isinstance(self.when, datetime)
