"""Plans, reviews and reports as pages show them, at the schools' door and at the council's."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from guildhall.foundation.audit import services as audit
from guildhall.foundation.files import queries as file_queries
from guildhall.foundation.files.models import StoredFile
from guildhall.foundation.kit import speech, spreadsheets
from guildhall.foundation.kit.pagination import page_of, sorting_of
from guildhall.foundation.kit.taken_away import taken_away
from guildhall.foundation.kit.typed import one_line
from guildhall.foundation.texts.queries import say
from guildhall.work.annualreviews import queries, rules
from guildhall.work.annualreviews.content import VIEWS, Content
from guildhall.work.annualreviews.models import Plan, Report, Review

State = Review.State
COLOURS = {
    "overdue": "red",
    "due": "yellow",
    "planned": "blue",
    "held": "purple",
    "sent": "turquoise",
    "later": "grey",
    "decided": "green",
}
PER_PAGE, WHOLE = 20, 5_000
_WIDTHS = (30, 20, 20, 16, 14, 14, 14, 14, 22)
_FRESH = ("school", "surname", "forename", "upn", "plan_on", "last_on", "due_on", "meeting_on", "status")


def word_of(name: str) -> str:
    """The end of a text's name: next_on → NextOn, late-report → LateReport."""
    return "".join(part.capitalize() for part in name.replace("-", "_").split("_"))


def status_words(status: str) -> str:
    return say(f"schools.SenReview_Status_{word_of(status)}")


def advice_words(advice: str) -> str:
    return say(f"schools.SenReview_Advice_{word_of(advice)}") if advice else ""


def why_words(plan: Plan) -> str:
    """Why a pupil is no longer reviewed."""
    return say(f"schools.SenReview_Why_{plan.ended_why.title()}") if plan.ended_why else ""


def spoken(day: date | None) -> str:
    return speech.day(day) if day else "-"


def list_page(request: HttpRequest, plans: Any, *, states: tuple[str, ...], default: str) -> dict[str, Any]:
    """A list as it was narrowed, searched and sorted, with a count for every state; the reading is kept."""
    rows = queries.listed(plans, today=timezone.localdate())
    counted = queries.counts(rows)
    status = request.GET.get("status", "")
    status = status if status in states else ""
    words = one_line(request.GET.get("find"))[:100]
    sorting = sorting_of(request, among=tuple(queries.SORTS), default=default)
    found = queries.ordered(queries.narrowed(rows, status=status, words=words), sorting.current)
    shown = page_of(found, request, WHOLE if "whole" in request.GET else PER_PAGE)
    looked_at(request, shown, "list")
    return {
        "page": shown,
        "rows": [_row(one) for one in shown],
        "sorting": sorting,
        "words": words,
        "status": status,
        "states": [
            (one, status_words(one) if one else say("schools.SenReview_Status_All"), counted[key])
            for one in ("", *states)
            for key in [one.replace("-", "_") or "all"]
        ],
        "any": counted["all"],
    }


def _row(one: Any) -> dict[str, Any]:
    past = one.meeting_on and one.meeting_on > rules.limit(one.plan_on, one.last_on)
    return {
        "plan": one,
        "status": status_words(one.status),
        "colour": COLOURS[one.status],
        "late": status_words(one.late) if one.late else "",
        "past": past and one.status in {"planned", "overdue"},
    }


def sheet(request: HttpRequest, plans: Any) -> HttpResponse:
    """Every pupil of a list as a spreadsheet; the reading is kept."""
    rows = queries.ordered(queries.listed(plans, today=timezone.localdate()), "due")
    found = list(rows[:WHOLE])
    looked_at(request, found, "export")
    book, first = spreadsheets.begin(say("schools.SenReview_Sheet"))
    spreadsheets.put(first, 1, [say(f"schools.SenReview_{word_of(name)}") for name in _FRESH], bold=True)
    for number, one in enumerate(found, start=2):
        spreadsheets.put(first, number, _line(one))
    content = spreadsheets.finished(book, widths=_WIDTHS, freeze="A2")
    return taken_away(content, "xlsx", say("schools.SenReview_FileName"))


def _line(one: Any) -> list[str]:
    days = [one.plan_on, one.last_on, one.due_on, one.meeting_on]
    told = [day.isoformat() if day else "" for day in days]
    return [one.school.name, one.surname, one.forename, one.upn, *told, status_words(one.status)]


def looked_at(request: HttpRequest, plans: Iterable[Plan], surface: str) -> None:
    """Keep that the pupils of these were read, by the authority's record where there is one."""
    found = list(plans)
    shown = [one.mention.child_id for one in found if one.mention.child_id]
    detail = {"shown": shown, "plans": [one.pk for one in found]}
    audit.looked(request, about=("children", "list"), surface=surface, detail=detail)


def looked_at_one(request: HttpRequest, plan: Plan, surface: str = "page") -> None:
    """Keep that a pupil's reviews were read."""
    audit.looked(request, about=plan, child=plan.mention.child_id, surface=surface)


def pupil_facts(plan: Plan) -> list[dict[str, Any]]:
    """Who the pupil is and when their reviews are, as rows of a summary."""
    limit = rules.limit(plan.plan_on, plan.last_on)
    values = {
        "upn": plan.upn,
        "born_on": spoken(plan.born_on),
        "plan_on": spoken(plan.plan_on),
        "last_on": spoken(plan.last_on) if plan.last_on else say("schools.SenReview_NoLast"),
        "due_on": [spoken(plan.due_on), say("schools.SenReview_Limit", day=spoken(limit))],
    }
    return [{"key": say(f"schools.SenReview_{word_of(name)}"), "value": one} for name, one in values.items()]


