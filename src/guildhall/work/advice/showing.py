"""A request in words: its line in the list, against the law, and the letter that asks for the information."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.utils import timezone, translation

from guildhall.foundation.authority import queries as authority
from guildhall.foundation.documents import Document, Section
from guildhall.foundation.files.models import StoredFile
from guildhall.foundation.kit import speech
from guildhall.foundation.texts.queries import say
from guildhall.people.accounts.models import User
from guildhall.records.children.models import Child
from guildhall.records.clocks import queries as clocks

from .models import Answer, Further, Requested
from .rules import State, state_of

ADVICE = "advice"


@dataclass(frozen=True)
class Line:
    """A request on a day: how it stands, and until when the law gives it (SEND Regulations 2014, reg 8)."""

    requested: Requested
    state: State
    law_on: date
    after_law: bool
    means: list[str]

    @property
    def state_words(self) -> str:
        return say(f"children.Advice_State_{self.state}")

    @property
    def means_words(self) -> list[str]:
        return [say(f"children.Advice_Means_{one}") for one in self.means]

    @property
    def law_words(self) -> str:
        """That the limit of the law was missed, in words; "" where it was not."""
        if not self.after_law:
            return ""
        return say("children.Advice_Law_Missed" if self.requested.received_on else "children.Advice_Law_Over")


@dataclass(frozen=True)
class Turn:
    """Something that was said of a request after it was made: an answer, that there is none, or a question.

    ``kind``: answer, declined or more. ``due_on`` is of a question only.
    """

    kind: str
    by: User
    at: datetime
    words: str
    due_on: date | None = None
    files: list[StoredFile] = field(default_factory=list)


def turns_of(answers: Iterable[tuple[Answer, list[StoredFile]]], furthers: Iterable[Further]) -> list[Turn]:
    """Answers and what more was asked, in the order in which they came."""
    turns = [
        Turn("declined" if one.declines else "answer", one.by, one.at, one.words, files=files)
        for one, files in answers
    ]
    turns += [Turn("more", one.by, one.at, one.words, one.due_on) for one in furthers]
    return sorted(turns, key=lambda turn: turn.at)


def law() -> clocks.WeeksByLaw:
    """How long the law gives for advice, in the language of the page."""
    return clocks.limit(clocks.EHC, ADVICE, language=speech.active_language())


def lines_of(rows: Iterable[Requested], *, today: date) -> list[Line]:
    """The requests as the list shows them. What they were told by is read with the rows."""
    given = timedelta(weeks=law().weeks)
    return [_line(one, given, today) for one in rows]


def letter_of(requested: Requested, *, language: str, address: bool, now: datetime) -> Document:
    """The letter that asks for the information (SP-344); ``address`` False leaves out where they live."""
    child = requested.involvement.child
    with translation.override(language):
        return Document(
            title=say("send.Advice_Letter_Title"),
            reference=f"{child.reference}/{requested.pk}",
            language=language,
            front=[
                (say(f"send.Advice_Letter_{key}"), value) for key, value in _front(requested, address, now)
            ],
            sections=[_asks(requested, child), _answers(requested)],
            footer=say("send.Advice_Letter_Footer"),
        )


def list_of(child: Child, lines: list[Line], *, language: str, now: datetime) -> Document:
    """The requests of the list on paper, in its order (SP-345)."""
    empty = [] if lines else [Section(say("children.Advice_Heading"), note=say("children.Advice_None"))]
    front = [(say("children.Advice_Child"), child.name), (say("children.Advice_Law"), law().law)]
    return Document(
        title=say("children.Advice_Heading"),
        reference=child.reference,
        language=language,
        front=[*front, (say("children.Advice_PrintedOn"), speech.day(now))],
        sections=[Section(line.requested.name, rows_of(line)) for line in lines] or empty,
    )


def rows_of(line: Line) -> list[tuple[str, list[str]]]:
    """Label and value of everything that an entry says."""
    one = line.requested
    values: list[tuple[str, list[str]]] = [
        ("Role", [one.role]),
        ("Email", [one.email]),
        ("Person", [str(one.person or "")]),
        ("Details", one.details.split("\n")),
        ("DueOn", [speech.day(one.due_on)]),
        ("ByLaw", [speech.day(line.law_on), line.law_words]),
        ("NotifiedOn", [_day(one.notified_on), *line.means_words]),
        ("ReceivedOn", [_day(one.received_on)]),
        ("Form", [one.form.reference if one.form else ""]),
        ("State", [line.state_words]),
    ]
    told = [(key, [part for part in parts if part]) for key, parts in values]
    return [(say(f"children.Advice_{key}"), parts) for key, parts in told if parts]


def _line(requested: Requested, given: timedelta, today: date) -> Line:
    asked_on = requested.notified_on or timezone.localdate(requested.made_at)
    law_on = asked_on + given
    came = [one.received_before for one in requested.furthers.all() if one.received_before]
    return Line(
        requested=requested,
        state=state_of(
            due_on=requested.due_on,
            received_on=requested.received_on,
            declined_on=requested.declined_on,
            today=today,
        ),
        law_on=law_on,
        after_law=min([*came, requested.received_on or today]) > law_on,
        means=list(dict.fromkeys(told.means for told in requested.notifications.all())),
    )


def _front(requested: Requested, address: bool, now: datetime) -> list[tuple[str, str]]:
    lives = requested.person.address if requested.person and address else ""
    parts = [requested.name, requested.role, *lives.split("\n")]
    front = [("To", ", ".join(part.strip() for part in parts if part.strip()))]
    front.append(("From", authority.name_of_authority(speech.active_language())))
    return [*front, ("Date", speech.day(now))]


def _asks(requested: Requested, child: Child) -> Section:
    about = [child.name]
    if child.born_on:
        about.append(say("send.Advice_Letter_Born", day=speech.day(child.born_on)))
    rows = [
        (say("send.Advice_Letter_About"), about),
        (say("send.Advice_Letter_Details"), requested.details.split("\n")),
        *(
            (say("send.Advice_Letter_More", day=speech.day(one.at)), one.words.split("\n"))
            for one in requested.furthers.all()
        ),
        (say("send.Advice_Letter_DueOn"), [speech.day(requested.due_on)]),
        (say("send.Advice_Letter_Law"), [law().law]),
    ]
    return Section(say("send.Advice_Letter_Asks"), rows)


def _answers(requested: Requested) -> Section:
    way = "Portal" if requested.portal_user else "Post"
    return Section(say("send.Advice_Letter_How"), note=say(f"send.Advice_Letter_How_{way}"))


def _day(when: date | None) -> str:
    return speech.day(when) if when else ""
