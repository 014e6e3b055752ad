"""The first page of the council's door."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from guildhall.doors.account import announcing
from guildhall.foundation.access.doors import door, holder_of
from guildhall.foundation.access.holder import Holder
from guildhall.foundation.access.permissions import ADMINISTERING, Permission
from guildhall.foundation.authority.queries import setting
from guildhall.foundation.kit.tiles import Tile
from guildhall.foundation.texts.queries import say
from guildhall.records.linkage import queries as linkage
from guildhall.work.admissions.rules import loads_lists
from guildhall.work.annualreviews import queries as annual_reviews
from guildhall.work.cases import queries as cases
from guildhall.work.communications.bounced import not_arrived
from guildhall.work.ehcprocess import queries as ehc_process
from guildhall.work.invoices import queries as invoices
from guildhall.work.meals.queries import amendments_for as waiting_amendments
from guildhall.work.meals.rules import keeps_lists
from guildhall.work.notices import queries as notices
from guildhall.work.returns import queries as returns
from guildhall.work.schoolfinance import queries as finance
from guildhall.work.traded import queries as traded
from guildhall.work.transfers import queries as transfers
from guildhall.work.transfers.rules import handles as handles_transfers

Who = Callable[[Holder], bool]


@dataclass(frozen=True)
class Entry:
    """A panel: its page, the texts of its name and of its words, and whether somebody sees it.

    ``portal``: only where the authority runs its portal here.
    """

    url: str
    title: str
    words: str
    is_for: Who
    portal: bool = False


def _may(*permissions: Permission) -> Who:
    return lambda holder: all(map(holder.may, permissions))


def _administers(holder: Holder) -> bool:
    return bool(holder.permissions & ADMINISTERING)


CHILDREN = _may(Permission.READ_CHILDREN)
FOR_FAMILY = _may(Permission.READ_FORMS, Permission.FILL_IN_FORMS)
POST = _may(Permission.PUBLISH_POST)
GOVERNORS, DOWNLOADS = _may(Permission.KEEP_GOVERNORS_AREA), _may(Permission.KEEP_DOWNLOADS)
CONSENT, BUILD = _may(Permission.MANAGE_CONSENT), _may(Permission.BUILD_FORMS)
DAYS = _may(Permission.EDIT_SETTINGS)
EMERGENCY = _may(Permission.READ_EMERGENCY_CONTACTS)
STATUS, AUDIT = _may(Permission.SEE_STATUS), _may(Permission.READ_AUDIT)

# Below how many forms and how many children wait.
ENTRIES = (
    Entry("council:children", "shared.Menu_Children", "send.Council_Children", CHILDREN),
    Entry("council:for-family", "send.Keyed_Heading", "send.Keyed_Tile", FOR_FAMILY),
    Entry(
        "council:admissions",
        "schools.AdmissionsCouncil_Heading",
        "schools.AdmissionsCouncil_Tile",
        loads_lists,
    ),
    Entry(
        "council:emergency", "schools.System_EmergencyContacts", "schools.EmergencyCouncil_Tile", EMERGENCY
    ),
    Entry("posting:list", "schools.Posting_Heading", "schools.Posting_Tile", POST),
    Entry("council:school-actions", "schools.ActionsCouncil_Heading", "schools.ActionsCouncil_Tile", POST),
    Entry("council:governors", "schools.Governors_Heading", "schools.Governors_Tile", GOVERNORS),
    Entry("council:downloads", "schools.Downloads_Heading", "schools.Downloads_Tile", DOWNLOADS),
    Entry(
        "administration:home",
        "administration.General_Heading",
        "administration.General_Tile",
        _administers,
        portal=True,
    ),
    Entry(
        "administration:consent",
        "administration.Consent_Heading",
        "administration.Consent_Tile",
        CONSENT,
        portal=True,
    ),
    Entry("council:returns-days", "schools.ReturnsDays_Heading", "schools.ReturnsDays_Tile", DAYS),
    Entry("building:list", "administration.Build_Heading", "administration.Build_Tile", BUILD, portal=True),
    Entry("council:status", "administration.Status_Heading", "administration.Status_Tile", STATUS),
    Entry("council:audit", "administration.AuditPage_Heading", "administration.AuditPage_Tile", AUDIT),
)


@require_safe
@door(Permission.HOLD_ACCOUNT)
def home(request: HttpRequest) -> HttpResponse:
    """What this person may do here, with how much of it waits. It names no child."""
    holder = holder_of(request)
    if "council" not in holder.doors:
        raise Http404
    if announcing.waits(request):
        return redirect(announcing.before(request.path))
    context = {
        "tiles": [*_waiting(holder), *_entries(holder)],
        "reads_children": holder.may(Permission.READ_CHILDREN),
        "verified": holder.verified,
    }
    return render(request, "council/home.html", context)


def _waiting(holder: Holder) -> Iterator[Tile]:
    if holder.may(Permission.READ_FORMS):
        counts, address = cases.counts_for(holder), reverse("council:review")
        answered = (say("send.Council_Answered", count=counts.answered), f"{address}?status=answered")
        yield Tile(
            say("shared.Menu_Review"),
            say("send.Council_Review", waiting=counts.not_opened, opened=counts.opened),
            address,
            more=answered if counts.answered else None,
        )
        if bounced := len(not_arrived(holder)):
            words = say("send.NotArrived_Tile", count=bounced)
            yield Tile(say("send.NotArrived_Heading"), words, reverse("council:not-arrived"))
    if keeps_lists(holder):
        words = say("schools.MealsCouncil_Tile", count=waiting_amendments(holder).count())
        yield Tile(say("schools.MealsCouncil_Heading"), words, reverse("council:meals"))
    if due := annual_reviews.counts_for(holder, today=timezone.localdate()):
        words = say("schools.SenReview_Council_Tile", received=due["sent"], overdue=due["overdue"])
        yield Tile(say("schools.SenReview_Council_Heading"), words, reverse("council:annual-reviews"))
    if due := ehc_process.urgent_counts(holder, today=timezone.localdate()):
        words = say("children.Process_Board_Tile", overdue=due["overdue"], risk=due["at-risk"])
        yield Tile(say("children.Process_Board_Heading"), words, reverse("council:process-board"))
    if holder.may(Permission.KEEP_TRADED_SERVICES):
        words = say("schools.TradedCouncil_Tile", count=traded.waiting(holder))
        yield Tile(say("schools.TradedCouncil_Heading"), words, reverse("council:traded"))
    if holder.may(Permission.MODERATE_NOTICES):
        words = say("schools.NoticesCouncil_Tile", count=notices.waiting(holder))
        yield Tile(say("schools.NoticesCouncil_Heading"), words, reverse("council:notices"))
    if holder.may(Permission.HANDLE_INVOICES):
        words = say("schools.InvoicesCouncil_Tile", count=invoices.waiting_count(holder))
        yield Tile(say("schools.InvoicesCouncil_Heading"), words, reverse("council:invoices"))
        late = finance.late_count(holder, today=timezone.localdate())
        words = say("schools.FinanceCouncil_Tile", count=late)
        yield Tile(say("schools.FinanceCouncil_Heading"), words, reverse("council:finance"))
    if handles_transfers(holder):
        figures = transfers.figures(holder, today=timezone.localdate())
        count = transfers.to_council(holder).filter(state="sent").count()
        words = say("schools.TransferCouncil_Tile", count=count, lost=figures.lost, numbers=figures.numbers)
        yield Tile(say("schools.Transfer_Heading"), words, reverse("council:transfers"))
    if holder.may(Permission.HANDLE_RETURNS):
        words = say("schools.ReturnsCouncil_Tile", count=returns.waiting_count(holder))
        yield Tile(say("schools.ReturnsCouncil_Heading"), words, reverse("council:returns"))
    if holder.may(Permission.MATCH_CHILDREN):
        words = say("send.Council_Matching", count=linkage.waiting_count(holder))
        yield Tile(say("shared.Menu_Matching"), words, reverse("council:matching"))


def _entries(holder: Holder) -> Iterator[Tile]:
    portal = bool(setting("modules.portal"))
    for entry in ENTRIES:
        if entry.is_for(holder) and (portal or not entry.portal):
            yield Tile(say(entry.title), say(entry.words), reverse(entry.url))
