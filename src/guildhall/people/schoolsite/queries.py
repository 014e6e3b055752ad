"""Reading the schools' site."""

from datetime import date

from django.db.models import Q, QuerySet

from guildhall.foundation.authority.stamps import Kept
from guildhall.foundation.kit.identifiers import fold_name

from .models import Feedback, ServiceRequest, SiteEntry

Kind = SiteEntry.Kind
STAMP = "schoolsite"


def _load() -> list[SiteEntry]:
    return list(SiteEntry.objects.filter(kind=Kind.GUIDE, removed_at=None).order_by("position", "pk"))


_guides: Kept[list[SiteEntry]] = Kept(STAMP, _load)


def guides_of(screen: str, *, on: date) -> list[SiteEntry]:
    """The guides that describe a screen and show on a day; every page asks, so they are kept."""
    return [one for one in _guides.get() if screen in one.screens and _shows(one, on)]


def _shows(entry: SiteEntry, on: date) -> bool:
    return (entry.first_on or on) <= on <= (entry.last_on or on)


def shown(*, on: date, kinds: tuple[str, ...] = ()) -> list[SiteEntry]:
    """What shows on a day, in the authority's order; ``kinds`` empty means every kind."""
    begun = Q(first_on=None) | Q(first_on__lte=on)
    going = Q(last_on=None) | Q(last_on__gte=on)
    rows = SiteEntry.objects.filter(begun, going, removed_at=None)
    return list((rows.filter(kind__in=kinds) if kinds else rows).order_by("position", "pk"))


def among(entries: list[SiteEntry], words: str, *, language: str) -> list[SiteEntry]:
    """Those of ``entries`` that say every one of ``words``; case and marks do not count."""
    sought = fold_name(words).split()
    return [one for one in entries if sought and all(word in text_of(one, language) for word in sought)]


def text_of(entry: SiteEntry, language: str) -> str:
    """All that an entry says, folded for searching; of a video what is said in it."""
    parts = (entry.title, entry.words, entry.transcript)
    return fold_name(" ".join(said(one, language) for one in parts))


def said(words: dict[str, str], language: str) -> str:
    """``words`` in a language, else in English."""
    return words.get(language) or words.get("en", "")


def everything() -> QuerySet[SiteEntry]:
    """Every entry for the authority's list, removed ones too."""
    return SiteEntry.objects.order_by("kind", "position", "pk")


def feedback() -> QuerySet[Feedback]:
    """What schools said about the site, newest first."""
    return Feedback.objects.select_related("by").order_by("-at", "-pk")


def service_requests() -> QuerySet[ServiceRequest]:
    """The service requests that no officer has dealt with yet, oldest first."""
    return ServiceRequest.objects.filter(answered_at=None).order_by("at", "pk")
