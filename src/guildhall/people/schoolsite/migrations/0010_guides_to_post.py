from django.db import migrations

from guildhall.people.schoolsite.first_post import POST_GUIDES


def add_guides(apps, schema_editor):
    SiteEntry = apps.get_model("schoolsite", "SiteEntry")
    rows = [SiteEntry(position=place, **guide) for place, guide in enumerate(POST_GUIDES, start=45)]
    SiteEntry.objects.bulk_create(rows)


class Migration(migrations.Migration):

    dependencies = [("schoolsite", "0009_guide_to_calendar")]

    operations = [migrations.RunPython(add_guides, migrations.RunPython.noop)]
