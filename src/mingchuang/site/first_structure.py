"""The structure of an empty database in one step: what all migrations end in, without walking through each.

Django draws all related models anew at each of some hundred migrations; on the way from nothing to today's structure
nobody sees any of these. The structure is made from the last state that the *migrations* describe (never from the
models of the code), and all of them are then recorded as applied. Migrations that move rows have nothing to move in an
empty database; each such one is named here, and one that isn't named sends everything the ordinary way. A test compares
both ways, table by table. Why: docs/adr/0601-the-first-structure-in-one-step.md.
"""

from __future__ import annotations

from typing import Final

from django.db import connection
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.operations.base import Operation
from django.db.migrations.recorder import MigrationRecorder

#: Migrations with operations beyond the structure, which do nothing where there is no row.
MOVE_ROWS_ONLY: Final = frozenset(
    {
        ("auth", "0011_update_proxy_permissions"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("account", "0006_emailaddress_lower"),
        ("account", "0008_emailaddress_unique_primary_email_fixup"),
        ("axes", "0007_alter_accessattempt_unique_together"),
    }
)
_STRUCTURAL: Final = ("django.db.migrations.operations.models", "django.db.migrations.operations.fields")


def lay_out() -> bool:
    """Make the structure and record every migration, inside the caller's transaction, where the database is empty.

    Returns False, with nothing done, for a database that holds any table or when a migration does what only walking
    through it can do. The caller runs `migrate` afterwards either way: it finds what is left, and installs triggers.
    """
    executor = MigrationExecutor(connection)
    if connection.introspection.table_names() or not all(map(_is_plain, _all(executor))):
        return False
    apps = executor.loader.project_state().apps
    with connection.schema_editor(atomic=False) as editor:
        for model in apps.get_models():
            if model._meta.managed and not model._meta.proxy:
                editor.create_model(model)
    recorder = MigrationRecorder(connection)
    recorder.ensure_schema()
    recorder.migration_qs.bulk_create(
        recorder.Migration(app=migration.app_label, name=migration.name) for migration in _all(executor)
    )
    return True


def _all(executor: MigrationExecutor) -> list[Migration]:
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes(), clean_start=True)
    return [migration for migration, _ in plan]


def _is_plain(migration: Migration) -> bool:
    named = (migration.app_label, migration.name) in MOVE_ROWS_ONLY
    return named or all(map(_is_structural, migration.operations))


def _is_structural(operation: Operation) -> bool:
    return type(operation).__module__ in _STRUCTURAL
