"""Entering a form for a family: the same two pages at the doors of the council and of schools (GH-042)."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils import timezone

from guildhall.foundation.access.doors import holder_of
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.kit.refusals import Refusal
from guildhall.foundation.kit.speech import active_language
from guildhall.foundation.kit.typed import one_line
from guildhall.foundation.texts.forms import DayField, DayInput
from guildhall.foundation.texts.queries import say
from guildhall.paperwork.forms import queries as forms
from guildhall.paperwork.forms.definition import LANGUAGES, Definition
from guildhall.paperwork.forms.models import FormVersion
from guildhall.paperwork.submissions.models import Draft, Submission
from guildhall.people.accounts.models import User
from guildhall.people.organisations.models import Establishment
from guildhall.work.intake.destinations import is_on
from guildhall.work.intake.titles import shown_title
from guildhall.work.keying import queries as keyed
from guildhall.work.keying import services as keying
from guildhall.work.keying import speaking
from guildhall.work.keying.models import Keyed

_TYPED = ("told_by", "relation", "how", "updates", "email", "language")


def offered(destinations: Collection[str] | None = None) -> list[FormVersion]:
    """The families' forms that can be entered now; ``destinations``: only those that go there."""
    found = forms.offered(portal="citizen")
    found = [one for one in found if is_on(one.destination, portal="citizen")]
    return found if destinations is None else [one for one in found if one.destination in destinations]


def list_page(user: User, versions: list[FormVersion], *, route: str) -> dict[str, Any]:
    """The forms to choose from and whom each is for, leading to ``route``, and those begun."""
    language = active_language()
    definitions = {one.form.code.lower(): forms.definition_of(one.pk) for one in versions}
    return {
        "forms": [
            {
                "title": shown_title(definition, language),
                "words": definition.subtitle.in_(language),
                "href": reverse(route, args=[code]),
            }
            for code, definition in definitions.items()
        ],
        "begun": [
            (
                reverse("filling:resume", args=[draft.pk]),
                shown_title(forms.definition_of(draft.version_id), language),
                draft.saved_at,
            )
            for draft in keyed.keyed_open(user)
        ],
    }


def begin(
    request: HttpRequest, version: FormVersion, *, by: User, school: Establishment | None
) -> Draft | Refusal:
    """The form begun for whoever is written about, or why it could not be begun."""
    post = request.POST
    told = keying.Told(**_typed(post), told_on=_day(post))
    language = active_language()
    try:
        return keying.begin_keyed(
            told, version=version, school=school, by=by, language=language, now=timezone.now()
        )
    except Refusal as refusal:
        return refusal


def _typed(post: QueryDict) -> dict[str, str]:
    return {name: one_line(post.get(name))[:1_000] for name in _TYPED}


def _day(post: QueryDict) -> date | None:
    """The day that was typed; None for none, or for one that there is not."""
    try:
        return DayField(required=False).clean(DayInput().value_from_datadict(post, {}, "told_on"))
    except ValidationError:
        return None


def told_page(request: HttpRequest, version: FormVersion, *, accounts: bool) -> dict[str, Any]:
    """Who told, how and when, as typed so far. ``accounts``: an account can be named outright."""
    post = request.POST
    ways = [way for way in Keyed.Updates.values if accounts or way != Keyed.Updates.ACCOUNT]
    return {
        "title": shown_title(forms.definition_of(version.pk), active_language()),
        "typed": {"language": active_language()}
        | {name: said for name, said in _typed(post).items() if said},
        "day": DayInput().value_from_datadict(post, {}, "told_on"),
        "hows": [{"value": how, "text": say(f"send.Keyed_how_{how}")} for how in Keyed.How.values],
        "languages": [{"value": one, "text": say(f"send.Keyed_language_{one}")} for one in LANGUAGES],
        "ways": [
            {
                "value": way,
                "text": say(f"send.Keyed_updates_{way}"),
                "hint": say(f"send.Keyed_updates_{way}_Hint"),
            }
            for way in ways
        ],
    }


def entered_for(request: HttpRequest, draft: Draft, definition: Definition) -> str:
    """For whom an officer or a school enters this form of families; "" for one's own form."""
    holder = holder_of(request)
    enters = holder.may(Permission.READ_FORMS) or holder.may(Permission.USE_SCHOOL)
    one = keyed.keyed_with(draft.key) if enters and definition.portal == "citizen" else None
    return say("send.Keyed_Step", name=one.told_by, relation=one.relation) if one else ""


def entered_rows(key: UUID) -> list[dict[str, str]]:
    """Who entered the form with ``key`` for whom, in lines of a summary; none for a form of its sender."""
    one = keyed.keyed_with(key)
    return speaking.rows(one) if one else []


def entered_page(user: User, submission: Submission) -> str:
    """Where somebody who entered a form goes on to the next; "" for a form of the user's own."""
    one = keyed.keyed_with(submission.key)
    if one is None or one.entered_by_id != user.pk:
        return ""
    return reverse("schools:for-family" if one.school_id else "council:for-family")
