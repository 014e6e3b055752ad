"""Cases that the demonstration's schools have raised, in every state that My Cases shows."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from guildhall.paperwork.forms import queries as forms
from guildhall.paperwork.submissions import services as submissions
from guildhall.paperwork.submissions.models import Draft
from guildhall.people.accounts.models import User
from guildhall.people.membership.queries import holder_for
from guildhall.people.organisations.models import Establishment
from guildhall.records.linkage import services as linkage
from guildhall.records.linkage.models import Mention
from guildhall.work.cases import services as cases
from guildhall.work.cases.models import Case
from guildhall.work.intake import services as intake
from guildhall.work.intake.declarations import declarations_for
from guildhall.work.schoolcases import services as schoolcases
from guildhall.work.schoolcases.models import SchoolCase

from .answers import Pen, filled
from .cast import Cast, script
from .stories import LETTERS

Ending = Callable[["Told", Case, datetime], None]


@dataclass(frozen=True)
class Told:
    """A case as it was raised, by whom, and which officer deals with it."""

    case: SchoolCase
    draft: Draft
    by: User
    officer: User


def _waits(_told: Told, _case: Case, _now: datetime) -> None:
    """Nobody has opened it yet."""


def _matched(told: Told, case: Case, now: datetime) -> None:
    cases.open_first(case, by=told.officer, now=now)
    mention = Mention.objects.filter(pk=case.mention_id, state=Mention.State.WAITING).first()
    if mention:
        linkage.add_child_for(mention, by=told.officer, now=now)


def _approved(told: Told, case: Case, now: datetime) -> None:
    _matched(told, case, now)
    case = Case.objects.get(pk=case.pk)
    letter = cases.Letter(*LETTERS["approve"])
    cases.approve(case, letter, by=told.officer, now=now + timedelta(hours=2))


def _asked(told: Told, case: Case, now: datetime) -> None:
    _matched(told, case, now)
    case = Case.objects.get(pk=case.pk)
    letter = cases.Letter(*LETTERS["request"])
    cases.request_information(case, letter, by=told.officer, now=now, reopen=True)


# Case type, who raised it and how many days ago; what became of it ("" for a half-filled draft).
RAISED: tuple[tuple[str, str, int, str | Ending], ...] = (
    ("REF", "nerys@ysgol.example.org", 40, _approved),
    ("BERA", "nerys@ysgol.example.org", 21, _matched),
    ("STP", "mair@ysgol.example.org", 12, _asked),
    ("PIR", "nerys@ysgol.example.org", 6, _waits),
    ("PTT", "nerys@ysgol.example.org", 3, "abandoned"),
    ("REF", "nerys@ysgol.example.org", 2, ""),
    ("PIR", "mair@ysgol.example.org", 1, ""),
)


def raise_cases(cast: Cast, *, now: datetime) -> None:
    """Let the primary school raise its cases, oldest first."""
    chance = Random("Carreg Valley cases")
    school = Establishment.objects.get(urn=str(script()["school_people"][0][3]))
    for code, email, days, ending in RAISED:
        _raise(cast, school, (code, email, ending), chance, now - timedelta(days=days))


def _raise(
    cast: Cast, school: Establishment, row: tuple[str, str, str | Ending], chance: Random, day: datetime
) -> None:
    code, email, ending = row
    by, version = User.objects.get(email=email), forms.live_version(code)
    assert version is not None
    _, identity = chance.choice(cast.children)
    case, draft = schoolcases.raise_case(school, version=version, by=by, language="en", now=day)
    definition = forms.definition_of(version.pk)
    answers: dict[str, Any] = filled(definition, Pen(by, identity, day.date(), chance)) | draft.answers
    if isinstance(ending, str):
        answers = dict(list(answers.items())[: len(answers) // 2])
    draft = submissions.save_answers(
        draft,
        answers=answers,
        revision=draft.revision,
        place=version.definition["groups"][0]["key"],
        by=by,
        now=day,
    )
    told = Told(case, draft, by, cast.staff["angharad"])
    if ending == "abandoned":
        holder = holder_for(by, verified=True)
        reason = "The family has moved to another county."
        schoolcases.abandon_case(case, reason=reason, by=by, holder=holder, now=day)
    elif not isinstance(ending, str):
        agreed = {each.key for each in declarations_for(definition, "en")}
        sent = intake.submit(
            draft.pk, sender=by, key=draft.key, declarations=agreed, now=day + timedelta(hours=1)
        )
        ending(told, sent.case, day + timedelta(days=1))
