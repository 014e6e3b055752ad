from django.db import migrations

from guildhall.people.schoolsite.first_reviews import REVIEWS_GUIDES


def add_guide(apps, schema_editor):
    SiteEntry = apps.get_model("schoolsite", "SiteEntry")
    rows = [SiteEntry(position=place, **guide) for place, guide in enumerate(REVIEWS_GUIDES, start=100)]
    SiteEntry.objects.bulk_create(rows)


class Migration(migrations.Migration):

    dependencies = [("schoolsite", "0012_guide_to_actions")]

    operations = [migrations.RunPython(add_guide, migrations.RunPython.noop)]
