"""Official documents in: formats, structure, duties. Pure Python above norms.

``read(data, name)`` gives a ``Reading``; ``Reading.to_json()`` is the contract of docs/read.schema.json.
How it works is told in docs/reading.md.
"""

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
