"""Requests for a right over information: who asked, what is done, the decision and the answer."""

from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guildhall.foundation.access.doors import door, holder_of
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.pagination import page_of
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.speech import active_language, day
from guildhall.foundation.kit.typed import number, one_line, paragraphs
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.asking import who
from guildhall.records.children import queries as children
from guildhall.work.privacy import queries, services
from guildhall.work.privacy.models import Request, RightsRequest

from .privacy import OFFICER, PARTS, due_words, received_day, received_typed, subject_typed, trail
from .privacy_keeping import name_of, state_of

READER = door(Permission.MANAGE_PRIVACY, verified=True, reads_child=True)
RIGHTS, WAYS = RightsRequest.Right.values, RightsRequest.Identity.values
WRITTEN = ("kind", "right", "asker", "words", "who")
TYPED = ("identity", "record", "decision", "done", "answer", "acknowledgement", "question")


@require_safe
@OFFICER
def rights(request: HttpRequest) -> HttpResponse:
    """Every request for a right, open ones first, or those of one kind. Lists say no names."""
    found, kind = queries.rights_seen_by(holder_of(request)), one_line(request.GET.get("right"))
    if kind in RIGHTS:
        found = found.filter(right=kind)
    page = page_of(found, request)
    lines = [(each, _right(each), _about(each), _left(each), state_words(each)) for each in page]
    kinds = [("", say("administration.Rights_All"))]
    kinds += [(each, say(f"administration.Rights_{each}")) for each in RIGHTS]
    context = {"page": page, "lines": lines, "kinds": kinds, "kind": kind, "breadcrumbs": _trail()}
    return render(request, "administration/privacy_rights.html", context)


def _trail(*more: tuple[str, str]) -> list[tuple[str, str]]:
    own = (say("administration.Rights_Heading"), reverse("administration:privacy-rights") if more else "")
    return trail(own, *more)


def _right(found: RightsRequest) -> str:
    return say(f"administration.Rights_{found.right}")


def _about(found: RightsRequest) -> str:
    if found.subject_id is None:
        return say("administration.Rights_NoRecord")
    return say(f"administration.Privacy_Subject_{found.subject_kind}", number=found.subject_id)


def _left(found: RightsRequest) -> str:
    if found.closed_at or found.acknowledged_at:
        return ""
    left = queries.clock_of(found, timezone.localdate()).left
    return say("administration.Rights_Late", days=-left) if left < 0 else str(left)


def state_words(found: RightsRequest) -> str:
    """How far a request is."""
    state = queries.state_of_right(found)
    own = "complaint_" if found.is_complaint and found.decision else ""
    return say(f"administration.Rights_State_{own}{state}")


@require_http_methods(["GET", "HEAD", "POST"])
@OFFICER
def new(request: HttpRequest) -> HttpResponse:
    """Write down a request that did not come from My Account."""
    today = timezone.localdate()
    typed: dict[str, Any] = {"kind": "user", "received": {part: getattr(today, part) for part in PARTS}}
    problems: dict[str, str] = {}
    if request.method == "POST":
        typed = {name: paragraphs(request.POST.get(name)) for name in WRITTEN}
        typed["kind"] = typed["kind"] if typed["kind"] in Request.Subject.values else "user"
        typed["received"] = received_typed(request.POST)
        if made := _write_down(request, typed, problems):
            messages.success(request, say("administration.Rights_Saved"))
            return redirect("administration:privacy-right", made.pk)
    context = {
        "typed": typed,
        "problems": problems,
        "rights": [(right, say(f"administration.Rights_{right}")) for right in RIGHTS],
        "kinds": [(kind, say(f"administration.Privacy_Kind_{kind}")) for kind in Request.Subject.values],
        "breadcrumbs": _trail((say("administration.Rights_New"), "")),
    }
    return render(request, "administration/privacy_right_new.html", context, status=422 if problems else 200)


