"""The database itself refuses to change the log of deletions and of changes to the schedule."""

from django.db import migrations

from guildhall.work.privacy.frozen import LOGS


class Migration(migrations.Migration):
    dependencies = [("privacy", "0001_requests_retention")]
    operations = [LOGS.operation()]
