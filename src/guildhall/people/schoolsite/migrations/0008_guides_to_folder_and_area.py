from django.db import migrations

from guildhall.people.schoolsite.first import FOLDER_GUIDES


def add_guides(apps, schema_editor):
    SiteEntry = apps.get_model("schoolsite", "SiteEntry")
    rows = [SiteEntry(position=place, **guide) for place, guide in enumerate(FOLDER_GUIDES, start=60)]
    SiteEntry.objects.bulk_create(rows)


class Migration(migrations.Migration):

    dependencies = [("schoolsite", "0007_guide_to_responsibilities")]

    operations = [migrations.RunPython(add_guides, migrations.RunPython.noop)]
