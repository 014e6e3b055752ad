"""What happened to a text."""

from collections.abc import Iterable

from django.db.models import Max, QuerySet

from .models import Change


def revision_of(name: str, language: str) -> int:
    """A number that moves with every change of the text ``area.key`` in ``language``; 0 at the beginning."""
    return revisions([name]).get((name, language), 0)


def revisions(names: Iterable[str]) -> dict[tuple[str, str], int]:
    """The revisions of several texts, those that were ever changed, by (name, language)."""
    keys = {name.partition(".")[2] for name in names}
    rows = Change.objects.filter(key__in=keys).values("area", "key", "language").annotate(newest=Max("pk"))
    return {(f"{row['area']}.{row['key']}", row["language"]): row["newest"] for row in rows}


def changes_of(name: str) -> QuerySet[Change]:
    """The changes of the text ``area.key`` in both languages, newest first, with who made them."""
    area, _, key = name.partition(".")
    return Change.objects.filter(area=area, key=key).select_related("changed_by").order_by("-pk")
