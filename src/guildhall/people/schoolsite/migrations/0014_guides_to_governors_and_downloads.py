from django.db import migrations

from guildhall.people.schoolsite.first_governors import GOVERNORS_GUIDES


def add_guides(apps, schema_editor):
    SiteEntry = apps.get_model("schoolsite", "SiteEntry")
    rows = [SiteEntry(position=place, **guide) for place, guide in enumerate(GOVERNORS_GUIDES, start=90)]
    SiteEntry.objects.bulk_create(rows)


class Migration(migrations.Migration):

    dependencies = [("schoolsite", "0013_guide_to_annual_reviews")]

    operations = [migrations.RunPython(add_guides, migrations.RunPython.noop)]
