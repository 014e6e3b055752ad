"""Create Template and Edit: name, subject and message in both languages, placeholders and preview."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from guildhall.foundation.kit.meanwhile import ChangedMeanwhile, carried
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.speech import active_language
from guildhall.foundation.kit.typed import number, scrub
from guildhall.foundation.texts.queries import say
from guildhall.mail.messages.models import MessageTemplate
from guildhall.mail.messages.templates_store import placeholders, services
from guildhall.people.accounts.asking import who

from .templates_list import TEMPLATES, letter, template_or_404
from .trail import crumbs

FIELDS = ("name", "subject_en", "body_en", "subject_cy", "body_cy")
TARGETS = ("body", "subject")


@require_http_methods(["GET", "HEAD", "POST"])
@TEMPLATES
def create(request: HttpRequest) -> HttpResponse:
    """Create Template; Save returns to View Templates."""
    if request.method != "POST":
        return _draw(request, services.Words())
    words = _typed(request)
    if request.POST.get("do", "save") != "save":
        return _draw(request, _acted(request, words))
    try:
        made = services.make_template(words, by=who(request), now=timezone.now())
    except Refusal as refusal:
        return _draw(request, words, refusal=refusal)
    _say_saved(request, made)
    return redirect("administration:templates")


@require_http_methods(["GET", "HEAD", "POST"])
@TEMPLATES
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Edit makes all fields editable; Save keeps them."""
    template = template_or_404(pk)
    if request.method != "POST":
        return _draw(request, _shown(template), template)
    words = _typed(request)
    if request.POST.get("do", "save") != "save":
        return _draw(request, _acted(request, words), template)
    try:
        seen = number(request.POST.get("seen"))
        kept = services.change_template(template, words=words, seen=seen, by=who(request), now=timezone.now())
    except Refusal as refusal:
        return _draw(request, words, template_or_404(pk), refusal=refusal)
    _say_saved(request, kept)
    return redirect("administration:templates")


@require_POST
@TEMPLATES
def preview(request: HttpRequest) -> HttpResponse:
    """The preview alone, for the script that keeps it up to date while somebody types."""
    context = {"previews": _previews(_typed(request))}
    return render(request, "administration/templates_preview.html", context)


def _typed(request: HttpRequest) -> services.Words:
    return services.Words(**{field: scrub(request.POST.get(field)) for field in FIELDS})


def _shown(template: MessageTemplate) -> services.Words:
    words = {field: getattr(template, field) for field in FIELDS}
    shown = {
        field: placeholders.to_shown(text, field[-2:]) if field != "name" else text
        for field, text in words.items()
    }
    return services.Words(**shown)


def _acted(request: HttpRequest, words: services.Words) -> services.Words:
    """What a button other than Save does without a script: a placeholder goes to the end of its field."""
    act, _, rest = request.POST.get("do", "").partition("-")
    language, _, name = rest.partition("-")
    if act != "insert" or language not in ("en", "cy") or name not in placeholders.PLACEHOLDERS:
        return words
    field = f"{_target(request, language)}_{language}"
    return replace(words, **{field: getattr(words, field) + placeholders.token(name, language)})


def _target(request: HttpRequest, language: str) -> str:
    target = request.POST.get(f"target-{language}", "")
    target = target if target in TARGETS else TARGETS[0]
    if request.POST.get("do") == f"toggle-{language}":
        return TARGETS[1 - TARGETS.index(target)]
    return target


def _say_saved(request: HttpRequest, template: MessageTemplate) -> None:
    messages.success(request, say("administration.Templates_Saved", name=template.name))
    if not template.subject_cy:
        messages.warning(request, say("administration.Templates_NoWelsh", name=template.name))


def _previews(words: services.Words) -> list[dict[str, str]]:
    draft = MessageTemplate(**words.kept())
    languages = ("en", "cy") if draft.subject_cy and draft.body_cy else ("en",)
    return [letter(draft, language) for language in languages]


def _draw(
    request: HttpRequest,
    words: services.Words,
    template: MessageTemplate | None = None,
    *,
    refusal: Refusal | None = None,
) -> HttpResponse:
    problems = refusal.by_field() if refusal else {}
    meanwhile = isinstance(refusal, ChangedMeanwhile) and template is not None
    name = template.name if template else ""
    title = say("administration.Templates_EditName" if name else "administration.Templates_Create", name=name)
    context: dict[str, Any] = {
        "title": title,
        "template": template,
        "words": words,
        "problems": problems,
        "sides": [_side(request, language, words, problems) for language in ("en", "cy")],
        "seen": carried(request, template.revision if template else 0, told=meanwhile),
        "meanwhile": [letter(template, each) for each in ("en", "cy")] if meanwhile and template else [],
        "previews": _previews(words),
        "breadcrumbs": crumbs(
            (say("administration.Templates_Heading"), reverse("administration:templates")), (title, "")
        ),
    }
    status = 409 if meanwhile else 422 if problems else 200
    return render(request, "administration/templates_edit.html", context, status=status)


def _side(
    request: HttpRequest, language: str, words: services.Words, problems: dict[str, str]
) -> dict[str, Any]:
    target = _target(request, language)
    formats = {
        f"data-format-{name}": say(f"shared.Format_{name.title()}")
        for name in ("bold", "italic", "list", "numbers")
    }
    here = active_language()
    names = {
        name: say(f"administration.Templates_Placeholder_{key}")
        for name, (key, _) in placeholders.PLACEHOLDERS.items()
    }
    return {
        "language": language,
        "legend": say(f"administration.Templates_In_{language}"),
        "lang": None if language == here else language,
        "target": target,
        "toggle": say(f"administration.Templates_AddTo_{target}"),
        "subject_field": f"subject_{language}",
        "body_field": f"body_{language}",
        "subject": getattr(words, f"subject_{language}"),
        "body": getattr(words, f"body_{language}"),
        "subject_problem": problems.get(f"subject_{language}", ""),
        "body_problem": problems.get(f"body_{language}", ""),
        "body_attrs": formats,
        "inserts": [
            (f"insert-{language}-{name}", placeholders.token(name, language), said)
            for name, said in names.items()
        ],
    }
