"""SQLite itself refuses to change or delete entries of the change log, as PostgreSQL does since 0006."""

from django.db import migrations

from documents.verification import guard


def install(apps, schema_editor):
    """Put the triggers on."""
    guard.install(schema_editor.connection)


def remove(apps, schema_editor):
    """Take them off."""
    guard.remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("documents", "0008_checks_edition")]

    operations = [migrations.RunPython(install, remove)]
