"""History stays as it was written: triggers on both databases, a chain, and `verify` for whoever gets round them."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.db

HASH = "sha256:" + "c" * 64


def codes() -> list[str]:
    from mingchuang.core import verify

    return [issue.code for issue in verify.run()]


def run(sql: str, *parameters: Any) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)


def drop_triggers() -> None:
    """What an operator with the database's password could do."""
    from django.db import connection

    from mingchuang.core import protection

    for trigger in protection.triggers(connection.vendor):
        suffix = "" if connection.vendor == "sqlite" else f" ON {trigger.table}"
        run(f"DROP TRIGGER {trigger.name}{suffix}")


def put_triggers_back() -> None:
    from django.db import connection

    from mingchuang.core import protection

    protection.install(connection)


def settle() -> None:
    """PostgreSQL refuses to alter a table while the test's own transaction has deferred constraints to check."""
    from django.db import connection

    connection.check_constraints()


TAMPERING = [
    "UPDATE core_event SET move = 'forged' WHERE seq = 2",
    "UPDATE core_event SET seq = seq + 1000",
    "DELETE FROM core_event WHERE seq = 2",
    "DELETE FROM core_event",
    'UPDATE core_eventtext SET body = \'{"note": "x"}\'',
    "DELETE FROM core_eventtext",
    "UPDATE core_chainhead SET seq = 1",
    "UPDATE core_chainhead SET seq = 0, link = ''",
    "DELETE FROM core_chainhead",
]


@pytest.mark.parametrize("sql", TAMPERING)
def test_the_database_refuses_to_change_history(cast: Any, sql: str) -> None:
    from django.db import DatabaseError, transaction

    with pytest.raises(DatabaseError, match=r"只能|不能"), transaction.atomic():
        run(sql)
    assert codes() == []


def test_replace_and_truncate_are_refused_too(cast: Any) -> None:
    from django.db import DatabaseError, connection, transaction

    if connection.vendor == "sqlite":
        columns = [row[0] for row in connection.introspection.get_table_description(connection.cursor(), "core_event")]
        names = ", ".join(columns)
        values = ", ".join("'forged'" if name == "move" else name for name in columns)
        statements = [f"INSERT OR REPLACE INTO core_event ({names}) SELECT {values} FROM core_event WHERE seq = 2"]
    else:
        settle()
        statements = ["TRUNCATE core_event CASCADE", "TRUNCATE core_eventtext", "TRUNCATE core_chainhead"]
    for sql in statements:
        with pytest.raises(DatabaseError, match=r"只能|不能"), transaction.atomic():
            run(sql)
    assert codes() == []


def test_triggers_survive_a_migration_that_rebuilds_the_tables(stage: Any) -> None:
    from django.core.management import call_command
    from django.db import DatabaseError, connection, models, transaction

    from mingchuang.core import protection
    from mingchuang.core.models import Event, EventText

    assert protection.missing(connection) == []
    for model in (Event, EventText):
        field = models.CharField(max_length=5, null=True)
        field.set_attributes_from_name("extra")
        field.model = model
        wider = models.CharField(max_length=9, null=True)
        wider.set_attributes_from_name("extra")
        wider.model = model
        with connection.schema_editor() as editor:
            editor.add_field(model, field)
            editor.alter_field(model, field, wider)  # on SQLite: a new table, the old one dropped with its triggers
            editor.remove_field(model, wider)
    if connection.vendor == "sqlite":
        assert "core_event_keep_delete" in protection.missing(connection)
        assert "verify.trigger" in codes()
    call_command("migrate", verbosity=0)
    assert protection.missing(connection) == []
    with pytest.raises(DatabaseError), transaction.atomic():
        run("DELETE FROM core_event WHERE seq = 1")
    assert codes() == []


def test_a_trigger_that_was_switched_off_or_weakened_is_missed(cast: Any) -> None:
    from django.db import connection

    from mingchuang.core import protection

    if connection.vendor == "sqlite":
        run("DROP TRIGGER core_event_keep_update")
        run("CREATE TRIGGER core_event_keep_update BEFORE UPDATE ON core_event WHEN 0 BEGIN SELECT 1; END")
        expected = ["core_event_keep_update"]
    else:
        settle()
        run("ALTER TABLE core_event DISABLE TRIGGER core_event_keep_row")
        expected = ["core_event_keep_row"]
    assert protection.missing(connection) == expected
    put_triggers_back()
    if connection.vendor != "sqlite":
        run("ALTER TABLE core_event ENABLE TRIGGER core_event_keep_row")
    assert protection.missing(connection) == []


