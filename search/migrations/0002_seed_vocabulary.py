from django.db import migrations


def fill(apps, schema_editor):
    from search.seeding import seed_abbreviations, seed_synonyms
    from search.vocabulary import SYNONYM_WEIGHT

    Abbreviation = apps.get_model("search", "Abbreviation")
    Synonym = apps.get_model("search", "Synonym")
    Abbreviation.objects.bulk_create(
        [Abbreviation(short=short, long=long, note=note) for short, long, note in seed_abbreviations()],
        ignore_conflicts=True,
    )
    Synonym.objects.bulk_create(
        [
            Synonym(words=words, one_way=one_way, weight=weight)
            for words, one_way, weight in seed_synonyms(SYNONYM_WEIGHT)
        ]
    )


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
