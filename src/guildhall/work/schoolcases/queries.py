"""Reading schools' cases, starting from the school that asks."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Case as Choose
from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.functions import Coalesce
from django.utils import timezone

from guildhall.paperwork.forms import queries as forms
from guildhall.paperwork.forms.models import FormVersion
from guildhall.paperwork.submissions.models import Draft, Submission
from guildhall.people.accounts.models import User
from guildhall.people.membership import school_queries
from guildhall.people.membership.models import SchoolPlace
from guildhall.people.responsibilities import queries as responsibilities
from guildhall.people.responsibilities.models import Responsibility
from guildhall.work.cases.models import Case

from .groups import CONFIRMED, GROUPS, CaseGroup
from .models import Limit, SchoolCase
from .terms import Term, confirmed_term, term_of

ACTIVE, COMPLETED, ABANDONED = "active", "completed", "abandoned"
STATUSES = (ACTIVE, COMPLETED, ABANDONED)
SORTS = ("reference", "type", "service", "submitted", "activity", "status")
_DECIDED = (Case.Status.APPROVED, Case.Status.REJECTED)


def case_types() -> list[tuple[CaseGroup, list[FormVersion]]]:
    """The case types of schools, in their groups, each group in its order (SC-095)."""
    offered = forms.offered(portal="school")
    found = []
    for group in GROUPS.values():
        here = [version for version in offered if version.destination == group.key]
        ranks = {code: rank for rank, code in enumerate(group.order)}
        here.sort(key=lambda version: (ranks.get(version.form.code, len(ranks)), version.form.code))
        found.append((group, here))
    return found


def case_type(code: str) -> FormVersion | None:
    """The case type with this code, if schools have it now."""
    version = forms.live_version(code)
    return version if version and version.portal == "school" and version.destination in GROUPS else None


def types_offered(user: User, school_id: int) -> list[tuple[CaseGroup, list[FormVersion]]]:
    """The case types that ``user`` may raise for a school, as case_types has them (SC-094)."""
    closed = _closed_to(user, school_id)
    return [
        (group, [version for version in here if version.form_id not in closed])
        for group, here in case_types()
    ]


def type_offered(code: str, user: User, school_id: int) -> FormVersion | None:
    """The case type with this code, if ``user`` may raise it for the school now."""
    version = case_type(code)
    return version if version and version.form_id not in _closed_to(user, school_id) else None


def _closed_to(user: User, school_id: int) -> set[int]:
    """The forms (ids) limited to responsibilities of which ``user`` has none at the school (SC-114)."""
    limits = Limit.objects.values_list("form_id", "responsibility_id")
    if not limits:
        return set()
    held = responsibilities.held_at(school_id, user)
    return {form for form, _ in limits} - {form for form, needed in limits if needed in held}


def limits() -> dict[int, list[Responsibility]]:
    """Form id → the responsibilities with which its cases may be raised, of the forms that are limited."""
    found: dict[int, list[Responsibility]] = {}
    rows = Limit.objects.select_related("responsibility").order_by("responsibility__position", "pk")
    for row in rows:
        found.setdefault(row.form_id, []).append(row.responsibility)
    return found


def cases_at(school_id: int, *, language: str = "en", raised_by: User | None = None) -> QuerySet[SchoolCase]:
    """The cases of one school, or those that one person raised there.

    Each has ``form_code``, ``type`` (the form's title), ``service`` (key of its group), ``draft_id`` (of
    what is filled in first, or of what was ``returned`` to be sent again), ``shared``, ``status`` and
    ``activity``. A case whose draft was deleted or ran out counts as abandoned.
    """
    found = SchoolCase.objects.filter(school_id=school_id)
    if raised_by is not None:
        found = found.filter(raised_by=raised_by)
    first = Draft.objects.filter(key=OuterRef("key"))
    returned = Draft.objects.filter(corrects__reference=OuterRef("reference"))
    council = Case.objects.filter(reference=OuterRef("reference"))
    found = found.select_related("raised_by").annotate(
        form_code=F("version__form__code"),
        type=KeyTextTransform(language, KeyTransform("title", "version__definition")),
        service=F("version__destination"),
        draft_id=Coalesce(Subquery(first.values("pk")[:1]), Subquery(returned.values("pk")[:1])),
        has_draft=Exists(first),
        returned=Exists(returned),
        shared=Exists(first.filter(shared=True)) | Exists(returned.filter(shared=True)),
        council=Subquery(council.values("status")[:1]),
    )
    return found.annotate(status=_status()).annotate(activity=_activity())


def _status() -> Choose:
    gone = Q(abandoned_at__isnull=False) | Q(submitted_at=None, has_draft=False)
    return Choose(
        When(gone, then=Value(ABANDONED)),
        When(council__in=_DECIDED, then=Value(COMPLETED)),
        default=Value(ACTIVE),
        output_field=CharField(),
    )


def _activity() -> Choose:
    """The step that the case waits for (SC-110); "" when it waits for nothing."""
    return Choose(
        When(~Q(status=ACTIVE), then=Value("")),
        When(Q(submitted_at=None) | Q(returned=True), then=Value("form")),
        When(council=Case.Status.NOT_OPENED, then=Value("officers")),
        default=Value("review"),
        output_field=CharField(),
    )


def sorted_by(found: QuerySet[SchoolCase], sort: str) -> QuerySet[SchoolCase]:
    """In the order of a key of SORTS, with "-" before it for the other way round."""
    column = {"submitted": "submitted_at"}.get(sort.removeprefix("-"), sort.removeprefix("-"))
    by = F(column)
    return found.order_by(by.desc(nulls_last=True) if sort.startswith("-") else by.asc(nulls_last=True), "pk")


def types_raised(school_id: int, language: str) -> dict[str, str]:
    """Code → title of the case types that the school has ever raised, for its search."""
    rows = SchoolCase.objects.filter(school_id=school_id).order_by("version__number")
    return dict(
        rows.values_list(
            "version__form__code", KeyTextTransform(language, KeyTransform("title", "version__definition"))
        )
    )


def submission_of(case: SchoolCase) -> Submission | None:
    """The newest version of what was sent."""
    rows = Submission.objects.filter(reference=case.reference, followed_by=None)
    return rows.select_related("version__form", "sender").first()


def council_case(case: SchoolCase) -> Case | None:
    """The case as the council's officers have it, once it is submitted."""
    return Case.objects.filter(reference=case.reference).select_related("mention").first()


