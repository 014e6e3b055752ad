"""The database itself refuses to change or delete what the audit holds."""

from django.db import migrations

from guildhall.foundation.audit.append_only import AUDIT


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [AUDIT.operation()]
