"""Sending a form of the library as somebody would, for tests of what becomes of it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from guildhall.demonstration.answers import Pen, filled
from guildhall.paperwork.forms import queries as forms
from guildhall.paperwork.submissions import services as submissions
from guildhall.people.accounts.models import User
from guildhall.people.families.models import FamilyChild
from guildhall.records.linkage.identity import Identity
from guildhall.work.cases.models import Case
from guildhall.work.intake import services as intake
from guildhall.work.intake.declarations import declarations_for

from ..standing import NOON


@dataclass(frozen=True)
class About:
    """The child a form is about, and that child in My Family where the sender has it there."""

    child: Identity
    in_family: FamilyChild | None = None


MALI = About(
    Identity(
        forename="Mali",
        surname="Pritchard",
        born_on=date(2019, 3, 4),
        gender="female",
        address_lines=("4 Heol Fawr", "Carreg"),
        postcode="CY1 1AA",
    )
)


def sent(code: str, writer: User, *, about: About = MALI, now: datetime = NOON) -> Case:
    """The case that a finished and submitted form of the library has become."""
    version = forms.live_version(code)
    assert version is not None, code
    draft = submissions.start_draft(
        writer, version=version, family_child=about.in_family, language="en", now=now, again=True
    )
    definition = forms.definition_of(version.pk)
    answers = filled(definition, Pen(writer, about.child, now.date(), Random(code)))
    first = version.definition["groups"][0]["key"]
    draft = submissions.save_answers(
        draft, answers=answers, revision=draft.revision, place=first, by=writer, now=now
    )
    agreed = {each.key for each in declarations_for(definition, "en")}
    return intake.submit(
        draft.pk, sender=writer, key=draft.key, declarations=agreed, now=now + timedelta(hours=1)
    ).case
