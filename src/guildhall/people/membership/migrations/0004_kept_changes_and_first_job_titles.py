from django.db import migrations

from guildhall.people.membership.first import JOB_TITLES
from guildhall.people.membership.frozen import CHANGES


def add_job_titles(apps, schema_editor):
    JobTitle = apps.get_model("membership", "JobTitle")
    rows = [JobTitle(name=name, position=place) for place, name in enumerate(JOB_TITLES, start=1)]
    JobTitle.objects.bulk_create(rows)


class Migration(migrations.Migration):

    dependencies = [("membership", "0003_school_people")]

    operations = [
        migrations.RunPython(add_job_titles, migrations.RunPython.noop),
        CHANGES.operation(),
    ]
