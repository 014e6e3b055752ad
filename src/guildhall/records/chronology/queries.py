"""Reading the chronology of a child."""

from django.db.models import QuerySet

from guildhall.records.children.models import Child

from .models import Entry


def entries_of(child: Child) -> QuerySet[Entry]:
    """What may be read of ``child``, newest first: of mentions tied to the record, and only once shown."""
    shown = Entry.objects.filter(mention__child=child, shown_from__isnull=False)
    return shown.select_related("mention").order_by("-happened_at", "-pk")


def entry_of(kind: str, source_id: str) -> Entry | None:
    """The event of that source, shown or not."""
    return Entry.objects.filter(kind=kind, source_id=str(source_id)).select_related("mention").first()
