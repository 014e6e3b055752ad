"""Messages to whoever sent a batch. They name no supplier."""

from datetime import datetime

from guildhall.foundation.kit.speech import money
from guildhall.mail.messages import services as messages
from guildhall.mail.messages.about import About
from guildhall.people.membership.addresses import at_school
from guildhall.people.membership.models import SchoolPlace

from ..models import Batch


def tell_sender(batch: Batch, what: str, *, now: datetime) -> None:
    """It was sent ("Sent"), accepted or returned. Nobody is told who works at the school no more."""
    here = SchoolPlace.objects.filter(
        user=batch.sent_by_id, school=batch.school_id, membership__ended_at=None
    )
    if here.exists():
        messages.send_text(
            f"Invoices_{what}",
            to=batch.sent_by,
            key=f"invoices-{what.lower()}:{batch.pk}:{now.timestamp()}",
            now=now,
            about=About(batch.reference, "invoices.batch", batch.pk),
            sensitive=False,
            reference=batch.reference,
            count=batch.count,
            total=money(batch.gross),
            answer=batch.answer,
            link=at_school(batch.school_id, "schools:invoices-batch", batch.reference),
        )
