"""Reading form definitions. A version never changes, so each process compiles it once."""

from collections.abc import Iterable
from functools import lru_cache

from django.db.models import F, QuerySet

from .definition import Definition, compiled
from .models import FormVersion


@lru_cache(maxsize=500)
def definition_of(version_id: int) -> Definition:
    """The compiled definition of a published version; the same object every time. Raises DoesNotExist."""
    return compiled(FormVersion.objects.values_list("definition", flat=True).get(pk=version_id))


def live_version(code: str) -> FormVersion | None:
    """The version of the form that is offered now; None when there is no such form or it is withdrawn."""
    return _live().filter(form__code=code.upper()).first()


def offered(*, portal: str = "", audiences: Iterable[str] = ()) -> list[FormVersion]:
    """The live versions at a portal for any of ``audiences``, by code; without either, all live versions."""
    found = _live().order_by("form__code")
    if portal:
        found = found.filter(portal=portal)
    if audiences := tuple(audiences):
        found = found.filter(audience__in=audiences)
    return list(found)


def _live() -> QuerySet[FormVersion]:
    return FormVersion.objects.filter(form__live_version=F("pk"), form__withdrawn_at=None).select_related(
        "form"
    )
