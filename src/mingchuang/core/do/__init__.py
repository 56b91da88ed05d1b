"""What the kernel itself writes: units, collectives, people, appointments, logins, the erasure of words.

Each function decides with all reasons, then writes rows and one event in one transaction; raises `Refused` otherwise.
"""

from mingchuang.core.do.people import (
    add_person,
    appoint,
    close_account,
    end_appointment,
    lift_lockout,
    lock_account,
    open_account,
    remove_factor,
    reopen_account,
    set_password,
    unlock_account,
)
from mingchuang.core.do.texts import erase_text
from mingchuang.core.do.units import (
    abolish_unit,
    create_unit,
    define_collective,
    join_collective,
    leave_collective,
    move_unit,
    rename_unit,
    set_capabilities,
)

__all__ = [
    "abolish_unit",
    "add_person",
    "appoint",
    "close_account",
    "create_unit",
    "define_collective",
    "end_appointment",
    "erase_text",
    "join_collective",
    "leave_collective",
    "lift_lockout",
    "lock_account",
    "move_unit",
    "open_account",
    "remove_factor",
    "rename_unit",
    "reopen_account",
    "set_capabilities",
    "set_password",
    "unlock_account",
]
