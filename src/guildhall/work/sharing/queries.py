"""Reading what is shared. Every query starts from the officer who asks, or from the person who reads it."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import F, Q, QuerySet

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.audit.models import Entry as Audited
from guildhall.foundation.files.models import StoredFile
from guildhall.paperwork.forms import queries as forms
from guildhall.paperwork.submissions import queries as submissions
from guildhall.paperwork.submissions.models import Submission
from guildhall.people.accounts.models import User
from guildhall.people.families.models import FamilyChild
from guildhall.people.membership.models import Membership
from guildhall.records.children.models import Child
from guildhall.records.chronology import queries as chronology
from guildhall.records.chronology.models import Entry
from guildhall.records.linkage import queries as linkage
from guildhall.work.intake.destinations import destination_of

from .models import Change, PortalUser, SharedForm
from .preview import Preview
from .rules import PORTAL_ROLES, TEAM, may_share, type_of

MOST_FOUND, MOST_WORDS = 20, 5
KIND = "submission"


# For officers


def people_of(holder: Holder, child: Child) -> QuerySet[PortalUser]:
    """The entries of the panel Portal Sharing, by name; none for who may not share."""
    if not may_share(holder):
        return PortalUser.objects.none()
    rows = PortalUser.objects.filter(involvement__child=child).select_related("user", "involvement")
    return rows.order_by("user__surname", "user__forename", "pk")


def forms_of(holder: Holder, child: Child) -> QuerySet[SharedForm]:
    """Every form about ``child`` that was shared, stopped ones too, newest first."""
    if not may_share(holder):
        return SharedForm.objects.none()
    rows = SharedForm.objects.filter(recipient__involvement__child=child)
    related = ("recipient__user", "recipient__involvement", "entry__mention", "shared_by", "stopped_by")
    return rows.select_related(*related).order_by("-shared_at", "pk")


def form_shared_by_council(holder: Holder, shared_id: UUID) -> SharedForm | None:
    """A share that ``holder`` may stop."""
    if not may_share(holder):
        return None
    rows = SharedForm.objects.filter(pk=shared_id, recipient__involvement__child__removed_at=None)
    return rows.select_related("recipient__user", "recipient__involvement__child", "entry").first()


def history_of(holder: Holder, child: Child) -> QuerySet[Change]:
    """Every change of every entry of ``child``, newest first."""
    if not may_share(holder):
        return Change.objects.none()
    rows = Change.objects.filter(portal_user__involvement__child=child)
    return rows.select_related("portal_user__user", "by").order_by("-at", "-pk")


def found(holder: Holder, words: str) -> list[User]:
    """Up to MOST_FOUND active portal users whose names or addresses have every word."""
    return found_among_portal_users(words, most=MOST_FOUND) if may_share(holder) else []


def portal_user(holder: Holder, user_id: int) -> User | None:
    """An active account of a citizen or professional, to put on an involvement."""
    return portal_users().filter(pk=user_id).first() if may_share(holder) else None


def types_of(users: Iterable[int]) -> dict[int, str]:
    """Account → Portal User Type now. One query, however many."""
    held: dict[int, set[str]] = {pk: set() for pk in users}
    open_roles = Membership.objects.filter(user__in=list(held), ended_at=None, locked_at=None)
    for pk, role in open_roles.values_list("user_id", "role"):
        held[pk].add(role)
    return {pk: type_of(frozenset(roles)) for pk, roles in held.items()}


def senders_of(entries: Iterable[Entry]) -> list[User]:
    """The portal users who sent the forms behind ``entries``, each once, by name."""
    sent = Submission.objects.filter(pk__in=[entry.source_id for entry in entries if entry.kind == KIND])
    rows = portal_users().filter(pk__in=sent.values("sender"))
    return list(rows.order_by("surname", "forename", "pk")[:MOST_FOUND])


def form_behind(entry: Entry) -> Submission | None:
    """The form of ``entry`` if it can be shared: one that went to the SEND team."""
    return forms_behind([entry]).get(entry.source_id)


def forms_behind(entries: Iterable[Entry]) -> dict[str, Submission]:
    """Number of the form → the form, of those among ``entries`` that can be shared. One query."""
    numbers = [entry.source_id for entry in entries if entry.kind == KIND and entry.source_id.isdigit()]
    rows = Submission.objects.select_related("sender").filter(pk__in=numbers)
    return {
        str(form.pk): form
        for form in rows
        if destination_of(forms.definition_of(form.version_id).destination).team == TEAM
    }


def preview(child: Child, entry: Entry, people: Iterable[int]) -> Preview | None:
    """What sharing ``entry`` with these entries of Portal Sharing would show; None if it cannot be shared.

    Whoever is not authenticated on the involvement of ``child`` is left out.
    """
    current = chronology.entry_with(entry.pk)
    form = form_behind(current) if current else None
    about = current.mention.child if current else None
    if current is None or form is None or about != child:
        return None
    readers = authenticated_on(child).filter(pk__in=list(people))
    return Preview(about, current, form, submissions.files_of_submission(form), list(readers))


def opened(shared: Iterable[SharedForm]) -> set[str]:
    """Which of ``shared`` (their ids) the person has opened."""
    ids = [str(each.pk) for each in shared]
    rows = Audited.objects.filter(about_kind=SharedForm._meta.label_lower, about_id__in=ids)
    return set(rows.filter(verb="child.viewed", detail__surface="shared").values_list("about_id", flat=True))


# For everybody who must know who is authenticated


def authenticated_on(child: Child) -> QuerySet[PortalUser]:
    """The people who may be shown and told of ``child`` (SP-245): authenticated, with an active account."""
    rows = PortalUser.objects.filter(
        involvement__child=child,
        authenticated=True,
        user__state=User.State.ACTIVE,
        user__in=_open_roles().values("user"),
    )
    return rows.select_related("user", "involvement").order_by("user__surname", "user__forename", "pk")


def everybody_authenticated() -> QuerySet[PortalUser]:
    """As ``authenticated_on``, for every child whose record is there."""
    return PortalUser.objects.filter(
        authenticated=True,
        involvement__child__removed_at=None,
        user__state=User.State.ACTIVE,
        user__in=_open_roles().values("user"),
    )


def portal_users() -> QuerySet[User]:
    """Everybody with an active account at the families' or the professionals' portal.

    For rooms that have asked whether whoever looks may.
    """
    return User.objects.filter(state=User.State.ACTIVE, pk__in=_open_roles().values("user"))


def found_among_portal_users(words: str, *, most: int) -> list[User]:
    """Up to ``most`` of them whose names or addresses have every word, by name."""
    parts = words.split()[:MOST_WORDS]
    rows = portal_users() if parts else User.objects.none()
    for part in parts:
        rows = rows.filter(
            Q(forename__icontains=part) | Q(surname__icontains=part) | Q(email__icontains=part)
        )
    return list(rows.order_by("surname", "forename", "pk")[:most])


# For whom something is shared with


def shared_with(user: User) -> QuerySet[SharedForm]:
    """The forms that ``user`` may read at this moment, newest share first.

    Nothing counts that is stopped, whose reader is not authenticated, or whose form has meanwhile turned out
    to be about another child than the one on the involvement.
    """
    rows = SharedForm.objects.filter(
        recipient__user=user,
        recipient__authenticated=True,
        stopped_at=None,
        entry__shown_from__isnull=False,
        entry__mention__child=F("recipient__involvement__child"),
        recipient__involvement__child__removed_at=None,
    )
    related = ("recipient__involvement__child", "entry__mention")
    return rows.select_related(*related).order_by("-shared_at", "pk")


def reads_a_child(user: User) -> bool:
    """Whether ``user`` is among those who may be shown things about some child."""
    rows = PortalUser.objects.filter(user=user, authenticated=True, involvement__child__removed_at=None)
    return rows.exists()


def forms_shared_about(user: User, child: FamilyChild | None) -> list[int]:
    """Ids of the forms that ``user`` may read about ``child`` of the family, or about themselves.

    None where it is restricted who may know where the child lives.
    """
    rows = shared_with(user).filter(entry__kind=KIND, recipient__involvement__child__restricted=False)
    if child is None:
        rows = rows.filter(recipient__young_person=True)
    elif record := linkage.records_of_family(user.pk).get(child.pk):
        rows = rows.filter(recipient__involvement__child=record)
    else:
        return []
    return [int(one.entry.source_id) for one in rows]


def form_shared_with(user: User, shared_id: UUID) -> tuple[SharedForm, Submission] | None:
    """One of them, with the form itself."""
    shared = shared_with(user).filter(pk=shared_id).first()
    form = form_behind(shared.entry) if shared else None
    return (shared, form) if shared and form else None


def file_shared_with(user: User, shared_id: UUID, file_id: UUID) -> tuple[SharedForm, StoredFile] | None:
    """A file of one of them (SP-105)."""
    found_form = form_shared_with(user, shared_id)
    if found_form is None:
        return None
    shared, form = found_form
    file = next((each for each in submissions.files_of_submission(form) if each.pk == file_id), None)
    return (shared, file) if file else None


def _open_roles() -> QuerySet[Membership]:
    return Membership.objects.filter(role__in=PORTAL_ROLES, ended_at=None, locked_at=None)