_KEEP = "EXECUTE FUNCTION core_event_keep()"
WEAKENED = {
    "postgresql": [
        ("row", f"BEFORE UPDATE OR DELETE ON core_event FOR EACH ROW WHEN (false) {_KEEP}"),
        ("row", f"BEFORE DELETE ON core_event FOR EACH ROW {_KEEP}"),
        ("row", f"BEFORE UPDATE OF move OR DELETE ON core_event FOR EACH ROW {_KEEP}"),
        ("row", f"BEFORE UPDATE OR DELETE ON core_event FOR EACH STATEMENT {_KEEP}"),
        ("row", f"AFTER UPDATE OR DELETE ON core_event FOR EACH ROW {_KEEP}"),
        ("truncate", f"BEFORE TRUNCATE ON core_job FOR EACH STATEMENT {_KEEP}"),
        ("truncate", "BEFORE TRUNCATE ON core_event FOR EACH STATEMENT EXECUTE FUNCTION core_chainhead_keep()"),
    ],
    "sqlite": [
        ("update", "BEFORE UPDATE ON core_event WHEN 0 BEGIN SELECT RAISE(ABORT, 'x'); END"),
        ("update", "BEFORE UPDATE OF move ON core_event BEGIN SELECT RAISE(ABORT, 'x'); END"),
        ("delete", "BEFORE DELETE ON core_job BEGIN SELECT RAISE(ABORT, '事件只能新增，不能修改或删除'); END"),
        ("delete", "BEFORE DELETE ON core_event BEGIN SELECT 1; END"),
    ],
}


def test_a_trigger_made_anew_that_fires_otherwise_is_missed(cast: Any) -> None:
    from django.db import connection, transaction

    from mingchuang.core import protection

    settle()
    for verb, definition in WEAKENED[connection.vendor]:
        name = f"core_event_keep_{verb}"
        mark = transaction.savepoint()
        run(f"DROP TRIGGER {name}{'' if connection.vendor == 'sqlite' else ' ON core_event'}")
        run(f"CREATE TRIGGER {name} {definition}")
        assert protection.missing(connection) == [name], definition
        transaction.savepoint_rollback(mark)
    assert protection.missing(connection) == []


def head(seq: int) -> None:
    """Set the head as a forger would, so that it fits the last event."""
    from mingchuang.core.models import ChainHead, Event

    last = Event.objects.filter(seq=seq).first()
    link = last.link if last else ""
    ChainHead.objects.update(seq=seq, link=link)


def test_an_edited_event_is_found(cast: Any) -> None:
    drop_triggers()
    run("UPDATE core_event SET happened_on = '2020-01-01' WHERE seq = 3")
    put_triggers_back()
    assert codes() == ["verify.content"]


def test_an_edited_note_is_found(cast: Any) -> None:
    from mingchuang.core.models import EventText

    drop_triggers()
    text = EventText.objects.first()
    EventText.objects.filter(pk=text.pk).update(body={"note": "改过"})
    put_triggers_back()
    assert codes() == ["verify.text"]


def test_a_removed_note_and_a_removed_event_are_found(cast: Any) -> None:
    from mingchuang.core.models import Event, EventText

    drop_triggers()
    text = EventText.objects.order_by("event__seq").last()
    EventText.objects.filter(pk=text.pk).delete()
    assert "verify.text" in codes_without_triggers()
    Event.objects.filter(seq=2).delete()
    found = codes_without_triggers()
    assert "verify.gap" in found


def codes_without_triggers() -> list[str]:
    return [code for code in codes() if code != "verify.trigger"]


def test_reordered_events_are_found(cast: Any) -> None:
    from mingchuang.core.models import Event

    drop_triggers()
    Event.objects.filter(seq=2).update(seq=900)
    Event.objects.filter(seq=3).update(seq=2)
    Event.objects.filter(seq=900).update(seq=3)
    found = codes_without_triggers()
    assert "verify.content" in found and "verify.link" in found


def test_a_rewritten_event_with_a_fresh_link_breaks_the_next_one(cast: Any) -> None:
    from mingchuang.core import chain
    from mingchuang.core.models import Event

    drop_triggers()
    event = Event.objects.get(seq=2)
    event.data = {**event.data, "forged": True}
    Event.objects.filter(seq=2).update(data=event.data, link=chain.link_of(event))
    assert "verify.link" in codes_without_triggers()


def test_a_cut_tail_is_found_and_a_cut_head_too_with_a_checkpoint_from_outside(cast: Any) -> None:
    from mingchuang.core import chain, checkpoints
    from mingchuang.core.act import act
    from mingchuang.core.models import Event, EventText

    point = chain.checkpoint()
    act(cast.clerk, "sign_out", cast.actor("clerk").own(cast.clerk))
    assert list(checkpoints.against([point])) == []
    drop_triggers()
    EventText.objects.filter(event__seq__gte=point.seq).delete()
    Event.objects.filter(seq__gte=point.seq).delete()
    assert "verify.tail" in codes_without_triggers()
    head(point.seq - 1)
    assert not {"verify.tail", "verify.head", "verify.gap", "verify.link"} & set(codes_without_triggers())
    assert [issue.code for issue in checkpoints.against([point])] == ["verify.cut"]


def test_a_head_with_another_link_than_the_last_event_is_found(cast: Any) -> None:
    from mingchuang.core.models import ChainHead

    drop_triggers()
    ChainHead.objects.update(link="0" * 64)
    put_triggers_back()
    assert codes() == ["verify.head"]


