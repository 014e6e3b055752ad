"""Consent in the demonstration: a newer statement waits for its day, and somebody has withdrawn."""

from datetime import date, datetime, timedelta

from django.db import transaction

from guildhall.people.accounts.codes import new_key
from guildhall.people.consent import services as consent
from guildhall.people.families import services as families
from guildhall.people.membership import services as membership

from .cast import Cast

STATEMENT = {
    "en": "{authority} keeps what you tell us about yourself and your children, and uses it to help you.\n\n"
    "* We share it only with the people who work with your child.\n"
    "* You can see it, correct it, and withdraw your agreement in My Account.",
    "cy": "Mae {authority} yn cadw’r hyn a ddywedwch wrthym amdanoch chi a’ch plant, ac yn ei ddefnyddio "
    "i'ch helpu.\n\n"
    "* Rydym yn ei rannu dim ond â'r bobl sy'n gweithio gyda'ch plentyn.\n"
    "* Gallwch ei weld, ei gywiro, a thynnu eich cytundeb yn ôl yn Fy Nghyfrif.",
}
AGREEMENT = {
    "en": "I agree that {authority} may use my information as described above.",
    "cy": "Rwy’n cytuno y caiff {authority} ddefnyddio fy ngwybodaeth fel y disgrifir uchod.",
}


@transaction.atomic
def show_consent(cast: Cast, *, now: datetime) -> None:
    """Fill the library, the schedule, the addresses that are told, and the list of withdrawals."""
    administrator = cast.staff["owen"]
    question = consent.add_question(
        STATEMENT, agreement=AGREEMENT, active=True, by=administrator, now=now - timedelta(days=20)
    )
    consent.schedule(question, publish_at=now + timedelta(days=60), by=administrator, now=now)
    consent.change_notified(["gdpr@council.example.org"], by=administrator, now=now)
    _somebody_withdrew(now - timedelta(days=3))


def _somebody_withdrew(now: datetime) -> None:
    began = now - timedelta(days=90)
    details = {"forename": "Lena", "surname": "Fischer", "born_on": date(1988, 9, 2)}
    lena = membership.make_member("lena@example.org", details=details, password=new_key(), by=None, now=began)
    child = {"forename": "Emil", "surname": "Fischer", "born_on": date(2018, 4, 9), "relationship": "mother"}
    families.add_child(lena, details=child, now=began)
    consent.withdraw(lena, language="en", network="", now=now)
