"""What did not arrive, for the officers who must see to it."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Max, Q, QuerySet

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.outbox import queries as outbox
from guildhall.foundation.outbox.queries import Evidence
from guildhall.mail.messages.models import Message
from guildhall.records.children.models import Child
from guildhall.work.cases import queries as cases
from guildhall.work.cases.models import Case
from guildhall.work.sharing.rules import may_share

from .models import Communication
from .trail import NEWS, WAITING, Trail, bounce_of, keys_behind, keys_of

MOST = 2_000


@dataclass(frozen=True)
class Bounced:
    """Something about a ``case``, or else a ``child``, that did not arrive at ``name``."""

    name: str
    evidence: Evidence
    case: Case | None = None
    child: Child | None = None

    @property
    def place(self) -> tuple[str, int]:
        """What it is about, as a key."""
        about = self.case or self.child
        assert about is not None
        return ("case" if self.case else "child", about.pk)


def not_arrived(holder: Holder) -> list[Bounced]:
    """What did not arrive and nobody saw to since, newest first: about the cases that ``holder`` sees, and
    about children if they may share.

    It is seen to once the person opened the message in the portal, or somebody was told otherwise and that
    was noted.
    """
    return _bounced(cases.cases_seen_by(holder), children=may_share(holder))


def not_arrived_about(case: Case) -> list[Bounced]:
    """The same for one case, which whoever asks has been let in to."""
    return _bounced(Case.objects.filter(pk=case.pk), children=False)


def _bounced(seen: QuerySet[Case], *, children: bool) -> list[Bounced]:
    keys = [each.key for each in outbox.bounces(most=MOST)]
    if not keys:
        return []
    messages = _messages_behind(keys)
    rows = {case.reference: case for case in seen.filter(reference__in={each.about for each in messages})}
    kept = _kept_behind(messages, keys) if children else []
    trail = Trail([*(key for each in messages for key in _emails_of(each)), *keys_behind(kept)])
    found = [*_of_cases(messages, rows, trail), *_of_children(kept, trail)]
    told = _last_noted(found)
    waiting = [one for one in found if one.place not in told or told[one.place] < one.evidence.at]
    return sorted(waiting, key=lambda one: one.evidence.at, reverse=True)


def _emails_of(message: Message) -> tuple[str, ...]:
    return (*keys_of(message), f"{NEWS}{message.key}")


def _messages_behind(keys: Collection[str]) -> list[Message]:
    """The messages that these emails told of and that nobody opened."""
    waiting = [UUID(key.removeprefix(WAITING)) for key in keys if key.startswith(WAITING)]
    own = [key.removeprefix(NEWS) for key in keys]
    rows = Message.objects.filter(Q(pk__in=waiting) | Q(key__in=own), to__isnull=False, read_at=None)
    return list(rows.select_related("to").defer("body"))


def _kept_behind(messages: Collection[Message], keys: Collection[str]) -> list[Communication]:
    rows = Communication.objects.filter(
        Q(message__in=messages) | Q(email_key__in=keys), child__removed_at=None, child__isnull=False
    )
    return list(rows.select_related("child", "message", "to"))


def _of_cases(messages: Collection[Message], rows: dict[str, Case], trail: Trail) -> Iterator[Bounced]:
    for message in messages:
        evidence = next(filter(None, (bounce_of(trail.of_email(key)) for key in _emails_of(message))), None)
        if evidence and message.about in rows:
            yield Bounced(str(message.to), evidence, case=rows[message.about])


def _of_children(kept: Collection[Communication], trail: Trail) -> Iterator[Bounced]:
    for each in kept:
        if evidence := bounce_of(trail.behind(each)):
            yield Bounced(str(each.to or each.addressee), evidence, child=each.child)


def _last_noted(found: Collection[Bounced]) -> dict[tuple[str, int], datetime]:
    """When somebody was last told by hand, about the cases and children of ``found``. Two statements."""
    noted: dict[tuple[str, int], datetime] = {}
    for place in ("case", "child"):
        pks = [pk for kind, pk in (one.place for one in found) if kind == place]
        rows = Communication.objects.filter(
            **{f"{place}__in": pks}, incoming=False, struck_out=False, message=None, email_key=""
        )
        newest = rows.order_by().values_list(place).annotate(newest=Max("happened_at"))
        noted |= {(place, pk): at for pk, at in newest}
    return noted
