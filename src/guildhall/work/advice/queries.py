"""Reading what was requested. Every query starts from the officer who asks, or from whom it was asked of."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.db.models.functions import Lower

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.files.models import StoredFile
from guildhall.foundation.kit.typed import one_line
from guildhall.paperwork.forms import queries as forms
from guildhall.paperwork.forms.models import FormVersion
from guildhall.paperwork.submissions.models import Submission
from guildhall.people.accounts.models import User
from guildhall.records.children.models import Child
from guildhall.records.chronology import queries as chronology
from guildhall.records.linkage.merges import brought_to
from guildhall.records.persons.models import Person
from guildhall.work.communications.models import Communication
from guildhall.work.intake.destinations import destination_of
from guildhall.work.sharing import queries as sharing
from guildhall.work.sharing.models import PortalUser
from guildhall.work.sharing.rules import TEAM, may_share

from .models import Answer, Change, Chase, Further, Notification, Requested
from .rules import SOON, State

HELD_BY = "advice"
SORTS = ("name", "due", "notified", "received", "made")
MEANS = (*(str(one) for one in Communication.Means if one != Communication.Means.TELEPHONE), "none")
PORTALS = ("citizen", "professional")
MOST_FORMS, MOST_WORDS, LONGEST = 200, 5, 100


@dataclass(frozen=True)
class Asked:
    """A part of the requests about a child. ``state`` and ``means``: one of State and MEANS, "" for all.

    ``sort`` is one of SORTS, with "-" before it for descending.
    """

    state: str = ""
    means: str = ""
    words: str = ""
    sort: str = "due"

    @classmethod
    def read(cls, query: Mapping[str, str]) -> "Asked":
        """What an address asks: ?state= &means= &q= &sort=; odd goes."""
        state, means, sort = (query.get(one, "") for one in ("state", "means", "sort"))
        return cls(
            state=state if state in set(State) else "",
            means=means if means in MEANS else "",
            words=one_line(query.get("q"))[:LONGEST],
            sort=sort if sort.removeprefix("-") in SORTS else "due",
        )

    @property
    def narrows(self) -> bool:
        """Whether it leaves anything out."""
        return bool(self.state or self.means or self.words)


# For officers


def requests_about(holder: Holder, child: Child, asked: Asked, *, today: date) -> QuerySet[Requested]:
    """What was requested about ``child`` by any means, in the order that ``asked`` wants.

    What was requested about a record that gave way to this one is here too. None for who may not share.
    """
    rows = _about(holder, child).filter(removed_at=None)
    if asked.state:
        rows = rows.filter(_in_state(State(asked.state), today))
    if asked.means:
        told = Notification.objects.filter(requested=OuterRef("pk"))
        rows = rows.filter(~Exists(told) if asked.means == "none" else Exists(told.filter(means=asked.means)))
    for word in asked.words.split()[:MOST_WORDS]:
        found = Q(name__icontains=word) | Q(role__icontains=word) | Q(email__icontains=word)
        rows = rows.filter(found | Q(details__icontains=word) | Q(form__reference__icontains=word))
    return rows.order_by(*_order(asked.sort))


def removed_about(holder: Holder, child: Child) -> QuerySet[Requested]:
    """What was taken out of the panel, the last first."""
    return _about(holder, child).filter(removed_at__isnull=False).order_by("-removed_at", "-pk")


def request_about(holder: Holder, child: Child, pk: int) -> Requested | None:
    """One of them, removed or not."""
    return _about(holder, child).filter(pk=pk).first()


def counts(holder: Holder, child: Child, *, today: date) -> dict[str, int]:
    """State → how many requests about ``child`` stand so."""
    rows = _about(holder, child).filter(removed_at=None)
    return {state: rows.filter(_in_state(state, today)).count() for state in State}


def history_of(requested: Requested) -> QuerySet[Change]:
    """Every state of it, the newest first."""
    return Change.objects.filter(requested=requested).select_related("by").order_by("-version")


def answers_to(requested: Requested) -> list[tuple[Answer, list[StoredFile]]]:
    """What was answered, oldest first, with the files of each. Two queries."""
    found = list(Answer.objects.filter(requested=requested).select_related("by").order_by("at", "pk"))
    stored = StoredFile.objects.filter(held_by_kind=HELD_BY, held_by_id__in=[str(one.pk) for one in found])
    of: dict[str, list[StoredFile]] = {}
    for file in stored.order_by("uploaded_at", "pk"):
        of.setdefault(file.held_by_id, []).append(file)
    return [(one, of.get(str(one.pk), [])) for one in found]


def furthers_of(requested: Requested) -> list[Further]:
    """What more was asked for after answers came, oldest first."""
    return list(Further.objects.filter(requested=requested).select_related("by").order_by("at", "pk"))


def file_of(requested: Requested, file_id: UUID) -> StoredFile | None:
    """A file of an answer to it."""
    keys = [str(pk) for pk in Answer.objects.filter(requested=requested).values_list("pk", flat=True)]
    return StoredFile.objects.filter(pk=file_id, held_by_kind=HELD_BY, held_by_id__in=keys).first()


def portal_users_of(holder: Holder, child: Child) -> list[PortalUser]:
    """Whom on the involvement of ``child`` something can be asked of."""
    return list(sharing.people_of(holder, child))


def persons_of(holder: Holder, child: Child) -> list[Person]:
    """The people of the records who have to do with ``child``, and those whose account is on it, by name."""
    if not may_share(holder):
        return []
    users = PortalUser.objects.filter(involvement__child=child).values("user")
    theirs = Q(relations__child=child, relations__ended_at=None)
    linked = Q(links__user__in=users, links__undone_at=None)
    rows = Person.objects.filter(theirs | linked, removed_at=None).distinct()
    return list(rows.order_by("surname", "forename", "pk"))


def forms_about(holder: Holder, child: Child) -> list[Submission]:
    """The forms about ``child`` that an entry can be concerned with, newest first (SP-251)."""
    if not may_share(holder):
        return []
    entries = list(chronology.entries_of(child)[:MOST_FORMS])
    found = sharing.forms_behind(entries).values()
    return sorted(found, key=lambda form: (form.sent_at, form.pk), reverse=True)


def forms_to_ask_for(language: str) -> dict[str, str]:
    """Code → title of each form that portal users can send to the SEND team now."""
    live = [one for one in forms.offered() if one.portal in PORTALS]
    titles = {
        one.form.code: forms.definition_of(one.pk).title.in_(language) for one in live if _comes_to_us(one)
    }
    return dict(sorted(titles.items(), key=lambda pair: pair[1].casefold()))


def title_of_form(code: str, language: str) -> str:
    """What a form is called now; its code once there is none."""
    version = forms.live_version(code) if code else None
    return forms.definition_of(version.pk).title.in_(language) if version else code


# For whom it was asked of


def asked_of(user: User) -> QuerySet[Requested]:
    """What ``user`` was asked, what waits first. Only what they were told of, and while authenticated."""
    rows = Requested.objects.filter(
        portal_user__user=user,
        portal_user__authenticated=True,
        notified_on__isnull=False,
        involvement__child__removed_at=None,
        removed_at=None,
    )
    related = ("involvement__child", "portal_user__user", "form")
    return rows.select_related(*related).order_by(F("received_on").desc(nulls_first=True), "due_on", "pk")


def asked(user: User, key: UUID) -> Requested | None:
    """One of them, by its address."""
    return asked_of(user).filter(key=key).first()


def waiting_for(user: User) -> int:
    """How many requests ``user`` has not answered yet."""
    return asked_of(user).filter(received_on=None, declined_on=None).count()


# For reminders


def reachable(requested: Requested) -> User | None:
    """Whose account may be told of it at this moment: authenticated on the involvement, and active."""
    entry = requested.portal_user
    if entry is None or requested.involvement.child.removed_at:
        return None
    found = sharing.authenticated_on(requested.involvement.child).filter(pk=entry.pk).first()
    return found.user if found else None


def who_knows(requested: Requested) -> User | None:
    """Whose account can be told now, and was told already, of a request that waits for an answer."""
    over = requested.received_on or requested.removed_at
    return None if over or requested.notified_on is None else reachable(requested)


def _comes_to_us(version: FormVersion) -> bool:
    return destination_of(version.destination).team == TEAM


def _about(holder: Holder, child: Child) -> QuerySet[Requested]:
    if not may_share(holder):
        return Requested.objects.none()
    rows = Requested.objects.filter(involvement__child__in=brought_to(child.pk))
    related = ("involvement__child", "portal_user__user", "person", "form", "made_by", "removed_by")
    told = Notification.objects.select_related("communication__message").order_by("pk")
    chased = Chase.objects.order_by("at", "pk")
    asked_again = Further.objects.select_related("by").order_by("at", "pk")
    return rows.select_related(*related).prefetch_related(
        Prefetch("notifications", queryset=told),
        Prefetch("chases", queryset=chased),
        Prefetch("furthers", queryset=asked_again),
    )


def _in_state(state: State, today: date) -> Q:
    waits = Q(received_on=None, declined_on=None)
    return {
        State.RECEIVED: Q(received_on__isnull=False),
        State.DECLINED: Q(received_on=None, declined_on__isnull=False),
        State.LATE: waits & Q(due_on__lt=today),
        State.SOON: waits & Q(due_on__gte=today, due_on__lte=today + SOON),
        State.OPEN: waits & Q(due_on__gt=today + SOON),
    }[state]


def _order(sort: str) -> list[Any]:
    columns: dict[str, Any] = {
        "name": Lower("name"),
        "due": F("due_on"),
        "notified": F("notified_on"),
        "received": F("received_on"),
        "made": F("made_at"),
    }
    column = columns[sort.removeprefix("-")]
    first = column.desc(nulls_last=True) if sort.startswith("-") else column.asc(nulls_last=True)
    return [first, "due_on", "pk"]
