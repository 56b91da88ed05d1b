"""The only writers of the ledger, by what they do: load a notice, decide on its duties, prove progress."""

from mingchuang.ledger.do.corrections import assign, correct
from mingchuang.ledger.do.decisions import confirm, confirm_all, finish, reopen, start
from mingchuang.ledger.do.division import merge, split
from mingchuang.ledger.do.load import SAME_NUMBER, load
from mingchuang.ledger.do.notices import (
    bind_record,
    confirm_notice,
    publish_notice,
    restore_notice,
    set_lateness,
    void_notice,
    withdraw_notice,
)
from mingchuang.ledger.do.proof import accept_evidence, offer_evidence, strike_evidence
from mingchuang.ledger.do.reread import reread

__all__ = [
    "SAME_NUMBER",
    "accept_evidence",
    "assign",
    "bind_record",
    "confirm",
    "confirm_all",
    "confirm_notice",
    "correct",
    "finish",
    "load",
    "merge",
    "offer_evidence",
    "publish_notice",
    "reopen",
    "reread",
    "restore_notice",
    "set_lateness",
    "split",
    "start",
    "strike_evidence",
    "void_notice",
    "withdraw_notice",
]
