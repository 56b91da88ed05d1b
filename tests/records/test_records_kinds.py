"""Every kind keeps what `docs/new-kind.md` promises: generated from the declarations, so that a new kind is covered."""

from __future__ import annotations

import datetime

import pytest
from tests import record_stages as stages

from mingchuang.core import now
from mingchuang.core.canonical import canonical_bytes
from mingchuang.norms.outcome import Refused
from mingchuang.records import do, form_values, freezing, markup, public_page, spreadsheet, tables
from mingchuang.records.kind import UnknownKind, kind, kinds
from mingchuang.records.models import Content, Record, Revision, Row
from mingchuang.search.entry import Entry, Gone

DAY = datetime.date(2019, 9, 20)
KINDS = sorted(kinds())
TABLES = [(kind_id, table.name) for kind_id in KINDS for table in kind(kind_id).tables]
SAMPLES = [(kind_id, number) for kind_id in KINDS for number in range(len(kind(kind_id).samples))]
ON_THE_WEB = [(kind_id, number) for kind_id, number in SAMPLES if kind(kind_id).channel == "web"]
ON_BOARDS = [(kind_id, number) for kind_id, number in SAMPLES if kind(kind_id).channel == "board"]


def test_an_unknown_kind_is_an_error():
    with pytest.raises(UnknownKind):
        kind("none")


@pytest.mark.parametrize("kind_id", KINDS)
def test_every_field_has_its_column_and_every_column_its_field(kind_id):
    declared = kind(kind_id)
    own = {f.name for f in declared.model._meta.concrete_fields} - {"revision"}
    assert own == set(declared.content_names)
    assert issubclass(declared.model, Content)
    catalogue = {f.name for f in declared.fields if f.home == "catalogue"}
    assert {"title", "formed_on", "summary"} <= catalogue
    assert catalogue <= {f.name for f in Revision._meta.concrete_fields}
    assert len({f.name for f in declared.fields}) == len(declared.fields)


@pytest.mark.parametrize(("kind_id", "name"), TABLES)
def test_every_column_of_a_table_has_its_own(kind_id, name):
    table = kind(kind_id).table(name)
    assert issubclass(table.model, Row)
    own = {f.name for f in table.model._meta.concrete_fields} - {"id", "revision", "order"}
    assert own == {column.name for column in table.columns}
    assert kind(kind_id).field(name) is None
    for column in table.columns:
        held = table.model._meta.get_field(column.name)
        assert column.type != "html"
        if column.type == "decimal":
            assert held.decimal_places == column.places
        elif held.max_length and column.type in {"line", "text", "keywords"}:
            assert column.max_length == held.max_length, column.name


@pytest.mark.parametrize("kind_id", KINDS)
def test_every_choice_fits_its_column(kind_id):
    declared = kind(kind_id)
    own = [(Revision if field.home == "catalogue" else declared.model, field) for field in declared.fields]
    cells = [(table.model, column) for table in declared.tables for column in table.columns]
    for model, field in own + cells:
        for value, _ in field.choices:
            assert len(value) <= model._meta.get_field(field.name).max_length, f"{field.name}: {value}"


@pytest.mark.db
def test_models_are_sound_and_have_their_migrations(db):
    from django.core.checks import run_checks
    from django.core.management import call_command

    assert run_checks() == []
    call_command("makemigrations", check_changes=True, dry_run=True, verbosity=0)  # exits when one is missing


@pytest.mark.parametrize(("kind_id", "name"), TABLES)
def test_a_table_is_read_back_from_its_own_text(kind_id, name):
    declared = kind(kind_id)
    table = declared.table(name)
    rows = form_values.parse(declared, declared.samples[0]).values[name]
    sheet = spreadsheet.read_text(table, tables.as_text(table, rows))
    assert sheet.issues == ()
    assert form_values.parse_rows(table, sheet.rows) == (rows, [], ())


@pytest.mark.parametrize("kind_id", KINDS)
def test_lengths_of_form_and_column_agree(kind_id):
    declared = kind(kind_id)
    for field in declared.fields:
        model = Revision if field.home == "catalogue" else declared.model
        length = model._meta.get_field(field.name).max_length
        if length and field.type in {"line", "text", "keywords"}:
            assert field.max_length == length, field.name


@pytest.mark.parametrize("kind_id", KINDS)
def test_what_the_law_asks_is_required_and_says_so(kind_id):
    for field in kind(kind_id).fields:
        assert field.label
        if field.required:
            assert field.statute, field.name


@pytest.mark.parametrize("kind_id", KINDS)
def test_a_kind_has_samples(kind_id):
    assert kind(kind_id).samples


