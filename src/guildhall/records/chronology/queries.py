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


def entry_with(entry_id: int) -> Entry | None:
    """The event, if it may be read: tied to a record, and shown."""
    shown = Entry.objects.filter(shown_from__isnull=False, mention__child__isnull=False)
    return shown.select_related("mention__child").filter(pk=entry_id).first()
