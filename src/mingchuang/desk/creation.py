"""Beginning a record: empty, or with what the reader found in a file, which becomes its first attachment."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from mingchuang.core import files
from mingchuang.core.actor import Actor
from mingchuang.core.models import Unit
from mingchuang.norms.outcome import Issue, Refused
from mingchuang.reading.formats import Unreadable
from mingchuang.records import do
from mingchuang.records.kind import kind
from mingchuang.records.models import Revision


@dataclass(frozen=True)
class Begun:
    """The draft, and what the clerk should know about how it came about."""

    revision: Revision
    said: str


def begin(kind_id: str, unit: Unit, actor: Actor, record_class: str, file: UploadedFile[Any] | None) -> Begun:
    """A new draft. Raises `Refused` when the file can't be read, or may not stand beside a public page."""
    if file is None:
        return Begun(do.create(kind_id, unit, actor, record_class=record_class), "草稿已建立，请填写。")
    name, data = file.name or "", file.read()
    try:
        found = _importer(kind_id)(data, name)
    except Unreadable as fault:
        raise Refused([Issue("desk.unreadable", str(fault), field="file")]) from fault
    values: dict[str, Any] = {key: value for key, value in found.values.items() if value}
    revision = do.create(kind_id, unit, actor, values, record_class=record_class)
    said = ["已从文件读出内容，请逐项核对。", *found.warnings]
    try:
        do.attach(revision, actor, files.put(data, name), title="", name=name)
    except Refused as refusal:
        said += [f"原文件没有作为附件：{reason}" for reason in refusal.reasons]
    return Begun(revision, "".join(said))


def _importer(kind_id: str) -> Callable[[bytes, str], Any]:
    """`from_file` of the module `importing` beside the kind's declaration. Raises `Refused` when the kind has none."""
    declared = kind(kind_id)
    module = f"{declared.model.__module__.rpartition('.')[0]}.importing"
    if find_spec(module) is None:
        message = f"{declared.title}不能从文件建立，请不选文件，直接填写。"
        raise Refused([Issue("desk.no_importer", message, field="file")])
    found: Callable[[bytes, str], Any] = importlib.import_module(module).from_file
    return found
