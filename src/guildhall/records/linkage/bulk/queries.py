"""Reading what was put to use, and the batches."""

from django.db.models import QuerySet

from .models import Activation


def activations() -> QuerySet[Activation]:
    """Every time that weights were put to use, newest first."""
    return Activation.objects.select_related("model", "by").defer("model__weights").order_by("-pk")
