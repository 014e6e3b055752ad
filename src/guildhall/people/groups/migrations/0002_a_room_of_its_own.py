from typing import Any

from django.db import migrations
from django.db.models import F

# What whoever published post could do besides, and is given by itself from here on.
BESIDES = ("traded", "notices", "governors", "downloads")
EMERGENCY = "emergency"


def nobody_loses_anything(apps: Any, schema: Any) -> None:
    """Let each group keep what came with publishing post, or stay without it where that was taken away.

    A supplied group that nobody changed has it by the table. Reading the schools' emergency contacts is for
    whoever writes to schools: an older group of the authority's own has it, unless it was decided for it.
    """
    grants, groups = apps.get_model("groups", "Grant"), apps.get_model("groups", "Group")
    for post in grants.objects.filter(process="post").order_by("pk"):
        also = (*BESIDES, EMERGENCY) if post.allowed else BESIDES
        rows = [grants(group_id=post.group_id, process=one, allowed=post.allowed) for one in also]
        grants.objects.bulk_create(rows, ignore_conflicts=True)
        groups.objects.filter(pk=post.group_id).update(revision=F("revision") + 1)


class Migration(migrations.Migration):
    dependencies = [("groups", "0001_groups")]

    operations = [migrations.RunPython(nobody_loses_anything, migrations.RunPython.noop)]
