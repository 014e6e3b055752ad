"""Template Management: the templates of messages, one of them, deleting and bringing back, a test email."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guildhall.foundation.access.doors import door
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.kit.pagination import page_of
from guildhall.foundation.kit.telling import refusals_told
from guildhall.foundation.outbox.email import put_words
from guildhall.foundation.texts.queries import say
from guildhall.mail.messages.models import MessageTemplate
from guildhall.mail.messages.templates_store import placeholders, queries, services
from guildhall.people.accounts.asking import who
from guildhall.people.accounts.models import User

from .trail import crumbs

TEMPLATES = door(Permission.EDIT_TEMPLATES, verified=True)
MOST_REMOVED = 20


@require_safe
@TEMPLATES
def templates(request: HttpRequest) -> HttpResponse:
    """View Templates: every template by name, and those that were deleted lately."""
    context = {
        "page": page_of(queries.templates(), request, size=50),
        "removed": list(queries.removed_templates()[:MOST_REMOVED]),
        "breadcrumbs": crumbs((say("administration.Templates_Heading"), "")),
    }
    return render(request, "administration/templates_list.html", context)


@require_safe
@TEMPLATES
def template(request: HttpRequest, pk: int) -> HttpResponse:
    """Subject and Message of a template in both languages, as a sample person would get them."""
    found = template_or_404(pk)
    context = {
        "template": found,
        "shown": [letter(found, language) for language in ("en", "cy")],
        "welsh": bool(found.subject_cy and found.body_cy),
        "breadcrumbs": _crumbs(found.name),
    }
    return render(request, "administration/templates_view.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@TEMPLATES
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks first; afterwards it can be brought back."""
    found = template_or_404(pk)
    if request.method != "POST":
        context = {"template": found, "breadcrumbs": _crumbs(found.name)}
        return render(request, "administration/templates_delete.html", context)
    services.remove_template(found, by=who(request), now=timezone.now())
    messages.success(request, say("administration.Templates_Deleted", name=found.name))
    return redirect("administration:templates")


@require_POST
@TEMPLATES
def bring_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo a deletion."""
    found = get_object_or_404(MessageTemplate, pk=pk)
    with refusals_told(request):
        services.bring_back_template(found, by=who(request), now=timezone.now())
        messages.success(request, say("administration.Templates_Back", name=found.name))
        return redirect("administration:template", pk)
    return redirect("administration:templates")


@require_POST
@TEMPLATES
def test(request: HttpRequest, pk: int) -> HttpResponse:
    """The template as an email in both languages to whoever asks, filled with the sample person."""
    found, user, now = template_or_404(pk), who(request), timezone.now()
    if not user.email:
        messages.error(request, say("administration.Emails_NoAddress"))
        return redirect("administration:template", pk)
    for language in ("en", "cy") if found.subject_cy and found.body_cy else ("en",):
        subject, body = queries.words_for(found, sample(language))
        key = f"template-test-{found.pk}-{found.revision}-{language}-{user.pk}-{now:%Y%m%d%H%M}"
        put_words(user.email, subject=subject, body=body, language=language, key=key, now=now)
    messages.success(request, say("administration.Emails_TestSent", to=user.email))
    return redirect("administration:template", pk)


def template_or_404(pk: int) -> MessageTemplate:
    return get_object_or_404(queries.templates(), pk=pk)


def sample(language: str) -> User:
    """A person who is nobody, for previews."""
    return User(
        title="Mx",
        forename="Sam",
        surname="Evans",
        work_phone="01632 960001",
        mobile="07700 900001",
        home_phone="01632 960002",
        language=language,
    )


def letter(found: MessageTemplate, language: str) -> dict[str, str]:
    """A template as it is kept, with its placeholders by their names, and as the sample person gets it."""
    subject, body = queries.words_in(found, language)
    filled = queries.words_for(found, sample(language))
    return {
        "language": language,
        "subject": placeholders.to_shown(subject, language),
        "body": placeholders.to_shown(body, language),
        "filled_subject": filled[0],
        "filled_body": filled[1],
    }


def _crumbs(name: str) -> list[tuple[str, str]]:
    every = (say("administration.Templates_Heading"), reverse("administration:templates"))
    return crumbs(every, (name, ""))
