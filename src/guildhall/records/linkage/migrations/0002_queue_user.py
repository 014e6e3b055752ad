"""The system user of the incoming children queue exists from installation."""

from django.db import migrations
from django.utils import timezone


def make_queue_user(apps, schema_editor):
    apps.get_model("accounts", "User").objects.get_or_create(
        user_name="incoming-children-queue",
        defaults={
            "email": None,
            "password": "!",
            "state": "disabled",
            "forename": "Incoming children",
            "surname": "queue",
            "registered_at": timezone.now(),
        },
    )


class Migration(migrations.Migration):
    dependencies = [("linkage", "0001_initial")]

    operations = [migrations.RunPython(make_queue_user, migrations.RunPython.noop)]
