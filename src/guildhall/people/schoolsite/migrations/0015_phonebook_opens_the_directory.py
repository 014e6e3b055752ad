from django.db import migrations

from guildhall.people.schoolsite.first import TASK_SCREENS


def lead_there(apps, schema_editor):
    SiteEntry = apps.get_model("schoolsite", "SiteEntry")
    for task in SiteEntry.objects.filter(kind="task", link="", screens=[]):
        if task.title["en"] in TASK_SCREENS:
            task.screens = TASK_SCREENS[task.title["en"]]
            task.save(update_fields=["screens"])


class Migration(migrations.Migration):

    dependencies = [("schoolsite", "0014_guides_to_governors_and_downloads")]

    operations = [migrations.RunPython(lead_there, migrations.RunPython.noop)]
