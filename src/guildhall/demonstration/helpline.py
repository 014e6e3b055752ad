"""A group of the authority's own with somebody in it, an account that is locked, and invitations."""

from datetime import datetime, timedelta

from django.db import transaction

from guildhall.people.accounts.services import administration
from guildhall.people.groups import queries as groups
from guildhall.people.groups import services as grants
from guildhall.people.invitations import services as invitations
from guildhall.people.membership import services as membership

from .cast import Cast, script

NAME = {"en": "Helpline", "cy": "Llinell gymorth"}
WHY = {
    "en": "They help people who cannot sign in, and invite professionals.",
    "cy": "Maent yn helpu pobl na allant fewngofnodi, ac yn gwahodd gweithwyr proffesiynol.",
}
# email, first name, surname, role, organisation, how many days ago
INVITED = (
    ("lynne@nursery.example.org", "Lynne", "Carter", "Nursery manager", "Alder Nursery", 2),
    ("gwyn@health.example.org", "Gwyn", "Ellis", "Health visitor", "Carreg Health Centre", 1),
    ("petra@charity.example.org", "Petra", "Novak", "Family worker", "Carreg Family Centre", 30),
    ("old.post@school.example.org", "", "", "SENCO", "Northmere Academy", 60),
)


@transaction.atomic
def open_helpline(cast: Cast, *, now: datetime) -> None:
    """Make the helpline, lock one account, and invite four professionals in every state."""
    owen = cast.staff["owen"]
    group = grants.make_group(NAME, why=WHY, by=owen, now=now)
    kept = groups.as_kept()[group.key]
    wanted = {group.key: frozenset({"users", "invitations"})}
    grants.change_groups(wanted, seen={group.key: kept.revision}, by=owen, now=now)
    cast.staff["mair"], _ = membership.make_staff(
        "mair",
        email="mair@council.example.org",
        forename="Mair",
        surname="Edwards",
        roles=[(group.key, "")],
        by=owen,
        now=now,
        password=script()["passphrase"],
        job_role="Portal helpline",
    )
    administration.lock(cast.professionals[-1], reason="misuse", by=owen, now=now - timedelta(days=3))
    for email, forename, surname, job, organisation, days in INVITED:
        given = {"forename": forename, "surname": surname, "job_role": job, "organisation": organisation}
        sent = invitations.invite(given | {"email": email}, by=owen, now=now - timedelta(days=days))
    invitations.withdraw(sent, by=owen, now=now - timedelta(days=50))
