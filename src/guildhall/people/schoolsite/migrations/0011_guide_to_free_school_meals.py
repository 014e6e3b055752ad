from django.db import migrations

from guildhall.people.schoolsite.first import MEALS_GUIDES


def add_guide(apps, schema_editor):
    SiteEntry = apps.get_model("schoolsite", "SiteEntry")
    rows = [SiteEntry(position=place, **guide) for place, guide in enumerate(MEALS_GUIDES, start=80)]
    SiteEntry.objects.bulk_create(rows)


class Migration(migrations.Migration):

    dependencies = [("schoolsite", "0010_guides_to_post")]

    operations = [migrations.RunPython(add_guide, migrations.RunPython.noop)]
