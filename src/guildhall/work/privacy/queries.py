"""Reading of the privacy room, for those who answer for it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.access.permissions import Permission
from guildhall.foundation.kit.typed import number
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts import queries as accounts
from guildhall.people.accounts.models import User
from guildhall.people.groups import queries as groups
from guildhall.people.membership.models import Membership
from guildhall.records.children.models import Child
from guildhall.work.cases.models import Case

from . import gathering
from .models import (
    Breach,
    Hold,
    OddDay,
    OddReading,
    OpeningReason,
    Pack,
    Request,
    RetentionChange,
    RetentionClass,
    RightsRequest,
    Run,
    RunLine,
)
from .retention import CLASSES, Kind
from .rules import ACKNOWLEDGE_WITHIN, TELL_WITHIN, Verdict, answer_by, erasing_verdict, verdict

MOST_ERASABLE = 200
MOST_REASONS = 100
_GIVEN = frozenset({RightsRequest.Decision.GRANTED, RightsRequest.Decision.PARTLY})


@dataclass(frozen=True)
class Clock:
    """How a request stands: its day, and the days left (negative when it is late)."""

    due_on: date
    left: int
    stands_still: bool


def clock_of(request: Request | RightsRequest, today: date) -> Clock:
    """How much time there is to answer ``request``; to acknowledge it, if it is a complaint."""
    if isinstance(request, RightsRequest) and request.is_complaint:
        due_on = request.received_on + ACKNOWLEDGE_WITHIN
        return Clock(due_on, (due_on - today).days, stands_still=False)
    due_on = answer_by(
        request.received_on, paused_days=request.paused_days, paused_on=request.paused_on, today=today
    )
    return Clock(due_on, (due_on - today).days, request.paused_on is not None)


def requests_seen_by(holder: Holder) -> QuerySet[Request]:
    """Open ones first, then the oldest; none for a holder who does not answer for privacy."""
    if not holder.may(Permission.MANAGE_PRIVACY):
        return Request.objects.none()
    return Request.objects.select_related("pack", "made_by").order_by("-closed_at", "received_on", "pk")


def request_seen_by(holder: Holder, pk: int) -> Request | None:
    """One of them, with its pack."""
    found = requests_seen_by(holder).select_related("pack__checked_by", "pack__released_by")
    return found.filter(pk=pk).first()


def pack_with(pk: int) -> Pack | None:
    """The pack, for those who gather it."""
    return Pack.objects.select_related("request").filter(pk=pk).first()


def progress_of(pack: Pack) -> tuple[int, int]:
    """How many models were gathered, of how many."""
    every = gathering.labels()
    done = len(every) if pack.state != Pack.State.GATHERING else sum(each < pack.at_model for each in every)
    return done, len(every)


def marked_in(pack: Pack) -> dict[str, int]:
    """``model.field`` that may be about somebody else → in how many rows it says anything."""
    found: dict[str, int] = {}
    for part in pack.parts.order_by("model", "number").iterator(chunk_size=20):
        for row in part.rows:
            for name in row["others"]:
                if row["fields"].get(name, True) not in (None, "", [], {}):
                    found[f"{part.model}.{name}"] = found.get(f"{part.model}.{name}", 0) + 1
    return found


def class_of(key: str) -> RetentionClass:
    """How long things of ``key`` are kept: for ever, until the authority says otherwise."""
    return RetentionClass.objects.filter(pk=key).first() or _for_ever(key)


def classes() -> list[RetentionClass]:
    """The whole schedule."""
    kept = RetentionClass.objects.in_bulk()
    return [kept.get(key) or _for_ever(key) for key in CLASSES]


def _for_ever(key: str) -> RetentionClass:
    return RetentionClass(key=key, start=next(iter(CLASSES[key].starts)))


def changes_of(key: str) -> list[RetentionChange]:
    """The last changes of a class, newest first."""
    return list(RetentionChange.objects.filter(key=key).select_related("changed_by").order_by("-pk")[:20])


def held_as(kind: str, typed: str) -> str:
    """How a hold names what somebody typed, in whatever case or way they know it; "" when it is not here."""
    known = number(typed)
    if kind == Hold.Kind.USER:
        user = User.objects.filter(pk=known).first() or accounts.user_by_name(typed)
        return str(user.pk) if user else ""
    if kind == Hold.Kind.CHILD:
        return str(known) if Child.objects.filter(pk=known).exists() else ""
    if kind == Hold.Kind.CASE:
        found = Case.objects.filter(reference__iexact=typed).values_list("reference", flat=True).first()
        return str(found or "")
    meant = [key for key in CLASSES if kind == Hold.Kind.CLASS and _is_named(key, typed.casefold())]
    return meant[0] if len(meant) == 1 else ""


def _is_named(key: str, typed: str) -> bool:
    """Whether ``typed`` is the key of a class, or how its name begins in either language."""
    names = (say(f"administration.Keeping_Class_{key}", language).casefold() for language in ("en", "cy"))
    return typed == key or (len(typed) > 3 and any(name.startswith(typed) for name in names))


def active_holds() -> set[tuple[str, str]]:
    """Kind and number of everything that is held."""
    return set(Hold.objects.filter(lifted_at=None).values_list("kind", "what"))


def holds_seen_by(holder: Holder) -> QuerySet[Hold]:
    """Holds that stand first, then the newest."""
    if not holder.may(Permission.MANAGE_PRIVACY):
        return Hold.objects.none()
    return Hold.objects.select_related("placed_by", "lifted_by").order_by("-lifted_at", "-pk")


def runs_seen_by(holder: Holder) -> QuerySet[Run]:
    """Lists of what is due, newest first."""
    if not holder.may(Permission.MANAGE_PRIVACY):
        return Run.objects.none()
    return Run.objects.select_related("asked_by", "signed_by").order_by("-pk")


def tally_of(run: Run) -> list[tuple[str, str, int]]:
    """How many things of each class are on the list, by what becomes of them: class, outcome, number."""
    counted = run.lines.values_list("key", "outcome").annotate(things=Count("pk"))
    return list(counted.order_by("key", "outcome"))


def reviews_something(run: Run) -> bool:
    """Whether anything of the list waits for a review, or was chosen at one."""
    return run.lines.filter(Q(outcome=RunLine.Outcome.REVIEW) | Q(chosen=True)).exists()


def run_with(pk: int) -> Run | None:
    """The run, for those who carry it out."""
    return Run.objects.select_related("signed_by").filter(pk=pk).first()


def verdict_on(
    kind: Kind, kept: RetentionClass, row: Any, *, on: date, holds: set[tuple[str, str]]
) -> Verdict:
    """What the schedule and the holds say of ``row``."""
    held = is_held(kind, row, holds)
    return verdict(kind.started(row, kept.start), months=kept.months, held=held, today=on)


def is_held(kind: Kind, row: Any, holds: set[tuple[str, str]]) -> bool:
    """Whether a hold keeps ``row``."""
    return ("class", kind.key) in holds or any(one in holds for one in kind.holds(row))


@dataclass(frozen=True)
class Erasable:
    """A thing of a person who asked for erasure, and what the schedule and the holds say of it."""

    key: str
    mark: str
    started_on: date | None
    verdict: Verdict


def erasable(request: RightsRequest, *, today: date) -> list[Erasable]:
    """What is held of the person of ``request``, up to MOST_ERASABLE of each kind, oldest first."""
    if request.subject_id is None:
        return []
    holds, found = active_holds(), []
    for kind in CLASSES.values():
        kept = class_of(kind.key)
        rows = kind.rows().filter(kind.of(request.subject_kind, request.subject_id)).order_by("pk")
        for row in rows[:MOST_ERASABLE]:
            started = kind.started(row, kept.start)
            said = erasing_verdict(started, months=kept.months, held=is_held(kind, row, holds), today=today)
            found.append(Erasable(kind.key, kind.mark(row), started, said))
    return found


def rights_seen_by(holder: Holder) -> QuerySet[RightsRequest]:
    """Requests for rights: open ones first, then the oldest; none for who does not answer for privacy."""
    if not holder.may(Permission.MANAGE_PRIVACY):
        return RightsRequest.objects.none()
    return RightsRequest.objects.select_related(
        "asked_by", "identity_by", "acknowledged_by", "decided_by"
    ).order_by(
        F("decided_at").asc(nulls_first=True), F("withdrawn_at").asc(nulls_first=True), "received_on", "pk"
    )


def state_of_right(request: RightsRequest) -> str:
    """new, paused, identified (a complaint: acknowledged), the decision, or withdrawn."""
    if request.decision:
        return request.decision
    if request.withdrawn_at:
        return "withdrawn"
    if request.paused_on:
        return "paused"
    if request.acknowledged_at:
        return "acknowledged"
    return "identified" if request.identity else "new"


def odd_seen_by(holder: Holder) -> QuerySet[OddReading]:
    """Readings that may need a reason, newest day first; none for who may not read the audit."""
    if not holder.may(Permission.READ_AUDIT):
        return OddReading.objects.none()
    return OddReading.objects.select_related("reviewed_by").order_by("-on", "pk")


def reasons_seen_by(holder: Holder) -> QuerySet[OpeningReason]:
    """Why officers without work with a child opened its record, newest first; for who reads the audit."""
    if not holder.may(Permission.READ_AUDIT):
        return OpeningReason.objects.none()
    return OpeningReason.objects.select_related("by").order_by("-pk")


def reasons_behind(holder: Holder, found: OddReading) -> QuerySet[OpeningReason]:
    """The reasons that the reader of ``found`` gave for its children on its day."""
    children = [found.child] if found.child else found.children
    given = reasons_seen_by(holder).filter(by=found.reader, child__in=children)
    return given.filter(given_at__date=found.on)[:MOST_REASONS]


def odd_counted(since: date) -> tuple[int, int]:
    """Of how many days since then the readings were gone through, and how many there were."""
    days = OddDay.objects.filter(on__gte=since).values_list("readings", flat=True)
    return len(days), sum(days)


def readers_of_the_audit() -> QuerySet[User]:
    """Everybody whose group may read the audit."""
    may = [group.key for group in groups.groups() if Permission.READ_AUDIT in group.permissions]
    held = Membership.objects.filter(role__in=may, ended_at=None).values("user")
    return User.objects.filter(pk__in=held, state=User.State.ACTIVE).order_by("pk")


def name_of_reader(pk: int) -> str:
    """Who has the account, as the audit would name them; "" for one that is gone."""
    found = User.objects.filter(pk=pk).first()
    return str(found) if found else ""


def breaches_seen_by(holder: Holder) -> QuerySet[Breach]:
    """Breaches, open ones first, then the newest; none for who does not answer for privacy."""
    if not holder.may(Permission.MANAGE_PRIVACY):
        return Breach.objects.none()
    found = Breach.objects.select_related("made_by", "closed_by")
    return found.order_by(F("closed_at").desc(nulls_first=True), "-known_at", "-pk")


def hours_left(breach: Breach, now: datetime) -> int:
    """Hours left of the 72 to tell the Information Commissioner; negative when they are over."""
    return int((breach.known_at + TELL_WITHIN - now).total_seconds() // 3600)


def rights_of(user: User) -> QuerySet[RightsRequest]:
    """What ``user`` asked for, newest first."""
    rows = RightsRequest.objects.filter(asked_by=user).select_related("pack_request__pack__request")
    return rows.order_by("-pk")


def copy_for(found: RightsRequest, *, now: datetime) -> Pack | None:
    """The pack that answers ``found``, while whoever asked may download it."""
    if found.pack_request is None or found.decision not in _GIVEN:
        return None
    pack = found.pack_request.pack
    open_now = pack.state == Pack.State.RELEASED and pack.expires_at is not None and now < pack.expires_at
    return pack if open_now else None
