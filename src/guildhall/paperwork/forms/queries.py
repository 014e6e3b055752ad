"""Reading form definitions. A version never changes, so each process compiles it once."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Any

from django.db.models import F, Q, QuerySet

from guildhall.foundation.authority.stamps import Kept

from .definition import Definition, compiled
from .editing import questions_in, same_question
from .models import Form, FormVersion, Publication, Question, QuestionRevision, WorkingForm

STAMP = "live_forms"


@lru_cache(maxsize=500)
def definition_of(version_id: int) -> Definition:
    """The compiled definition of a published version; the same object every time. Raises DoesNotExist."""
    return compiled(FormVersion.objects.values_list("definition", flat=True).get(pk=version_id))


def live_version(code: str) -> FormVersion | None:
    """The version of the form that is offered now; None when there is no such form or it is withdrawn."""
    return _live().filter(form__code=code.upper()).first()


def newer_than(version_id: int) -> int | None:
    """The version that is offered now instead of this one; None for the newest, or a withdrawn form.

    Every step of a draft asks, so it is kept.
    """
    return _replaced.get().get(version_id)


def _versions_replaced() -> dict[int, int]:
    rows = FormVersion.objects.filter(form__withdrawn_at=None).exclude(form__live_version=None)
    return dict(rows.exclude(form__live_version=F("pk")).values_list("pk", "form__live_version"))


_replaced: Kept[dict[int, int]] = Kept(STAMP, _versions_replaced)


def is_of_same_form(version_id: int, other: int) -> bool:
    """Whether ``other`` is a version of the form that ``version_id`` is a version of."""
    return _versions_beside(version_id).filter(pk=other).exists()


def last_with_group(version_id: int, key: str, *, repeating: bool) -> int | None:
    """The newest version of the same form that has the group ``key``, or has it ``repeating``; None if none
    ever had it."""
    versions = _versions_beside(version_id).order_by("-number").values_list("pk", flat=True)
    found = ((pk, definition_of(pk).group_by_key.get(key)) for pk in versions)
    return next((pk for pk, group in found if group and (group.repeats or not repeating)), None)


def _versions_beside(version_id: int) -> QuerySet[FormVersion]:
    return FormVersion.objects.filter(form__in=FormVersion.objects.filter(pk=version_id).values("form"))


def offered(*, portal: str = "", audiences: Iterable[str] = ()) -> list[FormVersion]:
    """The live versions at a portal for any of ``audiences``, by code; without either, all live versions."""
    found = _live().order_by("form__code")
    if portal:
        found = found.filter(portal=portal)
    if audiences := tuple(audiences):
        found = found.filter(audience__in=audiences)
    return list(found)


def form(code: str) -> Form | None:
    """The form that was ever published under ``code``, with its live version."""
    return Form.objects.select_related("live_version").filter(code=code.upper()).first()


def versions_of(code: str) -> QuerySet[FormVersion]:
    """Every published version of a form, newest first, with who published it."""
    found = FormVersion.objects.filter(form__code=code.upper()).select_related("form", "published_by")
    return found.order_by("-number")


def published_content(code: str) -> dict[str, Any] | None:
    """The definition that was published last under ``code``."""
    return versions_of(code).values_list("definition", flat=True).first()


def notes_on(versions: Iterable[FormVersion]) -> dict[int | None, str]:
    """Why each of ``versions`` was published, by its primary key, where somebody said so."""
    asked = Publication.objects.filter(version__in=[version.pk for version in versions])
    return dict(asked.values_list("version_id", "note"))


def planned_publication(code: str) -> Publication | None:
    """What is to be published later under ``code``, with who asked for it."""
    waiting = Publication.objects.filter(code=code.upper(), version=None, cancelled_at=None)
    return waiting.select_related("asked_by").first()


def publication(pk: int) -> Publication | None:
    """A publication that was asked for, whatever came of it."""
    return Publication.objects.filter(pk=pk).first()


def bank_questions(codes: Iterable[str]) -> list[Question]:
    """The questions that the bank has under ``codes``, by code, taken out or not."""
    found = Question.objects.filter(code__in=list(codes), latest__isnull=False)
    return list(found.select_related("latest").order_by("code"))


def working_form(code: str) -> WorkingForm | None:
    """The form being built under ``code``, if there is one."""
    return WorkingForm.objects.filter(code=code.upper()).first()


def building(code: str) -> WorkingForm | None:
    """The form ``code`` to build on: the working form, else one not kept yet that is its last version."""
    if known := working_form(code):
        return known
    version = versions_of(code).first()
    if version is None:
        return None
    return WorkingForm(code=code.upper(), content=version.definition, based_on=version)


@dataclass(frozen=True)
class FormRow:
    """A form in the list of builders. ``version`` is the one offered now, 0 for none."""

    code: str
    title: dict[str, str]
    portal: str
    audience: str
    version: int
    withdrawn: bool = False
    unsaved: bool = False
    internal: bool = False
    changed_at: datetime | None = None


def forms_found(words: str = "") -> list[FormRow]:
    """Every form, built or published, whose code has ``words`` in it, by code. Two statements."""
    building_ = WorkingForm.objects.filter(code__icontains=words).values_list(
        *("code", "content__title", "content__portal", "content__audience"),
        *("edited__isnull", "internal", "changed_at"),
    )
    working = {row[0]: row for row in building_}
    published = {
        form.code: form for form in Form.objects.filter(code__icontains=words).select_related("live_version")
    }
    return [_row(code, working.get(code), published.get(code)) for code in sorted({*working, *published})]


def _row(code: str, working: tuple[Any, ...] | None, form: Form | None) -> FormRow:
    live = form.live_version if form else None
    offered_now = live.number if form and live and not form.withdrawn_at else 0
    state: dict[str, Any] = {"version": offered_now, "withdrawn": bool(form and form.withdrawn_at)}
    if working:
        _, title, portal, audience, saved, internal, changed_at = working
        more = {"unsaved": not saved, "internal": internal, "changed_at": changed_at}
        return FormRow(code, title or {}, portal or "", audience or "", **state, **more)
    title = live.definition.get("title", {}) if live else {}
    return FormRow(code, title, live.portal if live else "", live.audience if live else "", **state)


def revisions_in(content: dict[str, Any]) -> dict[str, int]:
    """Which revision of the bank each question of ``content`` is; a question that is none is left out."""
    asked = {question["code"]: question for question in questions_in(content)}
    kept = QuestionRevision.objects.filter(question__code__in=asked).order_by("number")
    return {
        code: number
        for code, number, revision in kept.values_list("question__code", "number", "content")
        if same_question(asked[code], revision)
    }


def questions_found(words: str = "") -> QuerySet[Question]:
    """The bank's questions whose code or wording has ``words`` in it; all of them without words."""
    found = Question.objects.filter(retired_at=None).select_related("latest").order_by("code")
    if not words:
        return found
    said = Q(latest__content__text__en__icontains=words) | Q(latest__content__text__cy__icontains=words)
    return found.filter(Q(code__icontains=words) | said)


