"""The database itself refuses to change a published statement or an answer to one."""

from django.db import migrations

from guildhall.people.consent.frozen import ANSWERS, STATEMENTS


class Migration(migrations.Migration):
    dependencies = [("consent", "0001_library")]
    operations = [STATEMENTS.operation(), ANSWERS.operation()]
