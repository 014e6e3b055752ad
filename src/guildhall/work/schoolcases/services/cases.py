"""Raising a school's case, giving it up, sharing it and handing it over."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.locks import hold, hold_name
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.texts import queries as texts
from guildhall.mail.messages import services as messages
from guildhall.mail.messages.about import About
from guildhall.paperwork.forms import queries as forms
from guildhall.paperwork.forms.definition import Definition
from guildhall.paperwork.forms.models import FormVersion
from guildhall.paperwork.submissions import services as submissions
from guildhall.paperwork.submissions.models import Draft
from guildhall.paperwork.submissions.reuse import lendable
from guildhall.people.accounts.models import User
from guildhall.people.membership.models import Duty
from guildhall.people.organisations.models import Establishment

from .. import queries
from ..groups import CONFIRMED, FIRST, GROUPS
from ..models import SchoolCase, Sequence
from ..rules import is_open, may_abandon, may_share

_SCHOOL_CODES = ("PUPIL_SETTING", "SETTING")
REASON = 500


class NotYours(Refusal):
    """The case was submitted or abandoned meanwhile, or is not the person's to change."""


class NoSuchColleague(Refusal):
    """Nobody with that account works at the school now."""


class ReasonMissing(Refusal):
    """A case is given up with a reason, which is not too long."""


@transaction.atomic
def raise_case(
    school: Establishment,
    *,
    version: FormVersion,
    by: User,
    language: str,
    now: datetime,
    answers: dict[str, Any] | None = None,
    begun: bool = False,
) -> tuple[SchoolCase, Draft]:
    """Begin a case of ``school`` with the form ``version``: its reference, and the draft to fill in.

    The school is answered already; ``answers`` come from a case that is copied. ``begun``: as in starting a
    draft, which raises what this raises (FormWithdrawn, TooManyDrafts).
    """
    draft = submissions.start_draft(
        by, version=version, family_child=None, language=language, now=now, again=True, begun=begun
    )
    definition = forms.definition_of(version.pk)
    draft = submissions.give_school(draft, school=school)
    known = _copied(definition, _confirmed(version, school) if answers is None else answers) | _school(
        definition, school
    )
    if known:
        draft = submissions.save_answers(
            draft, answers=known, revision=draft.revision, place="", by=by, now=now
        )
    case = SchoolCase.objects.create(
        reference=_next_reference(version),
        key=draft.key,
        school=school,
        version=version,
        raised_by=by,
        raised_at=now,
    )
    audit.record("schoolcase.raised", by=by, about=case, now=now, detail={"reference": case.reference})
    return case, draft


def _confirmed(version: FormVersion, school: Establishment) -> dict[str, Any]:
    """What a form that is only confirmed says already: what the school sent last, or the register has."""
    if version.form.code not in CONFIRMED:
        return {}
    confirmed = CONFIRMED[version.form.code]
    last = queries.last_sent(school.pk, version.form_id)
    if last is None:
        place = {"lines": [school.name], "town": school.town, "postcode": school.postcode}
        return {confirmed.address: place}
    return {code: value for code, value in last.answers.items() if code not in confirmed.anew}


def _school(definition: Definition, school: Establishment) -> dict[str, Any]:
    known = {"urn": school.urn, "name": school.name}
    return {code: known for code in _SCHOOL_CODES if code in definition.question_by_code}


def _copied(definition: Definition, answers: dict[str, Any]) -> dict[str, Any]:
    """What the form still asks; files, signatures and consents are given anew."""
    left = {code for code, one in definition.question_by_code.items() if not lendable(one)}
    rows = {group.key for group in definition.groups if group.repeats}
    return {
        key: [_without(row, left) for row in value] if key in rows else value
        for key, value in answers.items()
        if key not in left
    }


def _without(row: dict[str, Any], codes: Collection[str]) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key not in codes}


