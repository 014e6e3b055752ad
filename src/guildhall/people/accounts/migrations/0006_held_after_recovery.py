from django.db import migrations, models
from django.db.models import F


def believe_remembered(apps, schema_editor):
    """A device that is remembered was proved by both steps."""
    devices = apps.get_model("accounts", "Device").objects.exclude(remembered_until=None)
    devices.update(proved_at=F("first_at"))


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_ways_to_sign_in")]

    operations = [
        migrations.AddField("device", "proved_at", models.DateTimeField(null=True)),
        migrations.AddField("user", "held_until", models.DateTimeField(null=True)),
        migrations.AddField("user", "recovered_at", models.DateTimeField(null=True)),
        migrations.RunPython(believe_remembered, migrations.RunPython.noop),
    ]
