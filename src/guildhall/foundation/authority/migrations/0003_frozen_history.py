"""The database itself refuses to change the history of the settings."""

from django.db import migrations

from guildhall.foundation.authority.frozen import HISTORY


class Migration(migrations.Migration):
    dependencies = [("authority", "0002_history_secrets_pictures")]
    operations = [HISTORY.operation()]
