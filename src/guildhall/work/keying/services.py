"""Beginning a form for somebody else, and noting that it was kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from guildhall.foundation.audit import services as audit
from guildhall.foundation.authority import queries as authority
from guildhall.foundation.kit.refusals import Refusals
from guildhall.foundation.outbox.email import put_email
from guildhall.foundation.texts import queries as texts
from guildhall.paperwork.forms.definition import LANGUAGES
from guildhall.paperwork.forms.models import FormVersion
from guildhall.paperwork.submissions import services as submissions
from guildhall.paperwork.submissions.lending import Lent
from guildhall.paperwork.submissions.models import Draft, Submission
from guildhall.people.accounts.models import User
from guildhall.people.organisations.models import Establishment
from guildhall.records.children.models import Child

from . import queries
from .models import ChildForm, Keyed

FAMILY_ROLES = ("parent", "young-person")
LONGEST = {"told_by": 120, "relation": 60}


@transaction.atomic
def begin_child_form(
    child: Child,
    *,
    version: FormVersion,
    known: Mapping[str, Any],
    lent: Lent,
    by: User,
    language: str,
    now: datetime,
) -> Draft:
    """Begin a form about ``child`` in the chronology, with the answers that are ``known`` and ``lent``.

    Raises what starting a draft raises (FormWithdrawn, TooManyDrafts).
    """
    inherited = {code: one for code, one in lent.inherited.items() if code not in known}
    draft = submissions.start_draft(
        by,
        version=version,
        family_child=None,
        language=language,
        now=now,
        again=True,
        known={**lent.rows, **known},
        lent=inherited,
    )
    form = ChildForm.objects.create(key=draft.key, child=child, started_by=by, started_at=now)
    detail = {"version": version.pk, "inherited": sorted(inherited)}
    audit.record("chronology.form_begun", by=by, about=form, child=child.pk, now=now, detail=detail)
    return draft


def note_saved(form: ChildForm, *, now: datetime) -> None:
    """Note that the form is on the chronology. In the caller's transaction."""
    form.saved_at = now
    form.save(update_fields=["saved_at"])


@dataclass(frozen=True)
class Told:
    """What is written of whoever told: see ``Keyed``. Without a ``language`` it is the page's."""

    told_by: str
    relation: str
    how: str
    told_on: date | None
    updates: str
    email: str = ""
    language: str = ""


class NotTold(Refusals):
    """Something about who told, how or when is missing; ``problems`` is keyed by field."""


@transaction.atomic
def begin_keyed(
    told: Told,
    *,
    version: FormVersion,
    school: Establishment | None,
    by: User,
    language: str,
    now: datetime,
) -> Draft:
    """Begin a form for a family. Nothing of whoever enters it is filled in.

    Raises NotTold, and what starting a draft raises.
    """
    if (problems := _problems(told, today=timezone.localdate(now))) or told.told_on is None:
        raise NotTold(problems)
    draft = submissions.start_draft(
        by, version=version, family_child=None, language=language, now=now, again=True, known={}, lent={}
    )
    keyed = Keyed.objects.create(
        key=draft.key,
        entered_by=by,
        school=school,
        told_by=told.told_by.strip(),
        relation=told.relation.strip(),
        how=told.how,
        told_on=told.told_on,
        updates=told.updates,
        email=_folded(told.email) if told.updates != Keyed.Updates.NONE else "",
        language=told.language if told.language in LANGUAGES else language[:2],
        started_at=now,
    )
    detail = {"version": version.pk, "how": keyed.how, "updates": keyed.updates}
    audit.record("keying.begun", by=by, about=keyed, now=now, detail=detail)
    return draft


def family_account(email: str) -> User | None:
    """The active account of a parent or young person with this address."""
    if not email:
        return None
    roles = {"memberships__role__in": FAMILY_ROLES, "memberships__ended_at": None}
    return User.objects.filter(email=email, state=User.State.ACTIVE, **roles).distinct().first()


def _problems(told: Told, *, today: date) -> dict[str, str]:
    found = {}
    for name, longest in LONGEST.items():
        value = getattr(told, name).strip()
        if not value:
            found[name] = texts.say(f"send.Keyed_Error_{name}")
        elif len(value) > longest:
            found[name] = texts.say(f"send.Keyed_Error_{name}_Long", most=longest)
    if told.how not in Keyed.How.values:
        found["how"] = texts.say("send.Keyed_Error_how")
    if told.told_on is None or told.told_on > today:
        found["told_on"] = texts.say("send.Keyed_Error_told_on")
    if told.updates not in Keyed.Updates.values:
        found["updates"] = texts.say("send.Keyed_Error_updates")
    elif told.updates != Keyed.Updates.NONE and not _is_email(told.email):
        found["email"] = texts.say("send.Keyed_Error_email")
    elif told.updates == Keyed.Updates.ACCOUNT and family_account(_folded(told.email)) is None:
        found["email"] = texts.say("send.Keyed_Error_account")
    return found


def _folded(email: str) -> str:
    return email.strip().lower()


def _is_email(written: str) -> bool:
    try:
        validate_email(_folded(written))
    except ValidationError:
        return False
    return len(written) <= 254


def settle_person(keyed: Keyed, *, now: datetime) -> User | None:
    """The account that the form belongs to, if the address given has one; it is sent now.

    In the caller's transaction.
    """
    keyed.person = family_account(keyed.email)
    keyed.sent_at = now
    keyed.save(update_fields=["person", "sent_at"])
    return keyed.person


def acknowledge(keyed: Keyed, submission: Submission, *, now: datetime) -> None:
    """Keep that the form was sent, and tell a person without an account by email, if they want it."""
    detail = {"reference": submission.reference, "updates": keyed.updates}
    audit.record("keying.sent", by=keyed.entered_by, about=keyed, now=now, detail=detail)
    _email(keyed, "KeyedReceived", submission.reference, key=f"keyed-received:{submission.pk}", now=now)


def tell_of_news(reference: str, *, key: str, now: datetime) -> None:
    """Tell a person without an account that something was decided on their form. It names nobody."""
    if keyed := queries.keyed_of_reference(reference):
        _email(keyed, "KeyedNews", reference, key=f"keyed-news:{key}", now=now)


def _email(keyed: Keyed, text: str, reference: str, *, key: str, now: datetime) -> None:
    if keyed.person_id or not keyed.email or not authority.setting("mail.notify"):
        return
    put_email(
        keyed.email,
        subject=f"messaging.EmailSubject_{text}",
        body=f"text-blocks.Email_{text}",
        language=keyed.language,
        key=key,
        now=now,
        reference=reference,
    )


@transaction.atomic
def forget_left(*, now: datetime) -> int:
    """Delete who told, and which child, of forms that were deleted or ran out unsent. Says how many."""
    drafts = Draft.objects.filter(key=OuterRef("key"))
    told, _ = Keyed.objects.filter(~Exists(drafts), sent_at=None).delete()
    begun, _ = ChildForm.objects.filter(~Exists(drafts), saved_at=None).delete()
    if told + begun:
        detail = {"forms": told + begun}
        audit.record("keying.forgotten", by=None, about=("keying.keyed", "left"), now=now, detail=detail)
    return told + begun
