from django.db import migrations

from guildhall.people.schoolsite.first import GUIDES, SCREENS


def add_guides(apps, schema_editor):
    SiteEntry = apps.get_model("schoolsite", "SiteEntry")
    for entry in SiteEntry.objects.filter(kind="guide"):
        if entry.title["en"] in SCREENS:
            entry.screens = SCREENS[entry.title["en"]]
            entry.save(update_fields=["screens"])
    rows = [SiteEntry(position=place, **guide) for place, guide in enumerate(GUIDES, start=40)]
    SiteEntry.objects.bulk_create(rows)


class Migration(migrations.Migration):

    dependencies = [("schoolsite", "0004_guides")]

    operations = [migrations.RunPython(add_guides, migrations.RunPython.noop)]