def test_an_event_that_skips_a_version_is_found_though_the_last_one_fits(cast: Any) -> None:
    """Forged with fresh links throughout, so that only the step tells."""
    from mingchuang.core import chain
    from mingchuang.core.act import act
    from mingchuang.core.models import ChainHead, Event

    for _ in range(2):
        act(cast.clerk, "sign_out", cast.actor("clerk").own(cast.clerk))
    drop_triggers()
    forged, last = Event.objects.order_by("-seq")[:2][::-1]
    forged.subject_version += 5
    forged.link = chain.link_of(forged)
    last.previous = forged.link
    last.link = chain.link_of(last)
    Event.objects.filter(pk=forged.pk).update(subject_version=forged.subject_version, link=forged.link)
    Event.objects.filter(pk=last.pk).update(previous=last.previous, link=last.link)
    ChainHead.objects.update(link=last.link)
    put_triggers_back()
    assert codes() == ["verify.step", "verify.step"]


def test_an_event_written_past_the_head_is_found(cast: Any) -> None:
    import copy

    from mingchuang.core import chain
    from mingchuang.core.models import Event

    last = Event.objects.latest("seq")
    forged = copy.copy(last)
    forged.pk, forged.seq, forged.previous, forged.text_hash = None, last.seq + 1, last.link, ""
    forged.id = Event._meta.pk.get_default()
    forged.link = chain.link_of(forged)
    forged.save(force_insert=True)
    assert "verify.beyond" in codes()


def test_a_missing_head_stops_all_writing(cast: Any) -> None:
    from mingchuang.core import chain
    from mingchuang.core.act import act
    from mingchuang.core.models import ChainHead

    drop_triggers()
    ChainHead.objects.all().delete()
    with pytest.raises(chain.ChainBrokenError):
        act(cast.clerk, "sign_out", cast.actor("clerk").own(cast.clerk))
    assert "verify.head" in codes_without_triggers()


@pytest.mark.parametrize(
    ("values", "code"),
    [({"access": "closed"}, "verify.state"), ({"version": 99}, "verify.state"), ({"access": ""}, "verify.state")],
)
def test_state_written_around_act_is_found(cast: Any, values: dict[str, Any], code: str) -> None:
    from mingchuang.core.models import Person

    Person.objects.filter(pk=cast.clerk.pk).update(**values)
    assert codes() == [code]


def test_a_row_that_no_event_made_and_one_that_was_removed_are_found(cast: Any) -> None:
    from mingchuang.core import do
    from mingchuang.core.actor import Actor
    from mingchuang.core.models import Person

    Person.objects.create(name="无来历", access="active", version=1)
    assert codes() == ["verify.unborn"]
    Person.objects.filter(name="无来历").delete()
    gone = do.add_person(Actor.system(), name="将被删除")
    Person.objects.filter(pk=gone.pk).delete()
    assert codes() == ["verify.gone"]


def test_erasing_words_leaves_the_chain_whole(cast: Any) -> None:
    from mingchuang.core import do
    from mingchuang.core.models import Event, EventText
    from mingchuang.norms.outcome import Refused

    event = Event.objects.filter(move="change_roles").first()
    assert event.note == "测试任职"
    with pytest.raises(Refused):
        do.erase_text(event, cast.actor("clerk"), note="不该由经办人清除")
    with pytest.raises(Refused):
        do.erase_text(event, cast.actor("office"), note=" ")
    do.erase_text(event, cast.actor("office"), note="当事人要求删除")
    assert codes() == []
    text = EventText.objects.get(event=event)
    assert (text.body, text.salt) == ({}, "")
    assert Event.objects.get(pk=event.pk).note == ""
    with pytest.raises(Refused):
        do.erase_text(event, cast.actor("office"), note="再来一次")


def test_new_entries_may_use_sm3_while_old_ones_keep_their_own(cast: Any, settings: Any) -> None:
    from mingchuang.core import chain
    from mingchuang.core.act import act
    from mingchuang.core.models import Event

    settings.MINGCHUANG_HASH = "sm3"
    act(cast.clerk, "sign_out", cast.actor("clerk").own(cast.clerk), private={"address": "127.0.0.1"})
    last = Event.objects.latest("seq")
    assert last.algorithm == "sm3" and last.text_hash.startswith("sm3:")
    assert Event.objects.get(seq=1).algorithm == "sha256"
    assert chain.checkpoint().algorithm == "sm3"
    assert codes() == []


def test_a_batch_is_one_event_over_its_rows(cast: Any) -> None:
    from mingchuang.core.act import act
    from mingchuang.core.canonical import digest_of_rows

    rows = [{"number": f"样罚〔2026〕{n}号", "amount": n} for n in range(500)]
    count, digest = digest_of_rows(rows)
    event = act(cast.bureau, "rename", cast.actor("office"), data={"rows": count, "digest": digest})
    assert event.data == {"rows": 500, "digest": digest}
    assert digest_of_rows(reversed(rows)) != (count, digest)
    assert digest_of_rows([*rows[:-1], {"number": "样罚〔2026〕499号", "amount": 500}])[1] != digest
