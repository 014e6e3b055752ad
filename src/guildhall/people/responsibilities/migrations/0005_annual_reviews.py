from django.db import migrations

RESPONSIBLE, SYSTEM = "Special Educational Needs and Disabilities", "annual-reviews"


def let_it_open(apps, schema_editor):
    Responsibility = apps.get_model("responsibilities", "Responsibility")
    for row in Responsibility.objects.filter(name__en=RESPONSIBLE):
        if SYSTEM not in row.systems:
            row.systems = [*row.systems, SYSTEM]
            row.save(update_fields=["systems"])


class Migration(migrations.Migration):

    dependencies = [("responsibilities", "0004_school_calendar")]

    operations = [migrations.RunPython(let_it_open, migrations.RunPython.noop)]
