"""PostgreSQL itself refuses to change or delete entries of the change log; only their words may be forgotten.

SQLite has its own since 0009 (`documents.verification.guard`).
"""

from django.db import migrations

GUARD = """
CREATE FUNCTION documents_ledger_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.details IS NULL AND NEW.salt = ''
       AND to_jsonb(NEW) - 'details' - 'salt' = to_jsonb(OLD) - 'details' - 'salt' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'entries of the change log are only ever added';
END $$;
CREATE TRIGGER documents_ledger_guard BEFORE UPDATE OR DELETE ON documents_ledgerentry
    FOR EACH ROW EXECUTE FUNCTION documents_ledger_guard();
"""
NO_GUARD = """
DROP TRIGGER documents_ledger_guard ON documents_ledgerentry;
DROP FUNCTION documents_ledger_guard();
"""


def _run(sql):
    def run(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(sql, params=None)

    return run


class Migration(migrations.Migration):
    dependencies = [("documents", "0005_public_change_log")]

    operations = [migrations.RunPython(_run(GUARD), _run(NO_GUARD))]
