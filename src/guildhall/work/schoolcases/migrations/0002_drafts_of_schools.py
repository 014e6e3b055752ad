from typing import Any

from django.db import migrations
from django.db.models import OuterRef, Subquery


def name_schools(apps: Any, _editor: Any) -> None:
    """Drafts of schools' cases that were begun before drafts knew their school."""
    draft, case = apps.get_model("submissions", "Draft"), apps.get_model("schoolcases", "SchoolCase")
    schools = case.objects.filter(key=OuterRef("key")).values("school_id")[:1]
    keys = case.objects.filter(submitted_at=None).values("key")
    draft.objects.filter(school=None, key__in=keys).update(school_id=Subquery(schools))


class Migration(migrations.Migration):
    dependencies = [("schoolcases", "0001_initial"), ("submissions", "0006_shared_drafts")]
    operations = [migrations.RunPython(name_schools, migrations.RunPython.noop)]
