"""Letting others have an item: colleagues within the portal, anybody by email; and prompting colleagues."""

from collections.abc import Collection
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from guildhall.foundation.audit import services as audit
from guildhall.foundation.kit.locks import hold_name
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.outbox.email import put_email, put_words
from guildhall.foundation.texts import queries as texts
from guildhall.people.membership.models import SchoolPlace

from .. import rules
from ..models import Forward, Posting, Redirect
from ..queries import alerts, school
from .reading import seen


class NobodyChosen(Refusal):
    """No colleague was chosen, or one who does not work at the school any more."""


class Unconfirmed(Refusal):
    """The item is Protected or Controlled and ``names`` could not otherwise see it: nobody has confirmed."""

    def __init__(self, names: list[str], *, field: str) -> None:
        super().__init__(texts.say("schools.Error_Post_Unconfirmed", names=", ".join(names)), field=field)
        self.names = names


class BadAddress(Refusal):
    """That is no email address."""


class TooMany(Refusal):
    """The person has forwarded very much today."""


class NotSupervisor(Refusal):
    """Only a supervisor of the school prompts its staff."""


class NothingOld(Refusal):
    """The person has no unread post over seven days old."""


@transaction.atomic
def redirect(
    posting: Posting, *, place: SchoolPlace, to: Collection[int], confirmed: bool, now: datetime
) -> list[Redirect]:
    """Let colleagues (ids of their places) have an item from this moment on. Whoever had it keeps theirs.

    Raises NotTheirs, NobodyChosen, Unconfirmed.
    """
    seen(posting, place)
    people = [one for one in school.colleagues(place) if one.pk in to]
    if not people or len(people) != len(set(to)):
        raise NobodyChosen(texts.say("schools.Error_Post_Nobody"), field="to")
    blind = [str(one) for one in people if posting.confidential and not school.could_see(one, posting)]
    if blind and not confirmed:
        raise Unconfirmed(blind, field="to")
    return [_redirect(posting, one, place=place, confirmed=bool(blind), now=now) for one in people]


def _redirect(
    posting: Posting, to: SchoolPlace, *, place: SchoolPlace, confirmed: bool, now: datetime
) -> Redirect:
    values = {"by": place, "at": now, "confirmed": confirmed}
    made, new = Redirect.objects.get_or_create(posting=posting, place=to, defaults=values)
    if new:
        detail = {"school": place.school_id, "level": posting.sensitivity, "to": to.user_id}
        detail["confirmed"] = confirmed
        audit.record("post.redirected", by=place.user, about=posting, now=now, detail=detail)
    return made


@transaction.atomic
def forward(posting: Posting, *, place: SchoolPlace, to: str, confirmed: bool, now: datetime) -> Forward:
    """Send an item to an email address. A colleague at that address has it in the portal as well.

    The email of an Unrestricted item holds its words; of any other it only leads to where they are, after
    signing in. Raises NotTheirs, BadAddress, Unconfirmed, TooMany.
    """
    seen(posting, place)
    to = _address(to)
    hold_name(f"post-forward:{place.pk}")
    _demand_few(place, now)
    colleague = next((one for one in school.colleagues(place) if one.user.email == to), None)
    sees = to == place.user.email or bool(colleague and school.could_see(colleague, posting))
    if posting.confidential and not sees and not confirmed:
        raise Unconfirmed([str(colleague or to)], field="to")
    asked = posting.confidential and not sees
    if colleague and not sees:
        _redirect(posting, colleague, place=place, confirmed=asked, now=now)
    whole = rules.may_be_mailed_whole(posting.sensitivity)
    made = Forward.objects.create(posting=posting, place=place, to=to, whole=whole, confirmed=asked, at=now)
    _mail(made, place.user.language, now=now)
    detail = {"school": place.school_id, "level": posting.sensitivity, "whole": whole, "confirmed": asked}
    audit.record("post.forwarded", by=place.user, about=posting, now=now, detail=detail)
    return made


def _address(to: str) -> str:
    to = to.strip().lower()
    try:
        validate_email(to)
    except ValidationError as error:
        raise BadAddress(texts.say("schools.Error_Post_Address"), field="to") from error
    return to


def _demand_few(place: SchoolPlace, now: datetime) -> None:
    today = Forward.objects.filter(place=place, at__gt=now - rules.FORWARD_TIME)
    if today.count() >= rules.FORWARDS_A_DAY:
        raise TooMany(texts.say("schools.Error_Post_TooMany", most=rules.FORWARDS_A_DAY), field="to")


def _mail(forward: Forward, language: str, *, now: datetime) -> None:
    key, link = f"post-forward:{forward.pk}", f"/schools/post/{forward.posting_id}/"
    subject, body = "schools.EmailSubject_PostForwarded", "text-blocks.Email_PostForwarded"
    if not forward.whole:
        put_email(forward.to, subject=subject, body=body, language=language, key=key, now=now, link=link)
        return
    posting = forward.posting
    welsh = language == "cy" and posting.title_cy
    title, words = (posting.title_cy, posting.body_cy) if welsh else (posting.title_en, posting.body_en)
    lead = texts.say("text-blocks.Email_PostForwardedWhole", language)
    put_words(
        forward.to,
        subject=texts.say(subject, language),
        body=f"{lead}\n\n**{title}**\n\n{words}",
        language=language,
        key=key,
        now=now,
    )


@transaction.atomic
def prompt_about_unread(staff: SchoolPlace, *, by: SchoolPlace, now: datetime) -> None:
    """Have an email tell a member of staff that they have old unread post: once a day, however often asked.

    Raises NotSupervisor, NothingOld.
    """
    if not by.is_supervisor or by.school_id != staff.school_id or by.membership.ended_at is not None:
        raise NotSupervisor(texts.say("schools.Error_Post_NotSupervisor"))
    if not staff.user.email or not alerts.old_unread(staff, now=now):
        raise NothingOld(texts.say("schools.Error_Post_NothingOld", name=str(staff)))
    put_email(
        staff.user.email,
        subject="schools.EmailSubject_PostPrompt",
        body="text-blocks.Email_PostPrompt",
        language=staff.user.language,
        key=f"post-prompt:{staff.pk}:{now:%Y-%m-%d}",
        now=now,
        link="/schools/post/?view=old",
    )
    audit.record("post.prompted", by=by.user, about=staff.user, now=now, detail={"school": by.school_id})
