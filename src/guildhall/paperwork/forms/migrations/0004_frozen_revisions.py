"""The database itself refuses to change or delete a question's revision."""

from django.db import migrations

from guildhall.paperwork.forms.frozen import REVISIONS


class Migration(migrations.Migration):
    dependencies = [("forms", "0003_bank_and_building")]
    operations = [REVISIONS.operation()]
