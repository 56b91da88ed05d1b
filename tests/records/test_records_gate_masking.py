"""Masking in a draft: fields, markup and rows alike, and nothing of a value in any event."""

from __future__ import annotations

import pytest
from tests import record_stages as stages

from mingchuang.core.models import Event
from mingchuang.norms.identifiers import id_check_character
from mingchuang.norms.outcome import Refused
from mingchuang.records import do, freezing, gate, gate_excerpts, gate_masking
from mingchuang.records.kind import kind
from mingchuang.records.markup_text import replaced, words_of

pytestmark = pytest.mark.db
NUMBER = "99990119900101001" + id_check_character("99990119900101001")
MOBILE = "13812345678"


def draft(cast, words: str, **changed):
    return stages.draft(cast, body=f"<p>各镇人民政府：</p><p>{words}</p>", **changed)


def mask(cast, revision, *, use="document", chosen=None):
    keys = [one.key for one in gate_masking.maskings(revision, use)] if chosen is None else chosen
    return do.mask(revision, cast.zhang.actor, chosen=keys, use=use, version=stages.fresh(revision).version)


def values(revision):
    row = stages.fresh(revision)
    return freezing.values_of(kind(row.record.kind), row, freezing.content_of(row))


def test_every_field_is_masked_and_the_gate_finds_nothing_more(cast):
    revision = draft(
        cast,
        f"张某，身份证号{NUMBER[:6]}<strong>{NUMBER[6:14]}</strong>{NUMBER[14:]}，电话 138 1234 5678&nbsp;。",
        summary=f"联系人手机{MOBILE}，住址以外。",
    )
    before = gate.of_revision(revision)
    assert {"privacy.id_number", "privacy.mobile"} <= {one.finding.rule.id for one in before.found if one.stops}
    mask(cast, revision)
    said = values(revision)
    assert "<strong></strong>" in said["body"] and "***" in said["body"] and "***" in said["summary"]
    for digits in (NUMBER, MOBILE, NUMBER[6:14]):
        assert digits not in said["body"] + said["summary"]
    after = gate.of_revision(stages.fresh(revision))
    assert after.content_hash != before.content_hash
    assert not [one for one in after.found if one.stops and one.finding.rule.id.startswith("privacy.")]
    events = Event.objects.filter(subject_kind="records.revision", subject_id=revision.pk)
    assert not any(MOBILE in str((event.data, event.words)) or NUMBER in str(event.data) for event in events)


def test_rows_of_a_table_keep_their_ends_where_people_are_told_apart(cast):
    declared = kind("household")
    sample = dict(declared.samples[0])
    table = declared.tables[0]
    column = next(one.name for one in table.columns if one.type in {"line", "text"})
    rows = [dict(row) for row in sample[table.name]]
    rows[1][column] = f"测某 {NUMBER}"
    revision = do.create("household", cast.office, cast.zhang.actor, {**sample, table.name: rows})
    assert gate_masking.usual(declared) == "list"
    (found,) = [one for one in gate_masking.maskings(revision, "list") if one.kind == "id_number"]
    assert found.field == f"{table.name}.2.{column}" and found.after[1] == f"9999{'*' * 10}{NUMBER[-4:]}"
    mask(cast, revision, use="list", chosen=[found.key])
    assert values(revision)[table.name][1][column] == f"测某 9999{'*' * 10}{NUMBER[-4:]}"
    assert values(revision)[table.name][0] == {**values(revision)[table.name][0]}


def test_one_finding_names_its_own_masking_and_the_others_stay(cast):
    revision = draft(cast, f"甲手机{MOBILE}，乙手机13987654321，甲手机{MOBILE}。")
    verdict = gate.of_revision(revision)
    first = next(one for one in verdict.found if one.finding.rule.id == "privacy.mobile")
    offered = gate_masking.maskings(revision, "document")
    (named,) = gate_masking.named_by(first, gate_excerpts.text_of(revision), offered)
    assert named.times == 2
    assert MOBILE not in repr(named) + repr(offered)
    mask(cast, revision, chosen=[named.key])
    assert MOBILE not in values(revision)["body"] and "13987654321" in values(revision)["body"]


def test_every_reason_against_masking(cast):
    revision = draft(cast, f"手机{MOBILE}。")
    offered = gate_masking.maskings(revision, "document")

    def code(**changed):
        told = {"chosen": [offered[0].key], "use": "document", "version": stages.fresh(revision).version} | changed
        with pytest.raises(Refused) as refused:
            do.mask(revision, cast.zhang.actor, **told)
        return refused.value.issues[0].code

    assert code(chosen=[]) == "gate.mask_none"
    assert code(chosen=["0" * 32]) == "gate.mask_gone"
    version = stages.fresh(revision).version
    do.save_draft(revision, cast.zhang.actor, {"title": "关于另一件事的通知"}, version=version)
    mask(cast, revision, chosen=[offered[0].key])  # another field was changed meanwhile
    do.submit(revision, cast.zhang.actor)
    with pytest.raises(Refused):
        do.save_draft(revision, cast.zhang.actor, {"body": "<p>x</p>"}, version=stages.fresh(revision).version)


@pytest.mark.parametrize(
    ("markup", "shown"),
    [
        ("<p>a138<em>1</em>2345678b</p>", "<p>a***<em></em>b</p>"),
        ("<p>&lt;13812345678&gt;</p>", "<p>&lt;***&gt;</p>"),
        ('<p><a href="https://x.gov.cn/?a=1>2" title="13812345678">13812345678</a></p>',
         '<p><a href="https://x.gov.cn/?a=1>2" title="13812345678">***</a></p>'),
    ],
)  # fmt: skip
def test_tags_and_entities_stay(markup: str, shown: str) -> None:
    words = words_of(markup)
    at = words.text.index("138")
    assert replaced(words, [(at, at + 11, "***")]) == shown
