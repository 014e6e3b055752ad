from django.db import migrations

from guildhall.people.schoolsite.first import CALENDAR_GUIDES, TASK_SCREENS


def add_guide(apps, schema_editor):
    SiteEntry = apps.get_model("schoolsite", "SiteEntry")
    for task in SiteEntry.objects.filter(kind="task", link=""):
        if task.title["en"] in TASK_SCREENS:
            task.screens = TASK_SCREENS[task.title["en"]]
            task.save(update_fields=["screens"])
    rows = [SiteEntry(position=place, **guide) for place, guide in enumerate(CALENDAR_GUIDES, start=51)]
    SiteEntry.objects.bulk_create(rows)


class Migration(migrations.Migration):

    dependencies = [("schoolsite", "0008_guides_to_folder_and_area")]

    operations = [migrations.RunPython(add_guide, migrations.RunPython.noop)]
