"""The database itself refuses to change what was sent."""

from django.db import migrations

from guildhall.paperwork.submissions.frozen import SENT


class Migration(migrations.Migration):
    dependencies = [("submissions", "0002_draft_touched_alter_draft_corrects")]
    operations = [SENT.operation()]
