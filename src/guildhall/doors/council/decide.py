"""Process and Send Message: what an officer decides about a form, and what the sender is told."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from guildhall.foundation.access.doors import door, holder_of
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.meanwhile import ChangedMeanwhile
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.speech import active_language
from guildhall.foundation.kit.typed import number, one_line, paragraphs
from guildhall.foundation.texts.queries import say
from guildhall.mail.messages.templates_store import queries as templates
from guildhall.people.accounts.asking import who
from guildhall.records.chronology import queries as chronology
from guildhall.work.cases import queries as cases
from guildhall.work.cases import rules, services
from guildhall.work.cases.models import Case, CaseEvent
from guildhall.work.cases.moves import DECISIONS, Move
from guildhall.work.keying import queries as keyed
from guildhall.work.sharing import queries as shared
from guildhall.work.sharing.preview import Preview
from guildhall.work.sharing.rules import may_share
from guildhall.work.sharing.services import answer_after_approval

from .letters import Written, begun_with, first_words, read
from .review import case_for
from .showing import case_address, crumbs, full_title, history_since, row_of
from .told import KIND

WRITE = "write"
# The messages whose reader may be unable to answer them here (SP-198).
REMINDED = frozenset({Move.REJECT, Move.REQUEST})
VERBS: dict[str, Any] = {
    Move.APPROVE: services.approve,
    Move.REJECT: services.reject,
    Move.REQUEST: services.request_information,
    Move.RESUBMIT: services.resubmit_to_matching,
    WRITE: services.write_message,
}


@require_http_methods(["GET", "HEAD", "POST"])
@door(Permission.REVIEW_FORMS, verified=True, reads_child=True)
def decide(request: HttpRequest, reference: str, verb: str) -> HttpResponse:
    """The message of a decision, to change and to look at; sending it is what decides."""
    if verb not in VERBS:
        raise Http404
    case = case_for(request, reference)
    audit.looked(request, about=case, child=case.mention.child_id)
    if request.method != "POST":
        return _page(request, case, verb, first_words(case, verb))
    letter = read(request.POST, case, verb)
    if request.POST.get("do") == "template":
        return _page(request, case, verb, _begun(request, letter, case))
    if request.POST.get("do") != "send" or letter.problems:
        return _page(request, case, verb, letter, status=422 if letter.problems else 200)
    return _send(request, case, verb, letter)


@require_http_methods(["GET", "HEAD", "POST"])
@door(Permission.SHARE_INFORMATION, verified=True, reads_child=True)
def sharing(request: HttpRequest, reference: str, version: int) -> HttpResponse:
    """Asks, once a form is approved, whether it is shared with those on the child's involvement (SP-192)."""
    case = case_for(request, reference)
    event = _event(case, version)
    if event.verb != Move.APPROVE or not rules.asks_about_sharing(case):
        raise Http404
    preview = _for_everybody(request, case)
    share, problems = request.POST.get("share", ""), {}
    if share in {"yes", "no"}:
        try:
            answer_after_approval(
                case,
                share=share == "yes",
                shown=preview,
                seen=request.POST.get("seen", ""),
                by=who(request),
                now=timezone.now(),
            )
        except Refusal as refusal:
            problems = {"share": refusal.message}
        else:
            return redirect("council:done", reference, version)
    elif request.method == "POST":
        problems = {"share": say("send.Error_ShareAnswer")}
    audit.looked(request, about=case, child=case.mention.child_id)
    answers = [("yes", say("send.Share_Yes")), ("no", say("send.Share_No"))]
    context = {"case": case, "title": full_title(case), "answers": answers, "problems": problems}
    context |= {"preview": preview, "look_href": _share_href(request, case)}
    return render(request, "council/sharing.html", context, status=422 if problems else 200)


