"""The database itself refuses to change what an entry of Portal Sharing was."""

from django.db import migrations

from guildhall.work.sharing.frozen import HISTORY


class Migration(migrations.Migration):
    dependencies = [("sharing", "0001_portal_sharing")]
    operations = [HISTORY.operation()]
