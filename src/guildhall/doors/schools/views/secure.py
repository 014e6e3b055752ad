"""The secure services: what each person sees of them, and the approver's choice for each."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from guildhall.foundation.access.doors import door, holder_of
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.asking import who
from guildhall.people.membership import secure
from guildhall.people.membership import services as membership

from ..forms import word
from ..showing import address, current, page, supervised
from .people import kept

# The page of each service that there is one for; the others say what will be there.
PAGES = {
    "file-transfer": "schools:file-transfer",
    "data-collections": "schools:data-collections",
    "results": "schools:results",
    "register": "schools:register",
}


@require_safe
@door(Permission.USE_SCHOOL)
def services(request: HttpRequest) -> HttpResponse:
    """The secure services of this person at this school, and no others."""
    return page(request, "schools/secure.html", {"services": _named(secure.services_of(current(request)))})


@require_safe
@door(Permission.USE_SCHOOL)
def service(request: HttpRequest, key: str) -> HttpResponse:
    """One secure service; refused to whoever is not authorised for it."""
    if key not in secure.SERVICES:
        raise Http404
    if key not in secure.services_of(current(request)):
        raise PermissionDenied
    if target := address(PAGES.get(key, "")):
        return redirect(target)
    [shown] = _named((key,))
    words = f"{shown['words']}\n\n{say('schools.Secure_Later')}"
    context = {"title": shown["title"], "words": words, "back": reverse("schools:secure")}
    return page(request, "schools/entry.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Permission.SUPERVISE_SCHOOL, verified=True)
def choose(request: HttpRequest, pk: int) -> HttpResponse:
    """The approver ticks which services one person may use."""
    supervised(request)
    person, problems = kept(request, pk), {}
    chosen = list(person.secure)
    if request.method == "POST":
        chosen = request.POST.getlist("secure")
        try:
            membership.choose_services(
                person, chosen, holder=holder_of(request), by=who(request), now=timezone.now()
            )
        except Refusal as refusal:
            problems = refusal.by_field("secure")
        else:
            messages.success(request, say("schools.Secure_Saved", name=str(person)))
            return redirect("schools:account-management")
    context = {
        "person": person,
        "options": [(one["key"], one["title"]) for one in _named(secure.SERVICES)],
        "chosen": chosen,
        "problems": problems,
    }
    return page(request, "schools/secure_choose.html", context, status=422 if problems else 200)


def _named(keys: tuple[str, ...]) -> list[dict[str, str]]:
    return [
        {
            "key": key,
            "href": reverse("schools:secure-service", args=[key]),
            "title": say(f"schools.Secure_{word(key)}"),
            "words": say(f"schools.Secure_{word(key)}_Words"),
        }
        for key in keys
    ]
