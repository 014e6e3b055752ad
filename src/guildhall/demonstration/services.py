"""Making the demonstration authority through the rooms' own services, the same on every run."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction

from guildhall.foundation.authority import services as authority
from guildhall.people.accounts import services as accounts
from guildhall.people.membership import services as membership
from guildhall.people.organisations import services as organisations
from guildhall.records.children import services as children
from guildhall.records.linkage.identity import Identity

from . import (
    actions,
    admissions,
    advice,
    alerts,
    annual_reviews,
    calendars,
    census,
    communications,
    consent,
    downloads,
    ehc_process,
    emergency,
    governors,
    helpline,
    invoices,
    meals,
    notices,
    people,
    post,
    responsibilities,
    retention,
    school_cases,
    school_finance,
    school_folder,
    schools,
    sharing,
    stories,
    traded,
    transfers,
)
from .cast import Cast, script

CHILDREN = 2_000
QUESTION, ANSWER = "pet", "Mot"  # everybody's secret question here
Say = Callable[[str], Any]


def make_demonstration(*, now: datetime, say: Say) -> None:
    """Fill an empty database with the demonstration authority. ``say`` is told what is being made."""
    _settings(now)
    cast = Cast(today=now.date())
    say("  12 schools and 47 people")
    _people(cast, now - timedelta(days=400))
    say(f"  {CHILDREN} invented children")
    _children(cast, now - timedelta(days=380))
    say("  forms and cases in every state")
    stories.tell(cast, now=now)
    helpline.open_helpline(cast, now=now)
    consent.show_consent(cast, now=now)
    schools.fill_schools(cast, now=now)
    responsibilities.give_responsibilities(cast, now=now)
    school_folder.fill_folders(now=now)
    calendars.keep_calendars(cast, now=now)
    governors.gather_governors(cast, now=now)
    downloads.offer_downloads(cast, now=now)
    school_cases.raise_cases(cast, now=now)
    meals.fill_lists(cast, now=now)
    invoices.send_invoices(cast, now=now)
    census.send_censuses(cast, now=now)
    school_finance.keep_accounts(cast, now=now)
    transfers.transfer_files(cast, now=now)
    traded.sell_services(cast, now=now)
    notices.place_notices(cast, now=now)
    emergency.keep_contacts(now=now)
    admissions.load_round(cast, now=now)
    annual_reviews.record_reviews(cast, now=now)
    post.post_to_schools(cast, now=now)
    actions.fill_tracker(cast, now=now)
    sharing.share_something(cast, now=now)
    advice.ask_for_advice(cast, now=now)
    communications.note_communications(cast, now=now)
    ehc_process.run_processes(cast, now=now)
    retention.keep_for_a_time(cast, now=now)
    alerts.set_up_alerts(cast, now=now)
    accounts.give_everybody_a_question(question=QUESTION, answer=ANSWER)


@transaction.atomic
def _settings(now: datetime) -> None:
    values = {
        "authority.name": script()["authority"],
        "portal.name": script()["portal"],
        "staff.emailed_codes": True,
        "accounts.unused_days": 3650,  # nobody of the demonstration has ever signed in
        "secret_question.on": True,
        "files.accept_unscanned": not settings.CLAMD,
    }
    for key, value in values.items():
        authority.change_setting(key, value=value, by=None, now=now)


@transaction.atomic
def _people(cast: Cast, now: datetime) -> None:
    secret = script()["passphrase"]
    for urn, name, phase, number, town, postcode in script()["schools"]:
        organisations.add_establishment(
            str(urn),
            name=name,
            phase=phase,
            la_code="990",
            number=str(number),
            town=town,
            postcode=postcode,
            by=None,
            now=now,
        )
    for user_name, forename, surname, role, team, job in script()["staff"]:
        cast.staff[user_name], _ = membership.make_staff(
            user_name,
            email=f"{user_name}@council.example.org",
            forename=forename,
            surname=surname,
            roles=[(role, team)],
            by=None,
            now=now,
            password=secret,
            job_role=job,
        )
    for email, forename, surname, job, organisation in script()["professionals"]:
        details = {"forename": forename, "surname": surname, "job_role": job, "organisation": organisation}
        cast.professionals.append(
            membership.make_member(email, details=details, password=secret, by=None, now=now)
        )
    for email, forename, surname, year, language in script()["families"]:
        details = {
            "forename": forename,
            "surname": surname,
            "born_on": date(year, 5, 17),
            "language": language,
        }
        cast.families.append(
            membership.make_member(email, details=details, password=secret, by=None, now=now)
        )


def _children(cast: Cast, now: datetime) -> None:
    """The authority's records, in transactions of a hundred so that the database is never held for long."""
    schools = [row[1] for row in script()["schools"]]
    invented = people.invented_children(CHILDREN, today=now.date(), schools=len(schools))
    for start in range(0, len(invented), 100):
        with transaction.atomic():
            for one in invented[start : start + 100]:
                identity = _identity(one, schools)
                cast.children.append((children.add_child(identity, by=None, now=now), identity))


def _identity(one: people.Invented, schools: list[str]) -> Identity:
    return Identity(
        forename=one.forename,
        midname=one.midname,
        surname=one.surname,
        born_on=one.born_on,
        gender=one.gender,
        address_lines=(*one.address_lines, one.town),
        postcode=one.postcode,
        school=schools[one.school],
    )