def clock_of(review: Review | None) -> dict[str, Any] | None:
    """What runs now, in words: "Send the report by 14 June 2026. 3 days left."."""
    clock = rules.clock(review, today=timezone.localdate()) if review else None
    if clock is None:
        return None
    name = clock.name.title()
    left = "Late" if clock.left < 0 else "Today" if clock.left == 0 else "Left"
    words = say(f"schools.SenReview_Clock_{name}", day=spoken(clock.by))
    return {
        "words": words,
        "left": say(f"schools.SenReview_Clock_{left}", days=abs(clock.left)),
        "colour": "red" if clock.left < 0 else "yellow" if clock.left <= 3 else "blue",
    }


def past_limit(plan: Plan, meeting_on: date | None) -> str:
    """What is said where a meeting is later than 12 months after the plan or the last review."""
    limit = rules.limit(plan.plan_on, plan.last_on)
    late = meeting_on is not None and meeting_on > limit
    return say("schools.SenReview_PastLimit", day=spoken(limit)) if late else ""


def history_of(reviews: list[Review]) -> list[dict[str, Any]]:
    """The reviews of a pupil that were recorded, as lines."""
    return [
        {
            "review": one,
            "state": status_words(one.state),
            "colour": COLOURS[one.state],
            "decision": advice_words(one.decision),
        }
        for one in reviews
    ]


def decision_facts(review: Review) -> list[dict[str, Any]]:
    """What the authority decided, as rows of a summary."""
    if review.state != State.DECIDED:
        return []
    amended = review.decision == Review.Advice.AMEND
    rows = [
        ("decision", advice_words(review.decision)),
        ("decided_on", spoken(review.decided_on)),
        ("final_by", spoken(review.meeting_on + rules.FINAL) if amended else ""),
        ("decision_words", review.decision_words),
        ("decided_by", str(review.decided_by)),
    ]
    return [
        {"key": say(f"schools.SenReview_{word_of(name)}"), "value": value} for name, value in rows if value
    ]


def content_page(content: Content) -> dict[str, Any]:
    """What is recorded of a review, as pages draw it."""
    return {
        "people": [(one, came_words(one.came)) for one in content.people],
        "views": [
            {"key": say(f"schools.SenReview_View_{word_of(name)}"), "value": content.views[name]}
            for name in VIEWS
            if content.views[name]
        ],
        "outcomes": [(one, progress_words(one.what)) for one in content.outcomes],
        "advice": [row for row in _advice_rows(content) if row["value"]],
    }


def _advice_rows(content: Content) -> list[dict[str, str]]:
    advice = content.advice
    return [
        {"key": say("schools.SenReview_What"), "value": advice_words(advice.what)},
        {"key": say("schools.SenReview_Reasons"), "value": advice.reasons},
        {
            "key": say("schools.SenReview_NextOn"),
            "value": spoken(advice.next_on) if advice.next_on else say("schools.SenReview_NextOn_Limit"),
        },
    ]


def came_words(came: str) -> str:
    return say(f"schools.SenReview_Came_{word_of(came)}") if came else "-"


def progress_words(what: str) -> str:
    return say(f"schools.SenReview_Progress_{word_of(what)}") if what else "-"


def report_page(report: Report, *, at: str) -> dict[str, Any]:
    """A version that was sent. ``at``: the door whose addresses its documents have."""
    pupil = report.content["pupil"]
    stored = {str(one.pk): one for one in queries.files_of(report.review)}
    return {
        "report": report,
        "pupil": pupil,
        "facts": report_facts(report),
        "content": content_page(Content.of(report.content)),
        "documents": [_sent_file(report, one, stored.get(one["id"]), at) for one in report.files],
    }


def report_facts(report: Report) -> list[dict[str, str]]:
    """Who and when, as it stood when the version was sent."""
    pupil, review = report.content["pupil"], report.review
    values = {
        "school": pupil["school"],
        "upn": pupil["upn"],
        "born_on": _day(pupil["born_on"]),
        "plan_on": _day(pupil["plan_on"]),
        "last_on": _day(pupil["last_on"]) or say("schools.SenReview_NoLast"),
        "meeting_on": _day(report.content["meeting_on"]),
        "place": review.place,
        "sent": say(
            "schools.SenReview_SentBy",
            name=str(report.sent_by),
            day=speech.day(timezone.localtime(report.sent_at)),
        ),
        "correction": report.reason,
    }
    return [
        {"key": say(f"schools.SenReview_{word_of(name)}"), "value": value}
        for name, value in values.items()
        if value
    ]


def _day(plain: str) -> str:
    return speech.day(date.fromisoformat(plain)) if plain else ""


def _sent_file(report: Report, one: dict[str, Any], stored: StoredFile | None, at: str) -> dict[str, Any]:
    ready = stored is not None and file_queries.may_be_served(stored)
    href = reverse(f"{at}-file", args=[report.review_id, report.number, UUID(one["id"])]) if ready else ""
    return {
        "name": one["name"],
        "bytes": one["bytes"],
        "href": href,
        "words": file_queries.state_words(stored) if stored else say("schools.SenReview_FileGone"),
    }
