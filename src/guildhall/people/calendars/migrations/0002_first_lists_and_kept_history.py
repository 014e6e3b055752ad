from django.db import migrations

from guildhall.people.calendars.first import BANK_HOLIDAYS, REASONS
from guildhall.people.calendars.frozen import CHANGES


def add_lists(apps, schema_editor):
    apps.get_model("calendars", "BankHoliday").objects.bulk_create(
        apps.get_model("calendars", "BankHoliday")(**one) for one in BANK_HOLIDAYS
    )
    apps.get_model("calendars", "ClosureReason").objects.bulk_create(
        apps.get_model("calendars", "ClosureReason")(name=name, position=place)
        for place, name in enumerate(REASONS, start=1)
    )


class Migration(migrations.Migration):

    dependencies = [("calendars", "0001_initial")]

    operations = [migrations.RunPython(add_lists, migrations.RunPython.noop), CHANGES.operation()]
