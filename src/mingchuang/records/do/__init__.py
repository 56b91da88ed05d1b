"""Everything that writes in this room. Each function is one act: lock, decide, save, event, in one transaction."""

from mingchuang.records.do.drafting import (
    Conflict,
    History,
    Resolution,
    Saved,
    attach,
    correct,
    create,
    detach,
    discard,
    revise,
    save_draft,
)
from mingchuang.records.do.evidence import write_row
from mingchuang.records.do.gate import clean, settle
from mingchuang.records.do.gate_lists import clear_list, fill_list
from mingchuang.records.do.gate_masking import mask
from mingchuang.records.do.history import Source, enter_history, rehearse_history, take_over
from mingchuang.records.do.numbering import explain_gap, give_number, restate_gap
from mingchuang.records.do.posting import end_displays, post, take_down
from mingchuang.records.do.previewing import link_preview, note_opening, revoke_previews
from mingchuang.records.do.publication import lapse_expired, publish, second_look, set_validity, withdraw
from mingchuang.records.do.releasing import alter, cancel, carry_out, close, schedule
from mingchuang.records.do.review import approve, record_paper_approval, return_, submit
from mingchuang.records.do.sampling import check_paper
from mingchuang.records.do.saving import autosave, clear_old, close_form, drop_autosave, open_form
from mingchuang.records.history import Entry

__all__ = [
    "Conflict",
    "Entry",
    "History",
    "Resolution",
    "Saved",
    "Source",
    "alter",
    "approve",
    "attach",
    "autosave",
    "cancel",
    "carry_out",
    "check_paper",
    "clean",
    "clear_list",
    "clear_old",
    "close",
    "close_form",
    "correct",
    "create",
    "detach",
    "discard",
    "drop_autosave",
    "end_displays",
    "enter_history",
    "explain_gap",
    "fill_list",
    "give_number",
    "lapse_expired",
    "link_preview",
    "mask",
    "note_opening",
    "open_form",
    "post",
    "publish",
    "record_paper_approval",
    "rehearse_history",
    "restate_gap",
    "return_",
    "revise",
    "revoke_previews",
    "save_draft",
    "schedule",
    "second_look",
    "set_validity",
    "settle",
    "submit",
    "take_down",
    "take_over",
    "withdraw",
    "write_row",
]
