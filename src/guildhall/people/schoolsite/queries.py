"""Reading the schools' site."""

from datetime import date

from django.db.models import Q, QuerySet

from guildhall.foundation.kit.identifiers import fold_name

from .models import Feedback, SiteEntry

Kind = SiteEntry.Kind


def shown(*, on: date, kinds: tuple[str, ...] = ()) -> list[SiteEntry]:
    """What shows on a day, in the authority's order; ``kinds`` empty means every kind."""
    begun = Q(first_on=None) | Q(first_on__lte=on)
    going = Q(last_on=None) | Q(last_on__gte=on)
    rows = SiteEntry.objects.filter(begun, going, removed_at=None)
    return list((rows.filter(kind__in=kinds) if kinds else rows).order_by("position", "pk"))


def find(words: str, *, on: date, language: str) -> list[SiteEntry]:
    """Entries whose title or words have every one of ``words``; case and marks do not count."""
    sought = fold_name(words).split()
    if not sought:
        return []
    return [one for one in shown(on=on) if all(word in _text(one, language) for word in sought)]


def _text(entry: SiteEntry, language: str) -> str:
    return fold_name(f"{said(entry.title, language)} {said(entry.words, language)}")


def said(words: dict[str, str], language: str) -> str:
    """``words`` in a language, else in English."""
    return words.get(language) or words.get("en", "")


def everything() -> QuerySet[SiteEntry]:
    """Every entry for the authority's list, removed ones too."""
    return SiteEntry.objects.order_by("kind", "position", "pk")


def feedback() -> QuerySet[Feedback]:
    """What schools said about the site, newest first."""
    return Feedback.objects.select_related("by").order_by("-at", "-pk")
