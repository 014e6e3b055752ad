from django.db import migrations

from guildhall.people.schoolsite.first import ACTIONS_GUIDES


def add_guide(apps, schema_editor):
    SiteEntry = apps.get_model("schoolsite", "SiteEntry")
    rows = [SiteEntry(position=place, **guide) for place, guide in enumerate(ACTIONS_GUIDES, start=90)]
    SiteEntry.objects.bulk_create(rows)


class Migration(migrations.Migration):

    dependencies = [("schoolsite", "0011_guide_to_free_school_meals")]

    operations = [migrations.RunPython(add_guide, migrations.RunPython.noop)]
