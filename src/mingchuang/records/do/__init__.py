"""Everything that writes in this room. Each function is one act: lock, decide, save, event, in one transaction."""

from mingchuang.records.do.drafting import (
    Conflict,
    History,
    Saved,
    attach,
    correct,
    create,
    detach,
    discard,
    revise,
    save_draft,
)
from mingchuang.records.do.gate import clean, settle
from mingchuang.records.do.gate_lists import clear_list, fill_list
from mingchuang.records.do.gate_masking import mask
from mingchuang.records.do.history import Entry, enter_history
from mingchuang.records.do.posting import end_displays, post, take_down
from mingchuang.records.do.publication import lapse_expired, publish, second_look, set_validity, withdraw
from mingchuang.records.do.review import approve, record_paper_approval, return_, submit
from mingchuang.records.do.sampling import check_paper

__all__ = [
    "Conflict",
    "Entry",
    "History",
    "Saved",
    "approve",
    "attach",
    "check_paper",
    "clean",
    "clear_list",
    "correct",
    "create",
    "detach",
    "discard",
    "end_displays",
    "enter_history",
    "fill_list",
    "lapse_expired",
    "mask",
    "post",
    "publish",
    "record_paper_approval",
    "return_",
    "revise",
    "save_draft",
    "second_look",
    "set_validity",
    "settle",
    "submit",
    "take_down",
    "withdraw",
]