def _write_down(
    request: HttpRequest, typed: dict[str, Any], problems: dict[str, str]
) -> RightsRequest | None:
    subject, received = subject_typed(typed, problems), received_day(typed["received"], problems)
    if subject is None or received is None:
        return None
    given = {name: typed[name] for name in ("asker", "words")}
    try:
        return services.write_right_down(
            typed["right"],
            subject=subject,
            received_on=received,
            by=who(request),
            now=timezone.now(),
            **given,
        )
    except Refusal as refusal:
        problems |= refusal.by_field()
        return None


def right_or_404(request: HttpRequest, pk: int) -> RightsRequest:
    """The request ``pk``, for whoever answers for privacy."""
    found = queries.rights_seen_by(holder_of(request)).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@require_safe
@READER
def right(request: HttpRequest, pk: int) -> HttpResponse:
    """A request: what was asked, who is known to have asked, and what can be done next."""
    return _shown(request, right_or_404(request, pk), {}, {})


def _shown(
    request: HttpRequest, found: RightsRequest, typed: dict[str, str], problems: dict[str, str]
) -> HttpResponse:
    record = services.record_of(found)
    audit.looked(request, about=found, child=record.pk if record else None)
    heading = say("administration.Rights_Number", number=found.pk)
    own = "complaint_" if found.is_complaint else ""
    typed = {"identity": found.identity, "record": str(found.subject_id or "")} | typed
    context = {
        "found": found,
        "heading": heading,
        "rows": _rows(found),
        "to_do": say(f"administration.Rights_ToDo_{found.right}"),
        "record": record,
        "may_open": holder_of(request).may(Permission.READ_CHILDREN),
        "restricted": record is not None and children.use_is_restricted(record),
        "runs": [(run, state_of(run)) for run in found.runs.order_by("pk")],
        "ways": [
            (one, say(f"administration.Rights_Identity_{one}")) for one in RightsRequest.Identity.values
        ],
        "decisions": [
            (one, say(f"administration.Rights_Decision_{own}{one}")) for one in RightsRequest.Decision.values
        ],
        "decision_tip": say(f"administration.Rights_Decision_{own}Tooltip"),
        "letters": [
            {
                "key": say(
                    f"administration.Rights_Letter_{each['kind']}",
                    day=day(datetime.fromisoformat(each["at"])),
                ),
                "value": each["words"],
            }
            for each in found.letters
        ],
        "typed": typed,
        "problems": problems,
        "breadcrumbs": _trail((heading, "")),
    }
    return render(request, "administration/privacy_right.html", context, status=422 if problems else 200)


def _rows(found: RightsRequest) -> list[dict[str, str]]:
    asker = found.asker
    if found.asked_by:
        asker = say("administration.Rights_ByAccount", name=str(found.asked_by))
    rows = {
        "Rights_Right": _right(found),
        "Rights_Whom": _about(found),
        "Rights_AskedBy": asker,
        "Rights_Words": found.words,
        "Privacy_Received": day(found.received_on),
        "Rights_AcknowledgeBy" if found.is_complaint else "Privacy_Due": ""
        if found.acknowledged_at
        else due_words(found),
        "Rights_AcknowledgedOn": _acknowledged(found),
        "Privacy_State": state_words(found),
        "Rights_ConfirmedBy": str(found.identity_by or ""),
        "Rights_DecidedBy": str(found.decided_by or ""),
        "Rights_Done": found.done,
        "Rights_Answer": found.answer,
    }
    return [{"key": say(f"administration.{key}"), "value": value} for key, value in rows.items() if value]


def _acknowledged(found: RightsRequest) -> str:
    if found.acknowledged_at is None:
        return ""
    name = str(found.acknowledged_by)
    return say("administration.Rights_Acknowledged", day=day(found.acknowledged_at), name=name)


