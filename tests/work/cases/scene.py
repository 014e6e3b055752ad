"""Forms that were sent, and the cases they became."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from guildhall.foundation.outbox.models import Task
from guildhall.paperwork.forms import services as forms
from guildhall.paperwork.forms.models import FormVersion
from guildhall.paperwork.submissions.models import Submission
from guildhall.people.accounts.models import User
from guildhall.people.organisations.models import Team
from guildhall.records.chronology import services as chronology
from guildhall.records.linkage import services as linkage
from guildhall.records.linkage.models import Mention
from guildhall.work.cases import services as cases
from guildhall.work.cases.models import Case
from tests.records.some import a_child, a_mention, an_identity
from tests.standing import NOON, a_parent, an_officer

LETTER = cases.Letter("About your form", "Dear Dilys, this is our message.")
LATER = NOON + timedelta(hours=1)
TITLES = {
    "send": {"en": "Assessment Form", "cy": "Ffurflen Asesu"},
    "safeguarding": {"en": "Safeguarding Concern", "cy": "Pryder Diogelu"},
    "early-help": {"en": "Early Help Referral", "cy": "Atgyfeiriad Cymorth Cynnar"},
}
NAMES = {
    "send": {"en": "SEND team", "cy": "Tîm AAAA"},
    "safeguarding": {"en": "Safeguarding team", "cy": "Tîm Diogelu"},
    "early-help": {"en": "Early help team", "cy": "Tîm Cymorth Cynnar"},
}


def a_form(destination: str = "send", **changes: Any) -> FormVersion:
    """A short published form that goes to ``destination``."""
    question = {"kind": "text"}
    return forms.publish(
        {
            "code": f"{destination.upper()}-SHORT",
            "title": TITLES[destination],
            "portal": "citizen",
            "audience": "parent",
            "style": "steps",
            "destination": destination,
            "groups": [
                {
                    "key": "child",
                    "number": 2,
                    "title": {"en": "The child", "cy": "Y plentyn"},
                    "questions": [
                        question
                        | {"code": "NAME", "text": {"en": "Surname", "cy": "Cyfenw"}, "identity": "surname"},
                        question | {"code": "WHY", "text": {"en": "Why do you write?", "cy": "Pam?"}},
                    ],
                }
            ],
        }
        | changes,
        by=None,
        now=NOON,
    )


def a_submission(
    destination: str = "send", *, sender: User | None = None, sent_at: datetime = NOON, **changes: Any
) -> Submission:
    """A form about Angharad Pugh that was sent at ``sent_at``."""
    details = changes.pop("child", {})
    fields = {
        "reference": f"SND-2606-{uuid4().hex[:8].upper()}",
        "version": a_form(destination),
        "sender": sender or a_parent(),
        "answers": {"NAME": "Pugh", "WHY": "She needs help"},
        "subject": an_identity(**details).as_json(),
        "language": "en",
        "key": uuid4(),
        "sent_at": sent_at,
    }
    return Submission.objects.create(**(fields | changes))


def a_case(
    destination: str = "send", *, matched: str = "added", now: datetime = NOON, **changes: Any
) -> Case:
    """A case after intake; ``matched`` is waiting, linked, added, rejected or conflicts."""
    for key, name in NAMES.items():
        Team.objects.update_or_create(key=key, defaults={"name": name, "email": f"{key}@council.example.org"})
    submission = a_submission(destination, sent_at=now, **changes)
    mention = a_mention(str(submission.pk), said_by=submission.sender, now=now, **changes.get("child", {}))
    settle(mention, matched)
    chronology.write_entry(
        mention,
        kind="submission",
        source_id=str(submission.pk),
        title=TITLES[destination],
        happened_at=now,
        shown_from=None,
    )
    return cases.open_case(submission, mention=mention, team=destination, now=now)


def settle(mention: Mention, matched: str) -> None:
    """Bring ``mention`` to where a test wants it, as matching leaves it."""
    fresh = {
        "state": "waiting",
        "child": None,
        "conflicts_open": False,
        "settled_at": None,
        "settled_by": None,
    }
    Mention.objects.filter(pk=mention.pk).update(**fresh)
    mention.refresh_from_db()
    if matched == "added":
        linkage.add_child_for(mention, by=an_officer(), now=NOON)
    elif matched == "rejected":
        linkage.reject_mention(mention, by=an_officer(), now=NOON)
    elif matched in {"linked", "conflicts"}:
        child = a_child()
        state = {
            "state": "linked",
            "child": child,
            "conflicts_open": matched == "conflicts",
            "settled_at": NOON,
        }
        Mention.objects.filter(pk=mention.pk).update(**state)
    mention.refresh_from_db()


def an_open_case(destination: str = "send", **changes: Any) -> Case:
    """A case that an officer has opened."""
    return cases.open_first(a_case(destination, **changes), by=an_officer(), now=NOON)


def a_case_in(status: str, **changes: Any) -> Case:
    """A case in ``status``, brought there by the moves that lead to it."""
    case = a_case(**changes)
    if status == "not-opened":
        return case
    case = cases.open_first(case, by=an_officer(), now=NOON)
    deciding = {
        "approved": cases.approve,
        "rejected": cases.reject,
        "more-information": cases.request_information,
    }
    if status in deciding:
        case = deciding[status](case, LETTER, by=an_officer(), now=NOON)
    return case


def a_correction_of(case: Case, *, now: datetime = LATER, **answers: str) -> Submission:
    """The same form sent again with ``answers`` changed."""
    before = case.submission
    submission = a_submission(
        case.team,
        sender=before.sender,
        sent_at=now,
        reference=before.reference,
        follows=before,
        answers=before.answers | answers,
    )
    chronology.write_entry(
        case.mention,
        kind="submission",
        source_id=str(submission.pk),
        title=TITLES[case.team],
        happened_at=now,
        shown_from=None,
    )
    return submission


def emails() -> list[dict[str, Any]]:
    """What waits in the outbox to be sent by email, oldest first."""
    return list(Task.objects.filter(kind="email").order_by("pk").values_list("payload", flat=True))
