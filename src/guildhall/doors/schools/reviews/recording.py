"""Recording a review, part by part. A colleague's save meanwhile is shown beside one's own words."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST, require_safe

from guildhall.foundation.files import kinds
from guildhall.foundation.files import queries as file_queries
from guildhall.foundation.files.views import serve
from guildhall.foundation.kit import components
from guildhall.foundation.kit.components import Field
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.telling import refusals_told
from guildhall.foundation.kit.typed import number, paragraphs
from guildhall.foundation.texts.forms import SWITCH, DayField
from guildhall.foundation.texts.queries import say
from guildhall.people.membership.asking import acting
from guildhall.work.annualreviews import content, queries, services
from guildhall.work.annualreviews.models import Review
from guildhall.work.annualreviews.services import SavedMeanwhile

from ..showing import page
from . import shown
from .entering import PAGE, READING, WRITING, own_review
from .forms import HeldForm

MORE = 3


@dataclass(frozen=True)
class Part:
    """How a part is read from what was posted, made plain, and drawn."""

    read: Callable[[Any], Any]
    plain: Callable[[Any], Any]
    of: Callable[[Any], Any]


def _read_advice(posted: Any) -> content.Advice:
    what = posted.get("what", "")
    parts = [posted.get(f"next_on-{part}", "").strip() for part in ("day", "month", "year")]
    return content.Advice(
        what if what in Review.Advice.values else "",
        paragraphs(posted.get("reasons")),
        DayField().to_python(parts),
    )


PARTS: dict[str, Part] = {
    "people": Part(content.read_people, content.plain_people, content.people_of),
    "views": Part(content.read_views, dict, content.views_of),
    "outcomes": Part(content.read_outcomes, content.plain_outcomes, content.outcomes_of),
    "advice": Part(_read_advice, content.plain_advice, content.advice_of),
}


@PAGE
@READING
def part(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """One part of the draft: read, changed and saved."""
    review = own_review(request, pk)
    if name not in PARTS:
        raise Http404
    if not review.may_be_written:
        return redirect("schools:review-check", review.pk)
    if request.method == "POST":
        return _saved(request, review, name)
    told = PARTS[name].of(getattr(review, name))
    held = HeldForm(initial=_begun(review)) if name == "people" else None
    return _drawn(request, review, name, told, held, seen=review.saves.get(name, 0))


def _begun(review: Review) -> dict[str, Any]:
    held = review.state != Review.State.PLANNED
    return {"held_on": review.meeting_on} if held else HeldForm.begun(review.meeting_on)


def _saved(request: HttpRequest, review: Review, name: str) -> HttpResponse:
    told, problems = _told(request, name)
    held = HeldForm(request.POST) if name == "people" else None
    seen = number(request.POST.get("seen"), otherwise=0)
    more = "more" in request.POST or SWITCH in request.POST
    if held is not None and not more and not held.is_valid():
        problems = problems | held.problems
    if more or problems:
        return _drawn(request, review, name, told, held, seen=seen, problems=problems, more=more)
    meeting = {"meeting_on": held.cleaned_data["held_on"]} if held else {}
    try:
        services.save_part(review, name, PARTS[name].plain(told), seen=seen, **meeting, **acting(request))
    except SavedMeanwhile as crossed:
        now = crossed.review
        theirs = shown.content_page(content.content_of(now))[name]
        return _drawn(
            *(request, now, name, told, held),
            seen=now.saves.get(name, 0),
            problems={"theirs": crossed.message},
            theirs=theirs,
            status=409,
        )
    except Refusal as refusal:
        problems = {_FIELD.get(field, field): said for field, said in refusal.by_field().items()}
        return _drawn(request, review, name, told, held, seen=seen, problems=problems)
    messages.success(request, say("schools.SenReview_Saved"))
    return redirect("schools:review-check", review.pk)


_FIELD = {"meeting_on": "held_on"}


def _told(request: HttpRequest, name: str) -> tuple[Any, dict[str, str]]:
    try:
        return PARTS[name].read(request.POST), {}
    except ValidationError:
        posted = request.POST.copy()
        for each in ("day", "month", "year"):
            posted[f"next_on-{each}"] = ""
        return PARTS[name].read(posted), {"next_on": say("schools.Error_SenReview_NextOn_Invalid")}


def _drawn(
    request: HttpRequest,
    review: Review,
    name: str,
    told: Any,
    held: HeldForm | None,
    *,
    seen: int,
    problems: dict[str, str] | None = None,
    theirs: Any = None,
    more: bool = False,
    status: int = 0,
) -> HttpResponse:
    shown.looked_at_one(request, review.plan)
    shown_day = held.draw("held_on", problem=(problems or {}).get("held_on", "")) if held else ""
    context = {
        "review": review,
        "plan": review.plan,
        "part": name,
        "heading": say(f"schools.SenReview_Part_{name.title()}"),
        "lead": say(f"schools.SenReview_Part_{name.title()}_Words"),
        "seen": seen,
        "held": shown_day,
        "problems": problems or {},
        "theirs": theirs,
        "conflict": theirs is not None,
        **_fields(name, told, problems or {}, more=more),
    }
    code = status or (422 if problems else 200)
    return page(request, "schools/reviews/part.html", context, status=code)


def _fields(name: str, told: Any, problems: dict[str, str], *, more: bool) -> dict[str, Any]:
    if name == "people":
        rows = _rows(told, content.Person(), content.MOST_PEOPLE, more)
        return {"rows": [(number, _person(number, one)) for number, one in rows]}
    if name == "outcomes":
        rows = _rows(told, content.Outcome(), content.MOST_OUTCOMES, more)
        return {"rows": [(number, _outcome(number, one)) for number, one in rows]}
    if name == "views":
        return {
            "views": [
                {
                    "name": one,
                    "label": say(f"schools.SenReview_View_{shown.word_of(one)}"),
                    "hint": say(f"schools.SenReview_View_{shown.word_of(one)}_Hint"),
                    "value": told[one],
                    "optional": one == "others",
                    "problem": problems.get(one, ""),
                }
                for one in content.VIEWS
            ]
        }
    return {"advice": told, "whats": _options("Advice", Review.Advice.values)}


def _rows(told: list[Any], empty: Any, most: int, more: bool) -> list[tuple[int, Any]]:
    """What was said, and a few empty rows; they are numbered for the names of their fields."""
    extra = MORE if more or not told else 1
    return list(enumerate([*told, *([empty] * extra)][:most]))


def _field(name: str, row: int, word: str) -> Field:
    label, tip = say(f"schools.SenReview_{word}"), say(f"schools.SenReview_{word}_Tooltip")
    return Field(name=f"{name}-{row}", label=label, tooltip=tip)


def _person(row: int, one: content.Person) -> SafeString:
    """The fields of somebody at the meeting."""
    blank = say("schools.Meals_Choose")
    came = _options("Came", content.CAME)
    drawn = (
        components.text_field(_field("name", row, "Person_Name"), value=one.name, maxlength=120),
        components.text_field(_field("role", row, "Person_Role"), value=one.role, maxlength=120),
        components.select_field(
            _field("came", row, "Person_Came"), options=came, value=one.came, blank=blank
        ),
    )
    return SafeString("".join(drawn))


def _outcome(row: int, one: content.Outcome) -> SafeString:
    """The fields of an outcome."""
    longest, blank = content.LONGEST, say("schools.Meals_Choose")
    whats = _options("Progress", content.PROGRESS)
    drawn = (
        components.textarea_field(_field("hoped", row, "Hoped"), value=one.hoped, rows=3, maxlength=longest),
        components.textarea_field(
            _field("progress", row, "Progress"), value=one.progress, rows=3, maxlength=longest
        ),
        components.select_field(_field("what", row, "Becomes"), options=whats, value=one.what, blank=blank),
    )
    return SafeString("".join(drawn))


def _options(kind: str, among: Any) -> list[tuple[str, str]]:
    return [(str(one), say(f"schools.SenReview_{kind}_{shown.word_of(one)}")) for one in among]


@PAGE
@READING
def documents(request: HttpRequest, pk: int) -> HttpResponse:
    """The documents of a draft: added and removed."""
    review = own_review(request, pk)
    if not review.may_be_written:
        return redirect("schools:review-check", review.pk)
    problems: dict[str, str] = {}
    if request.method == "POST":
        problems = _added(request, review)
        if not problems:
            messages.success(request, say("schools.SenReview_Document_Added"))
            return redirect("schools:review-documents", review.pk)
    shown.looked_at_one(request, review.plan)
    sealed = queries.sealed_files(review)
    context = {
        "review": review,
        "plan": review.plan,
        "files": [
            {"line": one, "sealed": str(one.file.pk) in sealed}
            for one in file_queries.lines_of(queries.files_of(review))
        ],
        "limits": say(
            "schools.FolderFile_Limits",
            kinds=kinds.spoken(kinds.ALL),
            megabytes=file_queries.most_bytes() // (1024 * 1024),
        ),
        "accept": ",".join(f".{kind}" for kind in kinds.MEDIA_TYPES),
        "problems": problems,
    }
    return page(request, "schools/reviews/documents.html", context, status=422 if problems else 200)


def _added(request: HttpRequest, review: Review) -> dict[str, str]:
    upload = request.FILES.get("document")
    if not isinstance(upload, UploadedFile):
        return {"document": say("schools.Error_SenReview_Document")}
    try:
        services.add_document(review, upload, **acting(request))
    except Refusal as refusal:
        return refusal.by_field()
    return {}


@require_POST
@WRITING
def remove_document(request: HttpRequest, pk: int, file_id: UUID) -> HttpResponse:
    """Delete a document that was never sent."""
    review = own_review(request, pk)
    with refusals_told(request):
        services.remove_document(review, file_id, **acting(request))
        messages.success(request, say("schools.SenReview_Document_Removed"))
    return redirect("schools:review-documents", review.pk)


@require_safe
@READING
def draft_file(request: HttpRequest, pk: int, file_id: UUID) -> Any:
    """Download a document of a draft."""
    review = own_review(request, pk)
    found = queries.file_of(review, file_id)
    if found is None:
        raise Http404
    shown.looked_at_one(request, review.plan, "file")
    return serve(found, request=request)