@require_POST
@READER
def right_act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Say who asked, acknowledge, ask, stop or start the clock, gather, decide, lift a restriction."""
    found = right_or_404(request, pk)
    typed = {name: paragraphs(request.POST.get(name)) for name in TYPED}
    doing: dict[str, Any] = {"by": who(request), "now": timezone.now()}
    decided: dict[str, Any] = {name: typed[name] for name in ("decision", "done", "answer")}
    acts = {
        "pause": lambda: services.pause_request(found, **doing),
        "resume": lambda: services.resume_request(found, **doing),
        "identity": lambda: services.confirm_identity(
            found, how=typed["identity"], record=_record(typed), **doing
        ),
        "acknowledge": lambda: services.acknowledge_complaint(found, words=typed["acknowledgement"], **doing),
        "ask": lambda: services.ask_person(found, words=typed["question"], **doing),
        "pack": lambda: services.begin_pack_for(found, language=active_language(), **doing),
        "decide": lambda: services.decide_right(found, **decided, **doing),
        "lift": lambda: services.lift_restriction(found, **doing),
    }
    if act not in acts:
        raise Http404
    try:
        acts[act]()
    except Refusal as refusal:
        kept = {name: value for name, value in typed.items() if name in request.POST}
        return _shown(request, found, kept, refusal.by_field())
    messages.success(request, _said(found, act))
    return redirect("administration:privacy-right", pk)


def _record(typed: dict[str, str]) -> int | None:
    if not typed["record"]:
        return None
    if (known := number(typed["record"])) < 1:
        raise Refusal(say("administration.Error_Rights_Record"), field="record")
    return known


def _said(found: RightsRequest, act: str) -> str:
    if act == "identity":
        return say("administration.Rights_Confirmed")
    if act == "decide":
        return say(
            "administration.Rights_Decided" if found.asked_by else "administration.Rights_DecidedPaper"
        )
    if act == "acknowledge" and not found.asked_by:
        return say("administration.Rights_Did_acknowledge_paper")
    return say(f"administration.Rights_Did_{act}")


@require_http_methods(["GET", "HEAD", "POST"])
@READER
def erase(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose what goes of what is held about the person; another person signs the list."""
    found = right_or_404(request, pk)
    if found.right != RightsRequest.Right.ERASURE or found.closed_at or not found.identity:
        raise Http404
    problems: dict[str, str] = {}
    if request.method == "POST":
        chosen = request.POST.getlist("chosen")
        try:
            run = services.begin_erasure(found, chosen=set(chosen), by=who(request), now=timezone.now())
        except Refusal as refusal:
            problems = refusal.by_field()
        else:
            return redirect("administration:privacy-run", run.pk)
    record = services.record_of(found)
    audit.looked(request, about=found, child=record.pk if record else None, detail={"tab": "erase"})
    things = queries.erasable(found, today=timezone.localdate())
    context = {
        "found": found,
        "options": [_thing(each) for each in things if each.verdict.why != "held"],
        "stays": [_thing(each)[1] for each in things if each.verdict.why == "held"],
        "problems": problems,
        "breadcrumbs": _trail(
            (
                say("administration.Rights_Number", number=found.pk),
                reverse("administration:privacy-right", args=[pk]),
            ),
            (say("administration.Rights_Erase"), ""),
        ),
    }
    return render(request, "administration/privacy_erase.html", context, status=422 if problems else 200)


def _thing(each: queries.Erasable) -> tuple[str, str]:
    until: date | None = each.verdict.due_on
    why = (each.verdict.why or "goes").replace(" ", "")
    said = say(f"administration.Rights_Why_{why}", day=day(until) if until else "")
    # A message has no reference that says anything to a person; its day does.
    mark = day(each.started_on) if each.key == "messages" and each.started_on else each.mark
    words = say("administration.Rights_Thing", **{"class": name_of(each.key)}, mark=mark, why=said)
    return f"{each.key}:{each.mark}", words
