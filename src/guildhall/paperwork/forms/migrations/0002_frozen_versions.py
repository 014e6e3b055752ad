"""The database itself refuses to change or delete a published version."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from guildhall.paperwork.forms import frozen


def put_up(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    frozen.put_up(editor)


def take_down(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    frozen.take_down(editor)


class Migration(migrations.Migration):
    dependencies = [("forms", "0001_initial")]
    operations = [migrations.RunPython(put_up, take_down)]
