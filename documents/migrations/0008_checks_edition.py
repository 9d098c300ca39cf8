"""Remember which edition of the checks looked at a file; nobody knows of files stored before, unless they were cleaned."""

from django.db import migrations, models
from django.db.models import Q


def note_cleaned_files(apps, schema_editor):
    """What has an upload beside it was cleaned by the first edition."""
    for name in ("OfficeDocument", "DocumentVersion"):
        rows = apps.get_model("documents", name).objects
        rows.filter(~Q(original_file="")).update(checks_edition=1)


class Migration(migrations.Migration):
    dependencies = [("documents", "0007_checked_files")]

    operations = [
        migrations.AddField(
            model_name="documentversion",
            name="checks_edition",
            field=models.PositiveSmallIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name="officedocument",
            name="checks_edition",
            field=models.PositiveSmallIntegerField(default=0, editable=False),
        ),
        migrations.RunPython(note_cleaned_files, migrations.RunPython.noop),
    ]
