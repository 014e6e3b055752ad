"""What the parts of a list are called, on pages and in spreadsheets."""

from guildhall.foundation.kit.identifiers import fold_name
from guildhall.foundation.texts.queries import say

from .models import Application


def status_name(status: str, language: str | None = None) -> str:
    """How far an application has come, in words."""
    return say(f"schools.Admissions_Status_{status.title()}", language)


def statuses_by_name() -> dict[str, str]:
    """What a status is called in either language, folded, → the status."""
    return {
        fold_name(status_name(status, language)): status
        for status in Application.Status.values
        for language in ("en", "cy")
    }