def forms_using(code: str, *, besides: str = "") -> list[str]:
    """The forms that have the question ``code``: published, or being built other than as ``besides``."""
    building_ = WorkingForm.objects.exclude(code=besides).values_list("code", "content")
    published = FormVersion.objects.values_list("form__code", "definition")
    return sorted(
        {
            form
            for form, content in (*building_, *published)
            if any(question.get("code") == code for question in questions_in(content))
        }
    )


def built_with(code: str) -> list[tuple[str, bool]]:
    """(form, whether it has the bank's latest revision) of each form being built that asks ``code``."""
    latest = QuestionRevision.objects.filter(question__code=code).order_by("-number").first()
    found = []
    for form, content, edited in WorkingForm.objects.order_by("code").values_list(
        "code", "content", "edited"
    ):
        asked = (*questions_in(content), *questions_in(edited or {}))
        placed = next((one for one in asked if one.get("code") == code), None)
        if placed:
            found.append((form, latest is not None and same_question(placed, latest.content)))
    return found


def option_ids(code: str) -> set[str]:
    """Every option identifier that the question ``code`` ever had, so that none is given twice."""
    contents = QuestionRevision.objects.filter(question__code=code).values_list("content", flat=True)
    return {option["id"] for content in contents for option in content.get("options") or []}


def near_duplicates(question: dict[str, Any], *, most: int = 5) -> list[tuple[str, str]]:
    """(code, English wording) of the bank's questions whose wording is nearly that of ``question``."""
    said = _folded(question.get("text"))
    if not said:
        return []
    bank = (
        Question.objects.filter(retired_at=None).exclude(code=question.get("code", "")).exclude(latest=None)
    )
    known = bank.values_list("code", "latest__content__text").order_by("code")
    scored = [(_likeness(said, _folded(text)), code, (text or {}).get("en", "")) for code, text in known]
    near = sorted((one for one in scored if one[0] >= _NEAR), key=lambda one: (-one[0], one[1]))
    return [(code, text) for _, code, text in near[:most]]


_NEAR = 0.85


def _folded(text: Any) -> str:
    english = text.get("en", "") if isinstance(text, dict) else ""
    return " ".join(re.findall(r"\w+", english.casefold()))[:300]


def _likeness(one: str, other: str) -> float:
    matcher = SequenceMatcher(None, one, other)
    if not other or matcher.real_quick_ratio() < _NEAR or matcher.quick_ratio() < _NEAR:
        return 0
    return matcher.ratio()


def _live() -> QuerySet[FormVersion]:
    return FormVersion.objects.filter(form__live_version=F("pk"), form__withdrawn_at=None).select_related(
        "form"
    )
