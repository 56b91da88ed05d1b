"""Catalogues of 公开事项: the spreadsheets that offices use in, items and every fault out; back to the same form."""

from mingchuang.reading.catalogue.difference import Changed, ColumnChange, Difference, difference
from mingchuang.reading.catalogue.faults import RULES, Fault
from mingchuang.reading.catalogue.item import AUDIENCES, CHANNELS, LEVELS, MODES, Audience, Element, Item, Level, Mode
from mingchuang.reading.catalogue.reader import Catalogue, Found, read
from mingchuang.reading.catalogue.rows import COLUMN_TITLES, words_of
from mingchuang.reading.catalogue.standard import standard
from mingchuang.reading.catalogue.time_limit import Part, TimeLimit, rule_of
from mingchuang.reading.catalogue.writer import write

__all__ = [
    "AUDIENCES",
    "CHANNELS",
    "COLUMN_TITLES",
    "LEVELS",
    "MODES",
    "RULES",
    "Audience",
    "Catalogue",
    "Changed",
    "ColumnChange",
    "Difference",
    "Element",
    "Fault",
    "Found",
    "Item",
    "Level",
    "Mode",
    "Part",
    "TimeLimit",
    "difference",
    "read",
    "rule_of",
    "standard",
    "words_of",
    "write",
]
