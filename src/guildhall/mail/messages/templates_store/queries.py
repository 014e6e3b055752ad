"""Reading templates."""

from django.db.models import QuerySet

from guildhall.people.accounts.models import User

from ..template_models import MessageTemplate
from . import placeholders


def templates() -> QuerySet[MessageTemplate]:
    """The templates there are, by name."""
    return MessageTemplate.objects.filter(removed_at=None).order_by("name", "pk")


def removed_templates() -> QuerySet[MessageTemplate]:
    """Those that were deleted, the latest first."""
    return MessageTemplate.objects.exclude(removed_at=None).order_by("-removed_at", "-pk")


def words_for(template: MessageTemplate, person: User) -> tuple[str, str]:
    """Subject and body in the language of ``person``, with their placeholders replaced."""
    subject, body = words_in(template, person.language)
    return placeholders.fill_line(subject, person), placeholders.fill_body(body, person)


def words_in(template: MessageTemplate, language: str) -> tuple[str, str]:
    """Subject and body as they are kept in ``language``; in English where the Welsh is not complete."""
    if language == "cy" and template.subject_cy and template.body_cy:
        return template.subject_cy, template.body_cy
    return template.subject_en, template.body_en
