"""Change User Responsibilities: asking for them, giving them, deciding about what others ask."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods

from guildhall.foundation.access.doors import door, holder_of
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.kit import components
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.typed import number, paragraphs
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.asking import who
from guildhall.people.membership.models import SchoolPlace
from guildhall.people.responsibilities import queries
from guildhall.people.responsibilities import services as responsibilities
from guildhall.people.responsibilities.models import ChangeRequest, Level, Responsibility, Wish
from guildhall.people.responsibilities.queries import Covered

from ..showing import current, page, supervised
from ..wording import described, level_name
from .people import kept

PAGE = require_http_methods(["GET", "HEAD", "POST"])
PERSON = "schools:responsibilities-of"


@PAGE
@door(Permission.USE_SCHOOL, verified=True)
def own(request: HttpRequest) -> HttpResponse:
    """What one is responsible for, as boxes to tick and clear; a supervisor decides about it."""
    place = current(request)
    if queries.may_decide(holder_of(request), place):
        return redirect(PERSON, place.pk)
    asked = queries.open_request(place)
    if request.method == "POST" and request.POST.get("act") == "withdraw":
        return _withdrawn(request, asked)
    held = queries.levels_of(place)
    problems: Mapping[str, str] = {}
    wanted = dict(held)
    if request.method == "POST":
        wanted = _wanted(request)
        try:
            responsibilities.ask_for_change(place, wanted=wanted, by=who(request), now=timezone.now())
        except Refusal as refusal:
            problems = refusal.by_field()
        else:
            messages.success(request, say("schools.Responsibilities_Asked"))
            return redirect("schools:responsibilities")
    context = {
        "asked": _told(asked) if asked else None,
        "boxes": _boxes(held, asked, wanted),
        "ticked": wanted,
        "problems": problems,
        "none": not held,
    }
    return page(request, "schools/responsibilities.html", context, status=422 if problems else 200)


def _withdrawn(request: HttpRequest, asked: ChangeRequest | None) -> HttpResponse:
    if asked:
        responsibilities.withdraw_request(asked, by=who(request), now=timezone.now())
        messages.success(request, say("schools.Responsibilities_Withdrawn"))
    return redirect("schools:responsibilities")


def _wanted(request: HttpRequest) -> dict[int, str]:
    """The boxes that are ticked, each with the level that is asked for, or "" for none."""
    ticked = [number(one) for one in request.POST.getlist("wanted")]
    return {pk: _level(request, pk) for pk in ticked}


def _level(request: HttpRequest, pk: int) -> str:
    level = request.POST.get(f"level-{pk}", "")
    return level if level in Level.values else ""


def _boxes(held: dict[int, str], asked: ChangeRequest | None, wanted: dict[int, str]) -> list[dict[str, Any]]:
    wished = {wish.responsibility_id: wish.wanted for wish in asked.wishes.all()} if asked else {}
    boxes = []
    for one in queries.offered():
        shown = described(one)
        parts = [str(shown["words"])]
        parts += [say("schools.Level_Yours", level=level_name(held[one.pk]))] if one.pk in held else []
        parts += [say(f"schools.Wish_{'Wanted' if wished[one.pk] else 'Ending'}")] if one.pk in wished else []
        levels = _wished_level(one.pk, str(shown["name"]), wanted.get(one.pk, ""))
        box = {"value": str(one.pk), "text": shown["name"], "hint": " ".join(parts)}
        boxes.append(box | {"conditional": levels})
    return boxes


def _wished_level(pk: int, name: str, level: str) -> SafeString:
    """Lead Contact or Interested Party, asked for below a ticked box."""
    legend = say("schools.Responsibilities_Level", name=name)
    field = components.Field(f"level-{pk}", legend, label_kind="govuk-visually-hidden")
    options = [(one, level_name(one)) for one in Level.values]
    return components.radios_field(field, options=options, value=level, inline=True, small=True)


def _told(asked: ChangeRequest) -> dict[str, Any]:
    named = {one.pk: str(described(one)["name"]) for one in queries.offered()}
    wishes = [wish for wish in asked.wishes.all() if wish.responsibility_id in named]
    return {
        "at": asked.asked_at,
        "wanted": [_wish_words(wish, named[wish.responsibility_id]) for wish in wishes if wish.wanted],
        "ending": [named[wish.responsibility_id] for wish in wishes if not wish.wanted],
    }


def _wish_words(wish: Wish, name: str) -> str:
    return f"{name} ({level_name(wish.level)})" if wish.level else name


@PAGE
@door(Permission.SUPERVISE_SCHOOL, verified=True)
def of_person(request: HttpRequest, pk: int) -> HttpResponse:
    """The supervisor makes somebody Lead Contact or Interested Party, at once."""
    supervised(request)
    person, holder = kept(request, pk), holder_of(request)
    if not queries.may_decide(holder, person):
        return redirect("schools:responsibilities")
    covered = queries.overview(holder, person.school_id)
    held = queries.levels_of(person)
    chosen = dict(held)
    problems: Mapping[str, str] = {}
    if request.method == "POST":
        chosen = _levels(request, covered)
        try:
            crowded = responsibilities.assign(
                person,
                levels=chosen,
                seen=request.POST.get("seen", ""),
                holder=holder,
                by=who(request),
                now=timezone.now(),
            )
        except Refusal as refusal:
            problems = refusal.by_field()
        else:
            _say_done(request, crowded, say("schools.Responsibilities_Saved", name=str(person)))
            return redirect("schools:overview")
    context = {
        "person": person,
        "rows": [_row(one, chosen.get(one.responsibility.pk, ""), person) for one in covered],
        "stamp": queries.stamp_of(held),
        "problems": problems,
    }
    return page(request, "schools/responsibilities_of.html", context, status=422 if problems else 200)


def _levels(request: HttpRequest, covered: list[Covered]) -> dict[int, str]:
    typed = {one.responsibility.pk: request.POST.get(f"level-{one.responsibility.pk}", "") for one in covered}
    return {pk: level for pk, level in typed.items() if level in Level.values}


def _say_done(request: HttpRequest, crowded: list[Responsibility], words: str) -> None:
    messages.success(request, words)
    for one in crowded:
        messages.warning(request, say("schools.Responsibilities_Crowded", name=one.called))


def _row(one: Covered, level: str, person: SchoolPlace) -> dict[str, Any]:
    shown = described(one.responsibility)
    others = [str(place) for place in one.leads if place.pk != person.pk]
    return shown | {"leads": others, "field": _select(one.responsibility.pk, str(shown["name"]), level)}


def _select(pk: int, name: str, level: str) -> SafeString:
    return components.select_field(
        components.Field(
            f"level-{pk}",
            name,
            tooltip=say("schools.ResponsibilitiesOf_Tooltip"),
            label_kind="govuk-visually-hidden",
        ),
        options=[(one, level_name(one)) for one in Level.values],
        blank=say("schools.Level_None"),
        value=level,
    )


@PAGE
@door(Permission.SUPERVISE_SCHOOL, verified=True)
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """The supervisor approves what somebody asked, all or in part, or refuses it with a reason."""
    place, holder = supervised(request), holder_of(request)
    waiting = queries.waiting_for(holder, place.school_id)
    asked = next((one for one in waiting if one.pk == pk), None)
    if asked is None:
        raise Http404
    wishes = list(asked.wishes.select_related("responsibility").order_by("responsibility__position", "pk"))
    answers = {wish.pk: request.POST.get(f"wish-{wish.pk}", "") for wish in wishes}
    problems: Mapping[str, str] = {}
    if request.method == "POST":
        try:
            crowded = responsibilities.decide_request(
                asked,
                answers=answers,
                reason=paragraphs(request.POST.get("reason")),
                holder=holder,
                by=who(request),
                now=timezone.now(),
            )
        except Refusal as refusal:
            problems = refusal.by_field()
        else:
            _say_done(request, crowded, say("schools.Decide_Done", name=str(asked.place)))
            return redirect("schools:alerts")
    return _decision_page(request, asked, wishes, answers, problems)


def _decision_page(
    request: HttpRequest,
    asked: ChangeRequest,
    wishes: list[Wish],
    answers: Mapping[int, str],
    problems: Mapping[str, str],
) -> HttpResponse:
    covered = queries.overview(holder_of(request), asked.place.school_id)
    leads = {one.responsibility.pk: [str(lead) for lead in one.leads] for one in covered}
    held = queries.levels_of(asked.place)
    context = {
        "asked": asked,
        "fields": [
            _wish(
                one,
                answers[one.pk],
                problems,
                leads=leads.get(one.responsibility_id, []),
                held=held.get(one.responsibility_id, ""),
            )
            for one in wishes
        ],
        "reason": paragraphs(request.POST.get("reason")),
        "problems": problems,
    }
    return page(request, "schools/responsibility_request.html", context, status=422 if problems else 200)


def _wish(wish: Wish, answer: str, problems: Mapping[str, str], *, leads: list[str], held: str) -> SafeString:
    """The choice about one line, with who leads now; ``held``: the level that the person has."""
    if wish.wanted:
        options = [(one, level_name(one)) for one in Level.values if one != held]
        now = ", ".join(leads) or say("schools.Overview_Nobody")
        hint = say("schools.Decide_Leads", names=now)
        if wish.level:
            hint = say("schools.Decide_LeadsAs", level=level_name(wish.level), names=now)
    else:
        options, hint = [(responsibilities.END, say("schools.Decide_End"))], say("schools.Decide_Ending")
    return components.radios_field(
        components.Field(
            f"wish-{wish.pk}",
            wish.responsibility.called,
            label_kind="govuk-fieldset__legend--m",
            hint=hint,
            tooltip=say("schools.Decide_Tooltip"),
            problem=problems.get(f"wish-{wish.pk}", ""),
        ),
        options=[*options, (responsibilities.NO, say(f"schools.Decide_No{'' if wish.wanted else 'Ending'}"))],
        value=answer,
    )