@pytest.mark.parametrize(("kind_id", "number"), SAMPLES)
def test_samples_are_read_without_a_complaint(kind_id, number):
    parsed = form_values.parse(kind(kind_id), kind(kind_id).samples[number])
    assert (parsed.issues, parsed.removed) == ((), ())
    html = [parsed.values[f.name] for f in kind(kind_id).fields if f.type == "html"]
    assert all(markup.clean(text).html == text for text in html)


@pytest.mark.parametrize("kind_id", KINDS)
def test_golden_hash(kind_id):
    declared = kind(kind_id)
    empty = {f.name: None for f in declared.fields} | {table.name: () for table in declared.tables}
    values = empty | dict(form_values.parse(declared, declared.samples[0]).values)
    frozen = freezing.document(
        declared,
        record=7,
        ordinal=2,
        unit={"code": "gov-office", "name": "青铜峡市人民政府办公室"},
        values=values,
        attachments=[{"title": "表", "name": "表.pdf", "type": "application/pdf", "size": 3, "sha256": "a" * 64}],
    )
    from mingchuang.core import hashing

    assert hashing.named(canonical_bytes(frozen), "sha256") == declared.golden[declared.schema]


@pytest.mark.parametrize("kind_id", KINDS)
def test_what_ends_by_itself_names_a_day(kind_id):
    declared = kind(kind_id)
    for name in filter(None, (declared.until, declared.expiry)):
        assert declared.field(name).type == "date"
    assert declared.channel == "web" or declared.until


@pytest.mark.db
@pytest.mark.parametrize(("kind_id", "number"), ON_BOARDS)
def test_a_sample_for_boards_is_posted_and_never_on_the_web(cast, kind_id, number):
    declared = kind(kind_id)
    sample = declared.samples[number]
    with now.travel(DAY):
        revision = do.create(kind_id, cast.office, cast.zhang.actor, sample)
        stages.settle(cast, revision)
        do.submit(revision, cast.zhang.actor)
        revision = stages.signed(cast, stages.fresh(revision), *stages.signers(cast, declared.default_class))
        told = {"content_hash": revision.content_hash, "until": datetime.date.fromisoformat(sample[declared.until])}
        with pytest.raises(Refused) as caught:
            do.publish(revision.record, cast.zhang.actor, content_hash=revision.content_hash)
        assert "records.board_only" in {issue.code for issue in caught.value.issues}
        do.post(revision, cast.zhang.actor, place="示例村公示栏", **told)
    assert public_page.page(revision.record_id) is None
    assert public_page.index_entries([revision.record_id]) == [Gone(f"records.record:{revision.record_id}")]


@pytest.mark.db
@pytest.mark.parametrize(("kind_id", "number"), ON_THE_WEB)
def test_a_sample_goes_all_the_way(cast, rf, kind_id, number):
    declared = kind(kind_id)
    with now.travel(DAY):
        revision = do.create(kind_id, cast.office, cast.zhang.actor, declared.samples[number])
        stages.settle(cast, revision)
        do.submit(revision, cast.zhang.actor)
        record_class = Record.objects.get(pk=revision.record_id).record_class
        revision = stages.signed(cast, stages.fresh(revision), *stages.signers(cast, record_class))
        do.publish(revision.record, cast.zhang.actor, content_hash=revision.content_hash)
        page = public_page.page(revision.record_id)
    assert page.title == declared.samples[number]["title"]
    assert ("索引号", page.index_number) in page.facts
    assert ("发布日期", "2019年9月20日") in page.facts
    (entry,) = public_page.index_entries([revision.record_id])
    assert isinstance(entry, Entry)
    assert entry.body
    assert entry.codes == (page.index_number,)
    html = rendered(rf, page)
    assert page.title in html.replace("<wbr>", "")
    assert page.content_hash in html
    # A kind without 有效性 says nothing about it, and one that is in force needs no warning.
    assert "本文件现为" not in html


def rendered(rf, page) -> str:
    from django.template.loader import render_to_string

    from mingchuang.ui.context import NavItem
    from mingchuang.ui.context import public_page as frame

    described = frame(page.address, title=page.title, nav=(NavItem("首页", "/"),), record=page.json_address)
    return render_to_string(page.template, {"page": described, "record": page, "attachments": []}, rf.get(page.address))


def test_the_declaration_is_found_by_scanning(tmp_path):
    from mingchuang.records.kinds import installed_kinds

    assert "mingchuang.records.kinds.policy" in installed_kinds()
    assert [app.rpartition(".")[2] for app in installed_kinds()] == sorted(kinds())
