"""The database itself refuses to change or delete a published version."""

from django.db import migrations

from guildhall.paperwork.forms.frozen import VERSIONS


class Migration(migrations.Migration):
    dependencies = [("forms", "0001_initial")]
    operations = [VERSIONS.operation()]
