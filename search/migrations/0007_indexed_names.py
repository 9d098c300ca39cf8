from django.db import migrations, models


def mark_as_old(apps, schema_editor):
    """Let the next comparison write every record anew: the new columns are filled from the pages."""
    apps.get_model("search", "IndexedRecord").objects.update(fingerprint="")


class Migration(migrations.Migration):
    dependencies = [("search", "0006_pinned_results")]

    operations = [
        migrations.AddField(
            model_name="indexedrecord",
            name="heading",
            field=models.TextField(
                blank=True, default="", help_text="What it is about, where the title only names it."
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="indexedrecord",
            name="called",
            field=models.TextField(
                blank=True,
                default="",
                help_text="Words of citation, title and heading, as `engines.embedded.completing` reads them.",
            ),
            preserve_default=False,
        ),
        migrations.RunPython(mark_as_old, migrations.RunPython.noop),
    ]
