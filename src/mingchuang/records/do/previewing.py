"""Addresses that show one text before it is public, for a time: made, counted, all taken back."""

from __future__ import annotations

import datetime
import logging

from django.conf import settings
from django.db.models import F

from mingchuang.core import chain, now
from mingchuang.core.act import act
from mingchuang.core.actor import Actor
from mingchuang.core.models import Event
from mingchuang.norms.outcome import Issue, Refused, refuse_if
from mingchuang.records import gate, previews
from mingchuang.records.do.rows import locked
from mingchuang.records.models import PreviewLink, Revision

log = logging.getLogger(__name__)


def link_preview(revision: Revision, actor: Actor) -> tuple[PreviewLink, str]:
    """A link to this text as it stands now, and the signed part of its address, which is given only here.

    Good for `settings.MINGCHUANG_PREVIEW_HOURS`. Raises Refused with all reasons (`previews.issues`).
    """
    verdict = gate.of_revision(revision)
    if actor.person is None:
        raise Refused([Issue("standing.nobody", "未登录，不能办理。")])
    with chain.together():
        record, row = locked(revision.record), locked(revision)
        row.record = record
        refuse_if(previews.issues(row, verdict))
        moment = now.now()
        until = moment + datetime.timedelta(hours=settings.MINGCHUANG_PREVIEW_HOURS)
        told = {"revision": row.pk, "ordinal": row.ordinal, "until": until.isoformat()}
        act(record, "link_preview", actor, content_hash=verdict.content_hash, data=told)
        link = PreviewLink.objects.create(
            record=record,
            revision=row,
            content_hash=verdict.content_hash,
            generation=previews.generation(record.pk),
            made_by=actor.person,
            made_at=moment,
            until=until,
        )
    return link, previews.token(link)


def revoke_previews(revision: Revision, actor: Actor) -> Event:
    """No link of this record that was made before opens any more."""
    with chain.together():
        record = locked(revision.record)
        open_links = PreviewLink.objects.filter(record=record, generation=previews.generation(record.pk))
        return act(record, "revoke_previews", actor, data={"links": open_links.count()})


def note_opening(link: PreviewLink) -> None:
    """Somebody opened the link: counted and logged, without a word about who."""
    moment = now.now()
    PreviewLink.objects.filter(pk=link.pk).update(opened=F("opened") + 1, last_opened_at=moment)
    log.info("preview link %s of record %s, revision %s opened", link.pk, link.record_id, link.revision_id)