@require_safe
@door(Permission.REVIEW_FORMS, verified=True)
def done(request: HttpRequest, reference: str, version: int) -> HttpResponse:
    """The confirmation of a decision, in the words of SP-193 to SP-195."""
    case = case_for(request, reference)
    event = _event(case, version)
    answer = _shares(case, event)
    lines = {Move.APPROVE: "Approved", Move.REJECT: "Rejected"}
    return render(
        request,
        "council/done.html",
        {
            "case": case,
            "first": say(f"send.Done_{lines.get(Move(event.verb), 'Notified')}"),
            "name": say("send.Done_FormName", title=full_title(case)),
            "reference": say("send.Done_FormReference", reference=case.reference),
            "shared": _shared_words(answer),
            "share_href": _share_href(request, case) if answer else "",
            "breadcrumbs": crumbs((case.reference, case_address(case))),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@door(Permission.REVIEW_FORMS, verified=True, reads_child=True)
def pass_on(request: HttpRequest, reference: str) -> HttpResponse:
    """Move a form that came to the wrong team, with a note (CP-064)."""
    case = case_for(request, reference)
    language = active_language()
    problems: dict[str, str] = {}
    typed = {"team": one_line(request.POST.get("team")), "note": paragraphs(request.POST.get("note"))}
    if request.method == "POST":
        seen = number(request.POST.get("seen", ""))
        try:
            services.move_to_team(case, **typed, by=who(request), seen=seen, now=timezone.now())
        except Refusal as refusal:
            problems = refusal.by_field()
        else:
            team = cases.team_name(typed["team"], language)
            messages.success(request, say("send.Case_PassedOn", reference=reference, team=team))
            return redirect("council:review")
    audit.looked(request, about=case, child=case.mention.child_id)
    teams = [(key, cases.team_name(key, language)) for key in rules.PASSES_TO.get(case.team, ())]
    here = (case.reference, case_address(case))
    context = {"case": case, "row": row_of(case), "teams": teams, "typed": typed, "problems": problems}
    return render(
        request,
        "council/pass_on.html",
        {**context, "breadcrumbs": crumbs(here, (say("send.PassOn_Heading"), ""))},
        status=422 if problems else 200,
    )


def _send(request: HttpRequest, case: Case, verb: str, letter: Written) -> HttpResponse:
    try:
        VERBS[verb](
            case, letter.letter, by=who(request), seen=letter.seen, now=timezone.now(), **letter.chosen
        )
    except ChangedMeanwhile as refusal:
        if mine := _sent_before(case, verb, letter, request):
            return _after(request, case, verb, mine.version)
        return _page(request, case_for(request, case.reference), verb, letter, problem=refusal, status=409)
    except Refusal as refusal:
        return _page(request, case_for(request, case.reference), verb, letter, problem=refusal, status=422)
    return _after(request, case, verb, letter.seen)


def _begun(request: HttpRequest, letter: Written, case: Case) -> Written:
    """The letter begun with the chosen template; as it was when none was chosen."""
    chosen = templates.templates().filter(pk=number(request.POST.get("template", ""))).first()
    return begun_with(letter, chosen, case) if chosen else replace(letter, problems={})


def _sent_before(case: Case, verb: str, letter: Written, request: HttpRequest) -> CaseEvent | None:
    """The same decision in the same words, of the same officer on the same page: pressed twice.

    Other words were written in a second window. They did not go out, and who wrote them has to know.
    """
    return case.events.filter(
        verb=verb,
        by=who(request),
        version=letter.seen,
        message__subject=letter.subject,
        message__body=letter.body,
    ).first()


def _after(request: HttpRequest, case: Case, verb: str, version: int) -> HttpResponse:
    if verb == WRITE:
        return redirect("council:case", case.reference)
    shares = holder_of(request).may(Permission.SHARE_INFORMATION)
    if verb == Move.APPROVE and shares and rules.asks_about_sharing(case):
        return redirect("council:sharing", case.reference, version)
    return redirect("council:done", case.reference, version)


def _page(
    request: HttpRequest,
    case: Case,
    verb: str,
    letter: Written,
    *,
    problem: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    problems = dict(letter.problems)
    if problem is not None:
        problems |= getattr(problem, "problems", {problem.field or "": problem.message})
    changed = isinstance(problem, ChangedMeanwhile)
    allowed = verb == WRITE or Move(verb) in rules.decisions_open(case)
    heading = say(f"send.Decide_{verb}")
    return render(
        request,
        "council/decide.html",
        {
            "case": case,
            "row": row_of(case),
            "title": full_title(case),
            "verb": verb,
            "heading": heading,
            "button": say(f"send.Send_{verb}"),
            "letter": letter,
            "sender": case.submission.sender,
            "writes_in": say(f"send.Case_Reads_{case.submission.sender.language}"),
            "reminder": say(f"send.Process_Remind_{verb}") if verb in REMINDED else "",
            "without_account": keyed.name_without_account(case.submission.key),
            "templates": [(template.pk, template.name) for template in templates.templates()],
            "reasons": cases.reasons(active_language()),
            "preview": request.POST.get("do") == "preview" and not letter.problems,
            "happened": history_since(case, letter.seen) if changed else [],
            "allowed": allowed,
            "not_allowed": "" if allowed else _why_not(case),
            "seen": case.version,
            "problems": problems,
            "breadcrumbs": crumbs((case.reference, case_address(case)), (heading, "")),
        },
        status=409 if not allowed and status == 200 else status,
    )


def _for_everybody(request: HttpRequest, case: Case) -> Preview | None:
    """What sharing the form with everybody authenticated on the involvement shows; None without anybody."""
    entry = chronology.entry_of(KIND, str(case.submission_id))
    child = case.mention.child
    if entry is None or child is None or not may_share(holder_of(request)):
        return None
    people = [person.pk for person in shared.authenticated_on(child)]
    return shared.preview(child, entry, people) if people else None


def _shares(case: Case, event: CaseEvent) -> bool | None:
    """The answer to the sharing question about an approval; None while nobody was asked or answered."""
    answer = case.events.filter(verb="sharing", version__gt=event.version).order_by("version").first()
    return bool(answer.detail["share"]) if event.verb == Move.APPROVE and answer else None


def _shared_words(answer: bool | None) -> str:
    if answer is None:
        return ""
    return say("send.Done_Shared" if answer else "send.Done_NotShared")


def _share_href(request: HttpRequest, case: Case) -> str:
    """Where the officer chooses who reads the approved form."""
    entry = chronology.entry_of(KIND, str(case.submission_id))
    return reverse("council:share-form", args=[entry.pk]) if entry and may_share(holder_of(request)) else ""


def _event(case: Case, version: int) -> CaseEvent:
    """The decision that was taken on ``version`` of the case, else Http404."""
    return get_object_or_404(case.events.filter(verb__in=DECISIONS), version=version)


def _why_not(case: Case) -> str:
    try:
        services.demand(case, Move.REJECT)
        services.demand(case, Move.APPROVE)
    except Refusal as refusal:
        return refusal.message
    return say("send.Error_ResubmitNotNeeded")
