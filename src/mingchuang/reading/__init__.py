"""Official documents in: formats, structure, duties. Pure Python above norms.

``read(data, name)`` gives a ``Reading``; ``Reading.to_json()`` is the contract of docs/read.schema.json.
How it works is told in docs/reading.md.

Names are loaded when they are first asked for: every process of the site imports some piece of this package, and few
of them read a document (its grammar alone is a quarter of a second of compiled patterns).
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mingchuang.reading.formats import Unreadable
    from mingchuang.reading.model import Assignment, Cite, Duty, Measure, Node, Reading, ReadWarning, Subtask
    from mingchuang.reading.reader import read, read_extract

__all__ = [
    "Assignment",
    "Cite",
    "Duty",
    "Measure",
    "Node",
    "ReadWarning",
    "Reading",
    "Subtask",
    "Unreadable",
    "read",
    "read_extract",
]

_HOMES = {"Unreadable": "formats", "read": "reader", "read_extract": "reader"}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES.get(name, 'model')}"), name)
