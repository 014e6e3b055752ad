from django.db import migrations

from guildhall.people.schoolsite.first import ENTRIES


def add_entries(apps, schema_editor):
    SiteEntry = apps.get_model("schoolsite", "SiteEntry")
    rows = [SiteEntry(position=place, **entry) for place, entry in enumerate(ENTRIES, start=1)]
    SiteEntry.objects.bulk_create(rows)


class Migration(migrations.Migration):

    dependencies = [("schoolsite", "0001_initial")]

    operations = [migrations.RunPython(add_entries, migrations.RunPython.noop)]
