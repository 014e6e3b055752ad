"""The dates of a school year: the authority's, or a school's own."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.locks import hold_name
from guildhall.foundation.kit.meanwhile import refuse_stale
from guildhall.foundation.kit.refusals import Refusals
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.models import User
from guildhall.people.organisations.models import Establishment

from .. import queries, rules
from ..days import TermDates
from ..models import Term


@transaction.atomic
def set_terms(
    year: int,
    *,
    terms: Sequence[TermDates],
    school: Establishment | None,
    seen: str | None = None,
    by: User | None,
    now: datetime,
) -> list[Term]:
    """Publish the three terms of a school year, in order: for every school, or as a school's own.

    Closures keep the sessions that they had. ``seen``: the stamp of the year that the page showed, if any.
    Raises Refusals with the fields of rules.faults_of, ChangedMeanwhile.
    """
    if faults := rules.faults_of(year, terms):
        raise Refusals({field: say(f"schools.Error_Terms_{fault}") for field, fault in faults.items()})
    hold_name(f"terms:{year}:{school.pk if school else ''}")
    kept = queries.year_of_school(school.pk if school else None, year)
    refuse_stale(seen, kept.stamp, say("shared.Error_Meanwhile"))
    Term.objects.filter(year=year, school=school).delete()
    rows = Term.objects.bulk_create(_row(year, school, term) for term in terms)
    audit.record("calendars.terms_set", by=by, about=school or ("calendars.year", str(year)), now=now)
    return rows


def _row(year: int, school: Establishment | None, term: TermDates) -> Term:
    return Term(
        school=school,
        year=year,
        name=term.name,
        first_on=term.span.first_on,
        last_on=term.span.last_on,
        half_first_on=term.half.first_on if term.half else None,
        half_last_on=term.half.last_on if term.half else None,
    )


@transaction.atomic
def follow_authority(school: Establishment, *, year: int, by: User, now: datetime) -> None:
    """Let the authority's dates count at the school again in a school year."""
    if Term.objects.filter(school=school, year=year).delete()[0]:
        audit.record("calendars.terms_followed", by=by, about=school, now=now, detail={"year": year})
