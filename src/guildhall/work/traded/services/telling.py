"""Saying that something is new about an enquiry. Emails name nobody and nothing but its reference."""

from datetime import datetime

from django.urls import reverse

from guildhall.foundation.authority.queries import setting
from guildhall.foundation.outbox.email import put_email
from guildhall.mail.messages import services as messages
from guildhall.mail.messages.about import About
from guildhall.people.membership.addresses import at_school
from guildhall.people.membership.models import SchoolPlace

from ..models import Enquiry
from ..queries import said


def tell_team(enquiry: Enquiry, *, key: str, now: datetime) -> None:
    """The team of the service reads that a school wrote; ``key`` names what it wrote."""
    if not setting("mail.notify"):
        return
    put_email(
        enquiry.service.email,
        subject="messaging.EmailSubject_Traded_Asked",
        body="text-blocks.Email_Traded_Asked",
        language="en",
        key=f"traded-asked:{key}",
        now=now,
        reference=enquiry.reference,
        link=reverse("council:traded-enquiry", args=[enquiry.pk]),
    )


def tell_asker(enquiry: Enquiry, *, key: str, now: datetime) -> None:
    """Whoever asked gets a message, while they work at the school."""
    here = SchoolPlace.objects.filter(
        user=enquiry.asked_by_id, school=enquiry.school_id, membership__ended_at=None
    )
    if not here.exists():
        return
    messages.send_text(
        "TradedAnswered",
        to=enquiry.asked_by,
        about=About(enquiry.reference, "enquiry", enquiry.pk),
        key=f"traded-answered:{key}",
        now=now,
        sensitive=False,
        reference=enquiry.reference,
        service=said(enquiry.service.title, enquiry.asked_by.language),
        link=at_school(enquiry.school_id, "schools:traded-enquiry", enquiry.pk),
    )
