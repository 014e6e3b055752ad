"""The automatic emails: for each event and each side, subject and content in both languages, seen whole."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.typed import number
from guildhall.foundation.outbox.email import put_email
from guildhall.foundation.texts import history, listing, rules, services
from guildhall.foundation.texts.catalogue import LANGUAGES, catalogue
from guildhall.foundation.texts.queries import say, written
from guildhall.foundation.texts.services import Wanted

from . import texts_shown as shown
from .texts_list import TEXTS, describe
from .trail import crumbs

# The events that have an email for each side, in the order of the page.
EVENTS = (
    "Registration",
    "Password_Forget",
    "Password_Changed",
    "EmailAddress_Changed",
    "SecretQuestion_Changed",
)
PROFESSIONAL = "_Professional"
BODY = "text-blocks.Email_"


@require_safe
@TEXTS
def emails(request: HttpRequest) -> HttpResponse:
    """The events with their two emails, then every other email that the portal sends by itself."""
    others = sorted(
        name.removeprefix(BODY)
        for name in catalogue()
        if name.startswith(BODY) and shown.subject_of(name) and not _event(name.removeprefix(BODY))
    )
    context = {
        "events": [_line(event) for event in EVENTS],
        "others": [(describe(each), reverse("administration:email", args=[each])) for each in others],
        "breadcrumbs": crumbs(_texts_crumb(), (say("administration.Emails_Heading"), "")),
    }
    return render(request, "administration/emails_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@TEXTS
def email(request: HttpRequest, key: str) -> HttpResponse:
    """Subject and content in both languages; Save keeps all four, Preview shows both emails whole."""
    names = _names(key)
    if request.method != "POST":
        return _draw(request, key, names)
    typed = {
        (name, language): rules.tidy(request.POST.get(_field(name, language), ""))
        for name in names
        for language in LANGUAGES
    }
    problems = _problems(typed, anyway=request.POST.get("do") == "save-anyway")
    if problems or request.POST.get("do") == "preview":
        return _draw(request, key, names, typed, problems)
    wanted = [
        Wanted(name, language, words, number(request.POST.get(f"seen-{_field(name, language)}", "")))
        for (name, language), words in typed.items()
        if words != rules.tidy(request.POST.get(f"was-{_field(name, language)}", ""))
    ]
    try:
        services.change_texts(wanted, by=request.user, now=timezone.now())
    except Refusal as refusal:
        return _draw(request, key, names, typed, {"": refusal.message}, status=409)
    messages.success(request, say("administration.Texts_Saved", name=_title(key)))
    if any((row := listing.row_of(name)) and row.stale for name in names):
        messages.warning(request, say("administration.Texts_WelshBehind", name=_title(key)))
    return redirect("administration:email", key)


@require_POST
@TEXTS
def test(request: HttpRequest, key: str) -> HttpResponse:
    """The email as it is saved, in both languages, to the address of whoever asks."""
    subject, body = _names(key)
    now = timezone.now()
    to = getattr(request.user, "email", "") or ""
    if not to:
        messages.error(request, say("administration.Emails_NoAddress"))
        return redirect("administration:email", key)
    values = shown.samples(subject) | shown.samples(body)
    for language in LANGUAGES:
        once = f"email-test-{key}-{language}-{request.user.pk}-{now:%Y%m%d%H%M}"
        put_email(to, subject=subject, body=body, language=language, key=once, now=now, **values)
    messages.success(request, say("administration.Emails_TestSent", to=to))
    return redirect("administration:email", key)


def _event(key: str) -> str:
    event = key.removesuffix(PROFESSIONAL)
    return event if event in EVENTS else ""


def _line(event: str) -> dict[str, Any]:
    return {
        "title": say(f"administration.Emails_Event_{event}"),
        "words": say(f"administration.Emails_When_{event}"),
        "sides": [
            (say("administration.Emails_Citizen"), reverse("administration:email", args=[event])),
            (
                say("administration.Emails_Professional"),
                reverse("administration:email", args=[event + PROFESSIONAL]),
            ),
        ],
    }


def _names(key: str) -> tuple[str, str]:
    body = BODY + key
    if body not in catalogue() or not (subject := shown.subject_of(body)):
        raise Http404
    return subject, body


def _field(name: str, language: str) -> str:
    return f"{'body' if name.startswith(BODY) else 'subject'}-{language}"


def _problems(typed: dict[tuple[str, str], str], *, anyway: bool) -> dict[str, str]:
    problems = {}
    for (name, language), words in typed.items():
        try:
            if not words:
                raise rules.BadText(say("administration.Error_Texts_Empty"))
            rules.demand(name, words)
            if not anyway:
                rules.demand_placeholders(name, words)
        except Refusal as refusal:
            problems[_field(name, language)] = refusal.message
    return problems


def _title(key: str) -> str:
    if not (event := _event(key)):
        return describe(key)
    side = "Professional" if key.endswith(PROFESSIONAL) else "Citizen"
    return f"{say(f'administration.Emails_Event_{event}')} – {say(f'administration.Emails_{side}')}"


def _draw(
    request: HttpRequest,
    key: str,
    names: tuple[str, str],
    typed: dict[tuple[str, str], str] | None = None,
    problems: dict[str, str] | None = None,
    *,
    status: int = 0,
) -> HttpResponse:
    seen = history.revisions(names)
    wrong = problems or {}
    fields = [
        _drawn(request, name, language, seen, typed) | {"problem": wrong.get(_field(name, language), "")}
        for name in names
        for language in LANGUAGES
    ]
    event = _event(key)
    context = {
        "key": key,
        "title": _title(key),
        "words": say(f"administration.Emails_When_{event}") if event else "",
        "fields": fields,
        "problems": problems or {},
        "lacks": any(_lacks(name, words) for (name, _), words in (typed or {}).items()),
        "placeholders": sorted(rules.own_placeholders(names[1])),
        "mails": [shown.mail(*names, language, typed) for language in LANGUAGES],
        "changed": [row for name in names if (row := listing.row_of(name)) and (row.own or row.stale)],
        "names": [(describe(name.partition(".")[2]), *name.split(".")) for name in names],
        "breadcrumbs": crumbs(
            _texts_crumb(),
            (say("administration.Emails_Heading"), reverse("administration:emails")),
            (_title(key), ""),
        ),
    }
    status = status or (422 if problems else 200)
    return render(request, "administration/emails_edit.html", context, status=status)


def _lacks(name: str, words: str) -> bool:
    return bool(words and rules.own_placeholders(name) - rules.placeholders(words))


def _drawn(
    request: HttpRequest,
    name: str,
    language: str,
    seen: dict[tuple[str, str], int],
    typed: dict[tuple[str, str], str] | None,
) -> dict[str, Any]:
    field, kept = _field(name, language), written(name, language)
    return {
        "field": field,
        "label": say(f"administration.Emails_{field.replace('-', '_')}"),
        "value": kept if typed is None else typed[name, language],
        "was": kept if typed is None else request.POST.get(f"was-{field}", ""),
        "seen": seen.get((name, language), 0) if typed is None else request.POST.get(f"seen-{field}", ""),
        "meanwhile": kept if typed and kept != rules.tidy(request.POST.get(f"was-{field}", "")) else "",
        "long": name.startswith(BODY),
        "language": language,
    }


def _texts_crumb() -> tuple[str, str]:
    return (say("administration.Texts_Heading"), reverse("administration:texts"))
