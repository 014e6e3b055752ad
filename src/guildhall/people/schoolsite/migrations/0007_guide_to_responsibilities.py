from django.db import migrations

from guildhall.people.schoolsite.first import RESPONSIBILITY_GUIDES


def add_guide(apps, schema_editor):
    SiteEntry = apps.get_model("schoolsite", "SiteEntry")
    rows = [SiteEntry(position=place, **guide) for place, guide in enumerate(RESPONSIBILITY_GUIDES, start=50)]
    SiteEntry.objects.bulk_create(rows)


class Migration(migrations.Migration):

    dependencies = [("schoolsite", "0006_service_requests")]

    operations = [migrations.RunPython(add_guide, migrations.RunPython.noop)]
