"""One child of the demonstration whose parent and teacher are authenticated and read a shared form."""

from datetime import datetime, timedelta

from django.db import transaction

from guildhall.people.accounts.models import User
from guildhall.records.chronology import queries as chronology
from guildhall.records.chronology.models import Entry
from guildhall.work.cases import services as cases
from guildhall.work.cases.models import Case
from guildhall.work.cases.moves import Move
from guildhall.work.cases.rules import may_move
from guildhall.work.sharing import queries, services
from guildhall.work.sharing.models import PortalUser
from guildhall.work.sharing.services import Details

from .cast import Cast
from .stories import LETTERS

FORM = "EHCNA-PARENT"
READER, OTHER_PARENT = "fatima@school.example.org", "karolina@example.org"
PARENT = Details(
    "Parent",
    parental_responsibility=True,
    authenticated=True,
    reason="They brought a passport and the birth certificate to the office. We share what becomes of it.",
)
TEACHER = "The school confirmed by telephone that this is her account. She writes the school's advice."
NOT_YET = "Asked for access by telephone. Not shared until we have seen who it is."


@transaction.atomic
def share_something(cast: Cast, *, now: datetime) -> None:
    """Approve the request that waits longest, and put three people on the involvement of its child."""
    officer, at = cast.staff["angharad"], now - timedelta(days=2)
    case = _approved(by=officer, at=at)
    entry = chronology.entry_of("submission", str(case.submission_id))
    assert entry is not None
    sender = _on(entry, case.submission.sender, PARENT, by=officer, at=at)
    teacher = next(one for one in cast.professionals if one.email == READER)
    relation = services.suggested_relation(teacher, user_type="professional")
    reader = _on(entry, teacher, Details(relation, authenticated=True, reason=TEACHER), by=officer, at=at)
    other = next(one for one in cast.families if one.email == OTHER_PARENT)
    if other != case.submission.sender:
        _on(entry, other, Details("Other parent", reason=NOT_YET), by=officer, at=at)
    _share(entry, [sender, reader], by=officer, at=at + timedelta(minutes=5))


def _approved(*, by: User, at: datetime) -> Case:
    waiting = Case.objects.filter(form_code=FORM).select_related("mention", "submission__sender")
    case = next(one for one in waiting.order_by("received_at") if may_move(one, Move.APPROVE))
    return cases.approve(case, cases.Letter(*LETTERS["approve"]), by=by, now=at)


def _on(entry: Entry, user: User, details: Details, *, by: User, at: datetime) -> PortalUser:
    child = entry.mention.child
    assert child is not None
    return services.add_portal_user(child, user=user, details=details, by=by, now=at)


def _share(entry: Entry, people: list[PortalUser], *, by: User, at: datetime) -> None:
    child, chosen = entry.mention.child, [person.pk for person in people]
    assert child is not None
    preview = queries.preview(child, entry, chosen)
    assert preview is not None
    services.share_form(entry, child=child, people=chosen, seen=preview.digest, by=by, now=at)
