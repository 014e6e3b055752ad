"""Puts forms, cases and people of the demonstration into the state that a page shows."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from guildhall.demonstration.answers import Pen, filled
from guildhall.demonstration.stories import Story
from guildhall.paperwork.forms import queries as forms
from guildhall.paperwork.submissions import services as submissions
from guildhall.paperwork.submissions.models import Draft, Submission
from guildhall.people.accounts import queries as accounts
from guildhall.people.accounts.models import User
from guildhall.records.children.models import Child
from guildhall.records.linkage.identity import Identity, identity_of
from guildhall.work.cases.models import Case
from guildhall.work.intake import services as intake
from guildhall.work.intake.declarations import declarations_for

from .pages import ASKED_PARENT, OFFICER, SAFEGUARDING, TEACHER

LETTER = b"Seen on 3 March 2026. She finds it hard to say what she needs.\n"


class Stage:
    """Puts forms into the state that a page shows. ``now``: when everything happens."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.parent, self.teacher = person(ASKED_PARENT), person(TEACHER)
        self.officer, self.front_door = person(OFFICER), person(SAFEGUARDING)
        self.records = iter(Child.objects.filter(born_on__gte=date(2005, 1, 1)).order_by("-pk")[:40])

    def draft(self, form: str, writer: User, about: Identity, *, share: float = 1.0) -> Draft:
        """A draft with ``share`` of its answers: 1.0 has no gap, 0 has none."""
        version = forms.live_version(form)
        assert version is not None
        made = submissions.start_draft(
            writer, version=version, family_child=None, language="en", now=self.now, again=True
        )
        pen = Pen(writer, about, self.now.date(), Random(form))
        definition = forms.definition_of(version.pk)
        answers = filled(definition, pen)
        answers = dict(list(answers.items())[: int(len(answers) * share)])
        place = version.definition["groups"][0]["key"]
        return self.save(made, answers, place)

    def save(self, draft: Draft, answers: dict[str, Any], place: str) -> Draft:
        return submissions.save_answers(
            draft, answers=answers, revision=draft.revision, place=place, by=draft.owner, now=self.now
        )

    def attach(self, draft: Draft, question: str) -> Draft:
        upload = SimpleUploadedFile("therapist-letter.txt", LETTER, content_type="text/plain")
        return submissions.add_file(draft, upload=upload, question=question, by=draft.owner, now=self.now)[0]

    def send(self, draft: Draft) -> Submission:
        definition = forms.definition_of(draft.version_id)
        agreed = {each.key for each in declarations_for(definition, draft.language)}
        return intake.submit(draft.pk, sender=draft.owner, key=draft.key, declarations=agreed, now=self.now)

    def case(self, form: str, *, to: str = "", ending: Any = None, evidence: bool = False) -> Case:
        """A sent form about a child with a record; ``ending`` as the demonstration's stories end."""
        record = next(self.records)
        writer = self.teacher if form == "SAFEGUARDING-PRO" else self.parent
        officer = self.front_door if form == "SAFEGUARDING-PRO" else self.officer
        said = identity_of(record)
        if to == "differs" and said.born_on:
            said = replace(said, born_on=said.born_on - timedelta(days=1), midname="Non", gender="")
        draft = self.draft(form, writer, said)
        if evidence:
            draft = self.attach(draft, "EVIDENCE")
        case: Case = self.send(draft).case
        if ending:
            ending(Story(form, writer, said, record, officer, 0, None), case, self.now)
        return Case.objects.get(pk=case.pk)


def person(name: str) -> User:
    known = accounts.user_by_name(name)
    assert known is not None, name
    return known
