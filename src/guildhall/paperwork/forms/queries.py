"""Reading form definitions. A version never changes, so each process compiles it once."""

from collections.abc import Iterable
from functools import lru_cache

from django.db.models import F, Q, QuerySet

from .definition import Definition, compiled
from .editing import questions_in
from .models import FormVersion, Question, WorkingForm


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


def working_form(code: str) -> WorkingForm | None:
    """The form being built under ``code``, if there is one."""
    return WorkingForm.objects.filter(code=code.upper()).first()


def questions_found(words: str = "") -> QuerySet[Question]:
    """The bank's questions whose code or wording has ``words`` in it; all of them without words."""
    found = Question.objects.filter(retired_at=None).select_related("latest").order_by("code")
    if not words:
        return found
    said = Q(latest__content__text__en__icontains=words) | Q(latest__content__text__cy__icontains=words)
    return found.filter(Q(code__icontains=words) | said)


def forms_using(code: str) -> list[str]:
    """The codes of the forms, being built or ever published, that have the question ``code``."""
    building = WorkingForm.objects.values_list("code", "content")
    published = FormVersion.objects.values_list("form__code", "definition")
    return sorted(
        {
            form
            for form, content in (*building, *published)
            if any(question.get("code") == code for question in questions_in(content))
        }
    )


def _live() -> QuerySet[FormVersion]:
    return FormVersion.objects.filter(form__live_version=F("pk"), form__withdrawn_at=None).select_related(
        "form"
    )
