"""The lists of the gate as a folder of files, for `mingchuang check --lists`: one file a slot, in the desk's forms."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mingchuang.norms.outcome import Refused, errors
from mingchuang.reading.formats import Unreadable
from mingchuang.reading.gate.lists import EMPTY, FORMS, Lists, Slot, read_list

#: How a file may be called, without its ending: the slot's name, or its title.
NAMES: dict[str, Slot] = {name: slot for slot, form in FORMS.items() for name in (slot, form.title)}
_ENDINGS = frozenset({".xlsx", ".csv", ".txt"})


@dataclass(frozen=True, slots=True)
class ListFault:
    """Why a file of the folder cannot serve; ``message`` names row and column and repeats no entry."""

    file: str
    code: str
    message: str


def read_folder(folder: Path) -> tuple[Lists, list[ListFault]]:
    """The lists in a folder, and every fault in it; with a fault there are no lists at all.

    A file whose name says no slot is a fault: a list that is passed over would look like one that found nothing.
    Files of editors and systems (``.…``, ``~$…``) are no lists.
    """
    try:
        files = sorted(path for path in folder.iterdir() if not path.name.startswith((".", "~$")))
    except OSError:
        return EMPTY, [ListFault(folder.name, "cannot_open", "打不开这个文件夹。")]
    told: dict[Slot, Any] = {}
    faults: list[ListFault] = []
    for path in files:
        slot = NAMES.get(path.stem) if path.suffix.lower() in _ENDINGS else None
        if slot is None:
            known = "、".join(form.title for form in FORMS.values())
            faults.append(ListFault(path.name, "unknown_list", f"文件名应为{known}，后面是 .xlsx、.csv 或者 .txt。"))
        elif slot in told:
            faults.append(ListFault(path.name, "twice", f"{FORMS[slot].title}有两个文件，只能留一个。"))
        else:
            told[slot] = ()
            try:
                told[slot] = read_list(slot, path.read_bytes(), path.name)
            except Refused as refusal:
                faults += [ListFault(path.name, issue.code, issue.message) for issue in errors(refusal.issues)]
            except Unreadable as error:
                faults.append(ListFault(path.name, error.code, error.message))
            except OSError:
                faults.append(ListFault(path.name, "cannot_open", "打不开这个文件。"))
    if not files:
        faults.append(ListFault(folder.name, "no_lists", "文件夹里没有一份名单。"))
    return (EMPTY if faults else Lists(**told)), faults