def _next_reference(version: FormVersion) -> str:
    """EDU-SENED-ADF1023: the number is the authority's next, whatever the case type (SC-111, SC-116)."""
    hold_name("school-cases")
    row, _ = Sequence.objects.get_or_create(name="school-cases", defaults={"last": FIRST - 1})
    Sequence.objects.filter(pk=row.pk).update(last=F("last") + 1)
    number = Sequence.objects.values_list("last", flat=True).get(pk=row.pk)
    return f"{GROUPS[version.destination].prefix}-{version.form.code[:20]}{number:04d}"


@transaction.atomic
def abandon_case(case: SchoolCase, *, reason: str, by: User, holder: Holder, now: datetime) -> SchoolCase:
    """Give up a case that was not submitted. Its answers stay to read; its files go.

    Raises ReasonMissing, NotYours.
    """
    if not reason.strip() or len(reason) > REASON:
        raise ReasonMissing(texts.say("schools.Error_AbandonReason", most=REASON), field="words")
    held, draft = hold(case), queries.draft_of(case)
    if draft is None or not may_abandon(held, by, holder):
        raise NotYours(texts.say("schools.Error_CaseClosed"))
    held.kept, held.version_id = draft.answers, draft.version_id
    held.abandoned_at, held.abandoned_by, held.reason = now, by, reason.strip()
    held.save()
    submissions.delete_draft(draft, by=by, now=now)
    audit.record("schoolcase.abandoned", by=by, about=held, now=now, detail={"reference": held.reference})
    return held


@transaction.atomic
def share_case(
    draft: Draft, *, shared: bool, by: User, holder: Holder, now: datetime, duty: str = ""
) -> Draft:
    """Let every colleague at the school go on with the draft, or its owner alone again (GH-030).

    With ``duty`` (a Duty.Key) it is only whoever answers for that duty, on whatever day (GH-029). Raises
    NotYours, NoSuchColleague, Gone.
    """
    _refuse_unless(may_share(draft, by, holder))
    if duty and duty not in Duty.Key.values:
        raise NoSuchColleague(texts.say("schools.Error_NoSuchDuty"), field="duty")
    held = submissions.share_draft(draft, shared=shared, by=by, now=now)
    case = hold(_open_case(held))
    if case.duty != duty:
        case.duty = duty
        case.save(update_fields=["duty"])
        audit.record("schoolcase.held", by=by, about=case, now=now, detail={"duty": duty})
    return held


@transaction.atomic
def hand_over(draft: Draft, *, to: int, by: User, holder: Holder, now: datetime) -> Draft:
    """Make the draft and its case a colleague's, who is told (GH-029). ``to``: the colleague's account.

    Raises NotYours, NoSuchColleague, Gone.
    """
    _refuse_unless(may_share(draft, by, holder))
    places = queries.colleagues_of(draft.owner, draft.school_id or 0)
    place = next((one for one in places if one.user_id == to), None)
    if place is None:
        raise NoSuchColleague(texts.say("schools.Error_NoSuchColleague"), field="to")
    held = submissions.hand_over_draft(draft, to=place.user, by=by, now=now)
    case = hold(_open_case(held))
    case.raised_by = place.user
    case.save(update_fields=["raised_by"])
    _tell(case, held, place.user, now)
    return held


def _refuse_unless(allowed: bool) -> None:
    if not allowed:
        raise NotYours(texts.say("schools.Error_CaseClosed"))


def _open_case(draft: Draft) -> SchoolCase:
    case = queries.case_of_draft(draft)
    if case is None or not (is_open(case) or draft.corrects_id):
        raise NotYours(texts.say("schools.Error_CaseClosed"))
    return case


def _tell(case: SchoolCase, draft: Draft, to: User, now: datetime) -> None:
    messages.send_text(
        "CaseHandedOver",
        to=to,
        about=About(case.reference, "draft", draft.pk),
        key=f"case-handed-over:{case.pk}:{to.pk}:{now.isoformat()}",
        now=now,
        reference=case.reference,
    )
