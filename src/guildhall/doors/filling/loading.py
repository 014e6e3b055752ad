"""Loading what a page is about, starting from the person who asks."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from guildhall.foundation.access.doors import holder_of
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.audit import services as audit
from guildhall.paperwork.forms import queries as forms
from guildhall.paperwork.forms.models import FormVersion
from guildhall.paperwork.submissions import queries as submissions
from guildhall.paperwork.submissions.models import Draft, Submission
from guildhall.paperwork.submissions.rules import may_fill_in
from guildhall.people.accounts.asking import who
from guildhall.people.accounts.models import User
from guildhall.people.families import queries as families
from guildhall.people.families.models import FamilyChild
from guildhall.work.intake.destinations import is_on
from guildhall.work.keying import queries as keyed
from guildhall.work.schoolcases import queries as cases

# Forms that go there are chosen on the first page by whoever comes, and the roles of those who choose.
REFERRALS = frozenset({"safeguarding", "early-help"})
CHOOSING = frozenset({"parent", "young-person", "professional"})


class AlreadySent(Http404):
    """The draft was sent meanwhile; ``href`` is where that is told."""

    def __init__(self, href: str) -> None:
        super().__init__()
        self.href = href


class NoForm(Http404):
    """There is no such form, or none for this person: unknown, closed, deleted, or somebody else's."""

    page = "Form"


def my_draft(request: HttpRequest, draft_id: UUID) -> Draft:
    """The person's own draft, or one that their school shares. NoForm for any other, and for one that was
    deleted or is of a service that is off; AlreadySent for one that was sent.

    What the council asked to have corrected can always be opened.
    """
    draft = submissions.draft_for(request.user, draft_id, schools=my_schools(request))  # type: ignore[arg-type]
    if draft is None and (href := _sent_address(request, draft_id)):
        raise AlreadySent(href)
    if draft is None or (draft.corrects_id is None and not _on(draft.version_id)):
        raise NoForm
    if draft.owner_id != request.user.pk:
        refuse_kept(request, draft.pk)
    return draft


def _sent_address(request: HttpRequest, draft_id: UUID) -> str:
    """The receipt of what the person sent, or their school's case that a colleague sent; "" for neither."""
    user = who(request)
    if keyed.child_form_with(draft_id) is None and sent_with(user, draft_id):
        return reverse("filling:sent", args=[draft_id])
    case = cases.case_sent_with(draft_id, schools=my_schools(request))
    return reverse("schools:case", args=[case.pk]) if case else ""


def sent_with(user: User, key: UUID) -> Submission | None:
    """What the person sent themselves, or entered for somebody else, with this key."""
    return submissions.submission_with_key(user, key) or keyed.entered_with_key(user, key)


def leads_to_receipt(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page of a draft that was sent in another window leads to where that is told (GH-020)."""

    @wraps(view)
    def led(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except AlreadySent as sent:
            return redirect(sent.href)

    return led


def refuse_kept(request: HttpRequest, draft_id: UUID) -> None:
    """NoForm where a colleague's draft is shared by a duty for which the person does not answer (GH-029)."""
    if my_schools(request) and cases.kept_from(who(request), draft_id, on=timezone.localdate()):
        raise NoForm


def own_draft(request: HttpRequest, draft_id: UUID) -> Draft:
    """The draft, for what its owner alone may do with it. NoForm for anybody else."""
    draft = my_draft(request, draft_id)
    if draft.owner_id != request.user.pk:
        raise NoForm
    return draft


def my_schools(request: HttpRequest) -> frozenset[int]:
    """The schools whose forms the person may fill in, as their rights are on this very request."""
    holder = holder_of(request)
    return holder.schools if holder.may(Permission.USE_SCHOOL) else frozenset()


def _on(version_id: int) -> bool:
    definition = forms.definition_of(version_id)
    return is_on(definition.destination, portal=definition.portal)


def note_reading(request: HttpRequest, draft: Draft) -> None:
    """Keep that the person read their own saved answers: who looked is known of families too (GH-046)."""
    audit.looked(request, about=draft, surface="form")


def my_submission(request: HttpRequest, pk: int) -> Submission:
    """What the person sent themselves, or entered for somebody else, else Http404."""
    user = cast(User, request.user)
    submission = submissions.submission_of(user, pk) or keyed.entered_by(user, pk)
    if submission is None:
        raise Http404
    return submission


def live_form(code: str) -> FormVersion:
    """The version of the form that is offered now, else NoForm."""
    version = forms.live_version(code.upper())
    if version is None or not _on(version.pk):
        raise NoForm
    return version


def form_for(request: HttpRequest, code: str) -> FormVersion:
    """The live version, if it is for people like the one who asks (SP-074), else NoForm."""
    version = live_form(code)
    user = cast(User, request.user)
    roles = holder_of(request).roles
    for_them = may_fill_in(version, roles, born_on=user.born_on, today=timezone.localdate())
    if not for_them and not _is_for_either(version, roles):
        raise NoForm
    return version


def _is_for_either(version: FormVersion, roles: frozenset[str]) -> bool:
    """Whether it tells of a concern: of those forms people say on the first page which they need, as a
    professional or as a member of the public, whatever their account says (CP-014).
    """
    chosen = version.portal == "professional" or version.audience == "public"
    return chosen and version.destination in REFERRALS and bool(roles & CHOOSING)


def chosen_child(request: HttpRequest) -> FamilyChild | None:
    """The child of My Family that ``?child=`` names. Http404 for any other child."""
    chosen = request.GET.get("child", "")
    if not chosen:
        return None
    try:
        return families.child_of(request.user, UUID(chosen))  # type: ignore[arg-type]
    except (ValueError, FamilyChild.DoesNotExist) as error:
        raise Http404 from error
