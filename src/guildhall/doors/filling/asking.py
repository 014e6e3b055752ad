"""What the authority asked for, beside the form that was returned for it."""

from django.http import HttpRequest

from guildhall.foundation.access.doors import holder_of
from guildhall.paperwork.submissions.models import Draft
from guildhall.work.cases import queries as cases


def asked_words(request: HttpRequest, draft: Draft) -> str:
    """The letter that returned the form; nothing while a session that email opened may not read messages."""
    return "" if holder_of(request).held_until else cases.asked_of(draft)