def draft_of(case: SchoolCase) -> Draft | None:
    """What has been filled in so far."""
    return Draft.objects.filter(key=case.key).first()


def reference_of(key: UUID) -> str | None:
    """The reference of the case that is being filled in under ``key``."""
    return SchoolCase.objects.filter(key=key).values_list("reference", flat=True).first()


def case_sent_with(key: UUID, *, schools: Collection[int]) -> SchoolCase | None:
    """The case of one of ``schools`` that was filled in under ``key`` and sent."""
    if not schools or not Submission.objects.filter(key=key).exists():
        return None
    return SchoolCase.objects.filter(key=key, school_id__in=schools).first()


def case_of_draft(draft: Draft) -> SchoolCase | None:
    """The case that is filled in with ``draft``, for the first time or because it was returned."""
    returned = Submission.objects.filter(pk=draft.corrects_id or 0).values("reference")
    return SchoolCase.objects.filter(Q(key=draft.key) | Q(reference__in=returned)).first()


def kept_from(user: User, draft_id: UUID | str, *, on: date) -> bool:
    """Whether a shared draft that is not the user's own is held by a duty that they do not answer for."""
    drafts = Draft.objects.filter(pk=draft_id).exclude(owner=user)
    case = SchoolCase.objects.exclude(duty="").filter(
        Q(key__in=drafts.values("key")) | Q(reference__in=drafts.values("corrects__reference"))
    )
    held = case.first()
    return held is not None and held.duty not in duties_of(user, held.school_id, [held.duty], on=on)


def duties_of(user: User, school_id: int, keys: Iterable[str], *, on: date) -> set[str]:
    """Those of the duties ``keys`` that ``user`` answers or covers for at a school on a day (GH-029)."""
    return {
        key
        for key in keys
        if any(place.user_id == user.pk for place in school_queries.answering(school_id, key, on=on))
    }


def colleagues_of(user: User, school_id: int) -> list[SchoolPlace]:
    """Everybody else who works at the school now, by name."""
    rows = SchoolPlace.objects.filter(
        school_id=school_id, membership__ended_at=None, membership__locked_at=None
    ).exclude(user=user)
    return list(rows.filter(user__state=User.State.ACTIVE).order_by("surname", "forename", "pk"))


def last_sent(school_id: int, form_id: int) -> Submission | None:
    """What the school sent last with this form."""
    cases = SchoolCase.objects.filter(school_id=school_id, version__form_id=form_id)
    rows = Submission.objects.filter(reference__in=cases.values("reference"), version__form_id=form_id)
    return rows.order_by("-sent_at", "-pk").first()


def confirmers(case: SchoolCase) -> list[User]:
    """Who is asked to confirm what a case says: who raised it, while they work there, and the supervisors."""
    working = Q(user_id=case.raised_by_id) | Q(seat__isnull=False)
    places = SchoolPlace.objects.filter(
        working, school_id=case.school_id, membership__ended_at=None, membership__locked_at=None
    )
    rows = places.filter(user__state=User.State.ACTIVE).select_related("user").order_by("pk")
    return [place.user for place in rows]


@dataclass(frozen=True)
class Standing:
    """How a school stands with a case type that is confirmed each term: for which now, since when."""

    term: Term
    confirmed_at: datetime | None
    sent_before: bool


def standing_of(version: FormVersion, school_id: int, *, today: date) -> Standing | None:
    """How the school stands with this case type; None for one that is not confirmed each term."""
    confirmed = CONFIRMED.get(version.form.code)
    if confirmed is None:
        return None
    term, last = term_of(today), last_sent(school_id, version.form_id)
    if last is None:
        return Standing(term, None, sent_before=False)
    said = confirmed_term(last.answers.get(confirmed.term), sent_on=timezone.localdate(last.sent_at))
    return Standing(term, last.sent_at if said >= term else None, sent_before=True)
