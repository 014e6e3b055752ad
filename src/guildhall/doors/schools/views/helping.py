"""Help and guidance, and who helps with an account."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods, require_safe

from guildhall.doors.account.pages import network_address
from guildhall.foundation.access.doors import door, holder_of, open_to_all
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.kit.identifiers import fold_name
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.speech import active_language
from guildhall.foundation.kit.typed import one_line
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.asking import who
from guildhall.people.membership import rules, school_queries
from guildhall.people.membership import services as membership
from guildhall.people.schoolsite import queries as site
from guildhall.people.schoolsite import services
from guildhall.people.schoolsite.models import SiteEntry

from ..forms import PersonForm, ServiceRequestForm
from ..showing import current, entries, page, shown
from .front import PUBLIC

QUESTIONS = (
    *("Supervisor", "Responsibilities", "Levels", "Alerts"),
    *("NoPost", "Prompt", "Redirect", "DailyEmail"),
    *("Add", "Edit", "Delete", "Enable"),
    *("Password", "Locked", "Schools", "Duties", "Notice"),
)


@require_safe
@open_to_all(PUBLIC)
def guidance(request: HttpRequest) -> HttpResponse:
    """First steps, guides, common questions, and whom to write to; all of it can be searched."""
    looked_for = one_line(request.GET.get("help"))[:100]
    sought = fold_name(looked_for).split()
    guides = entries(SiteEntry.Kind.GUIDE)
    if sought:
        guides = site.among(guides, looked_for, language=active_language())
    questions = [
        {"id": name, "asked": say(f"schools.Ask_{name}"), "answer": say(f"schools.Answer_{name}")}
        for name in QUESTIONS
    ]
    context = {
        "guides": [shown(one) for one in guides],
        "questions": [one for one in questions if _fits(one["asked"] + one["answer"], sought)],
        "looked_for": looked_for,
    }
    return page(request, "schools/help.html", context)


@require_safe
@open_to_all(PUBLIC)
def requirements(request: HttpRequest) -> HttpResponse:
    """Minimum requirements: with what the portal can be used."""
    context = {"title": say("schools.Requirements_Heading"), "words": say("schools.Requirements_Words")}
    return page(request, "schools/entry.html", context)


def _fits(words: str, sought: list[str]) -> bool:
    folded = fold_name(words)
    return all(word in folded for word in sought)


@require_http_methods(["GET", "HEAD", "POST"])
@open_to_all("Who asks for help here cannot sign in.")
def service_request(request: HttpRequest) -> HttpResponse:
    """The last resort of somebody who cannot get into their account: a request to the council's officers."""
    form = ServiceRequestForm(request.POST if request.method == "POST" else None)
    if not form.is_bound or not form.is_valid():
        return _ask_page(request, form, form.problems, 422)
    try:
        services.ask_for_help(form.details, address=network_address(request), now=timezone.now())
    except Refusal as refusal:
        return _ask_page(request, form, {"main-content": refusal.message}, 429)
    return page(request, "schools/said.html", {"heading": say("schools.ServiceRequest_Sent")})


def _ask_page(
    request: HttpRequest, form: ServiceRequestForm, problems: dict[str, str], status: int
) -> HttpResponse:
    context = {"form": form, "problems": problems}
    return page(request, "schools/service_request.html", context, status=status if problems else 200)


@require_safe
@door(Permission.USE_SCHOOL)
def account_help(request: HttpRequest) -> HttpResponse:
    """Whom to ask about an account: the school's account operator first, and governors their clerk."""
    place = current(request)
    operators = [one for one in school_queries.operators_of(place.school_id) if one.pk != place.pk]
    clerk = place.kind == place.Kind.CLERK
    context = {
        "operators": operators,
        "clerks": school_queries.clerks_of(place.school_id),
        "governor": rules.is_governor(place),
        "clerk": clerk,
        # Governors are never sent to the helpline, and a clerk only where there is no operator.
        "helpline": not rules.is_governor(place) and not (clerk and operators),
        "asks": rules.may_ask_for_accounts(place),
    }
    return page(request, "schools/account_help.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Permission.USE_SCHOOL)
def ask_for_account(request: HttpRequest) -> HttpResponse:
    """A new account asked of the helpline; only the recorded head or office account gets the form."""
    place = current(request)
    if not rules.may_ask_for_accounts(place):
        raise Http404
    data = request.POST if request.method == "POST" else None
    form = RequestForm(data, holder=holder_of(request), schools={place.school_id})
    if form.is_bound and form.is_valid():
        try:
            membership.ask_for_account(place, given=form.given, by=who(request), now=timezone.now())
        except Refusal as refusal:
            form.turn_down(refusal.field, refusal.message)
        else:
            messages.success(request, say("schools.Request_Done"))
            return redirect("schools:ask-for-account")
    context = {"form": form, "problems": form.all_problems, "asked": school_queries.requests_from(place)}
    return page(request, "schools/ask.html", context, status=422 if context["problems"] else 200)


class RequestForm(PersonForm):
    """A person for one's own school, which is not asked for."""

    def drawn(self) -> list[SafeString]:
        return super().drawn()[:-1]

    @property
    def extra(self) -> dict[str, str]:
        said: dict[str, str] = getattr(self, "said", {})
        return said
