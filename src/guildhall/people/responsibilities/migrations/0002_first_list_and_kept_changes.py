from django.db import migrations

from guildhall.people.responsibilities.first import RESPONSIBILITIES
from guildhall.people.responsibilities.frozen import CHANGES


def add_responsibilities(apps, schema_editor):
    Responsibility = apps.get_model("responsibilities", "Responsibility")
    rows = [Responsibility(position=place, **one) for place, one in enumerate(RESPONSIBILITIES, start=1)]
    Responsibility.objects.bulk_create(rows)


class Migration(migrations.Migration):

    dependencies = [("responsibilities", "0001_initial")]

    operations = [
        migrations.RunPython(add_responsibilities, migrations.RunPython.noop),
        CHANGES.operation(),
    ]
