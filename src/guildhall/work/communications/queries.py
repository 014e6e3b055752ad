"""The communication log of a case and of a child, composed when it is asked for.

Messages, their emails and the answers to them are read where they are; only what no other room has is a row
of this one. The number of statements does not grow with the lines.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from guildhall.foundation.access.holder import Holder
from guildhall.foundation.outbox.queries import Evidence, Way
from guildhall.mail.messages.models import Message
from guildhall.paperwork.submissions.models import Submission
from guildhall.records.children.models import Child
from guildhall.records.linkage.merges import brought_to
from guildhall.records.persons import queries as persons
from guildhall.records.persons.models import Person
from guildhall.work.cases import queries as cases
from guildhall.work.cases.models import Case
from guildhall.work.keying import queries as keying
from guildhall.work.keying.models import Keyed
from guildhall.work.sharing.rules import may_share

from .models import Communication
from .rules import TOLD, state_of_message
from .trail import NEWS, RECEIVED, Trail, bounce_of, keys_behind, keys_of

MOST = 2_000
_MEANS = Communication.Means


@dataclass(frozen=True)
class Line:
    """One communication. ``name`` is whom it went to, or came from; ``person`` whom an officer linked with
    that account. ``state`` is None for what leaves no trace, such as a telephone call. ``bounce``: the email
    about it did not arrive, however it stands now.
    """

    at: datetime
    means: str
    incoming: bool
    name: str
    summary: str
    by: str = ""
    user: int | None = None
    person: Person | None = None
    state: Evidence | None = None
    bounce: Evidence | None = None
    case: str = ""
    message: Message | None = None
    kept: Communication | None = None
    corrected: int = 0

    @property
    def struck_out(self) -> bool:
        return self.kept is not None and self.kept.struck_out

    @property
    def told(self) -> bool:
        """Whether somebody outside was told by it, as far as is known; a bounce never counts."""
        if self.incoming or self.struck_out:
            return False
        return self.state is None or self.state.way in TOLD


@dataclass(frozen=True)
class Log:
    """The lines, newest first. ``more``: there are older ones than were read."""

    lines: list[Line]
    more: bool = False

    @property
    def told(self) -> int:
        return sum(line.told for line in self.lines)

    @property
    def bounced(self) -> int:
        """How many did not arrive and were not opened in the portal either."""
        return sum(line.state is not None and line.state.way == Way.BOUNCED for line in self.lines)


def log_of_case(holder: Holder, case: Case) -> Log:
    """Everything that was said to people about ``case``, and what they answered; for who may see the case."""
    if not cases.cases_seen_by(holder).filter(pk=case.pk).exists():
        return Log([])
    return _log([case.reference], Q(case=case))


def log_of_child(holder: Holder, child: Child) -> Log:
    """The same of a child: what alerts and officers noted, and the cases that ``holder`` may see."""
    if not may_share(holder):
        return Log([])
    records = brought_to(child.pk)
    seen = cases.cases_seen_by(holder).filter(mention__child__in=records).order_by("-pk")
    references = list(seen.values_list("reference", flat=True)[:MOST])
    return _log(references, Q(child__in=records) | Q(case__reference__in=references))


def kept_seen_by(holder: Holder) -> QuerySet[Communication]:
    """The noted lines that ``holder`` may open: of the cases they see, and of children if they may share."""
    wanted = Q(case__in=cases.cases_seen_by(holder))
    if may_share(holder):
        wanted |= Q(child__isnull=False, child__removed_at=None)
    rows = Communication.objects.filter(wanted)
    return rows.select_related("child", "case__mention", "to", "person", "by", "message")


def _log(references: Collection[str], wanted: Q) -> Log:
    messages, kept = _messages(references), _kept(wanted)
    noted = {each.message_id for each in kept}
    messages = [message for message in messages if message.pk not in noted]
    keyed = _keyed(references)
    emails = list(_keyed_keys(keyed, messages))
    keys = [key for message in messages for key in keys_of(message)]
    trail = Trail([*keys, *keys_behind(kept), *(key for key, _ in emails)])
    lines = [_of_message(message, trail) for message in messages]
    lines += [_of_kept(each, trail) for each in kept]
    lines += [
        _of_keyed(keyed[reference][0], reference, evidence)
        for key, reference in emails
        if (evidence := trail.of_email(key))
    ]
    lines.sort(key=lambda line: line.at, reverse=True)
    return Log(_with_persons(lines[:MOST]), more=len(lines) > MOST)


def _messages(references: Collection[str]) -> list[Message]:
    rows = Message.objects.filter(about__in=list(references)).exclude(about="")
    return list(rows.select_related("to", "from_user").defer("body").order_by("-sent_at", "-pk")[: MOST + 1])


def _kept(wanted: Q) -> list[Communication]:
    rows = Communication.objects.filter(wanted).annotate(corrected=Count("corrections"))
    related = ("to", "person", "by", "message", "case", "child")
    return list(rows.select_related(*related).order_by("-happened_at", "-pk")[: MOST + 1])


def _keyed(references: Collection[str]) -> dict[str, tuple[Keyed, list[int]]]:
    """Reference → who sent that form without an account, with the numbers of its versions."""
    sent = Submission.objects.filter(reference__in=list(references))
    versions: dict[str, list[int]] = {}
    keys = {}
    for pk, reference, key in sent.values_list("pk", "reference", "key"):
        versions.setdefault(reference, []).append(pk)
        keys[key] = reference
    found = keying.told_without_account(list(keys))
    return {keys[each.key]: (each, versions[keys[each.key]]) for each in found}


def _keyed_keys(
    keyed: dict[str, tuple[Keyed, list[int]]], messages: Collection[Message]
) -> Iterator[tuple[str, str]]:
    """The keys of the emails that went to people without an account, each with the reference it is about."""
    for reference, (_, versions) in keyed.items():
        yield from ((f"{RECEIVED}{version}", reference) for version in versions)
    for message in messages:
        if message.about in keyed:
            yield f"{NEWS}{message.key}", message.about


def _of_message(message: Message, trail: Trail) -> Line:
    incoming = message.to is None
    writer = str(message.from_user or "")
    email = trail.about(message)
    return Line(
        at=message.sent_at,
        means=_MEANS.MESSAGE,
        incoming=incoming,
        name=writer if incoming else str(message.to),
        summary=message.subject,
        by="" if incoming else writer,
        user=message.from_user_id if incoming else message.to_id,
        state=None if incoming else state_of_message(message, email),
        bounce=bounce_of(email),
        case=message.about,
        message=message,
    )


def _of_kept(kept: Communication, trail: Trail) -> Line:
    return Line(
        at=kept.happened_at,
        means=kept.means,
        incoming=kept.incoming,
        name=str(kept.to or kept.person or kept.addressee),
        summary=kept.summary,
        by=str(kept.by or ""),
        user=kept.to_id,
        person=kept.person,
        state=trail.state_of(kept),
        bounce=bounce_of(trail.behind(kept)),
        case=kept.case.reference if kept.case else "",
        message=kept.message,
        kept=kept,
        corrected=getattr(kept, "corrected", 0),
    )


def _of_keyed(keyed: Keyed, reference: str, evidence: Evidence) -> Line:
    return Line(
        at=evidence.at,
        means=_MEANS.EMAIL,
        incoming=False,
        name=keyed.told_by,
        summary=keyed.email,
        state=evidence,
        bounce=bounce_of(evidence),
        case=reference,
    )


def _with_persons(lines: list[Line]) -> list[Line]:
    links = persons.links_of({line.user for line in lines if line.user})
    return [replace(line, person=links[line.user].person) if line.user in links else line for line in lines]
