"""What waits to be looked at."""

from django.db.models import QuerySet

from .models import Loading


def waiting_beside(loading: Loading) -> QuerySet[Loading]:
    """What the same person read for the same place and neither applied nor discarded, the newest first.

    ``loading`` itself, which need not be kept, is none of them. Their rows are not read.
    """
    apart = {field: getattr(loading, field) for field in loading.apart}
    rows = type(loading)._default_manager.filter(by=loading.by, applied_at=None, **apart)
    return rows.exclude(pk=loading.pk).order_by("-read_at", "-pk").defer("rows")
