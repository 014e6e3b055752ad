"""Reading what the Eligibility Checking Service said, and whether it is there."""

from guildhall.foundation.authority import queries as authority
from guildhall.foundation.authority.sealing import Unreadable
from guildhall.paperwork.submissions.models import Submission
from guildhall.people.accounts.models import User

from . import protocol
from .models import Check


def is_on() -> bool:
    """Whether the service is asked at all."""
    return bool(authority.setting("eligibility.on")) and bool(authority.setting("eligibility.address"))


def service() -> protocol.Service:
    """The service as it is set up now. Raises sealing.Unreadable."""
    return protocol.Service(
        address=str(authority.setting("eligibility.address")),
        user=str(authority.setting("eligibility.user")),
        password=authority.secret("eligibility.password"),
        seconds=float(authority.setting("eligibility.seconds")),
    )


def state_of_service() -> str:
    """well, refused, silent, strange or sealed (the password can no longer be read)."""
    try:
        return protocol.state_of(service())
    except Unreadable:
        return "sealed"


def check_of(submission: Submission) -> Check | None:
    """The check of ``submission``, None where its form is not checked."""
    return Check.objects.filter(submission=submission).first()


def codes_of(user: User) -> list[Check]:
    """The checks of the 30-hours codes that ``user`` sent, newest first."""
    rows = Check.objects.filter(submission__sender=user, kind="thirty-hours")
    return list(rows.select_related("submission").order_by("-begun_at")[:20])
