"""Entries of a day may be deleted once the audit itself says that the day was pruned."""

from typing import Any

from django.db import migrations

from guildhall.foundation.audit.append_only import AUDIT


def put_up_again(_apps: Any, editor: Any) -> None:
    AUDIT.take_down(editor.connection)
    AUDIT.put_up(editor.connection)


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_append_only")]
    operations = [migrations.RunPython(put_up_again, migrations.RunPython.noop)]
