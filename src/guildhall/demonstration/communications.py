"""Adults of the shared child in the records, a call and a letter noted by hand, an email that came back."""

from datetime import datetime, timedelta
from uuid import uuid4

from django.db import transaction

from guildhall.foundation.outbox.services import evidence
from guildhall.people.accounts.models import User
from guildhall.records.children.models import Child
from guildhall.records.persons import services as persons
from guildhall.records.persons.services import links
from guildhall.work.cases import queries as cases
from guildhall.work.cases.models import Case
from guildhall.work.communications import services
from guildhall.work.communications.services import Details
from guildhall.work.sharing.models import PortalUser

from .cast import Cast

SURGERY = persons.Details(
    "Okafor",
    "Ngozi",
    role="Community paediatrician",
    email="n.okafor@clinic.example.org",
    telephone="01632 960 114",
)
CALL = "Asked when the report will come. They send it by the end of next week."
LETTER = "Sent the leaflet about the assessment in large print, as asked."


@transaction.atomic
def note_communications(cast: Cast, *, now: datetime) -> None:
    """One portal user is linked, the other is only suggested; a call and a letter are noted by hand."""
    officer = cast.staff["angharad"]
    entries = PortalUser.objects.filter(authenticated=True).select_related("user", "involvement__child")
    parent = entries.order_by("pk").first()
    assert parent is not None
    child = parent.involvement.child
    doctor = persons.add_person(
        SURGERY, child=child, relation="Paediatrician", key=uuid4(), by=officer, now=now
    )
    _link(parent, by=officer, now=now)
    case = Case.objects.filter(mention__child=child, decided_at__isnull=False).order_by("pk").first()
    call = Details("telephone", "", CALL, now - timedelta(days=1), person=doctor)
    services.note_by_hand(child, details=call, key=uuid4(), by=officer, now=now)
    if case:
        letter = Details("letter", str(parent.user), LETTER, now - timedelta(days=3))
        services.note_by_hand(case, details=letter, key=uuid4(), by=officer, now=now)
        _bounce(case, now=now)


def _link(entry: PortalUser, *, by: User, now: datetime) -> None:
    """The same adult in the records, linked by an officer who looked at both."""
    child: Child = entry.involvement.child
    details = persons.Details(entry.user.surname, entry.user.forename, email=entry.user.email or "")
    adult = persons.add_person(details, child=child, relation=entry.relation, key=uuid4(), by=by, now=now)
    links.link_user(entry.user, person=adult, child=child.pk, by=by, now=now)


def _bounce(case: Case, *, now: datetime) -> None:
    """The email about the decision came back: the mailbox was full."""
    told = cases.last_message_to_sender(case)
    if told is None:
        return
    key, at = f"message-waiting:{told.pk}", now - timedelta(days=1)
    evidence.sent(key, now=told.sent_at)
    evidence.bounced(evidence.hash_of(key), code="5.2.2", now=at)
