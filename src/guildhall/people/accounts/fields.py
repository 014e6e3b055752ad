"""The field in which other rooms keep who did a thing."""

from typing import TYPE_CHECKING, Any, Literal, overload

from django.conf import settings
from django.db import models
from django.db.models.expressions import Combinable

if TYPE_CHECKING:
    from .models import User


@overload
def somebody() -> "models.ForeignKey[User | Combinable, User]": ...
@overload
def somebody(*, null: Literal[True]) -> "models.ForeignKey[User | Combinable | None, User | None]": ...
def somebody(*, null: bool = False) -> Any:
    """The account that did a thing, which cannot be deleted while the thing is kept, and lists it nowhere.

    ``null``: nobody did it yet, or it was the portal itself.
    """
    return models.ForeignKey(settings.AUTH_USER_MODEL, null=null, on_delete=models.PROTECT, related_name="+")
