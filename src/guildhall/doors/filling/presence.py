"""Who else is in a shared form (GH-030): the line on its pages, and the words for what somebody changed."""

from collections.abc import Collection
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils import timezone

from guildhall.foundation.kit.speech import active_language, clock
from guildhall.foundation.texts import queries as texts
from guildhall.paperwork.forms import queries as forms
from guildhall.paperwork.submissions import queries as submissions
from guildhall.paperwork.submissions import services as submission_services
from guildhall.paperwork.submissions.models import Draft, Presence


@dataclass(frozen=True)
class Company:
    """What the pages of a school's form say of who may open it; ``others`` are sentences."""

    shared: bool
    own: bool
    others: list[str]


def company_in(request: HttpRequest, draft: Draft, place: str) -> Company | None:
    """Who is in the draft now, noting that the person is at ``place``; None for a form of no school."""
    if draft.school_id is None:
        return None
    own = draft.owner_id == request.user.pk
    if not draft.shared:
        return Company(shared=False, own=own, others=[])
    if request.method != "HEAD":
        note_here(request, draft, place)
    return Company(shared=True, own=own, others=others_words(request, draft))


def note_here(request: HttpRequest, draft: Draft, place: str) -> None:
    """Let colleagues in a shared draft see where the person is."""
    if draft.shared:
        submission_services.note_presence(draft, user=request.user, place=place, now=timezone.now())  # type: ignore[arg-type]


def others_words(request: HttpRequest, draft: Draft) -> list[str]:
    """ "Elen Rowlands is on “The pupil” (seen at 10:42am)", for everybody else who was there lately."""
    since = timezone.now() - submission_services.PRESENT
    return [_words(one, draft) for one in submissions.others_in(draft, request.user, since=since)]  # type: ignore[arg-type]


def _words(one: Presence, draft: Draft) -> str:
    group = forms.definition_of(draft.version_id).group_by_key.get(one.place)
    title = group.title.in_(active_language()) if group else texts.say("send.Summary_Heading")
    return texts.say("send.Sharing_Here", name=str(one.user), section=title, time=clock(one.seen_at))


def changed_words(draft: Draft, units: Collection[str]) -> dict[str, str]:
    """Unit → "Elen Rowlands changed this at 10:42am"; nothing for a draft that only one person fills in."""
    if not draft.shared:
        return {}
    savers = submissions.savers_of(draft, units)
    return {
        unit: texts.say("send.Sharing_Changed", name=saver.name, time=clock(saver.at))
        for unit, saver in savers.items()
    }
