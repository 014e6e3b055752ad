from typing import Any

from django.conf import settings
from django.db import models


def somebody(*, null: bool = False) -> Any:
    """A field for the account that did a thing, which cannot be deleted while the thing is kept."""
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=null)
