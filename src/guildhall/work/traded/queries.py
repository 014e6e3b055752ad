"""Reading the catalogue and the enquiries, starting from who asks."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.fields.json import KT
from django.db.models.functions import Lower

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.kit.identifiers import fold_name
from guildhall.people.membership.models import SchoolPlace

from . import rules
from .models import Enquiry, Reply, Service

HELD_BY = "traded"
SORTS = ("order", "title")
ENQUIRY_SORTS = {
    "asked": (F("asked_at"),),
    "service": (Lower(KT("service__title__en")), F("asked_at")),
    "school": (Lower("school__name"), F("asked_at")),
    "state": (F("state"), F("asked_at")),
}
_ORDER = Case(
    *(When(category=key, then=Value(place)) for place, key in enumerate(Service.Category.values)),
    output_field=IntegerField(),
)


@dataclass(frozen=True)
class Asked:
    """What a list is narrowed to; "" leaves it as it is. ``mine``: of one's own teams, and of none."""

    words: str = ""
    category: str = ""
    state: str = ""
    mine: bool = False


def said(words: dict[str, str], language: str) -> str:
    """``words`` in a language, else in English."""
    return words.get(language) or words.get("en", "")


def _narrowed(rows: QuerySet[Service], asked: Asked) -> QuerySet[Service]:
    if asked.category:
        rows = rows.filter(category=asked.category)
    for word in fold_name(asked.words).split():
        rows = rows.filter(sought__contains=word)
    return rows.select_related("brochure", "team")


def offered(today: date) -> QuerySet[Service]:
    """Every service that schools find today. It is the same for every school."""
    return Service.objects.filter(Q(last_on=None) | Q(last_on__gte=today), retired_at=None)


def offered_to(asked: Asked, *, today: date, sort: str, language: str) -> QuerySet[Service]:
    """What schools find: by category in the council's order, or by title in a language."""
    rows = _narrowed(offered(today), asked)
    if sort.removeprefix("-") != "title":
        return rows.order_by(_ORDER, "position", "pk")
    title = Lower(KT(f"title__{language}"))
    return rows.order_by(title.desc() if sort.startswith("-") else title.asc(), "pk")


def counts_by_category(today: date) -> dict[str, int]:
    """How many services each category that has any offers today."""
    rows = offered(today).order_by().values_list("category").annotate(count=Count("pk"))
    return dict(rows)


def catalogue(holder: Holder, asked: Asked) -> QuerySet[Service]:
    """Every service for the officers who keep them, the offered first, in the order schools see."""
    if not rules.keeps_catalogue(holder):
        return Service.objects.none()
    rows = _narrowed(Service.objects.all(), asked)
    if asked.state:
        rows = rows.filter(retired_at__isnull=asked.state != "retired")
    return rows.order_by(F("retired_at").asc(nulls_first=True), _ORDER, "position", "pk")


def _enquiries() -> QuerySet[Enquiry]:
    return Enquiry.objects.select_related("service__team", "school", "asked_by")


def enquiries_of(place: SchoolPlace) -> QuerySet[Enquiry]:
    """What a school asked, the newest first; everybody of the school sees it."""
    return _enquiries().filter(school_id=place.school_id).order_by("-asked_at", "-pk")


def enquiries_for(holder: Holder, asked: Asked, *, sort: str = "asked") -> QuerySet[Enquiry]:
    """What schools asked, for the officers who answer; words may name school, service and reference."""
    if not rules.keeps_catalogue(holder):
        return Enquiry.objects.none()
    rows = _enquiries().filter(_near(holder) if asked.mine else Q())
    if asked.state:
        rows = rows.filter(state=asked.state)
    for word in asked.words.split():
        of_service = Q(service__sought__contains=fold_name(word))
        rows = rows.filter(of_service | Q(school__name__icontains=word) | Q(reference__icontains=word))
    columns = ENQUIRY_SORTS.get(sort.removeprefix("-"), ENQUIRY_SORTS["asked"])
    order = [one.desc() if sort.startswith("-") else one.asc() for one in columns]
    return rows.order_by(*order, "pk")


def _near(holder: Holder) -> Q:
    """What schools ask about the services of ``holder``'s teams, and about those of no team."""
    return Q(service__team=None) | Q(service__team__in=holder.teams)


def waiting(holder: Holder) -> int:
    """How many enquiries wait for the holder's teams, or for anybody."""
    if not rules.keeps_catalogue(holder):
        return 0
    return Enquiry.objects.filter(_near(holder), state=Enquiry.State.SENT).count()


def replies_to(enquiry: Enquiry) -> QuerySet[Reply]:
    """The steps of an enquiry, the oldest first. Whoever asks has been let in to the enquiry."""
    return enquiry.replies.select_related("by").order_by("at", "pk")
