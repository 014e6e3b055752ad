"""The database itself refuses to change what was sent."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from guildhall.paperwork.submissions import frozen


def put_up(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    frozen.put_up(editor)


def take_down(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    frozen.take_down(editor)


class Migration(migrations.Migration):
    dependencies = [("submissions", "0002_draft_touched_alter_draft_corrects")]
    operations = [migrations.RunPython(put_up, take_down)]
