"""The database itself refuses to change the history of a text."""

from django.db import migrations

from guildhall.foundation.texts.frozen import CHANGES


class Migration(migrations.Migration):
    dependencies = [("texts", "0002_history")]
    operations = [CHANGES.operation()]
