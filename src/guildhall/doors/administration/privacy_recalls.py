"""Messages that were withdrawn because they went to the wrong person."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from guildhall.foundation.access.doors import holder_of
from guildhall.foundation.kit.pagination import page_of
from guildhall.foundation.texts.queries import say
from guildhall.mail.messages import queries as messages

from .privacy import OFFICER, trail


@require_safe
@OFFICER
def recalls(request: HttpRequest) -> HttpResponse:
    """Each with who withdrew it, why, and whether it had been opened; never what it said."""
    breaches = (say("administration.Breach_Heading"), reverse("administration:privacy-breaches"))
    context = {
        "page": page_of(messages.recalls_seen_by(holder_of(request)), request),
        "breadcrumbs": trail(breaches, (say("administration.Recall_Heading"), "")),
    }
    return render(request, "administration/privacy_recalls.html", context)
