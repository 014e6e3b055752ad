"""The database itself refuses to change or delete what the audit holds."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from guildhall.foundation.audit import append_only


def put_up(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    append_only.put_up(editor.connection)


def take_down(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    append_only.take_down(editor.connection)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(put_up, take_down)]
