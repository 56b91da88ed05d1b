"""Masking personal data in a draft: one act, an ordinary edit, after which the gate judges the new words."""

from __future__ import annotations

from collections.abc import Collection

from mingchuang.core.actor import Actor
from mingchuang.norms.outcome import Issue, Refused
from mingchuang.reading.gate.cleaning.text import Use
from mingchuang.records.do.drafting import Conflict, Saved, save_draft
from mingchuang.records.gate_masking import masked_values
from mingchuang.records.models import Revision


def mask(revision: Revision, actor: Actor, *, chosen: Collection[str], use: Use, version: int) -> Saved:
    """Put the masked form in the place of the chosen values (`gate_masking.Masking.key`) of a draft seen at `version`.

    Raises Refused with every reason: nothing chosen, another text meanwhile, no draft. The event names the fields and
    no value.
    """
    if not chosen:
        raise Refused([Issue("gate.mask_none", "请勾选要遮蔽的内容。", field="chosen")])
    values = masked_values(revision, chosen, use)
    if not values:
        raise Refused([Issue("gate.mask_gone", "这些内容在您查看之后有改动，请重新查看再遮蔽。", field="chosen")])
    saved = save_draft(revision, actor, values, version=version)
    if isinstance(saved, Conflict):
        raise Refused([Issue("gate.mask_stale", "这一稿在您查看之后有改动，请重新查看再遮蔽。", field="chosen")])
    return saved
